"""The hosts that links and samples may lead to: the shop's own, and those named on the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from entrepot.catalog.downloadable import queries
from entrepot.catalog.downloadable.errors import InvalidDomain
from entrepot.kit.context import Context

BASE_URLS = ("web/unsecure/base_url", "web/secure/base_url")
NOT_A_DOMAIN = "%1 is no name of a host."

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?=.{{1,253}}$){LABEL}(?:\.{LABEL})*")
UNWRITABLE = re.compile(r"[\x00-\x20\x7f-\uffff<>\"\\^`{|}]")


def host_of(url: str) -> str | None:
    """The host of a web address in lower case, or None when it is no such address."""
    if UNWRITABLE.search(url):
        return None
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return host if is_address(host) or HOST.fullmatch(host) else None


def is_address(host: str) -> bool:
    """Whether it is a number, which is never allowed: nobody can see whose it is."""
    try:
        ip_address(host)
    except ValueError:
        # Browsers take 127.1 and 2130706433 for addresses too.
        return host.rpartition(".")[2].isdecimal()
    return True


async def list_domains(ctx: Context) -> list[str]:
    """Those that were added, and those of the base URLs in the configuration, sorted."""
    return sorted({*await ctx.db.values(queries.LIST_DOMAINS), *own_hosts(ctx)})


def own_hosts(ctx: Context) -> set[str]:
    """Of every view's base URLs, as far as they are configured."""
    urls = (ctx.config(path, store_id=view.id) or "" for view in ctx.stores.views for path in BASE_URLS)
    found = {host_of(url) for url in urls if "{{" not in url}
    return {host for host in found if host and not is_address(host)}


async def add_domains(ctx: Context, domains: Sequence[str]) -> list[str]:
    """Allow hosts; all that are allowed now. Raises InvalidDomain."""
    await ctx.db.execute(queries.ADD_DOMAINS, domains=[_checked(one) for one in domains])
    return await list_domains(ctx)


async def remove_domains(ctx: Context, domains: Sequence[str]) -> list[str]:
    """Allow them no longer; all that are allowed now. The hosts of the base URLs stay."""
    await ctx.db.execute(queries.REMOVE_DOMAINS, domains=[one.strip().lower() for one in domains])
    return await list_domains(ctx)


def _checked(domain: str) -> str:
    host = domain.strip().lower()
    if not HOST.fullmatch(host) or is_address(host):
        raise InvalidDomain(NOT_A_DOMAIN, domain)
    return host
