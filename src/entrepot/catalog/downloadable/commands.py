"""`entrepot downloadable:domains:...`: the hosts that links and samples of products may lead to."""

from __future__ import annotations

from typing import Annotated

from typer import Argument

from entrepot.catalog.downloadable import domains
from entrepot.kit.command import run

Hosts = Annotated[list[str], Argument(metavar="HOST...", help="Names of hosts, such as cdn.example.com.")]


def show() -> None:
    """List the hosts that links and samples may lead to."""
    print("\n".join(run(domains.list_domains)))


def add(hosts: Hosts) -> None:
    """Allow links and samples to lead to these hosts."""
    print("\n".join(run(domains.add_domains, hosts)))


def remove(hosts: Hosts) -> None:
    """Take back what was allowed. What is sold already stays as it is; hosts of the base URLs stay allowed."""
    print("\n".join(run(domains.remove_domains, hosts)))
