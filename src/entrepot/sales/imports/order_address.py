"""One address of an order changed, or added (spec 60, 5.7)."""

from __future__ import annotations

from psycopg.errors import DataError

from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.sales.contracts import OrderAddress
from entrepot.sales.imports import queries
from entrepot.sales.imports.addresses import required_by_shop, stored_addresses, violations, write_address
from entrepot.sales.imports.errors import AddressNotSaved, InvalidAddress
from entrepot.sales.imports.rows import address_row
from entrepot.sales.locking import lock_order
from entrepot.sales.reading import region_code


@operation(
    "PUT /V1/orders/{parent_id}",
    access=MayUse("Magento_Sales::create"),
    service="Magento.Sales.Api.OrderAddressRepository.save",
    bulk_names={"parent_id": "parent_id"},
)
async def save_address(ctx: Context, entity: OrderAddress, parent_id: int | None = None) -> OrderAddress:
    """Change the address of an order that has this `entity_id`, or add one of its kind; the address.

    The fields that every address has must be sent. Of the others, what is not sent stays. The order is that of the
    path, or in a bulk the address's `parent_id`.

    Raises AddressNotSaved: a rule is broken, or the order is not there, or the address is not the order's.
    """
    order_id = entity.parent_id or 0 if parent_id is None else parent_id
    try:
        async with ctx.savepoint():
            address_id = await _save(ctx, order_id, entity)
    except (Refused, DataError) as error:
        raise AddressNotSaved from error
    address = next(one for one in await stored_addresses(ctx, order_id) if one.entity_id == address_id)
    address.street = (address.lines or "").split("\n")
    address.region_code = region_code(ctx, address)
    return address


async def _save(ctx: Context, order_id: int, sent: OrderAddress) -> int:
    order = await lock_order(ctx, order_id)
    row = address_row(sent)
    if broken := violations(row, required_by_shop(ctx, order.store_id)):
        raise InvalidAddress(broken)
    address_id = sent.entity_id or None
    if address_id is not None and all(one.entity_id != address_id for one in await stored_addresses(ctx, order_id)):
        raise AddressNotSaved
    saved = await write_address(ctx, order_id, address_id, row)
    await ctx.db.execute(queries.POINT_TO_ADDRESSES, order_id=order_id)
    return saved
