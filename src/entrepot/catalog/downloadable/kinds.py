"""What links and samples have in common: both are lists of a product, with titles per store view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, LiteralString

from msgspec import Struct

from entrepot.catalog.downloadable import errors, queries, rules
from entrepot.catalog.downloadable.contracts import Link, Sample
from entrepot.kit.context import Context
from entrepot.kit.errors import PlainRefusal, Refused

Row = Mapping[str, Any]


class Kind(Struct, frozen=True):
    """One of the two lists: its statements, its rules, its refusals."""

    list: LiteralString
    owners: LiteralString
    new_ids: LiteralString
    put: LiteralString
    put_titles: LiteralString
    delete_titles: LiteralString
    delete_others: LiteralString
    delete: LiteralString
    problem: Callable[..., str | None]
    shown: Callable[[Row], Any]
    refused: type[PlainRefusal]
    unknown: type[Refused]
    of_another: type[Refused]


LINKS = Kind(
    list=queries.LIST_LINKS,
    owners=queries.OWNERS_OF_LINKS,
    new_ids=queries.NEW_LINK_IDS,
    put=queries.PUT_LINKS,
    put_titles=queries.PUT_LINK_TITLES,
    delete_titles=queries.DELETE_LINK_TITLES,
    delete_others=queries.DELETE_OTHER_LINKS,
    delete=queries.DELETE_LINK,
    problem=rules.link_problem,
    shown=rules.shown_link,
    refused=errors.LinkRefused,
    unknown=errors.LinkNotFound,
    of_another=errors.LinkOfAnother,
)

SAMPLES = Kind(
    list=queries.LIST_SAMPLES,
    owners=queries.OWNERS_OF_SAMPLES,
    new_ids=queries.NEW_SAMPLE_IDS,
    put=queries.PUT_SAMPLES,
    put_titles=queries.PUT_SAMPLE_TITLES,
    delete_titles=queries.DELETE_SAMPLE_TITLES,
    delete_others=queries.DELETE_OTHER_SAMPLES,
    delete=queries.DELETE_SAMPLE,
    problem=rules.sample_problem,
    shown=rules.shown_sample,
    refused=errors.SampleRefused,
    unknown=errors.SampleNotFound,
    of_another=errors.SampleOfAnother,
)

Entry = Link | Sample


class Given(Struct, frozen=True):
    """What a call says of a product's links, or of its samples."""

    product_id: int
    """0 for a product that is only just made: ids of its entries mean nothing then."""
    entries: Sequence[Entry]


class _Stored(Struct, frozen=True):
    product_id: int
    rows: list[dict[str, Any]] | None


async def stored(ctx: Context, kind: Kind, product_ids: Sequence[int]) -> dict[int, dict[int, Row]]:
    """By product and id, in their order, as the scope of the call sees them. One statement; none for no product."""
    if not product_ids:
        return {}
    found = await ctx.db.all(
        _Stored,
        kind.list,
        product_ids=list(product_ids),
        store_id=ctx.store.id,
        website_id=ctx.store.website_id,
    )
    return {one.product_id: {row["id"]: row for row in one.rows or ()} for one in found}
