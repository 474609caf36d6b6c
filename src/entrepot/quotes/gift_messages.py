"""Cards that go with an order or with one of its lines (spec 50, 11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.kit.errors import RequiredField, raise_any
from entrepot.kit.rest.operation import ANONYMOUS, CART_ID, SELF, MayUse, operation
from entrepot.quotes import access, queries
from entrepot.quotes.access import CartKey, Mask
from entrepot.quotes.errors import (
    GiftMessageForEmptyCart,
    GiftMessageForVirtual,
    GiftMessagesOff,
    NoItemForGiftMessage,
    NoItemOfGiftMessage,
)
from entrepot.quotes.gift_message_contracts import GiftMessage
from entrepot.quotes.quote import Item, Quote

CREATE = MayUse("Magento_Sales::create")
SERVICE = "Magento.GiftMessage.Api"
ALLOW_ORDER, ALLOW_ITEMS = "sales/gift_options/allow_order", "sales/gift_options/allow_items"
BY_SETTING = ("", "2")
"""What a product says that leaves it to the configuration."""

LIST = """
    select gift_message_id, customer_id, sender, recipient, message
    from gift_message
    where gift_message_id = any(%(ids)s::int[])
"""

INSERT = """
    insert into gift_message (customer_id, sender, recipient, message)
    values (%(customer_id)s, %(sender)s, %(recipient)s, %(message)s)
    returning gift_message_id
"""

UPDATE = """
    update gift_message
    set customer_id = %(customer_id)s,
        sender = %(sender)s,
        recipient = %(recipient)s,
        message = %(message)s
    where gift_message_id = %(id)s
"""

DELETE = "delete from gift_message where gift_message_id = %(id)s"


@operation("GET /V1/carts/mine/gift-message", access=SELF, service=f"{SERVICE}.CartRepository.get",
           force={"cartId": CART_ID})  # fmt: skip
@operation("GET /V1/carts/{cart_id}/gift-message", access=CREATE, service=f"{SERVICE}.CartRepository.get")
async def get_message(ctx: Context, cart_id: int) -> GiftMessage | None:
    """The card of the whole order; None where there is none. Raises NoSuchCart."""
    return await _of_cart(ctx, cart_id)


@operation("GET /V1/guest-carts/{cart_id}/gift-message", access=ANONYMOUS, service=f"{SERVICE}.GuestCartRepository.get")
async def get_guest_message(ctx: Context, cart_id: str) -> GiftMessage | None:
    """As `get_message`."""
    return await _of_cart(ctx, Mask(cart_id))


@operation("GET /V1/carts/mine/gift-message/{item_id}", access=SELF, service=f"{SERVICE}.ItemRepository.get",
           force={"cartId": CART_ID})  # fmt: skip
@operation("GET /V1/carts/{cart_id}/gift-message/{item_id}", access=CREATE, service=f"{SERVICE}.ItemRepository.get")
async def get_item_message(ctx: Context, cart_id: int, item_id: int) -> GiftMessage | None:
    """The card of a line; None where there is none. Raises NoSuchCart, NoItemOfGiftMessage."""
    return await _of_item(ctx, cart_id, item_id)


@operation(
    "GET /V1/guest-carts/{cart_id}/gift-message/{item_id}",
    access=ANONYMOUS,
    service=f"{SERVICE}.GuestItemRepository.get",
)
async def get_guest_item_message(ctx: Context, cart_id: str, item_id: int) -> GiftMessage | None:
    """As `get_item_message`."""
    return await _of_item(ctx, Mask(cart_id), item_id)


@operation("POST /V1/carts/mine/gift-message", access=SELF, service=f"{SERVICE}.CartRepository.save",
           force={"cartId": CART_ID})  # fmt: skip
@operation("POST /V1/carts/{cart_id}/gift-message", access=CREATE, service=f"{SERVICE}.CartRepository.save")
async def save_message(ctx: Context, cart_id: int, gift_message: GiftMessage) -> bool:
    """Write the card of the whole order over what it was; one without a text takes it away.

    Raises NoSuchCart, GiftMessageForEmptyCart, GiftMessageForVirtual, GiftMessagesOff, RequiredField.
    """
    return await _save_for_cart(ctx, cart_id, gift_message)


@operation(
    "POST /V1/guest-carts/{cart_id}/gift-message", access=ANONYMOUS, service=f"{SERVICE}.GuestCartRepository.save"
)
async def save_guest_message(ctx: Context, cart_id: str, gift_message: GiftMessage) -> bool:
    """As `save_message`."""
    return await _save_for_cart(ctx, Mask(cart_id), gift_message)


@operation("POST /V1/carts/mine/gift-message/{item_id}", access=SELF, service=f"{SERVICE}.ItemRepository.save",
           force={"cartId": CART_ID})  # fmt: skip
@operation("POST /V1/carts/{cart_id}/gift-message/{item_id}", access=CREATE, service=f"{SERVICE}.ItemRepository.save")
async def save_item_message(ctx: Context, cart_id: int, gift_message: GiftMessage, item_id: int) -> bool:
    """Write the card of a line over what it was; one without a text takes it away.

    Raises NoSuchCart, NoItemForGiftMessage, GiftMessageForVirtual, GiftMessagesOff, RequiredField.
    """
    return await _save_for_item(ctx, cart_id, gift_message, item_id)


@operation(
    "POST /V1/guest-carts/{cart_id}/gift-message/{item_id}",
    access=ANONYMOUS,
    service=f"{SERVICE}.GuestItemRepository.save",
)
async def save_guest_item_message(ctx: Context, cart_id: str, gift_message: GiftMessage, item_id: int) -> bool:
    """As `save_item_message`."""
    return await _save_for_item(ctx, Mask(cart_id), gift_message, item_id)


async def _of_cart(ctx: Context, key: CartKey) -> GiftMessage | None:
    quote = await access.find_active(ctx, key)
    return await _find(ctx, quote.content.gift_message_id)


async def _of_item(ctx: Context, key: CartKey, item_id: int) -> GiftMessage | None:
    quote = await access.find_active(ctx, key)
    item = quote.item(item_id)
    if item is None:
        raise NoItemOfGiftMessage
    return await _find(ctx, item.gift_message_id)


async def _find(ctx: Context, message_id: int | None) -> GiftMessage | None:
    return (await messages_by_id(ctx, [message_id])).get(message_id) if message_id else None


class _Row(Struct):
    gift_message_id: int
    customer_id: int
    sender: str
    recipient: str
    message: str


async def messages_by_id(ctx: Context, ids: Iterable[int | None]) -> Mapping[int, GiftMessage]:
    """Cards of carts and orders. One statement, none without ids."""
    wanted = sorted({id for id in ids if id})
    if not wanted:
        return {}
    rows = await ctx.db.all(_Row, LIST, ids=wanted)
    return {
        row.gift_message_id: GiftMessage(row.gift_message_id, row.customer_id, row.sender, row.recipient, row.message)
        for row in rows
    }


def is_allowed_for_orders(ctx: Context) -> bool:
    """Whether the store of the request offers cards for whole orders."""
    return ctx.flag(ALLOW_ORDER)


def is_allowed_for_item(ctx: Context, gift_message_available: str | None) -> bool:
    """Whether a line may have a card: the product says so, or leaves it to the store of the request."""
    if (gift_message_available or "") in BY_SETTING:
        return ctx.flag(ALLOW_ITEMS)
    return gift_message_available == "1"


async def _save_for_cart(ctx: Context, key: CartKey, sent: GiftMessage) -> bool:
    quote = await access.find_active(ctx, key, lock=True)
    if not quote.visible_items:
        raise GiftMessageForEmptyCart
    if quote.content.is_virtual:
        raise GiftMessageForVirtual
    if sent.message and not is_allowed_for_orders(ctx):
        raise GiftMessagesOff
    quote.content.gift_message_id = await _write(ctx, quote, quote.content.gift_message_id, sent)
    queries.update(ctx, quote)
    return True


async def _save_for_item(ctx: Context, key: CartKey, sent: GiftMessage, item_id: int) -> bool:
    quote = await access.find_active(ctx, key, lock=True)
    item = quote.item(item_id)
    if item is None:
        raise NoItemForGiftMessage(item_id)
    if _is_virtual(quote, item):
        raise GiftMessageForVirtual
    if not is_allowed_for_item(ctx, item.gift_message_available):
        raise GiftMessagesOff
    item.gift_message_id = await _write(ctx, quote, item.gift_message_id, sent)
    queries.update(ctx, quote)
    return True


def _is_virtual(quote: Quote, item: Item) -> bool:
    parts = quote.children(item)
    return all(part.is_virtual for part in parts) if parts else item.is_virtual


async def _write(ctx: Context, quote: Quote, message_id: int | None, sent: GiftMessage) -> int | None:
    """The id of the card from now on; None where there is none any more. Raises RequiredField, CartNotOwned."""
    access.check_writable(ctx, quote)
    if not (sent.message or "").strip():
        if message_id is not None:
            await ctx.db.execute(DELETE, id=message_id)
        return None
    missing = [name for name in ("sender", "recipient") if not (getattr(sent, name) or "").strip()]
    raise_any(RequiredField(field_name=name) for name in missing)
    values = {
        "customer_id": quote.customer_id or 0,
        "sender": sent.sender,
        "recipient": sent.recipient,
        "message": sent.message,
    }
    if message_id is not None and await ctx.db.execute(UPDATE, id=message_id, **values):
        return message_id
    new: int = await ctx.db.value(INSERT, **values)
    return new
