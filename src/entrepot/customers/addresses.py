"""Single addresses: read, deleted, and the defaults (spec 20-customers, 8.5 and 8.6)."""

from __future__ import annotations

from msgspec import structs

from entrepot.customers import address_book, vat
from entrepot.customers.contracts import Address, Customer, CustomerChanged
from entrepot.customers.errors import NoSuchAddress, NoSuchCustomer
from entrepot.customers.queries import addresses as queries
from entrepot.customers.queries import customers as customer_queries
from entrepot.customers.queries.addresses import AddressRow
from entrepot.customers.reading import address_to_show, get_by_id
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import CUSTOMER_ID, SELF, MayUse, operation


@operation(
    "GET /V1/customers/addresses/{address_id}",
    access=MayUse("Magento_Customer::manage"),
    service="Magento.Customer.Api.AddressRepository.getById",
)
async def get_address(ctx: Context, address_id: int) -> Address:
    """Raises NoSuchAddress."""
    return address_to_show(ctx, await _row(ctx, address_id))


@operation(
    "DELETE /V1/addresses/{address_id}",
    access=MayUse("Magento_Customer::manage"),
    service="Magento.Customer.Api.AddressRepository.deleteById",
)
async def delete_address(ctx: Context, address_id: int) -> bool:
    """Delete an address; a default that it was is then no more. Raises NoSuchAddress."""
    row = await _row(ctx, address_id)
    await queries.delete(ctx.db, [address_id])
    await _touch(ctx, row.customer_id)
    return True


@operation(
    "GET /V1/customers/me/billingAddress",
    access=SELF,
    service="Magento.Customer.Api.AccountManagement.getDefaultBillingAddress",
    force={"customerId": CUSTOMER_ID},
)
@operation(
    "GET /V1/customers/{customer_id}/billingAddress",
    access=MayUse("Magento_Customer::manage"),
    service="Magento.Customer.Api.AccountManagement.getDefaultBillingAddress",
)
async def get_default_billing_address(ctx: Context, customer_id: int) -> Address | None:
    """None without a default. Raises NoSuchCustomer."""
    customer = await get_by_id(ctx, customer_id)
    return next((address for address in customer.addresses or () if address.default_billing), None)


@operation(
    "GET /V1/customers/me/shippingAddress",
    access=SELF,
    service="Magento.Customer.Api.AccountManagement.getDefaultShippingAddress",
    force={"customerId": CUSTOMER_ID},
)
@operation(
    "GET /V1/customers/{customer_id}/shippingAddress",
    access=MayUse("Magento_Customer::manage"),
    service="Magento.Customer.Api.AccountManagement.getDefaultShippingAddress",
)
async def get_default_shipping_address(ctx: Context, customer_id: int) -> Address | None:
    """None without a default. Raises NoSuchCustomer."""
    customer = await get_by_id(ctx, customer_id)
    return next((address for address in customer.addresses or () if address.default_shipping), None)


async def find_address(ctx: Context, address_id: int) -> Address | None:
    """An entry of anybody's address book; None where there is none."""
    row = await queries.find(ctx.db, address_id)
    return address_to_show(ctx, row) if row is not None else None


async def get_address_of(ctx: Context, customer_id: int, address_id: int) -> Address:
    """An address of this customer's book. Raises NoSuchAddress, also for another customer's address."""
    row = await _row(ctx, address_id)
    if row.customer_id != customer_id:
        raise NoSuchAddress(address_id)
    return address_to_show(ctx, row)


async def delete_address_of(ctx: Context, customer_id: int, address_id: int) -> None:
    """Delete an address of this customer's book. Raises NoSuchAddress, also for another customer's address."""
    await get_address_of(ctx, customer_id, address_id)
    await delete_address(ctx, address_id)


async def save_address(ctx: Context, customer_id: int, address: Address) -> Address:
    """Add an address to a customer's book, or with an id change one, and leave the others alone: for pages.

    A flag that is True makes it the default, False ends that; without a flag the defaults stay. Raises
    NoSuchCustomer, NoSuchAddress, and what is wrong with the address (Invalid, AttributeRulesBroken).
    """
    if not await customer_queries.lock(ctx.db, customer_id):
        raise NoSuchCustomer(customer_id)
    customer = await get_by_id(ctx, customer_id)
    book = address_book.AddressBook(ctx, customer_id, customer.store_id or 0, customer.website_id or 0)
    if address.id:
        stored = await _row(ctx, address.id)
        if stored.customer_id != customer_id:
            raise NoSuchAddress(address.id)
        await queries.update(ctx.db, customer_id, [book.checked(stored, address)], ctx.now)
        address_id = address.id
    else:
        (address_id,) = await queries.insert(ctx.db, customer_id, [book.checked(None, address)], ctx.now)
    await _set_defaults(ctx, customer, structs.replace(address, id=address_id))
    await vat.assign_group(ctx, customer_id, customer.store_id or 0)
    await _touch(ctx, customer_id)
    return await get_address(ctx, address_id)


async def _set_defaults(ctx: Context, customer: Customer, address: Address) -> None:
    def after(current: str | None, flag: bool | None) -> int | None:
        now = int(current) if current else None
        if flag:
            return address.id
        return None if flag is False and now == address.id else now

    billing = after(customer.default_billing, address.default_billing)
    shipping = after(customer.default_shipping, address.default_shipping)
    await ctx.db.execute(customer_queries.SET_DEFAULTS, id=customer.id, billing=billing, shipping=shipping)


async def _row(ctx: Context, address_id: int) -> AddressRow:
    row = await queries.find(ctx.db, address_id)
    if row is None:
        raise NoSuchAddress(address_id)
    return row


async def _touch(ctx: Context, customer_id: int) -> None:
    """An account's addresses are part of it: it was changed."""
    await ctx.db.execute(queries.TOUCH_CUSTOMER, id=customer_id, now=ctx.now)
    await ctx.publish(CustomerChanged(customer_id))
