"""The locks under which quantities and claims change: one row per stock and sku (docs/algorithms/reservations.md).

Whoever changes what can be sold takes the rows of all its lines with one call, as late as possible, before it reads
what its decision rests on. Under READ COMMITTED a statement that waited for a lock still sees other tables as they were
before the wait; so what is read after `lock` must be read by a new statement.

Two transactions cannot wait for each other, because both go through the rows in the same order: missing rows are made
before any is locked, then all are locked. A transaction that has to take locks twice takes all of them the first time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from entrepot.inventory.products import sku_key
from entrepot.inventory.queries import locks as queries
from entrepot.kit.db import Db

SHELVES = 0
"""In place of a stock's id: the lock that whoever changes a quantity in any source takes for the sku."""


async def lock(db: Db, pairs: Iterable[tuple[int, str]]) -> None:
    """Lock these pairs of stock id and sku until the transaction ends, however many they are.

    One statement; three the first time that one of the pairs is locked.
    """
    keys = _keys(pairs)
    if not keys["keys"]:
        return
    # Nothing is locked while a row is missing.
    if await db.execute(queries.LOCK_ROWS, **keys) < len(keys["keys"]):
        await db.execute(queries.MAKE_ROWS, **keys)
        await db.execute(queries.LOCK_ROWS, **keys)


def lock_along(db: Db, pairs: Iterable[tuple[int, str]]) -> Callable[[], bool]:
    """Lock these pairs before the next statement, which then reads what holds under the lock.

    Afterwards the answer says whether they are locked. If not, because one of the pairs was never locked before, `lock`
    has to be called, and what was read to be read again.
    """
    keys = _keys(pairs)
    if not keys["keys"]:
        return lambda: True
    locked = db.along(queries.LOCK_ROWS, **keys)
    return lambda: locked.rowcount == len(keys["keys"])


def _keys(pairs: Iterable[tuple[int, str]]) -> dict[str, list[Any]]:
    keys = sorted({(sku_key(sku), stock_id) for stock_id, sku in pairs})
    return {"stock_ids": [stock_id for _, stock_id in keys], "keys": [key for key, _ in keys]}


async def lock_shelves(db: Db, items: Iterable[tuple[str, str]], also: Iterable[tuple[int, str]] = ()) -> None:
    """Lock what a change of these pairs of source code and sku takes: the shelves, and every stock a source serves.

    `also` are further pairs of stock id and sku to be locked with them. Two statements.
    """
    skus_of: defaultdict[str, set[str]] = defaultdict(set)
    for source_code, sku in items:
        skus_of[source_code.lower()].add(sku_key(sku))
    linked = await db.all(tuple, queries.STOCKS_OF_SOURCES, sources=list(skus_of))
    served = {(stock_id, sku) for source_code, stock_id in linked for sku in skus_of[source_code.lower()]}
    shelves = {(SHELVES, sku) for skus in skus_of.values() for sku in skus}
    await lock(db, served | shelves | {(stock_id, sku_key(sku)) for stock_id, sku in also})
