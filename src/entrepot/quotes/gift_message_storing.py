"""Cards of many things at once: of an order that is brought in, and of its lines (docs/orders.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.quotes.gift_message_contracts import GiftMessage

# The ids are drawn one after the other, in the order of the cards.
INSERT = """
    with drawn as materialized (
        select array(
            select nextval(pg_get_serial_sequence('gift_message', 'gift_message_id'))::int
            from generate_series(1, %(count)s::int)
        ) as ids
    )
    insert into gift_message (gift_message_id, customer_id, sender, recipient, message)
    select drawn.ids[new.number], %(customer_id)s, new.sender, new.recipient, new.message
    from drawn
        cross join json_to_recordset(%(cards)s::json) as new (number int, sender text, recipient text, message text)
    returning gift_message_id
"""

UPDATE = """
    update gift_message g
    set sender = new.sender, recipient = new.recipient, message = new.message
    from json_to_recordset(%(cards)s::json) as new (number int, sender text, recipient text, message text)
    where g.gift_message_id = new.number
"""

DELETE = """
    delete from gift_message
    where gift_message_id = any(%(ids)s::int[])
"""


class Card(Struct, frozen=True):
    """What a thing is to say from now on, and the id of what it says now."""

    stored_id: int | None
    message: GiftMessage

    @property
    def is_blank(self) -> bool:
        """Whether it takes the card away."""
        return not (self.message.message or "").strip()


async def store_messages(ctx: Context, customer_id: int, cards: Sequence[Card]) -> list[int | None]:
    """Write cards over those that were there; their ids in turn, None for each that there is none of any more.

    `customer_id` is 0 for a guest. A statement for what is new, for what changes, and for what goes.
    """
    if gone := [card.stored_id for card in cards if card.is_blank and card.stored_id]:
        await ctx.db.execute(DELETE, ids=gone)
    written = [card for card in cards if not card.is_blank]
    if changed := [(card.stored_id, card) for card in written if card.stored_id]:
        await ctx.db.execute(UPDATE, cards=_rows(changed))
    new = [card for card in written if not card.stored_id]
    drawn: Iterable[int] = ()
    if new:
        drawn = await ctx.db.values(
            INSERT, customer_id=customer_id, count=len(new), cards=_rows(list(enumerate(new, start=1)))
        )
    ids = iter(sorted(drawn))
    return [None if card.is_blank else card.stored_id or next(ids) for card in cards]


def _rows(numbered: Sequence[tuple[int | None, Card]]) -> str:
    rows = [
        {
            "number": number,
            "sender": card.message.sender or "",
            "recipient": card.message.recipient or "",
            "message": card.message.message,
        }
        for number, card in numbered
    ]
    return msgspec.json.encode(rows).decode()
