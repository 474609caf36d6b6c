"""The sources of a stock as a form has them: rows with a priority, in which the top one is asked first.

Rows are in the form alone until it is saved. A script moves them in place; without one their numbers say the order, and
each button sends the form and shows it again.
"""

from __future__ import annotations

from collections.abc import Sequence

from entrepot import inventory
from entrepot.admin.form import DO, as_int, rows
from entrepot.inventory import StockSourceLink
from entrepot.kit.context import Context
from entrepot.kit.pages import Form as Posted

ROWS = "sources"
ASSIGN = "assign"
LAST = 2**31


async def assigned_codes(ctx: Context, stock_id: int) -> list[str]:
    """In the order in which they are asked."""
    return [source.source_code or "" for source in await inventory.sources_of_stock(ctx, stock_id)]


async def typed_codes(ctx: Context, form: Posted) -> list[str]:
    """The codes of the form's rows by their priorities, with what the button that was pressed does to them.

    Sources that are ticked to be assigned come last, also when the form is saved at once. Unknown ones are passed over.
    """
    known = {source.source_code for source in (await inventory.list_sources(ctx)).items or ()}
    placed = sorted(rows(form, ROWS), key=lambda row: as_int(row.get("priority", "")) or LAST)
    given = [*(str(row.get("code", "")) for row in placed), *form.all(ASSIGN)]
    codes = [code for code in dict.fromkeys(given) if code in known]
    return _moved(codes, form.get(DO))


def _moved(codes: list[str], pressed: str) -> list[str]:
    """`up <code>` and `down <code>` change places with a neighbour."""
    action, _, code = pressed.partition(" ")
    if action not in ("up", "down") or code not in codes:
        return codes
    place = codes.index(code)
    other = place + (1 if action == "down" else -1)
    if 0 <= other < len(codes):
        codes[place], codes[other] = codes[other], codes[place]
    return codes


async def save_sources(ctx: Context, stock_id: int, codes: Sequence[str]) -> None:
    """Link the stock to these sources, the first with priority 1, and to no others."""
    dropped = [code for code in await assigned_codes(ctx, stock_id) if code not in codes]
    if dropped:
        links = [StockSourceLink(stock_id=stock_id, source_code=code) for code in dropped]
        await inventory.delete_links(ctx, links)
    if codes:
        numbered = enumerate(codes, start=1)
        links = [StockSourceLink(stock_id=stock_id, source_code=code, priority=place) for place, code in numbered]
        await inventory.save_links(ctx, links)
