"""How much is taken in at once, and from whom."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from entrepot.kit import intake as intake_module
from entrepot.kit.errors import WebapiError
from entrepot.kit.intake import MIB, SMALL_BODY, Busy, ConnectionLost, Intake, Sender

HANG_S = 20


class Client:
    """Sends a body in pieces. `announced` is its Content-Length; without it the length shows at the end."""

    def __init__(self, pieces: Sequence[bytes] = (), announced: int | None = None, is_sent: bool = True) -> None:
        self.pieces = list(pieces)
        self.is_sent = is_sent
        length = (b"transfer-encoding", b"chunked") if announced is None else (b"content-length", b"%d" % announced)
        self.scope: dict[str, Any] = {"type": "http", "headers": [(b"host", b"shop.test"), length]}
        self.was_asked_for_more = False

    async def receive(self) -> dict[str, Any]:
        self.was_asked_for_more = True
        if not self.pieces and not self.is_sent:
            await asyncio.Event().wait()
        piece = self.pieces.pop(0) if self.pieces else b""
        return {"type": "http.request", "body": piece, "more_body": bool(self.pieces) or not self.is_sent}


def sending(size: int) -> Client:
    return Client([b"x" * size], size)


async def taken(intake: Intake, client: Client, sender: Sender = Sender.ANYBODY) -> bytes:
    async def ask() -> Sender:
        return sender

    async with intake.request(client.scope, client.receive, ask) as body:
        return body


async def refused(intake: Intake, client: Client, sender: Sender = Sender.ANYBODY) -> int:
    with pytest.raises(WebapiError) as error:
        await taken(intake, client, sender)
    return error.value.status


async def test_a_small_body_is_taken_from_everybody_who_is_not_even_asked():
    async def ask() -> Sender:
        raise AssertionError

    client = Client([b"a" * 1000, b"b" * (SMALL_BODY - 1000)], SMALL_BODY)
    async with Intake(10 * MIB).request(client.scope, client.receive, ask) as body:
        assert body == b"a" * 1000 + b"b" * (SMALL_BODY - 1000)


@pytest.mark.parametrize(
    ("sender", "largest"),
    [(Sender.ANYBODY, SMALL_BODY), (Sender.VISITOR_WITH_FILES, MIB), (Sender.STAFF, MIB)],
)
async def test_how_large_a_body_may_be_depends_on_who_sends_it(sender, largest):
    intake = Intake(MIB)

    assert len(await taken(intake, sending(largest), sender)) == largest
    too_large = sending(largest + 1)
    assert await refused(intake, too_large, sender) == 413
    assert not too_large.was_asked_for_more


@pytest.mark.parametrize("sender", [Sender.ANYBODY, Sender.STAFF])
async def test_a_body_that_does_not_say_how_large_it_is_is_read_no_further_than_it_may_be(sender):
    intake = Intake(MIB)
    largest = SMALL_BODY if sender is Sender.ANYBODY else MIB

    assert await taken(intake, Client([b"x" * (largest - 1), b"y"]), sender) == b"x" * (largest - 1) + b"y"
    client = Client([b"x" * largest, b"y", b"z"])
    assert await refused(intake, client, sender) == 413
    assert client.pieces == [b"z"]


async def test_a_shop_may_allow_less_than_what_is_small():
    assert await refused(Intake(1000), sending(1001), Sender.STAFF) == 413


async def test_a_client_that_goes_away_is_not_answered():
    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    with pytest.raises(ConnectionLost):
        async with Intake(MIB).request(Client(announced=5).scope, receive):
            pass


async def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(intake_module, "PATIENCE_S", 0.05)

    assert await refused(Intake(MIB), Client([b"x"], 2, is_sent=False)) == 408


async def test_large_bodies_of_staff_wait_for_each_other_and_small_ones_for_none_of_them():
    """All of them have 96 MiB together, so nine of 10 MiB are taken in at once."""
    intake, held, done = Intake(10 * MIB), [], asyncio.Event()

    async def upload() -> None:
        client = sending(10 * MIB)

        async def ask() -> Sender:
            return Sender.STAFF

        async with intake.request(client.scope, client.receive, ask) as body:
            held.append(len(body))
            await done.wait()

    async with asyncio.timeout(HANG_S), asyncio.TaskGroup() as group:
        for _ in range(10):
            group.create_task(upload())
        while len(held) < 9:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.01)
        assert len(held) == 9
        assert await taken(intake, sending(SMALL_BODY)) == b"x" * SMALL_BODY
        assert len(await taken(intake, sending(10 * MIB), Sender.VISITOR_WITH_FILES)) == 10 * MIB
        done.set()
    assert len(held) == 10


async def test_requests_beyond_those_that_are_worked_on_are_put_off_and_those_that_still_arrive_do_not_count():
    intake, begun, done = Intake(MIB, requests=2), [], asyncio.Event()

    async def work() -> None:
        async with intake.request(Client(announced=0).scope, Client(announced=0).receive) as body:
            begun.append(body)
            await done.wait()

    arriving = asyncio.create_task(taken(intake, Client([b"x"], 2, is_sent=False)))
    async with asyncio.timeout(HANG_S), asyncio.TaskGroup() as group:
        group.create_task(work())
        group.create_task(work())
        while len(begun) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0)
        with pytest.raises(Busy):
            await work()
        done.set()
    assert await taken(intake, sending(3)) == b"xxx"
    arriving.cancel()
