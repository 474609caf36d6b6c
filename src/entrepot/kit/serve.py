"""`entrepot serve` and `entrepot worker`: have the database run, bring its schema up to date, and do the work.

Several serving processes share one socket, which is opened here.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import cast

import uvicorn
from uvicorn.config import STARTUP_FAILURE

from entrepot.kit.command import fail, prepared_database, reported
from entrepot.kit.connections import Connections, allow_files, most_connections
from entrepot.kit.http_protocol import BoundedHttp
from entrepot.kit.listener import listen
from entrepot.kit.process import Announcement, CannotRun, Program, open_shop, run_jobs, serving_process
from entrepot.kit.servers import OneServer, SeveralServers
from entrepot.settings import Settings

KEEP_ALIVE_S = 75
"""Longer than load balancers keep an idle connection: they, not we, should be first to close it."""

GRACE_S = 10
"""How long requests may go on when the server is to end. Jobs have JOBS_END_S beside them, and the local database has
STOP_LIMIT_S behind both, 20 s together."""

PATIENCE_S = 30
"""A process that does not show a sign of life for so long is replaced; on a busy machine it needs some to start."""


def serve(program: Program, *, workers: int, with_jobs: bool) -> None:
    """Serve until SIGTERM or SIGINT, in as many processes as `workers`.

    What keeps the shop from opening ends the process with a sentence on standard error and status 1.
    """
    with _prepared(make=True) as settings:
        try:
            asyncio.run(open_shop(program, settings, with_jobs=with_jobs))
        except CannotRun as error:
            fail(str(error))
        config = _server_config(program, settings, workers, with_jobs)
        listener = _bind(settings)
        if workers == 1:
            _run_alone(OneServer(config), listener)
        else:
            _run_several(SeveralServers(config, [listener]))


def work(program: Program) -> None:
    """Run jobs until SIGTERM or SIGINT."""
    with _prepared() as settings:
        asyncio.run(run_jobs(program, settings))


def _run_alone(server: OneServer, listener: socket.socket) -> None:
    """Ends with status 1 if the process could not start, or one of its parts has died."""
    status: str | int | None = 0
    try:
        server.run([listener])
    except SystemExit as end:
        status = end.code
    if status == STARTUP_FAILURE or server.lifespan.shutdown_failed:
        status = 1
    raise SystemExit(status)


def _run_several(supervisor: SeveralServers) -> None:
    """Ends with status 1 if a process could not start. One that dies later is replaced."""
    supervisor.run()
    if any(each.exitcode == STARTUP_FAILURE for each in supervisor.processes):
        raise SystemExit(1)


@contextmanager
def _prepared(*, make: bool = False) -> Iterator[Settings]:
    # A signal's usual end would leave the database of the data folder running.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with suppress(KeyboardInterrupt), reported(), prepared_database(make=make, keep=True) as settings:
        yield settings


def _bind(settings: Settings) -> socket.socket:
    try:
        return listen(settings.host, settings.port)
    except OSError as error:
        fail(f"Cannot listen at {settings.host}, port {settings.port}: {error.strerror}")


def _server_config(program: Program, settings: Settings, workers: int, with_jobs: bool) -> uvicorn.Config:
    parent = os.getpid() if workers > 1 else None
    protocol = partial(BoundedHttp, crowd=Connections(most_connections(allow_files())))
    return uvicorn.Config(
        partial(serving_process, program, settings, with_jobs, parent),
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=workers,
        loop="uvloop" if sys.platform != "win32" else "asyncio",
        http=cast(type[BoundedHttp], protocol),
        ws="none",
        lifespan="on",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=GRACE_S,
        timeout_worker_healthcheck=PATIENCE_S,
        # Called as soon as it listens.
        callback_notify=Announcement(settings),
    )
