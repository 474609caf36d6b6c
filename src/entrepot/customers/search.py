"""Customers searched (spec 20-customers, 15a)."""

from __future__ import annotations

from dataclasses import replace

from psycopg.sql import SQL, Literal

from entrepot.customers.contracts import CustomerSearchResults
from entrepot.customers.known_attributes import CUSTOMER, user_codes
from entrepot.customers.queries.customers import CUSTOMERS
from entrepot.customers.reading import with_addresses
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_conditions import Field
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search


@operation(
    "GET /V1/customers/search",
    access=MayUse("Magento_Customer::customer"),
    service="Magento.Customer.Api.CustomerRepository.getList",
)
async def search_customers(ctx: Context, search_criteria: SearchCriteria) -> CustomerSearchResults:
    """Accounts of all websites, with their addresses, by id unless the criteria say otherwise.

    Criteria may name every field of a customer but `id` (it is `entity_id`), `name` for the full name, and fields of
    the default billing address (`billing_city`), in any letter case.
    """
    codes = user_codes(ctx, CUSTOMER)

    def attribute(name: str) -> Field | None:
        code = next((code for code in codes if code.lower() == name), None)
        return Field(SQL("c.attributes ->> {}").format(Literal(code))) if code else None

    listing = replace(CUSTOMERS, fields=replace(CUSTOMERS.fields, attribute=attribute))
    rows, total = await search(ctx.db, listing, search_criteria)
    page = results(await with_addresses(ctx, rows), search_criteria, total)
    return CustomerSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)
