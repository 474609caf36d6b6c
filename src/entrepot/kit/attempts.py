"""Work in a transaction of its own, begun again where that helps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from psycopg.errors import DeadlockDetected, SerializationFailure

from entrepot.kit.context import Services
from entrepot.kit.db import Db, OtherVersion

T = TypeVar("T")

ATTEMPTS = 3
"""How often work is done when the database could not put it in a row with others (SQLSTATE 40001, 40P01)."""


async def in_transaction(services: Services, work: Callable[[Db], Awaitable[T]]) -> T:
    """What the work answers, once it is committed. It must not have had effects outside the database.

    It begins with the shared state that the process has, and again with another one if that turns out to be old.
    """
    supposed = services.states.version
    failures = 0
    while True:
        try:
            async with services.database.transaction(supposed) as db:
                return await work(db)
        except OtherVersion:
            supposed = None
        except (SerializationFailure, DeadlockDetected):
            failures += 1
            if failures == ATTEMPTS:
                raise
