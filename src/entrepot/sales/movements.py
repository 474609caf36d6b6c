"""What of an order left sources, and what came back to them.

Written beside the movement itself, in its transaction, so that a refund can put goods back where they came from.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from entrepot.inventory import Deduction
from entrepot.kit.context import Context
from entrepot.sales.queries import movements as queries

Kind = Literal["shipment", "invoice", "creditmemo"]


class Movement(Struct):
    """A quantity of a sku that left a source (below 0) or came back to it, by the document that says so."""

    document: Kind
    document_id: int
    source_code: str
    sku: str
    quantity: Decimal


async def note_taken(ctx: Context, order_id: int, document: Kind, document_id: int, lines: Sequence[Deduction]) -> None:
    """Goods have left."""
    await _note(ctx, order_id, document, document_id, lines, sign=-1)


async def note_returned(
    ctx: Context, order_id: int, document: Kind, document_id: int, lines: Sequence[Deduction]
) -> None:
    """Goods are back."""
    await _note(ctx, order_id, document, document_id, lines, sign=1)


async def _note(
    ctx: Context, order_id: int, document: Kind, document_id: int, lines: Sequence[Deduction], *, sign: int
) -> None:
    if lines:
        await ctx.db.execute(
            queries.ADD,
            order_id=order_id,
            document=document,
            document_id=document_id,
            source_codes=[line.source_code for line in lines],
            skus=[line.sku for line in lines],
            quantities=[sign * line.qty for line in lines],
        )


async def movements_of(ctx: Context, order_id: int) -> list[Movement]:
    """All of an order, oldest first. Stable only for who has locked the order."""
    return await ctx.db.all(Movement, queries.OF_ORDER, order_id=order_id)
