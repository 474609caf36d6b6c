"""Whose mail is written next: the oldest that is due; what the database kept from it a moment ago, behind the others.

So nothing that is due is given up because of the database, and one that fails again and again holds up no other.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from weakref import WeakKeyDictionary

from entrepot.kit.context import Context, Services

T = TypeVar("T")

FOR = timedelta(minutes=5)

_aside: WeakKeyDictionary[Services, dict[tuple[str, int], datetime]] = WeakKeyDictionary()
"""Until when this process leaves alone what it could not mail, by table and id."""


async def take_due(ctx: Context, table: str, find: Callable[[list[int]], Awaitable[Sequence[T]]]) -> Sequence[T]:
    """What `find` gives, without those that it is told to leave out; with them when there are no others."""
    aside = _aside.setdefault(ctx.services, {})
    for key in [key for key, until in aside.items() if until <= ctx.now]:
        del aside[key]
    ids = [entity_id for name, entity_id in aside if name == table]
    found = await find(ids)
    if found or not ids:
        return found
    for entity_id in ids:
        del aside[table, entity_id]
    return await find([])


def set_aside(ctx: Context, table: str, entity_id: int) -> None:
    """Have others tried first for a while."""
    _aside.setdefault(ctx.services, {})[table, entity_id] = ctx.now + FOR
