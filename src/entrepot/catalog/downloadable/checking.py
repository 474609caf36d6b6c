"""Whether links and samples can be saved, of any number of products with the same statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entrepot.catalog.downloadable import domains, files, rules
from entrepot.catalog.downloadable.kinds import Entry, Given, Kind, Row, stored
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused


async def problems(ctx: Context, kind: Kind, given: Sequence[Given], *, everywhere: bool) -> list[Refused | None]:
    """For each product the refusal of its first entry that cannot be saved. `everywhere` as in `saving.save`.

    One statement for what is stored, and one each where ids are unknown, files are named, or addresses are given.
    """
    before = await stored(ctx, kind, [one.product_id for one in given if one.product_id])
    known = await _known(ctx, given, before)
    owners = await _owners(ctx, kind, given, before)
    found: list[Refused | None] = []
    for one in given:
        of_product = before.get(one.product_id, {})
        wrong = (_problem(ctx, kind, one, entry, of_product, owners, known, everywhere) for entry in one.entries)
        found.append(next((problem for problem in wrong if problem is not None), None))
    return found


def _problem(
    ctx: Context,
    kind: Kind,
    given: Given,
    entry: Entry,
    of_product: Mapping[int, Row],
    owners: Mapping[int, int],
    known: rules.Known,
    everywhere: bool,
) -> Refused | None:
    old = of_product.get(entry.id or 0)
    if given.product_id and entry.id and old is None:
        return kind.of_another() if entry.id in owners else kind.unknown()
    needs_title = old is None or everywhere or ctx.store.is_admin
    message = kind.problem(entry, old, known, needs_title=needs_title)
    return kind.refused(message) if message else None


async def _known(ctx: Context, given: Sequence[Given], before: Mapping[int, Mapping[int, Row]]) -> rules.Known:
    entries = [entry for one in given for entry in one.entries]
    olds = [before.get(one.product_id, {}).get(entry.id or 0) for one in given for entry in one.entries]
    return rules.Known(
        files=await files.known(ctx, rules.named_files(entries, olds)),
        hosts=set(await domains.list_domains(ctx)) if rules.has_address(entries) else set(),
    )


async def _owners(
    ctx: Context, kind: Kind, given: Sequence[Given], before: Mapping[int, Mapping[int, Row]]
) -> dict[int, int]:
    """The products of entries that are named, but are not those of their product."""
    strange = [
        entry.id
        for one in given
        for entry in one.entries
        if one.product_id and entry.id and entry.id not in before.get(one.product_id, {})
    ]
    fitting = [id for id in strange if abs(id) <= rules.LARGEST]
    return dict(await ctx.db.all(tuple, kind.owners, ids=fitting)) if fitting else {}
