"""`entrepot serve` as a process of its own, for tests from outside: what they do is committed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

PASSWORD = "Admin-Password-1"
PATIENCE_S = 180
"""For a machine that has other things to do; nothing here is about how long it takes to start."""
COMMAND = Path(sys.executable).parent / "entrepot"


class Running(NamedTuple):
    url: str
    environment: dict[str, str]
    """In which the command works beside the server."""


@contextmanager
def running_server(database_url: str, home: Path, *options: str) -> Iterator[Running]:
    """A server on a free port over this database; its administrator is `admin` with PASSWORD."""
    port = _free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "ENTREPOT_HOME": str(home),
        "ENTREPOT_PORT": str(port),
        "ENTREPOT_ADMIN_USER": "admin",
        "ENTREPOT_ADMIN_PASSWORD": PASSWORD,
    }
    log = home / f"server-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen([COMMAND, "serve", *options], env=environment, stdout=output, stderr=output)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url, process, log)
            yield Running(url, environment)
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    last = time.monotonic() + PATIENCE_S
    while process.poll() is None and time.monotonic() < last:
        try:
            urllib.request.urlopen(f"{url}/rest/V1/directory/currency", timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server does not answer:\n{log.read_text()}")
