"""What a client may send before it has said what it wants, and how many may be connected."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, cast

import pytest
import uvicorn
from uvicorn.server import ServerState

from entrepot.kit.connections import Connections
from entrepot.kit.http_protocol import BoundedHttp


class Hasty(BoundedHttp):
    HEAD_S = 0.2


class Wire(asyncio.Transport):
    """A connection of which the test hands over the pieces."""

    def __init__(self) -> None:
        super().__init__()
        self.written = bytearray()

    def write(self, data: Any) -> None:
        self.written += data

    def is_closing(self) -> bool:
        return False

    def close(self) -> None: ...

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the number of bytes in the body."""
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(str(size)))]})
    await send({"type": "http.response.body", "body": str(size).encode()})


async def told(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the host and the target, without looking at the body."""
    host = next((value for name, value in scope["headers"] if name == b"host"), b"none")
    said = host + b" " + scope["raw_path"] + b"?" + scope["query_string"]
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(said))]})
    await send({"type": "http.response.body", "body": said})


@asynccontextmanager
async def listening(protocol: type[BoundedHttp], app: Any = echo) -> AsyncIterator[int]:
    """The port."""
    config = uvicorn.Config(app, port=0, http=protocol, ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    # Its signal handlers are for a process of its own.
    serving = asyncio.create_task(server._serve())
    async with asyncio.timeout(20):
        while not server.started:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        async with asyncio.timeout(20):
            await serving


@asynccontextmanager
async def client(
    protocol: type[BoundedHttp], app: Any = echo
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    async with listening(protocol, app) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            yield reader, writer
        finally:
            writer.close()


async def test_a_large_body_after_a_small_head_is_the_applications_affair():
    async with client(BoundedHttp) as (reader, writer):
        for size in (1_000_000, 0, 300_000):
            writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % size + b"a" * size)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200")
            assert await reader.readexactly(len(str(size))) == str(size).encode()


async def test_a_body_that_arrives_in_one_piece_with_its_head_does_not_count_as_head():
    """Clients write head and body at once; a fast network then hands both over together."""

    def request(size: int) -> bytes:
        return b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % size + b"a" * size

    config = uvicorn.Config(echo, http=BoundedHttp, ws="none", lifespan="off", log_config=None)
    config.load()
    protocol, wire = BoundedHttp(config=config, server_state=ServerState(), app_state={}), Wire()
    protocol.connection_made(wire)
    try:
        for size in (200_000, 100_000, 0):
            protocol.data_received(request(size))
            await asyncio.gather(*protocol.tasks)
            assert wire.written.startswith(b"HTTP/1.1 200")
            assert wire.written.endswith(b"\r\n\r\n%d" % size)
            wire.written.clear()
    finally:
        protocol.connection_lost(None)


@pytest.mark.parametrize("line", [b"X-Many: " + b"a" * 1000 + b"\r\n", b"a" * 1000])
async def test_a_head_without_end_is_cut_off(line: bytes):
    async with client(BoundedHttp) as (_, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX-One: ")
        sent = 0
        with pytest.raises(ConnectionError):
            while sent < 50_000_000:
                writer.write(line)
                sent += len(line)
                await writer.drain()
        assert sent < 50_000_000


async def test_a_head_that_is_too_large_is_answered_with_431():
    async with client(BoundedHttp) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX-One: ")
        for _ in range(4):
            writer.write(b"a" * 20_000)
            await writer.drain()
            await asyncio.sleep(0.05)
        assert (await reader.readline()).startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize("beginning", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n"])
async def test_a_head_that_does_not_come_is_not_waited_for(beginning: bytes):
    async with client(Hasty) as (reader, writer):
        writer.write(beginning)
        async with asyncio.timeout(20):
            assert await reader.read() == b""


async def test_the_head_of_a_second_request_is_not_waited_for_either():
    async with client(Hasty) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        assert await reader.readexactly(1) == b"0"
        # Between two requests a connection may rest as long as it is kept alive.
        await asyncio.sleep(0.4)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        assert await reader.readexactly(1) == b"0"
        writer.write(b"GET ")
        async with asyncio.timeout(20):
            assert await reader.read() == b""


async def test_what_takes_long_to_answer_is_waited_for():
    async with client(Hasty) as (reader, writer):
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n")
        await asyncio.sleep(0.4)
        writer.write(b"a")
        assert (await reader.readline()).startswith(b"HTTP/1.1 200 ")


async def test_head_and_body_of_an_answer_leave_in_one_piece():
    pieces = []

    class Listed(Wire):
        def write(self, data: Any) -> None:
            pieces.append(bytes(data))

    config = uvicorn.Config(echo, http=BoundedHttp, ws="none", lifespan="off", log_config=None)
    config.load()
    protocol = BoundedHttp(config, ServerState(), {})
    protocol.connection_made(Listed())
    protocol.data_received(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab")
    async with asyncio.timeout(20):
        while not pieces:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    (piece,) = pieces
    assert piece.startswith(b"HTTP/1.1 200 ")
    assert piece.endswith(b"\r\n\r\n2")
    protocol.connection_lost(None)


async def answer(request: bytes, protocol: type[BoundedHttp] = BoundedHttp) -> bytes:
    """All that comes back until the server closes, or has answered and is told no more."""
    async with client(protocol, told) as (reader, writer):
        writer.write(request)
        async with asyncio.timeout(20):
            head = await reader.readuntil(b"\r\n\r\n")
            length = next((int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"content-length:")), 0)
            return head + await reader.readexactly(length)


@pytest.mark.parametrize(
    ("request_line", "said"),
    [
        (b"GET /a%2Fb?c=d HTTP/1.1", b"x /a%2Fb?c=d"),
        (b"GET http://shop.example:8080/a?b HTTP/1.1", b"shop.example:8080 /a?b"),
        (b"GET HTTPS://shop.example HTTP/1.1", b"shop.example /?"),
        (b"GET http://shop.example?b HTTP/1.1", b"shop.example /?b"),
    ],
)
async def test_a_target_with_a_host_says_which_host_is_meant(request_line: bytes, said: bytes):
    assert (await answer(request_line + b"\r\nHost: x\r\n\r\n")).endswith(b"\r\n\r\n" + said)


async def test_whoever_asks_what_the_server_can_do_is_told():
    said = await answer(b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")

    assert said.startswith(b"HTTP/1.1 204 ")
    assert b"\r\nallow: GET, HEAD, POST, PUT, DELETE, OPTIONS\r\n" in said


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET * HTTP/1.1",
        b"CONNECT shop.example:443 HTTP/1.1",
        b"GET ftp://shop.example/ HTTP/1.1",
        b"GET http:///a HTTP/1.1",
        b"GET http://name@shop.example/ HTTP/1.1",
    ],
)
async def test_a_target_that_is_no_path_is_a_bad_request(request_line: bytes):
    assert (await answer(request_line + b"\r\nHost: x\r\n\r\n")).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("version", "hosts", "status"),
    [
        (b"1.1", [], b"400"),
        (b"1.1", [b"x", b"x"], b"400"),
        (b"1.0", [b"x", b"y"], b"400"),
        (b"1.1", [b""], b"400"),
        (b"1.1", [b"a b"], b"400"),
        (b"1.1", [b"a/b"], b"400"),
        (b"1.1", [b"a@b"], b"400"),
        (b"1.0", [], b"200"),
        (b"1.1", [b"shop.example:8080"], b"200"),
        (b"1.1", [b"[::1]:80"], b"200"),
        (b"1.1", [b"shop_1.example"], b"200"),
    ],
)
async def test_a_request_names_one_host(version: bytes, hosts: list[bytes], status: bytes):
    lines = b"".join(b"Host: " + host + b"\r\n" for host in hosts)

    said = await answer(b"GET / HTTP/" + version + b"\r\n" + lines + b"\r\n")

    assert said.split()[1] == status


async def test_a_body_that_nobody_reads_does_not_stand_before_the_next_request():
    async with client(BoundedHttp, told) as (reader, writer):
        for _ in range(2):
            writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + b"a" * 1_000_000)
            await writer.drain()
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
            assert await reader.readexactly(4) == b"x /?"


async def test_a_body_that_nobody_reads_is_not_waited_for_for_ever():
    async with client(Hasty, told) as (reader, writer):
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\na")
        async with asyncio.timeout(20):
            assert (await reader.read()).endswith(b"x /?")


async def test_a_client_that_asked_before_sending_is_answered_once_and_for_all():
    """Whether what follows is its body or its next request, nobody could tell."""
    async with client(BoundedHttp, told) as (reader, writer):
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n")
        async with asyncio.timeout(20):
            assert b"\r\nconnection: close\r\n" in await reader.read()


async def test_the_longest_silent_connection_makes_room_for_the_next_visitor():
    crowded = cast(type[BoundedHttp], partial(BoundedHttp, crowd=Connections(3)))
    request = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    async with listening(crowded, told) as port:
        visitors = []
        for _ in range(5):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request)
            assert (await reader.readuntil(b"x /?")).startswith(b"HTTP/1.1 200 ")
            visitors.append((reader, writer))
        for reader, _ in visitors[:2]:
            async with asyncio.timeout(20):
                assert await reader.read() == b""
        for reader, writer in visitors[2:]:
            writer.write(request)
            assert (await reader.readuntil(b"x /?")).startswith(b"HTTP/1.1 200 ")
            writer.close()


async def test_a_body_that_is_still_to_come_makes_room_too():
    crowded = cast(type[BoundedHttp], partial(BoundedHttp, crowd=Connections(1)))
    async with listening(crowded) as port:
        slow, sender = await asyncio.open_connection("127.0.0.1", port)
        sender.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\na")
        await asyncio.sleep(0.05)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await reader.readuntil(b"\r\n\r\n0")).startswith(b"HTTP/1.1 200 ")
        async with asyncio.timeout(20):
            assert await slow.read() == b""
        writer.close()


async def test_a_server_that_ends_answers_what_is_on_its_way_and_keeps_no_connection():
    async with listening(BoundedHttp, told) as port:
        visitors = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        # Both are accepted, as the second one is answered.
        visitors[1][1].write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await visitors[1][0].readuntil(b"x /?")
        ending = asyncio.create_task(_answer_late(*visitors[0]))
    said = await ending
    assert said.startswith(b"HTTP/1.1 200 ")
    assert b"\r\nconnection: close\r\n" in said
    assert await visitors[1][0].read() == b""


async def _answer_late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    """The server has begun to end when this is sent."""
    await asyncio.sleep(0.2)
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    async with asyncio.timeout(20):
        return await reader.read()
