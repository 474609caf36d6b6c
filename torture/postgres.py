"""A PostgreSQL that is not the shop's own: it is named by DATABASE_URL, and restarted by others."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from bench.server import data_folder
from entrepot.kit.postgres import DATABASE
from entrepot.kit.postgres_place import SUPERUSER, make_own_folder, run, settle
from torture.invariants import connect
from torture.shop import free_port

RESTARTS = ("fast", "immediate")
"""The modes of `pg_ctl restart`."""
START_S = 30


class Outside:
    """The wheel's PostgreSQL over a folder of its own, started and ended by `pg_ctl` and always on the same port."""

    def __init__(self, folder: Path) -> None:
        self._place = settle(make_own_folder(folder), durable=True)
        self._port = free_port()
        self.control("start")
        login = f"postgresql://{SUPERUSER}:{quote(self._place.password, safe='')}@127.0.0.1:{self._port}"
        with psycopg.connect(f"{login}/postgres", autocommit=True, connect_timeout=START_S) as connection:
            connection.execute(f"create database {DATABASE}")
        self.url = f"{login}/{DATABASE}"

    def restart(self, mode: str) -> None:
        """Returns when it lets somebody in again."""
        self.control("restart", "-m", mode)

    def stop(self) -> None:
        """A second call does nothing."""
        if (self._place.data / "postmaster.pid").exists():
            self.control("stop", "-m", "immediate")

    def control(self, *words: str | Path) -> None:
        data = self._place.data
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        command = [self._place.programs / "pg_ctl", "-D", data, "-w", "-t", START_S, "-l", data / "log", "-o", options]
        done = run([*map(str, command), *map(str, words)], self._place.account)
        if done.returncode:
            raise RuntimeError(f"pg_ctl {words}: {done.stdout}")


@asynccontextmanager
async def outside() -> AsyncIterator[Outside]:
    with data_folder() as folder:
        server = await asyncio.to_thread(Outside, folder)
        try:
            yield server
        finally:
            await asyncio.to_thread(server.stop)


async def until_it_lets_in(url: str, within_s: float) -> float:
    """Seconds until PostgreSQL takes a statement. Raises TimeoutError."""
    began = time.monotonic()
    async with asyncio.timeout(within_s):
        while True:
            try:
                async with await connect(url) as connection:
                    await connection.execute("select")
                return time.monotonic() - began
            except (psycopg.OperationalError, OSError):
                await asyncio.sleep(0.02)


async def backends(url: str) -> list[int]:
    """The processes of PostgreSQL that serve the shop's connections."""
    async with await connect(url) as connection:
        found = await connection.execute("""
            select pid
            from pg_stat_activity
            where datname = current_database()
            and backend_type = 'client backend'
            and pid <> pg_backend_pid()
        """)
        return [pid for (pid,) in await found.fetchall()]
