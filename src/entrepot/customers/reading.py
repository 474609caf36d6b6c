"""Accounts read: by id, and what may be known about them beforehand (spec 20-customers, 9.1 and 11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from entrepot.customers.contracts import Address, Customer, CustomerExtension, ValidationResults
from entrepot.customers.errors import NoSuchCustomer
from entrepot.customers.known_attributes import customer_attributes
from entrepot.customers.queries import accounts as account_queries
from entrepot.customers.queries import addresses as address_queries
from entrepot.customers.queries import customers as queries
from entrepot.customers.queries.accounts import Visits
from entrepot.customers.queries.addresses import AddressRow
from entrepot.customers.queries.customers import CustomerRow
from entrepot.customers.rules.customer_rules import empty_required
from entrepot.customers.rules.regions import StoredRegion, region_to_show
from entrepot.customers.sharing import searched_website
from entrepot.directory import region_by_id
from entrepot.kit.context import Context
from entrepot.kit.rest.contract import AttributeValue
from entrepot.kit.rest.operation import ANONYMOUS, CUSTOMER_ID, SELF, MayUse, operation


@operation(
    "GET /V1/customers/me",
    access=SELF,
    service="Magento.Customer.Api.CustomerRepository.getById",
    force={"customerId": CUSTOMER_ID},
)
@operation(
    "GET /V1/customers/{customer_id}",
    access=MayUse("Magento_Customer::customer"),
    service="Magento.Customer.Api.CustomerRepository.getById",
)
async def get_by_id(ctx: Context, customer_id: int) -> Customer:
    """The account with its addresses, whatever website it belongs to. Raises NoSuchCustomer."""
    found = await queries.find(ctx.db, [customer_id])
    if not found:
        raise NoSuchCustomer(customer_id)
    return (await with_addresses(ctx, found))[0]


@operation(
    "GET /V1/customers/{customer_id}/permissions/readonly",
    access=MayUse("Magento_Customer::customer"),
    service="Magento.Customer.Api.AccountManagement.isReadonly",
)
async def is_readonly(ctx: Context, customer_id: int) -> bool:
    """False: every account can be changed. Raises NoSuchCustomer."""
    if await account_queries.find_by_id(ctx.db, customer_id) is None:
        raise NoSuchCustomer(customer_id)
    return False


@operation(
    "POST /V1/customers/isEmailAvailable",
    access=ANONYMOUS,
    service="Magento.Customer.Api.AccountManagement.isEmailAvailable",
)
async def is_email_available(ctx: Context, customer_email: str, website_id: int | None = None) -> bool:
    """Whether no account has the address; also true for what is no address, and for an unknown website.

    Anybody can so learn who has an account. The checkout depends on it.
    """
    website = ctx.store.website_id if website_id is None else website_id
    return not await account_queries.other_has_email(ctx.db, customer_email, searched_website(ctx, website))


@operation(
    "PUT /V1/customers/validate",
    access=MayUse("Magento_Customer::manage"),
    service="Magento.Customer.Api.AccountManagement.validate",
)
async def validate(ctx: Context, customer: Customer) -> ValidationResults:
    """Says which required attributes are empty. Nothing is saved; neither uniqueness nor syntax is checked."""
    website_id = ctx.store.website_id if customer.website_id is None else customer.website_id
    messages = empty_required(customer, customer_attributes(ctx, website_id))
    return ValidationResults(valid=not messages, messages=messages)


async def visits(ctx: Context, customer_id: int) -> Visits:
    """When the customer last signed in, signed out and was seen; all None for one who never did."""
    found = await ctx.db.one_or_none(Visits, account_queries.FIND_VISITS, id=customer_id)
    return found or Visits()


async def list_by_ids(ctx: Context, customer_ids: Sequence[int]) -> dict[int, Customer]:
    """Accounts with their addresses by id; unknown ids are absent. Two statements, none for no ids."""
    if not customer_ids:
        return {}
    found = await with_addresses(ctx, await queries.find(ctx.db, customer_ids))
    return {customer.id or 0: customer for customer in found}


async def with_addresses(ctx: Context, rows: Sequence[CustomerRow]) -> list[Customer]:
    """The accounts of these rows, in their order, with the addresses of all of them read at once."""
    book: defaultdict[int, list[Address]] = defaultdict(list)
    if rows:
        for row in await address_queries.list_of_customers(ctx.db, [row.id for row in rows]):
            book[row.customer_id].append(address_to_show(ctx, row))
    return [_customer(row, book[row.id]) for row in rows]


def address_to_show(ctx: Context, row: AddressRow) -> Address:
    known = region_by_id(ctx, row.region_id) if row.region_id else None
    return Address(
        id=row.id,
        customer_id=row.customer_id,
        region=region_to_show(StoredRegion(row.region, row.region_id), known),
        region_id=row.region_id,
        country_id=row.country_id,
        street=row.street_lines,
        company=row.company,
        telephone=row.telephone,
        fax=row.fax,
        postcode=row.postcode,
        city=row.city,
        firstname=row.firstname,
        lastname=row.lastname,
        middlename=row.middlename,
        prefix=row.prefix,
        suffix=row.suffix,
        vat_id=row.vat_id,
        default_shipping=row.is_default_shipping or None,
        default_billing=row.is_default_billing or None,
        custom_attributes=custom_attributes(row.attributes),
    )


def custom_attributes(values: Mapping[str, Any]) -> list[AttributeValue] | None:
    """Those that have a value; None when there are none."""
    found = [AttributeValue(attribute_code=code, value=value) for code, value in values.items() if value is not None]
    return found or None


def _customer(row: CustomerRow, addresses: list[Address]) -> Customer:
    return Customer(
        id=row.id,
        group_id=row.group_id,
        default_billing=row.default_billing,
        default_shipping=row.default_shipping,
        confirmation=row.confirmation,
        created_at=row.created_at,
        updated_at=row.updated_at,
        created_in=row.created_in,
        dob=row.dob,
        email=row.email,
        firstname=row.firstname,
        lastname=row.lastname,
        middlename=row.middlename,
        prefix=row.prefix,
        suffix=row.suffix,
        gender=row.gender,
        store_id=row.store_id,
        taxvat=row.taxvat,
        website_id=row.website_id,
        addresses=addresses,
        disable_auto_group_change=row.disable_auto_group_change,
        extension_attributes=CustomerExtension(is_subscribed=row.is_subscribed),
        custom_attributes=custom_attributes(row.attributes),
    )
