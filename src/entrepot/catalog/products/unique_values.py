"""Whether values of unique attributes are free: against the tables, and among the products of one save."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct
from psycopg.sql import SQL, Composable, Literal, Placeholder

from entrepot.catalog.attributes import Attribute
from entrepot.catalog.drafts import Draft
from entrepot.catalog.products import queries
from entrepot.catalog.products.entanglement import Entangled
from entrepot.kit.db import Db


class Owner(Struct, frozen=True):
    code: str
    value: str
    product_id: int


# The indexes of `attribute_indexes` carry both halves.
OWNERS_OF_ONE = """
    select {code} as code, w.value, p.product_id
    from unnest({values}::text[]) as w (value)
    join product p on fold((p.attributes ->> {code})) = fold(w.value)
    union
    select {code}, w.value, p.product_id
    from unnest({values}::text[]) as w (value)
    join product_store p on fold((p.attributes ->> {code})) = fold(w.value)
"""

Taken = Mapping[tuple[str, str], set[int]]
"""By code and value: the ids of the stored products that have it."""


async def taken(db: Db, drafts: Sequence[Draft], unique: Mapping[str, Attribute]) -> Taken:
    """One statement for all products and attributes; none where no draft has a value of a unique attribute."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for draft in drafts:
        for code in unique.keys() & draft.values.keys():
            if value := draft.values[code]:
                wanted[code].append(value)
    if not wanted:
        return {}
    await db.execute(queries.LOCK_UNIQUE_VALUES)
    asked: list[Composable] = [
        SQL(OWNERS_OF_ONE).format(code=Literal(code), values=Placeholder(f"values_of_{code}")) for code in wanted
    ]
    values = {f"values_of_{code}": given for code, given in wanted.items()}
    owners: dict[tuple[str, str], set[int]] = defaultdict(set)
    for owner in await db.all(Owner, SQL(" union all ").join(asked), **values):
        owners[owner.code, owner.value].add(owner.product_id)
    return owners


class Claims:
    """Who has which unique value, while the drafts of a save are checked one after the other."""

    def __init__(self, stored: Taken) -> None:
        self._stored = stored
        self._claimed: dict[tuple[str, str], Draft] = {}
        self._checked: set[int] = set()

    def begin(self, draft: Draft) -> None:
        """From now on this draft claims values."""
        self._checked.add(draft.product_id)

    def is_free(self, draft: Draft, code: str, value: str) -> bool:
        """Whether the draft may have it; then no other draft of the save may.

        Raises Entangled: an earlier draft wants it too, or has it and may be about to give it up.
        """
        owners = self._stored.get((code, value), set()) - {draft.product_id}
        if owners - self._checked:
            return False
        if owners or self._claimed.setdefault((code, _alike(value)), draft) is not draft:
            raise Entangled(draft)
        return True


def _alike(value: str) -> str:
    """The same for all that the database takes for equal, and for some more: those are compared one by one."""
    letters = unicodedata.normalize("NFKD", value)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold().strip()
