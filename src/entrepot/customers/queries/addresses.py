"""Statements about addresses. Sets in, sets out: each takes all the addresses of a customer at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString

from msgspec import Struct
from psycopg.types.json import Jsonb

from entrepot.customers.rules.addresses import StoredAddress
from entrepot.kit.db import Db


class AddressRow(StoredAddress, kw_only=True):
    """A stored address with its owner, and whether it is one of the owner's defaults."""

    customer_id: int
    is_default_billing: bool
    is_default_shipping: bool


SELECT: LiteralString = """
    select a.entity_id as id, a.customer_id, a.prefix, a.firstname, a.middlename, a.lastname, a.suffix, a.company,
           a.street, a.city, a.country_id, a.region, a.region_id, a.postcode, a.telephone, a.fax, a.vat_id,
           a.attributes,
           c.default_billing is not distinct from a.entity_id as is_default_billing,
           c.default_shipping is not distinct from a.entity_id as is_default_shipping
    from customer_address a
    join customer c on c.entity_id = a.customer_id
"""

LIST_OF_CUSTOMERS: LiteralString = (
    SELECT
    + """
    where a.customer_id = any(%(customer_ids)s)
    order by a.customer_id, a.entity_id
"""
)

FIND: LiteralString = (
    SELECT
    + """
    where a.entity_id = %(id)s
"""
)

INSERT = """
    insert into customer_address (
        customer_id, created_at, updated_at, prefix, firstname, middlename, lastname, suffix, company, street, city,
        country_id, region, region_id, postcode, telephone, fax, vat_id, attributes
    )
    select %(customer_id)s, %(now)s, %(now)s, r.prefix, r.firstname, r.middlename, r.lastname, r.suffix, r.company,
           r.street, r.city, r.country_id, r.region, r.region_id, r.postcode, r.telephone, r.fax, r.vat_id,
           coalesce(r.attributes, '{}')
    from jsonb_to_recordset(%(rows)s) as r (
        place int, prefix text, firstname text, middlename text, lastname text, suffix text, company text, street text,
        city text, country_id text, region text, region_id int, postcode text, telephone text, fax text, vat_id text,
        attributes jsonb
    )
    order by r.place
    returning entity_id
"""

# A changed VAT number or country makes an earlier check worthless.
UPDATE = """
    update customer_address a
    set updated_at = %(now)s,
        prefix = r.prefix,
        firstname = r.firstname,
        middlename = r.middlename,
        lastname = r.lastname,
        suffix = r.suffix,
        company = r.company,
        street = r.street,
        city = r.city,
        country_id = r.country_id,
        region = r.region,
        region_id = r.region_id,
        postcode = r.postcode,
        telephone = r.telephone,
        fax = r.fax,
        vat_id = r.vat_id,
        vat_is_valid = case when same_number then a.vat_is_valid end,
        vat_request_id = case when same_number then a.vat_request_id end,
        vat_request_date = case when same_number then a.vat_request_date end,
        vat_request_success = case when same_number then a.vat_request_success end,
        attributes = coalesce(r.attributes, '{}')
    from (
        select r.*, (o.vat_id, o.country_id) is not distinct from (r.vat_id, r.country_id) as same_number
        from jsonb_to_recordset(%(rows)s) as r (
            id bigint, prefix text, firstname text, middlename text, lastname text, suffix text, company text,
            street text, city text, country_id text, region text, region_id int, postcode text, telephone text,
            fax text, vat_id text, attributes jsonb
        )
        join customer_address o on o.entity_id = r.id
    ) r
    where a.entity_id = r.id
      and a.customer_id = %(customer_id)s
"""

DELETE = """
    delete from customer_address
    where entity_id = any(%(ids)s)
"""

SET_VAT_CHECK = """
    update customer_address
    set vat_is_valid = %(is_valid)s,
        vat_request_id = %(request_id)s,
        vat_request_date = %(request_date)s,
        vat_request_success = %(success)s
    where entity_id = %(id)s
"""

FIND_VAT_CHECK = """
    select a.vat_id, a.country_id, a.vat_is_valid as is_valid, a.vat_request_success as success, c.store_id,
           c.disable_auto_group_change as is_exempt
    from customer_address a
    join customer c on c.entity_id = a.customer_id
    where a.entity_id = %(id)s
      and a.entity_id = case when %(by_shipping)s then c.default_shipping else c.default_billing end
"""


class VatCheck(Struct):
    """What is known about the VAT number of an address that decides its customer's group."""

    vat_id: str | None
    country_id: str
    is_valid: bool | None
    success: bool | None
    store_id: int
    is_exempt: bool


TOUCH_CUSTOMER = """
    update customer
    set updated_at = %(now)s
    where entity_id = %(id)s
"""


async def list_of_customers(db: Db, customer_ids: Sequence[int]) -> list[AddressRow]:
    """By customer, in the order in which they were made."""
    return await db.all(AddressRow, LIST_OF_CUSTOMERS, customer_ids=list(customer_ids))


async def find(db: Db, address_id: int) -> AddressRow | None:
    return await db.one_or_none(AddressRow, FIND, id=address_id)


async def insert(db: Db, customer_id: int, addresses: Sequence[StoredAddress], now: datetime) -> list[int]:
    """The new ids, in the order of the addresses."""
    rows = [{"place": place, **_columns(address)} for place, address in enumerate(addresses)]
    # Ids are drawn in the order of the rows, so in ascending order they are in that of the addresses.
    return sorted(await db.values(INSERT, customer_id=customer_id, now=now, rows=Jsonb(rows)))


async def update(db: Db, customer_id: int, addresses: Sequence[StoredAddress], now: datetime) -> None:
    rows = [_columns(address) for address in addresses]
    await db.execute(UPDATE, customer_id=customer_id, now=now, rows=Jsonb(rows))


async def delete(db: Db, ids: Sequence[int]) -> None:
    await db.execute(DELETE, ids=list(ids))


def _columns(address: StoredAddress) -> dict[str, Any]:
    return {name: getattr(address, name) for name in StoredAddress.__struct_fields__}
