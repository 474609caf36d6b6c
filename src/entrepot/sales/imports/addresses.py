"""Addresses of orders: the rules that they keep, and how a sent one changes a stored one (spec 60, 5.7 and 5.8)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from entrepot import customers
from entrepot.kit.context import Context
from entrepot.sales.contracts import OrderAddress
from entrepot.sales.imports import columns, queries
from entrepot.sales.imports.errors import InvalidAddress
from entrepot.sales.imports.rows import Row, address_row, text
from entrepot.sales.new_order import BILLING, SHIPPING
from entrepot.sales.queries.orders import AddressRow

ALWAYS_REQUIRED: Mapping[str, str] = {
    "postcode": "Zip code",
    "lastname": "Last name",
    "street": "Street",
    "city": "City",
    "email": "Email",
    "country_id": "Country",
    "firstname": "First Name",
    "address_type": "Address Type",
}
REQUIRED_BY_SETTING: Mapping[str, str] = {"telephone": "Phone Number", "company": "Company", "fax": "Fax"}
"""Labels by field, in the order in which they are asked for."""


def violations(address: Row, required: Collection[str]) -> list[str]:
    """A line for each rule that an address breaks. An empty text was given, too; `required` are the shop's own."""
    labels = {**ALWAYS_REQUIRED, **{name: label for name, label in REQUIRED_BY_SETTING.items() if name in required}}
    found = [
        f'"{label}" is required. Enter and try again.' for name, label in labels.items() if address.get(name) is None
    ]
    if not customers.is_email(address.get("email") or ""):
        found.append("Email has a wrong format")
    if address.get("address_type") not in (BILLING, SHIPPING):
        found.append("Address type doesn't match required options")
    return found


def required_by_shop(ctx: Context, store_id: int | None) -> set[str]:
    """The fields that addresses must have in the website of a store view, beside those that all have."""
    view = ctx.stores.by_id(store_id) if store_id is not None else None
    attributes = customers.address_attributes(ctx, (view or ctx.store).website_id)
    return {attribute.code for attribute in attributes if attribute.required}


async def stored_addresses(ctx: Context, order_id: int) -> Sequence[AddressRow]:
    """Those of an order, the first of each kind first."""
    return await ctx.db.all(AddressRow, queries.ADDRESSES, order_id=order_id)


async def write_addresses(
    ctx: Context, order_id: int, store_id: int | None, email: str | None, sent: Mapping[str, OrderAddress]
) -> None:
    """Write the addresses of an order by their kinds: over those that it has, else new ones. All get its email.

    Raises InvalidAddress.
    """
    if not sent:
        return
    stored = {one.address_type: one for one in reversed(await stored_addresses(ctx, order_id))}
    required = required_by_shop(ctx, store_id)
    for kind, address in sent.items():
        row = address_row(address) | {"address_type": kind} | ({"email": email} if email else {})
        known = stored.get(kind)
        if broken := violations(_as_row(known) | row, required):
            raise InvalidAddress(broken)
        await write_address(ctx, order_id, known.entity_id if known else None, row)
    await ctx.db.execute(queries.POINT_TO_ADDRESSES, order_id=order_id)


async def write_address(ctx: Context, order_id: int, address_id: int | None, row: Row) -> int:
    """Change what a stored address has, or add one; its id."""
    if address_id is None:
        added: int = await ctx.db.value(queries.INSERT_ADDRESS, order_id=order_id, address=text(row))
        return added
    await ctx.db.execute(queries.UPDATE_ADDRESS, address_id=address_id, address=text(row))
    return address_id


def _as_row(address: AddressRow | None) -> Row:
    if address is None:
        return {}
    return {name: getattr(address, name) for name in columns.ADDRESS} | {"street": address.lines}
