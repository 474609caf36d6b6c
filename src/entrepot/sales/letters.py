"""Letters to who ordered: about an order or a document of it, as text and as HTML that say the same (spec 60, 12)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct

from entrepot import customers, directory
from entrepot.kit.context import Context
from entrepot.kit.mail import Mail, Person, send
from entrepot.kit.pages.formats import money, number
from entrepot.kit.scope import StoreView
from entrepot.sales.contracts import Order, OrderAddress
from entrepot.sales.printed_order import as_customers_address, payment_notes, shipping_address
from entrepot.stores import page_url

COPIES_APART = "copy"

_LOADER = PackageLoader("entrepot.sales", "templates/mail")
_TEXTS = Environment(loader=_LOADER, undefined=StrictUndefined, autoescape=False, trim_blocks=True)  # noqa: S701
"""Plain text: what is escaped here would show in the mail."""
_PAGES = Environment(loader=_LOADER, undefined=StrictUndefined, autoescape=True, trim_blocks=True)


class Download(Struct, frozen=True):
    """A link that was bought."""

    title: str
    url: str
    """Where it is loaded; empty while it cannot be."""


class Downloads(Struct, frozen=True):
    """All links of a line."""

    label: str
    links: list[Download]


class Line(Struct, frozen=True):
    """A line as it is printed."""

    name: str
    sku: str
    choices: list[tuple[str, str]]
    qty: str
    total: str = ""
    downloads: Downloads | None = None


class Letter(Struct, frozen=True):
    """What a letter is about. `subject` has a place for `{store_name}`."""

    template: str
    settings: str
    """Where its configuration begins: who sends it, and who gets copies."""
    subject: str


async def send_letter(ctx: Context, order: Order, letter: Letter, **values: Any) -> None:
    """Mail it to the customer, and to whom the shop wants to have copies. Two statements for each copy."""
    view = view_of(ctx, order)
    shop = ctx.in_store(view)
    store_name = customers.mails.frontend_name(ctx, view)
    subject = letter.subject.format(store_name=store_name)
    all_values = {"subject": subject, "store_name": store_name, **_of_order(shop, view, order), **values}
    text = _TEXTS.get_template(f"{letter.template}.txt").render(all_values).strip() + "\n"
    html = _PAGES.get_template(f"{letter.template}.html").render(all_values)
    for to, bcc in _addressees(shop, order, letter):
        await send(
            shop,
            Mail(
                to=[to],
                bcc=bcc,
                sender=customers.mails.sender(ctx, view, letter.settings + "identity"),
                subject=subject,
                text=text,
                html=html,
            ),
        )


def _addressees(shop: Context, order: Order, letter: Letter) -> list[tuple[Person, list[Person]]]:
    copies: list[Person] = [
        ("", email) for part in (shop.config(letter.settings + "copy_to") or "").split(",") if (email := part.strip())
    ]
    are_apart = shop.config(letter.settings + "copy_method") == COPIES_APART
    return [
        ((recipient_name(order), order.customer_email or ""), [] if are_apart else copies),
        *((copy, []) for copy in copies if are_apart),
    ]


def view_of(ctx: Context, order: Order) -> StoreView:
    """The store view that an order belongs to; the default one if that is gone."""
    view = ctx.stores.by_id(order.store_id) if order.store_id is not None else None
    return view if view and not view.is_admin else ctx.stores.default


def recipient_name(order: Order) -> str:
    """Guests are called as on their bill, customers as their account calls them."""
    of_bill = order.billing_address
    if order.customer_is_guest and of_bill:
        return _name(of_bill.firstname, of_bill.lastname)
    return _name(order.customer_firstname, order.customer_lastname)


def _name(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


class Print:
    """Amounts and quantities as the customer of an order reads them."""

    def __init__(self, ctx: Context, order: Order) -> None:
        self._locale = directory.locale_of(ctx.in_store(view_of(ctx, order)))
        self._currency = order.order_currency_code or ""

    def amount(self, value: Decimal | None) -> str:
        return money(value or Decimal(0), self._currency, self._locale)

    def qty(self, value: Decimal | None) -> str:
        return number(value or Decimal(0), self._locale)

    def totals(self, found: Iterable[tuple[str, Decimal]]) -> list[tuple[str, str]]:
        return [(title, self.amount(value)) for title, value in found]


def _of_order(ctx: Context, view: StoreView, order: Order) -> dict[str, Any]:
    return {
        "name": recipient_name(order),
        "number": order.increment_id or "",
        "account_url": None if order.customer_is_guest else page_url(ctx, view) + "customer/account/",
        "billing_address": _printed(ctx, order.billing_address),
        "shipping_address": _printed(ctx, shipping_address(order)),
        "shipping_method": order.shipping_description,
        "payment": _payment(order),
    }


def _printed(ctx: Context, address: OrderAddress | None) -> list[str]:
    """The lines of an address as the shop prints addresses."""
    if address is None:
        return []
    printed = customers.print_address(ctx, as_customers_address(address))
    return [line.strip() for line in printed.splitlines() if line.strip()]


def _payment(order: Order) -> list[str]:
    """How it is paid, and what the customer has to know for that."""
    number = order.payment.po_number if order.payment else None
    return [*payment_notes(order), *([f"Purchase Order Number: {number}"] if number else [])]
