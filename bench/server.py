"""A server of its own for a measurement: an empty data folder, a free port, stopped at the end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

PASSWORD = "Bench-Password-1"


class Server(NamedTuple):
    url: str
    pid: int
    home: Path
    started_s: float
    """How long it took from nothing to the first answer."""


@contextmanager
def data_folder() -> Iterator[Path]:
    """An empty folder that the database's own user can reach too."""
    with tempfile.TemporaryDirectory(prefix="entrepot-bench-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def running(*options: str, environment: dict[str, str] | None = None) -> Iterator[Server]:
    """`entrepot serve` with these options, over the wheel's PostgreSQL with its default settings."""
    with data_folder() as folder:
        port = _free_port()
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "entrepot", "serve", *options],
            env={
                **os.environ,
                "ENTREPOT_HOME": str(folder),
                "ENTREPOT_PORT": str(port),
                "ENTREPOT_ADMIN_USER": "admin",
                "ENTREPOT_ADMIN_PASSWORD": PASSWORD,
                **(environment or {}),
            },
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url, process)
            yield Server(url, process.pid, folder, time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        try:
            urllib.request.urlopen(f"{url}/rest/V1/directory/currency", timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server does not answer")
