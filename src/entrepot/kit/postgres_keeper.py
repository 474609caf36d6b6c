"""Keeps the local PostgreSQL running beside the work of a process."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from entrepot.kit.postgres import LocalServer, ServerFailed

log = structlog.get_logger("entrepot.postgres")

LOOK_S = 0.2


@contextmanager
def kept_running(server: LocalServer) -> Iterator[None]:
    """Have it started anew whenever it dies, as when the system is short of memory, as long as the block.

    Where that cannot be done the process is told to end, as by SIGTERM, and the block raises ServerFailed at its end.
    Any number of processes may keep the same server: one of them starts it, and the others find it running.
    """
    over = threading.Event()
    failures: list[ServerFailed] = []

    def keep() -> None:
        while not over.wait(LOOK_S):
            try:
                if server.revive(over.is_set):
                    log.warning("PostgreSQL had died and was started anew")
            except ServerFailed as failure:
                if not over.is_set():
                    failures.append(failure)
                    os.kill(os.getpid(), signal.SIGTERM)
                return

    thread = threading.Thread(target=keep, name="postgres-keeper", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        if failures:
            raise failures[0]
