"""The cards that go with an order that is sent, and with its lines (spec 50, 11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.quotes import GiftMessage, gift_messages, gift_messages_by_id
from entrepot.quotes.errors import GiftMessageForVirtual, GiftMessagesOff
from entrepot.quotes.gift_message_storing import Card, store_messages
from entrepot.sales.contracts import Order
from entrepot.sales.imports import queries
from entrepot.sales.imports.errors import CardOfItemNotSaved, CardOfOrderNotSaved
from entrepot.sales.imports.rows import text

WHOLE_ORDER = 0
"""Where the order itself stands among the ids of its lines."""


class Place(Struct, frozen=True):
    """What a card can go with: the order, or one of its lines."""

    item_id: int
    gift_message_id: int | None
    gift_message_available: str | None
    is_virtual: bool
    customer_id: int | None


async def write_cards(ctx: Context, order_id: int, sent: Order, item_ids: Sequence[int]) -> None:
    """Store the cards that were sent; one without a text takes away what was there, and one that is there stays.

    `item_ids` are the ids of the stored lines, in the order of the sent ones. No statement without cards, else four to
    seven.

    Raises CardOfOrderNotSaved, CardOfItemNotSaved: the store of the request offers none, or nothing is shipped.
    """
    wanted = dict(_sent(sent, item_ids))
    if not wanted:
        return
    places = {place.item_id: place for place in await ctx.db.all(Place, queries.PLACES_OF_CARDS, order_id=order_id)}
    known = await gift_messages_by_id(ctx, [place.gift_message_id for place in places.values()])
    changed = {
        item_id: message
        for item_id, message in wanted.items()
        if not _is_same(message, known.get(places[item_id].gift_message_id or 0))
    }
    if not changed:
        return
    for item_id, message in changed.items():
        _check(ctx, places[item_id], message)
    await _store(ctx, order_id, places, changed)


def _sent(sent: Order, item_ids: Sequence[int]) -> Iterator[tuple[int, GiftMessage]]:
    if sent.extension_attributes and (of_order := sent.extension_attributes.gift_message):
        yield WHOLE_ORDER, of_order
    for item, item_id in zip(sent.items or (), item_ids, strict=True):
        if item.extension_attributes and (of_item := item.extension_attributes.gift_message):
            yield item_id, of_item


def _is_same(sent: GiftMessage, stored: GiftMessage | None) -> bool:
    """No card and one without a text are the same, too."""
    if stored is None:
        return not (sent.message or "").strip()
    return all(getattr(sent, name) == getattr(stored, name) for name in ("sender", "recipient", "message"))


def _check(ctx: Context, place: Place, message: GiftMessage) -> None:
    if not (message.message or "").strip():
        return
    of_order = place.item_id == WHOLE_ORDER
    refused = CardOfOrderNotSaved if of_order else CardOfItemNotSaved
    if place.is_virtual:
        raise refused(GiftMessageForVirtual().rendered())
    is_offered = (
        gift_messages.is_allowed_for_orders(ctx)
        if of_order
        else gift_messages.is_allowed_for_item(ctx, place.gift_message_available)
    )
    if not is_offered:
        raise refused(GiftMessagesOff().rendered())


async def _store(ctx: Context, order_id: int, places: Mapping[int, Place], changed: Mapping[int, GiftMessage]) -> None:
    cards = [Card(places[item_id].gift_message_id, message) for item_id, message in changed.items()]
    ids = await store_messages(ctx, places[WHOLE_ORDER].customer_id or 0, cards)
    ids_by_place = dict(zip(changed, ids, strict=True))
    if WHOLE_ORDER in ids_by_place:
        await ctx.db.execute(queries.PUT_CARD, order_id=order_id, gift_message_id=ids_by_place.pop(WHOLE_ORDER))
    if ids_by_place:
        rows = [{"item_id": item_id, "gift_message_id": id} for item_id, id in ids_by_place.items()]
        await ctx.db.execute(queries.PUT_CARDS_OF_ITEMS, order_id=order_id, cards=text(rows))
