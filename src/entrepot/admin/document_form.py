"""What is typed into the forms of new documents: quantities by line, parcels, and what is said of them.

Fields are named like those of the shop's own forms: `invoice[items][7]`, `invoice[comment_text]`,
`tracking[0][number]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct
from starlette.responses import Response

from entrepot.admin.carriers import CARRIERS, CUSTOM
from entrepot.admin.order_grid import HOME as ORDERS
from entrepot.admin.order_grid import SALES_ORDER, VIEW
from entrepot.admin.order_lines import WITH_PARTS, ShownLine, shown_lines
from entrepot.admin.page import AdminPage
from entrepot.kit.pages import Form, formats
from entrepot.kit.pages.typed import Mistyped, quantity
from entrepot.sales.contracts import Order
from entrepot.sales.documents import Told
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.locking import lock_order, look_at_order
from entrepot.sales.open_order import OpenItem, OpenOrder

GONE = "The order no longer exists."
SUBMIT, ONLINE = "submit", "online"
"""The buttons that make the document, one of them through the payment gateway; the others show the form again."""


class Typed(Struct, frozen=True):
    """A quantity as it was typed."""

    text: str
    qty: Decimal = Decimal(0)
    fault: str = ""


class FormLine(Struct, frozen=True):
    """A line of the form. Only what goes by itself has a field."""

    line: ShownLine
    name: str = ""
    left: Decimal = Decimal(0)
    typed: Typed | None = None
    amounts: Any = None
    """What the draft has of it."""


class Parcel(Struct, frozen=True):
    carrier: str = CUSTOM
    title: str = ""
    number: str = ""


def is_submitted(page: AdminPage) -> bool:
    """Never when a script asks what the form comes to, whatever else it sends."""
    return page.form.get("do") in (SUBMIT, ONLINE) and not page.is_partial


async def find_order(page: AdminPage) -> OpenOrder | None:
    """As it is now; None with a message for one that is not there.

    When the form is submitted nobody else changes it until that is done: what is read then, is what is written.
    """
    read = lock_order if is_submitted(page) else look_at_order
    try:
        return await read(page.ctx, page.number("order_id") or 0)
    except (NoSuchOrder, IdNeeded):
        page.error(GONE)
        return None


def to_order(page: AdminPage, order: OpenOrder | None) -> Response:
    """Where one comes from: the order, for who may see it."""
    if order is None or not page.may(VIEW):
        return page.redirect(ORDERS if page.may(SALES_ORDER) else "")
    return page.redirect(f"{ORDERS}/view", order_id=order.entity_id)


def untouched(left: Mapping[int, Decimal]) -> dict[int, Typed]:
    """All that is left, as a new form proposes."""
    return {item_id: Typed(formats.plain(qty), qty) for item_id, qty in left.items() if qty > 0}


def typed_quantities(
    form: Form, prefix: str, order: OpenOrder, left: Mapping[int, Decimal], too_many: Callable[[OpenItem], str]
) -> dict[int, Typed]:
    """By line; of lines that cannot be chosen nothing is read."""
    items = {item.item_id: item for item in order.items}
    found = {}
    for item_id, most in left.items():
        name = element(prefix, item_id)
        if name in form:
            found[item_id] = _typed(form.get(name), most, items[item_id], too_many)
    return found


def _typed(text: str, most: Decimal, item: OpenItem, too_many: Callable[[OpenItem], str]) -> Typed:
    try:
        qty = quantity(text) if text.strip() else Decimal(0)
    except Mistyped as fault:
        return Typed(text, fault=fault.rendered())
    return Typed(text, min(qty, most), too_many(item) if qty > most else "")


def element(prefix: str, item_id: int) -> str:
    return f"{prefix}[items][{item_id}]"


def lines_of_form(
    order: Order, prefix: str, left: Mapping[int, Decimal], typed: Mapping[int, Typed], amounts: Mapping[int, Any]
) -> list[FormLine]:
    """What can be chosen, and the lines and parts that go with it."""
    lines = shown_lines(order)
    asked = {line.item.parent_item_id for line in lines if line.item.item_id in typed}
    found = []
    for line in lines:
        item_id = line.item.item_id or 0
        if item_id in typed:
            found.append(FormLine(line, element(prefix, item_id), left[item_id], typed[item_id], amounts.get(item_id)))
        elif (line.item.product_type == WITH_PARTS and item_id in asked) or line.item.parent_item_id in typed:
            found.append(FormLine(line, amounts=amounts.get(item_id)))
    return found


TRACK = re.compile(r"tracking\[(\d{1,4})\]\[number\]")


def parcels_of(page: AdminPage) -> list[Parcel]:
    """As they were typed, with one more or one less if that was pressed."""
    form = page.form
    found = []
    for field in form:
        if match := TRACK.fullmatch(field):
            name = f"tracking[{match[1]}]"
            carrier = form.get(f"{name}[carrier_code]")
            if f"remove_track.{match[1]}" != form.get("do"):
                found.append(
                    Parcel(
                        carrier if carrier in CARRIERS else CUSTOM,
                        form.get(f"{name}[title]").strip()[:255],
                        form.get(field).strip()[:255],
                    )
                )
    if form.get("do") == "add_track":
        found.append(Parcel())
    return found


def filled(parcels: Sequence[Parcel]) -> list[Parcel]:
    """A row that was left empty is none."""
    return [parcel for parcel in parcels if parcel.number or parcel.title]


def told_in(form: Form, prefix: str) -> Told:
    return Told(
        notify=form.is_ticked(f"{prefix}[send_email]"),
        comment=form.get(f"{prefix}[comment_text]").strip() or None,
        append_comment=form.is_ticked(f"{prefix}[comment_customer_notify]"),
    )


def say_faults(page: AdminPage, typed: Mapping[int, Typed], prefix: str) -> bool:
    """Say what is wrong with quantities; whether anything is."""
    for item_id, one in typed.items():
        if one.fault:
            page.error(one.fault, fields=(f"{prefix}-qty-{item_id}",))
    return any(one.fault for one in typed.values())
