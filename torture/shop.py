"""The processes of a shop over a data folder of its own: started, found, killed in every way, ended.

The database is the one of the data folder, or another one that `environment` names as DATABASE_URL. A shop plays its
own supervisor, too: what has ended is started again when somebody waits for the shop to be back.
"""

from __future__ import annotations

import asyncio
import math
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from entrepot.kit.postgres import DATABASE
from entrepot.kit.postgres_place import SUPERUSER
from tests.running_server import COMMAND, PASSWORD
from torture import processes
from torture.client import Connection, Failed

START_S = 60
"""For a start from nothing, with the schema, on a busy machine."""
END_S = 20
"""So long a shop may take to end that is told to (docs/jobs-and-bulk.md)."""
SOON_S = 1
"""What ends with its parent may take so long."""
BELOW_THE_KERNELS = range(20_000, 32_000)
"""Ports that no outgoing connection is given while a server is down."""


class NotBack(Exception):
    """The shop does not answer in time."""


class Shop:
    def __init__(
        self,
        home: Path,
        log: Path,
        *,
        workers: int = 1,
        jobs_apart: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.home = home
        self.log = log
        self.port = free_port()
        self.workers = workers
        self.jobs_apart = jobs_apart
        """Whether `entrepot worker` runs the jobs, as a process of its own."""
        self.environment = {
            "ENTREPOT_HOME": str(home),
            "ENTREPOT_PORT": str(self.port),
            "ENTREPOT_ADMIN_USER": "admin",
            "ENTREPOT_ADMIN_PASSWORD": PASSWORD,
            **(environment or {}),
        }
        self.server: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None
        self.ended: list[int] = []
        """The statuses of servers that ended unasked and were started again."""
        self._token: str | None = None

    # Starting and ending

    def start(self) -> None:
        """Start what does not run."""
        if not is_running(self.server):
            options = ["--workers", str(self.workers), *(["--no-worker"] if self.jobs_apart else [])]
            self.server = self._spawn("serve", *options)
        if self.jobs_apart and not is_running(self.worker):
            self.worker = self._spawn("worker")

    async def until_it_answers(self, within_s: float = START_S, *, restarted: bool = True) -> float:
        """Seconds until a call that needs the database is answered well. Raises NotBack.

        With `restarted` a server that has ended is started again at once, as systemd or a container's keeper does.
        """
        began = time.monotonic()
        last = "nothing"
        while (left_s := within_s - (time.monotonic() - began)) > 0:
            if restarted:
                self._start_again()
            elif self.server is not None and not is_running(self.server):
                raise NotBack(f"the server has ended with status {self.server.returncode}")
            try:
                async with Connection(self.port, patience_s=left_s) as visitor:
                    answer = await visitor.call("POST", "/rest/default/V1/guest-carts")
                    if answer.status == 200:
                        return time.monotonic() - began
                    last = str(answer)
            except Failed as error:
                last = repr(error)
            await asyncio.sleep(0.05)
        raise NotBack(f"no good answer within {within_s:.0f} s, the last was {last}")

    async def end(self, within_s: float = END_S) -> float:
        """Tell server and worker to end; how long it took them, infinity when they had to be killed."""
        running = [each for each in (self.worker, self.server) if each is not None and is_running(each)]
        began = time.monotonic()
        for each in running:
            each.send_signal(signal.SIGTERM)
        while any(map(is_running, running)) and time.monotonic() < began + within_s:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        took_s = time.monotonic() - began
        if any(map(is_running, running)):
            self.kill_all()
            took_s = math.inf
        self.server = self.worker = None
        return took_s

    async def faults_of_end(self, took_s: float, limit_s: float) -> list[str]:
        """What is wrong when an end took so long."""
        faults = [] if took_s <= limit_s else [f"SIGTERM ended it in {took_s:.1f} s, not {limit_s:.0f} s"]
        if self.all_processes():
            await asyncio.sleep(SOON_S)
        return faults + [f"left behind: {pid} {processes.title(pid)}" for pid in self.all_processes()]

    def kill_all(self) -> None:
        """Leave no process of this shop, however it got there."""
        processes.kill(self.all_processes())
        for each in (self.server, self.worker):
            if each is not None:
                each.wait(10)

    def _start_again(self) -> None:
        for each in (self.server, self.worker):
            if each is not None and not is_running(each):
                if each is self.server and each.returncode > 0:
                    self.ended.append(each.returncode)
                self.start()

    def _spawn(self, *words: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [COMMAND, *words],
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def command(self, *words: str) -> str:
        """What a command of `entrepot` prints beside the running shop."""
        environment = {**os.environ, **self.environment}
        done = subprocess.run(
            [COMMAND, *words], env=environment, check=True, capture_output=True, text=True, timeout=60
        )
        return done.stdout

    # Its processes

    def servers(self) -> list[int]:
        """The processes that answer requests: the children where there are several."""
        if self.server is None:
            return []
        if self.workers == 1:
            return [self.server.pid]
        return [pid for pid in processes.with_children(self.server.pid) if b"spawn_main" in processes.command(pid)]

    @property
    def data(self) -> Path:
        """PostgreSQL's files; below a folder that its account cannot enter they lie elsewhere."""
        own = self.home / "postgres"
        folder = own / "data" if (own / "data").exists() else own / "elsewhere" / "data"
        return folder.resolve()

    def postgres_processes(self) -> list[int]:
        return processes.working_in(self.data)

    def postmasters(self) -> list[int]:
        """First processes of PostgreSQL over the data folder, of which there may only ever be one."""
        wanted = f"-D\0{self.data}\0".encode()
        return [pid for pid in self.postgres_processes() if wanted in processes.command(pid)]

    def all_processes(self) -> list[int]:
        """Every process that this shop has started, and those that it has lost sight of."""
        ours = processes.with_variable("ENTREPOT_HOME", str(self.home))
        return [pid for pid in {*ours, *self.postgres_processes()} if processes.is_alive(pid)]

    def strays(self) -> list[str]:
        """Processes that belong to neither the server, nor the worker, nor the one PostgreSQL."""
        known = {pid for each in (self.server, self.worker) if each for pid in processes.with_children(each.pid)}
        known.update(pid for first in self.postmasters()[:1] for pid in processes.with_children(first))
        return [
            f"{pid} {processes.title(pid)}"
            for pid in self.all_processes()
            if pid not in known and processes.is_alive(pid)
        ]

    # Its database and its doors

    @property
    def database_url(self) -> str:
        """For a program beside the shop. Raises OSError when the database of the data folder does not run."""
        if given := self.environment.get("DATABASE_URL"):
            return given
        port = (self.data / "postmaster.pid").read_text().splitlines()[3]
        password = (self.home / "postgres" / "password").read_text()
        return f"postgresql://{SUPERUSER}:{quote(password, safe='')}@127.0.0.1:{port}/{DATABASE}"

    async def admin(self, method: str, route: str, body: object = None) -> Any:
        """The answer to the administrator's call of what stands behind `all/V1/`; it must be a good one."""
        async with Connection(self.port, await self.token(), patience_s=START_S) as admin:
            return await admin.good(method, f"/rest/all/V1/{route}", body)

    async def token(self) -> str:
        """The administrator's, valid for some hours."""
        if self._token is None:
            async with Connection(self.port, patience_s=START_S) as guest:
                account = {"username": "admin", "password": PASSWORD}
                self._token = await guest.good("POST", "/rest/all/V1/integration/admin/token", account)
        return self._token

    async def asynchronous_call(self, within_s: float) -> float:
        """Seconds until a call for later has been executed, infinity when it was not in time."""
        group = {"group": {"code": f"g{time.time_ns() % 10**12}", "tax_class_id": 3}}
        began = time.monotonic()
        async with Connection(self.port, await self.token(), patience_s=START_S) as admin:
            accepted = await admin.good("POST", "/rest/all/async/V1/customerGroups", group)
            is_done = await _executed(admin, accepted["bulk_uuid"], within_s)
        return time.monotonic() - began if is_done else math.inf

    async def bulk(self, method: str, route: str, bodies: Sequence[object], within_s: float) -> None:
        """Have all these calls executed. Raises TimeoutError."""
        async with Connection(self.port, await self.token(), patience_s=START_S) as admin:
            accepted = await admin.good(method, f"/rest/all/async/bulk/V1/{route}", bodies)
            if not await _executed(admin, accepted["bulk_uuid"], within_s):
                raise TimeoutError(f"{len(bodies)} calls of {route} were not executed within {within_s} s")


async def _executed(admin: Connection, bulk_uuid: str, within_s: float) -> bool:
    """Wait until no operation of the bulk is open; whether that was in time."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        answer = await admin.call("GET", f"/rest/all/V1/bulk/{bulk_uuid}/operation-status/4")
        if answer.status == 200 and int(answer.body) == 0:
            return True
        await asyncio.sleep(0.05)
    return False


async def make_product(shop: Shop, sku: str, qty: int) -> None:
    """A simple product at 10, of which so many lie in the default source."""
    product = {
        "sku": sku,
        "name": sku,
        "attribute_set_id": 4,
        "price": 10,
        "status": 1,
        "visibility": 4,
        "type_id": "simple",
        "weight": 1,
        "extension_attributes": {"website_ids": [1], "stock_item": {"qty": qty, "is_in_stock": True}},
    }
    await shop.admin("POST", "products", {"product": product})


def is_running(process: subprocess.Popen[bytes] | None) -> bool:
    return process is not None and process.poll() is None


def free_port() -> int:
    for port in random.sample(BELOW_THE_KERNELS, 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("100 ports are taken")
