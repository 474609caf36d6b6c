"""The mail that confirms an order (spec 60, 12). The text and the HTML form say the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct

from entrepot import customers, directory
from entrepot.customers import Address, Region
from entrepot.kit.context import Context
from entrepot.kit.mail import Mail, Person, send
from entrepot.kit.pages.formats import money, number
from entrepot.kit.scope import StoreView
from entrepot.sales.contracts import Order, OrderAddress, OrderItem
from entrepot.sales.printed_choices import printed_choices
from entrepot.sales.printed_totals import printed_totals
from entrepot.stores import page_url

SETTINGS = "sales_email/order/"
SUBJECT = "Your {store_name} order confirmation"
COPIES_APART = "copy"

_LOADER = PackageLoader("entrepot.sales", "templates/mail")
_TEXTS = Environment(loader=_LOADER, undefined=StrictUndefined, autoescape=False, trim_blocks=True)  # noqa: S701
"""Plain text: what is escaped here would show in the mail."""
_PAGES = Environment(loader=_LOADER, undefined=StrictUndefined, autoescape=True, trim_blocks=True)


class Line(Struct, frozen=True):
    """A line as it is printed."""

    name: str
    sku: str
    choices: list[tuple[str, str]]
    qty: str
    total: str


async def send_confirmation(ctx: Context, order: Order) -> None:
    """Mail it to the customer, and to whom the shop wants to have copies. Two statements for each letter."""
    view = ctx.stores.by_id(order.store_id) if order.store_id is not None else None
    view = view if view and not view.is_admin else ctx.stores.default
    shop = ctx.in_store(view)
    store_name = customers.mails.frontend_name(ctx, view)
    subject = SUBJECT.format(store_name=store_name)
    values = {"subject": subject, "store_name": store_name, **_values(shop, view, order)}
    text = _TEXTS.get_template("order.txt").render(values).strip() + "\n"
    html = _PAGES.get_template("order.html").render(values)
    copies: list[Person] = [
        ("", email) for part in (shop.config(SETTINGS + "copy_to") or "").split(",") if (email := part.strip())
    ]
    are_apart = shop.config(SETTINGS + "copy_method") == COPIES_APART
    addressees: list[tuple[Person, list[Person]]] = [
        ((recipient_name(order), order.customer_email or ""), [] if are_apart else copies),
        *((copy, []) for copy in copies if are_apart),
    ]
    for to, bcc in addressees:
        await send(
            shop,
            Mail(
                to=[to],
                bcc=bcc,
                sender=customers.mails.sender(ctx, view, SETTINGS + "identity"),
                subject=subject,
                text=text,
                html=html,
            ),
        )


def recipient_name(order: Order) -> str:
    """Guests are called as on their bill, customers as their account calls them."""
    of_bill = order.billing_address
    if order.customer_is_guest and of_bill:
        return _name(of_bill.firstname, of_bill.lastname)
    return _name(order.customer_firstname, order.customer_lastname)


def _name(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _values(ctx: Context, view: StoreView, order: Order) -> dict[str, Any]:
    locale = directory.locale_of(ctx)
    currency = order.order_currency_code or ""

    def amount(value: Decimal | None) -> str:
        return money(value or Decimal(0), currency, locale)

    assignments = (order.extension_attributes and order.extension_attributes.shipping_assignments) or []
    shipping = assignments[0].shipping if assignments else None
    return {
        "name": recipient_name(order),
        "number": order.increment_id or "",
        "account_url": None if order.customer_is_guest else page_url(ctx, view) + "customer/account/",
        "lines": [_line(item, amount, locale) for item in order.items or () if item.parent_item_id is None],
        "totals": [(title, amount(value)) for title, value in printed_totals(ctx, order)],
        "billing_address": _printed(ctx, order.billing_address),
        "shipping_address": _printed(ctx, shipping.address if shipping else None),
        "shipping_method": order.shipping_description,
        "payment": _payment(order),
        "note": order.customer_note,
    }


def _line(item: OrderItem, amount: Any, locale: str) -> Line:
    # What clients see is after discount; the discount has a line of its own here.
    total = (item.row_total or Decimal(0)) + (item.discount_amount or Decimal(0))
    return Line(
        name=item.name or "",
        sku=item.sku or "",
        choices=printed_choices(item),
        qty=number(item.qty_ordered or Decimal(0), locale),
        total=amount(total),
    )


def _printed(ctx: Context, address: OrderAddress | None) -> list[str]:
    """The lines of an address as the shop prints addresses."""
    if address is None:
        return []
    printed = customers.print_address(
        ctx,
        Address(
            prefix=address.prefix,
            firstname=address.firstname,
            middlename=address.middlename,
            lastname=address.lastname,
            suffix=address.suffix,
            company=address.company,
            street=address.street,
            city=address.city,
            region=Region(region=address.region),
            postcode=address.postcode,
            country_id=address.country_id,
            telephone=address.telephone,
            fax=address.fax,
            vat_id=address.vat_id,
        ),
    )
    return [line.strip() for line in printed.splitlines() if line.strip()]


def _payment(order: Order) -> list[str]:
    """How it is paid, and what the customer has to know for that."""
    if order.payment is None:
        return []
    number = [f"Purchase Order Number: {order.payment.po_number}"] if order.payment.po_number else []
    notes = [line for note in order.payment.additional_information or () for line in note.splitlines()]
    return [line for line in (*notes, *number) if line.strip()]
