"""Mails that tell what was said about an order or a document of it (spec 60, 12)."""

from __future__ import annotations

import re

from msgspec import Struct

from entrepot import customers
from entrepot.kit.context import Context
from entrepot.kit.mail import Mail, Person, send
from entrepot.sales.contracts import Order
from entrepot.sales.letters import COPIES_APART, recipient_name
from entrepot.sales.statuses import statuses

SUBJECT = "Update to your {store_name} {kind}"
TEXT = """Hello {name},

there is news about your order {number} at {store_name}. It is {status} now.
{comment}
{store_name}
"""

_TAG = re.compile(r"<[^>]*>")


class Kind(Struct, frozen=True):
    """What a comment belongs to."""

    name: str
    """As the subject calls it."""
    settings: str
    """Where its configuration begins."""


OF_ORDER = Kind("order", "sales_email/order_comment/")
OF_INVOICE = Kind("invoice", "sales_email/invoice_comment/")
OF_SHIPMENT = Kind("shipment", "sales_email/shipment_comment/")
OF_CREDIT_MEMO = Kind("credit memo", "sales_email/creditmemo_comment/")


async def send_comment(ctx: Context, order: Order, kind: Kind, comment: str, *, to_customer: bool) -> None:
    """Mail a comment to the customer, or only to whom the shop sends copies apart. Nothing where that is turned off."""
    view = ctx.stores.by_id(order.store_id) if order.store_id is not None else None
    view = view if view and not view.is_admin else ctx.stores.default
    shop = ctx.in_store(view)
    if not shop.flag(kind.settings + "enabled"):
        return
    copies: list[Person] = [
        ("", email) for part in (shop.config(kind.settings + "copy_to") or "").split(",") if (email := part.strip())
    ]
    are_apart = shop.config(kind.settings + "copy_method") == COPIES_APART
    addressees: list[tuple[Person, list[Person]]] = [(copy, []) for copy in copies if are_apart]
    if to_customer:
        addressees.insert(0, ((recipient_name(order), order.customer_email or ""), [] if are_apart else copies))
    store_name = customers.mails.frontend_name(ctx, view)
    said = _TAG.sub("", comment).strip()
    text = TEXT.format(
        name=recipient_name(order),
        number=order.increment_id or "",
        store_name=store_name,
        status=_label(shop, order),
        comment=f"\n{said}\n" if said else "",
    )
    for to, bcc in addressees:
        await send(
            shop,
            Mail(
                to=[to],
                bcc=bcc,
                sender=customers.mails.sender(ctx, view, kind.settings + "identity"),
                subject=SUBJECT.format(store_name=store_name, kind=kind.name),
                text=text,
            ),
        )


def _label(ctx: Context, order: Order) -> str:
    return statuses(ctx).label(order.status or "", order.store_id)
