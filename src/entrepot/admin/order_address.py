"""The billing or shipping address of an order, corrected (spec 60, 5.7 and 15.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import structs
from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.customer_addresses import ADDRESS as OF_CUSTOMER
from entrepot.admin.form import Form, Submit, as_int, typed
from entrepot.admin.order_grid import HOME, VIEW
from entrepot.admin.order_view import EDIT, find_order
from entrepot.admin.page import AdminPage, Button
from entrepot.directory import region_by_id
from entrepot.kit.errors import InvalidFieldValue, Refused
from entrepot.quotes import CartAddress
from entrepot.quotes.readiness import address_faults
from entrepot.sales.contracts import Order, OrderAddress
from entrepot.sales.imports.order_address import save_address
from entrepot.sales.printed_order import shipping_address

GONE = "This order no longer exists."
ADDRESS = Form(OF_CUSTOMER.sections[0])
TEXTS = (
    "prefix", "firstname", "middlename", "lastname", "suffix", "company", "city", "country_id", "postcode", "telephone",
    "fax", "vat_id",
)  # fmt: skip
CHECKED = (
    "firstname", "lastname", "street", "city", "telephone", "fax", "company", "postcode", "country_id", "region",
    "region_id",
)  # fmt: skip


async def _find(page: AdminPage) -> tuple[Order, OrderAddress] | None:
    """None with a message for what is not there."""
    order = await find_order(page)
    if order is None:
        return None
    for address in (order.billing_address, shipping_address(order)):
        if address is not None and address.entity_id == page.number("address_id"):
            return order, address
    page.error(GONE)
    return None


@admin_page(f"{HOME}/address", EDIT)
async def edit_address(page: AdminPage) -> Response:
    found = await _find(page)
    if found is None:
        return page.redirect(HOME)
    order, address = found
    street = [*(address.street or []), "", ""]
    values = {name: getattr(address, name) for name in (*TEXTS, "region_id")}
    values |= {"street0": street[0], "street1": " ".join(line for line in street[1:] if line)}
    values["region"] = "" if address.region_id else address.region
    return await _show(page, order, address, values)


@admin_page(f"{HOME}/addressSave", EDIT, post=True, instead=HOME)
async def save(page: AdminPage) -> Response:
    found = await _find(page)
    if found is None:
        return page.redirect(HOME)
    order, address = found
    sent = _sent(page, address)
    if faults := _faults(page, order, address, sent):
        return await _show(page, order, address, typed(ADDRESS, page.form), faults)
    try:
        async with page.attempt():
            await save_address(page.ctx, sent, order.entity_id or 0)
    except Refused as refusal:
        cause = refusal.__cause__
        refusals = [cause if isinstance(cause, Refused) else refusal]
        return await _show(page, order, address, typed(ADDRESS, page.form), refusals)
    page.success("You updated the order address.")
    return page.redirect(f"{HOME}/view", order_id=order.entity_id) if page.may(VIEW) else page.redirect("")


def _faults(page: AdminPage, order: Order, before: OrderAddress, sent: OrderAddress) -> list[Refused]:
    """Interfaces take empty texts and leave regions out; a form demands what an order cannot be placed without."""
    checked = CartAddress(**{name: getattr(sent, name) for name in CHECKED})
    faults = address_faults(page.ctx, checked, order.store_id or 0)
    if sent.country_id != before.country_id:
        return list(faults)
    # An order stays where it goes, though the shop may sell there no more.
    return [fault for fault in faults if not isinstance(fault, InvalidFieldValue)]


def _sent(page: AdminPage, address: OrderAddress) -> OrderAddress:
    """The address with what was typed. A region of another country counts as none."""
    form = page.form
    known = region_by_id(page.ctx, as_int(form.get("region_id")) or 0)
    is_known = known is not None and known.country_id == form.get("country_id")
    return structs.replace(
        address,
        **{name: form.get(name).strip() for name in TEXTS},
        street=[line for line in (form.get("street0").strip(), form.get("street1").strip()) if line],
        region_id=known.id if known and is_known else 0,
        region=known.name if known and is_known else form.get("region").strip(),
        region_code=known.code if known and is_known else "",
    )


async def _show(
    page: AdminPage, order: Order, address: OrderAddress, values: Mapping[str, Any], refusals: Sequence[Refused] = ()
) -> Response:
    ids: dict[str, Any] = {"order_id": order.entity_id, "address_id": address.entity_id}
    kind = "Billing" if address.address_type == "billing" else "Shipping"
    return await ADDRESS.show(
        page,
        action=page.url(f"{HOME}/addressSave", **ids),
        values=values,
        refusals=refusals,
        submits=[Submit("Save Order Address", kind="primary")],
        title=page.text(f"Edit Order #%1 {kind} Address", order.increment_id or ""),
        buttons=[Button("Back", href=page.url(f"{HOME}/view", order_id=order.entity_id))],
    )
