"""What an order that is being made has beside lines and addresses: account, coupon, methods, comment, totals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec import Struct

from entrepot.admin.form import as_int
from entrepot.admin.option_sources import customer_groups
from entrepot.admin.order_draft import SUBMIT, UPDATE, Draft
from entrepot.customers import is_email
from entrepot.kit.errors import Refused
from entrepot.quotes import CartPayment, by_administrator, coupons, payments, save
from entrepot.quotes.contracts import Payment
from entrepot.quotes.payment_methods import applicable_methods
from entrepot.quotes.shipping import show_rates
from entrepot.quotes.totals.collect import collectors

NO_ITEMS = "Please specify order items."
NO_METHOD = "Please specify a shipping method."
NO_PAYMENT = "Please specify a payment method."
NO_EMAIL = '"Email" is required. Enter and try again.'
BAD_EMAIL = "Invalid email format"
COUPON_REFUSED = 'The "%1" coupon code isn\'t valid. Verify the code and try again.'
COUPON_OF_NOTHING = "Add products before a coupon."
COUPON_NEW = "The coupon code was applied. Look at the totals, then submit the order."
PURCHASE_ORDER = "purchaseorder"


class Total(Struct, frozen=True):
    label: str
    amount: Decimal
    is_strong: bool


async def apply_account(draft: Draft) -> None:
    form = draft.form
    if "account[email]" not in form:
        return
    group_id = as_int(form.get("account[group_id]"))
    purchaser = draft.cart.content.purchaser
    if draft.is_for_guest:
        group_id = purchaser.group_id
    await by_administrator.set_purchaser(
        draft.ctx,
        draft.cart,
        email=form.get("account[email]").strip(),
        group_id=purchaser.group_id if group_id is None else group_id,
    )


def apply_comment(draft: Draft) -> None:
    form, purchaser = draft.form, draft.cart.content.purchaser
    if "comment" in form:
        purchaser.note = form.get("comment").strip() or None
        purchaser.note_notify = form.is_ticked("append_comments")


async def apply_coupon(draft: Draft) -> None:
    """A code that is refused takes nothing away from the order but the code before it.

    One that was only typed is applied by Enter, too. Nothing is ordered at another price than the page says: who
    submits the order sees first what it comes to with the code.
    """
    cart = draft.cart
    if draft.pressed == "coupon remove" and cart.content.items:
        await coupons.use_coupon(draft.ctx, cart, None)
    code = _typed_coupon(draft)
    if not code or draft.pressed not in ("coupon", UPDATE, SUBMIT):
        return
    if not cart.content.items:
        draft.wrong("coupon", COUPON_OF_NOTHING)
    elif not await coupons.use_coupon(draft.ctx, cart, code):
        draft.wrong("coupon", draft.page.text(COUPON_REFUSED, code))
    elif draft.pressed == SUBMIT:
        draft.news = COUPON_NEW


def _typed_coupon(draft: Draft) -> str:
    """A code that stands in its field and is not the order's yet."""
    typed = draft.form.get("coupon").strip()
    return "" if typed.lower() == (draft.cart.content.coupon_code or "").lower() else typed


def apply_methods(draft: Draft) -> bool:
    """How it is shipped and paid; whether something has changed. The methods are among those that are offered now."""
    form, cart = draft.form, draft.cart
    before = (cart.content.shipping.shipping_method, cart.content.payment)
    if code := form.get("shipping_method"):
        by_administrator.ship_by(cart, code)
    offered = {one.code for one in applicable_methods(draft.ctx, cart)}
    if (method := form.get("payment[method]")) in offered:
        number = form.get("payment[po_number]").strip() or None
        cart.content.payment = CartPayment(method, number if method == PURCHASE_ORDER else None)
    elif cart.content.payment is not None and cart.content.payment.method not in offered:
        cart.content.payment = None
    return before != (cart.content.shipping.shipping_method, cart.content.payment)


async def check(draft: Draft) -> None:
    """What is missing before it can be ordered, at its block."""
    cart = draft.cart
    content = cart.content
    email = content.purchaser.email or ""
    if not email:
        draft.wrong("account", NO_EMAIL)
    elif not is_email(email):
        draft.wrong("account", BAD_EMAIL)
    if not content.items:
        draft.wrong("items", NO_ITEMS)
        return
    if not content.is_virtual and content.shipping.rate is None:
        draft.wrong("method", NO_METHOD)
    payment = content.payment
    if payment is None:
        draft.wrong("payment", NO_PAYMENT)
    elif not draft.problems:
        try:
            payments.choose(draft.ctx, cart, Payment(method=payment.method, po_number=payment.po_number))
        except Refused as refusal:
            draft.refused("payment", refusal)
        else:
            await save(draft.ctx, cart)


# What is shown


async def shown(draft: Draft) -> dict[str, Any]:
    cart, content, form = draft.cart, draft.cart.content, draft.form
    purchaser = content.purchaser
    groups = await customer_groups(draft.ctx)
    return {
        "groups": groups,
        "group_id": str(purchaser.group_id),
        "email": purchaser.email or "",
        "coupon_code": content.coupon_code or "",
        "typed_coupon": _typed_coupon(draft),
        "rates": await show_rates(draft.ctx, cart) if content.items and not content.is_virtual else [],
        "shipping_method": content.shipping.shipping_method or "",
        "can_ask": bool(content.items and content.shipping.country_id),
        "payment_methods": applicable_methods(draft.ctx, cart) if content.items else [],
        "payment_method": content.payment.method if content.payment else "",
        "po_number": (content.payment.po_number if content.payment else None) or form.get("payment[po_number]"),
        "comment": purchaser.note or "",
        "append_comments": purchaser.note_notify,
        "send_confirmation": form.is_ticked("send_confirmation") if "send_confirmation" in form else True,
        "totals": _totals(draft),
    }


def _totals(draft: Draft) -> list[Total]:
    cart = draft.cart
    address = cart.quote.owner
    found = []
    for collector in collectors():
        segment = collector.segment(draft.ctx, cart, address)
        if segment is None or segment.value is None or (segment.code == "tax" and not segment.value):
            continue
        found.append(Total(segment.title or "", segment.value, segment.code == "grand_total"))
    return found
