"""A card that goes with the order or with one of its lines, where the shop offers them (spec 50-checkout, 11)."""

from __future__ import annotations

from starlette.responses import Response

from entrepot.kit.errors import NotFound, Refused
from entrepot.kit.pages import page
from entrepot.quotes import OpenCart, gift_messages
from entrepot.quotes.errors import NoItemForGiftMessage
from entrepot.quotes.gift_message_contracts import GiftMessage
from entrepot.quotes.quote import Item
from entrepot.quotes.totals.collect import is_virtual
from entrepot.storefront import field_errors, session_cart
from entrepot.storefront.shop_page import ShopPage

CART, CARD = "checkout/cart", "checkout/gift/edit"
FIELDS = ("sender", "recipient", "message")
LONGEST = 255


def url_of_order(page: ShopPage, cart: OpenCart) -> str:
    """Where the card of the whole order is written; empty where there can be none."""
    allowed = gift_messages.is_allowed_for_orders(page.ctx) and not cart.content.is_virtual
    return page.url(CARD) if allowed else ""


def url_of_line(page: ShopPage, cart: OpenCart, line: Item) -> str:
    """As `url_of_order`, of one line."""
    if is_virtual(cart, line.item_id) or not gift_messages.is_allowed_for_item(page.ctx, line.gift_message_available):
        return ""
    return page.url(CARD, id=line.item_id)


@page(CARD)
async def edit(page: ShopPage) -> Response:
    """`/checkout/gift/edit/` for the order, `/checkout/gift/edit/id/<line>/` for a line."""
    cart = await session_cart.find(page)
    line = cart.quote.item(page.number("id") or 0) if cart else None
    can_have = cart and (url_of_line(page, cart, line) if line else not page.number("id") and url_of_order(page, cart))
    if cart is None or not can_have:
        return page.redirect(CART)
    card_id = line.gift_message_id if line else cart.content.gift_message_id
    known = (await gift_messages.messages_by_id(page.ctx, [card_id])).get(card_id or 0) or GiftMessage()
    typed = page.take_form("gift")
    return page.render(
        "cart/gift_card.html",
        about=line.name if line else "",
        values={name: typed.get(name) if typed else getattr(known, name) or "" for name in FIELDS},
        item_id=line.item_id if line else None,
        longest=LONGEST,
    )


@page(CARD, methods=["POST"])
async def save(page: ShopPage) -> Response:
    """An empty message takes the card back."""
    cart = await session_cart.find(page)
    if cart is None:
        return page.redirect(CART)
    item_id = page.number("id")
    card = GiftMessage(
        sender=page.form.get("sender").strip()[:LONGEST],
        recipient=page.form.get("recipient").strip()[:LONGEST],
        message=page.form.get("message").strip(),
    )
    try:
        async with page.attempt():
            await _write(page, cart, card, item_id)
    except (NoItemForGiftMessage, NotFound):
        return page.redirect(CART)
    except Refused as refusal:
        field_errors.tell(page, refusal, {name: name for name in FIELDS})
        page.keep_form("gift", *FIELDS)
        return page.redirect(CARD, id=item_id) if item_id else page.redirect(CARD)
    page.success("You saved the gift message." if card.message else "You removed the gift message.")
    return page.redirect(CART)


async def _write(page: ShopPage, cart: OpenCart, card: GiftMessage, item_id: int | None) -> None:
    mask = cart.quote.masked_id
    if page.signed_in is None and mask is not None:
        if item_id:
            await gift_messages.save_guest_item_message(page.ctx, mask, card, item_id)
        else:
            await gift_messages.save_guest_message(page.ctx, mask, card)
    elif item_id:
        await gift_messages.save_item_message(page.ctx, cart.id, card, item_id)
    else:
        await gift_messages.save_message(page.ctx, cart.id, card)
