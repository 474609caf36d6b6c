"""The program as it is run: processes, signals, and work that happens beside the requests."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

SOON_S = 60
PASSWORD = "verysecret1"


class Shop:
    """A running `entrepot serve`."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.process = process
        self.port = port
        self.token: str | None = None

    async def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        return await asyncio.to_thread(self._call, method, path, body)

    def _call(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/rest{path}", method=method)
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, data, timeout=20) as reply:
                return reply.status, json.load(reply)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    async def answers(self) -> bool:
        try:
            return (await self.call("GET", "/V1/directory/currency"))[0] == 200
        except OSError:
            return False

    async def sign_in(self) -> None:
        status, self.token = await self.call(
            "POST", "/V1/integration/admin/token", {"username": "admin", "password": PASSWORD}
        )
        assert status == 200

    async def end(self, number: int = signal.SIGTERM) -> tuple[int | None, str, str]:
        """The exit status, and what stood on standard output and error."""
        if self.process.returncode is None:
            self.process.send_signal(number)
        async with asyncio.timeout(SOON_S):
            out, err = await self.process.communicate()
        return self.process.returncode, out.decode(), err.decode()


@asynccontextmanager
async def serving(url: str, home: Path, *arguments: str, port: int | None = None) -> AsyncIterator[Shop]:
    port = port or free_port()
    shop = Shop(await start(url, home, port, "serve", *arguments), port)
    try:
        async with asyncio.timeout(SOON_S):
            while shop.process.returncode is None and not await shop.answers():  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        yield shop
    finally:
        if shop.process.returncode is None:
            await shop.end()


async def start(url: str, home: Path, port: int, *command: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from entrepot.cli import main; main()",
        *command,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={
            **os.environ,
            "DATABASE_URL": url,
            "ENTREPOT_HOME": str(home),
            "ENTREPOT_PORT": str(port),
            "ENTREPOT_ADMIN_PASSWORD": PASSWORD,
        },
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def new_customer(email: str) -> dict[str, Any]:
    return {"customer": {"email": email, "firstname": "Ada", "lastname": "L"}, "password": "Password1"}


async def finished(shop: Shop, uuid: str) -> list[dict[str, Any]]:
    async with asyncio.timeout(SOON_S):
        while True:
            _, bulk = await shop.call("GET", f"/V1/bulk/{uuid}/detailed-status")
            operations: list[dict[str, Any]] = bulk["operations_list"]
            if all(operation["status"] != 4 for operation in operations):
                return operations
            await asyncio.sleep(0.1)


async def letter_to(home: Path, address: str) -> None:
    """Wait for a mail that was laid down in the data folder."""
    async with asyncio.timeout(SOON_S):
        while not list(home.glob(f"mail/*-{address}.eml")):  # noqa: ASYNC110, ASYNC240
            await asyncio.sleep(0.1)


async def test_asynchronous_calls_are_executed_beside_the_requests(committed_url: str, tmp_path: Path):
    async with serving(committed_url, tmp_path) as shop:
        elements = [new_customer("ada@example.com"), new_customer("ada@example.com"), new_customer("bob@example.com")]
        status, accepted = await shop.call("POST", "/async/bulk/V1/customers", elements)
        assert status == 202
        await shop.sign_in()
        first, second, third = await finished(shop, accepted["bulk_uuid"])
        assert [first["status"], second["status"], third["status"]] == [1, 3, 1]
        message = "A customer with the same email address already exists in an associated website."
        assert second["result_message"] == message
        assert json.loads(third["result_serialized_data"])["email"] == "bob@example.com"
        await letter_to(tmp_path, "bob@example.com")
        exit_status, out, err = await shop.end()
    assert (exit_status, out) == (0, "")
    lines = [json.loads(line) for line in err.splitlines()]
    assert [line["event"] for line in lines] == ["ready"]
    assert PASSWORD not in err
    assert "Password1" not in err


async def test_without_its_worker_a_server_leaves_the_jobs_to_one_that_only_works(committed_url: str, tmp_path: Path):
    async with serving(committed_url, tmp_path, "--no-worker") as shop:
        _, accepted = await shop.call("POST", "/async/V1/customers", new_customer("ada@example.com"))
        await shop.sign_in()
        _, status = await shop.call("GET", f"/V1/bulk/{accepted['bulk_uuid']}/status")
        assert [operation["status"] for operation in status["operations_list"]] == [4]
        worker = Shop(await start(committed_url, tmp_path, shop.port, "worker"), shop.port)
        try:
            assert [operation["status"] for operation in await finished(shop, accepted["bulk_uuid"])] == [1]
        finally:
            exit_status, out, err = await worker.end()
        assert (exit_status, out) == (0, "")
        assert [json.loads(line)["event"] for line in err.splitlines()] == ["working"]


async def test_several_processes_serve_on_one_socket_and_a_killed_one_is_replaced(committed_url: str, tmp_path: Path):
    async with serving(committed_url, tmp_path, "--workers", "2") as shop:
        await until_children(shop, 2)
        first, second = children(shop)
        os.kill(first, signal.SIGKILL)
        assert await shop.answers()
        await until_children(shop, 2, without=first)
        assert second in children(shop)
        _, accepted = await shop.call("POST", "/async/V1/customers", new_customer("ada@example.com"))
        await shop.sign_in()
        assert [operation["status"] for operation in await finished(shop, accepted["bulk_uuid"])] == [1]
        exit_status, _, _ = await shop.end()
        assert exit_status == 0
        assert not await shop.answers()


async def test_the_processes_of_a_killed_parent_end_and_free_the_port(committed_url: str, tmp_path: Path):
    async with serving(committed_url, tmp_path, "--workers", "2") as shop:
        await until_children(shop, 2)
        await shop.end(signal.SIGKILL)
        async with asyncio.timeout(SOON_S):
            while await shop.answers():  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        async with serving(committed_url, tmp_path, port=shop.port) as again:
            assert await again.answers()


@pytest.mark.parametrize("workers", [1, 2])
async def test_nobody_who_was_let_in_is_cut_off_at_the_end(committed_url: str, tmp_path: Path, workers: int):
    async with serving(committed_url, tmp_path, "--workers", str(workers)) as shop:
        if workers > 1:
            await until_children(shop, workers)
        async with visitors(shop) as outcomes:
            assert (await shop.end())[0] == 0
    assert set(outcomes) == {"answered", "refused"}


async def test_processes_are_replaced_one_after_the_other_while_all_visitors_are_answered(
    committed_url: str, tmp_path: Path
):
    async with serving(committed_url, tmp_path, "--workers", "2") as shop:
        await until_children(shop, 2)
        former = children(shop)
        async with visitors(shop) as outcomes:
            shop.process.send_signal(signal.SIGHUP)
            async with asyncio.timeout(SOON_S):
                while set(former) & set(children(shop)):  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
    assert set(outcomes) == {"answered"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_either_signal_ends_it_in_good_order(committed_url: str, tmp_path: Path, number: int):
    async with serving(committed_url, tmp_path) as shop:
        exit_status, _, err = await shop.end(number)
    assert exit_status == 0
    assert "Traceback" not in err


async def test_a_port_that_is_taken_is_told_at_once(committed_url: str, tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = await start(committed_url, tmp_path, port, "serve")
        async with asyncio.timeout(SOON_S):
            _, err = await process.communicate()
    assert process.returncode == 1
    assert err.decode() == f"Cannot listen at 127.0.0.1, port {port}: Address already in use\n"


async def test_a_database_out_of_reach_is_told_in_a_sentence(tmp_path: Path):
    process = await start("postgresql://nobody@127.0.0.1:1/none", tmp_path, free_port(), "serve")
    async with asyncio.timeout(SOON_S):
        _, err = await process.communicate()
    assert process.returncode == 1
    assert err.startswith(b"The database cannot be used: ")
    assert b"Traceback" not in err


@asynccontextmanager
async def visitors(shop: Shop) -> AsyncIterator[Counter[str]]:
    """Six who come again and again by a new connection; what became of their visits is there after the block."""
    outcomes: Counter[str] = Counter()
    is_over = asyncio.Event()

    async def visit() -> None:
        while not is_over.is_set():
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", shop.port)
            except ConnectionRefusedError:
                outcomes["refused"] += 1
                await asyncio.sleep(0.02)
                continue
            writer.write(b"POST /rest/V1/guest-carts HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
            try:
                head = await reader.readuntil(b"\r\n\r\n")
            except (OSError, asyncio.IncompleteReadError):
                head = b""
            outcomes["answered" if head.startswith(b"HTTP/1.1 200 ") else "cut off"] += 1
            writer.close()

    async with asyncio.timeout(SOON_S), asyncio.TaskGroup() as group:
        for _ in range(6):
            group.create_task(visit())
        while not outcomes["answered"]:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        try:
            yield outcomes
        finally:
            is_over.set()


def children(shop: Shop) -> list[int]:
    """The processes that serve, by id; multiprocessing's own helper is none of them."""
    parent = shop.process.pid
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text()
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if int(stat.rpartition(")")[2].split()[1]) == parent and b"spawn_main" in command:
            found.append(int(entry.name))
    return sorted(found)


async def until_children(shop: Shop, number: int, without: int = 0) -> None:
    async with asyncio.timeout(SOON_S):
        while True:
            found = children(shop)
            if len(found) == number and without not in found and await shop.answers():
                return
            await asyncio.sleep(0.1)
