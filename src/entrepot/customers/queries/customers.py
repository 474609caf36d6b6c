"""Statements about accounts as clients see them, and their changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, LiteralString

from msgspec import Struct
from psycopg.errors import UniqueViolation
from psycopg.types.json import Jsonb

from entrepot.kit.db import Db
from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing


class CustomerRow(Struct):
    """An account without its addresses, in the words of the API."""

    id: int
    group_id: int
    default_billing: str | None
    default_shipping: str | None
    confirmation: str | None
    created_at: str
    updated_at: str
    created_in: str
    dob: str | None
    email: str
    firstname: str
    lastname: str
    middlename: str | None
    prefix: str | None
    suffix: str | None
    gender: int | None
    store_id: int
    taxvat: str | None
    website_id: int
    disable_auto_group_change: int
    is_subscribed: bool
    attributes: dict[str, Any]


class CustomerToStore(Struct):
    """An account's columns as they are written; addresses and passwords are written apart."""

    website_id: int
    store_id: int
    group_id: int
    email: str
    created_at: datetime
    created_in: str
    disable_auto_group_change: bool
    prefix: str | None
    firstname: str
    middlename: str | None
    lastname: str
    suffix: str | None
    dob: date | None
    taxvat: str | None
    gender: int | None
    confirmation: str | None
    attributes: dict[str, Any]


COLUMNS: LiteralString = """
    c.entity_id as id, c.group_id, c.default_billing::text as default_billing,
    c.default_shipping::text as default_shipping, c.confirmation,
    to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as created_at,
    to_char(c.updated_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as updated_at,
    c.created_in, to_char(c.dob, 'YYYY-MM-DD') as dob, c.email, c.firstname, c.lastname, c.middlename,
    c.prefix, c.suffix, c.gender, c.store_id, c.taxvat, c.website_id,
    c.disable_auto_group_change::int as disable_auto_group_change,
    coalesce(n.subscriber_status = 1, false) as is_subscribed, c.attributes
"""

FIND: LiteralString = " ".join(
    [
        "select",
        COLUMNS,
        "from customer c",
        "left join newsletter_subscriber n on n.customer_id = c.entity_id",
        "where c.entity_id = any(%(ids)s)",
        "order by c.entity_id",
    ]
)

LOCK = """
    select entity_id
    from customer
    where entity_id = %(id)s
    for update
"""

INSERT = """
    insert into customer (
        website_id, store_id, group_id, email, increment_id, created_at, updated_at, created_in,
        disable_auto_group_change, prefix, firstname, middlename, lastname, suffix, dob, taxvat, gender, confirmation,
        password_hash, rp_token, rp_token_created_at, attributes
    )
    values (
        %(website_id)s, %(store_id)s, %(group_id)s, %(email)s,
        case when %(numbered)s then lpad(nextval('customer_increment_seq')::text, 9, '0') end,
        %(created_at)s, %(now)s, %(created_in)s, %(disable_auto_group_change)s, %(prefix)s, %(firstname)s,
        %(middlename)s, %(lastname)s, %(suffix)s, %(dob)s, %(taxvat)s, %(gender)s, %(confirmation)s,
        %(password_hash)s, %(rp_token)s, %(now)s, %(attributes)s
    )
    on conflict (website_id, lower(email)) do nothing
    returning entity_id
"""

# A new address makes the links in mails to the old one worthless, so the reset token goes with it.
UPDATE = """
    update customer
    set website_id = %(website_id)s,
        store_id = %(store_id)s,
        group_id = %(group_id)s,
        rp_token = case when lower(email) = lower(%(email)s) then rp_token end,
        rp_token_created_at = case when lower(email) = lower(%(email)s) then rp_token_created_at end,
        email = %(email)s,
        created_at = %(created_at)s,
        updated_at = %(now)s,
        created_in = %(created_in)s,
        disable_auto_group_change = %(disable_auto_group_change)s,
        prefix = %(prefix)s,
        firstname = %(firstname)s,
        middlename = %(middlename)s,
        lastname = %(lastname)s,
        suffix = %(suffix)s,
        dob = %(dob)s,
        taxvat = %(taxvat)s,
        gender = %(gender)s,
        confirmation = %(confirmation)s,
        attributes = %(attributes)s
    where entity_id = %(id)s
"""

SET_DEFAULTS = """
    update customer
    set default_billing = %(billing)s,
        default_shipping = %(shipping)s
    where entity_id = %(id)s
      and (default_billing, default_shipping) is distinct from (%(billing)s::bigint, %(shipping)s::bigint)
"""

SET_GROUP = """
    update customer
    set group_id = %(group_id)s,
        updated_at = %(now)s
    where entity_id = %(id)s
      and group_id <> %(group_id)s
"""

SET_CONFIRMED = """
    update customer
    set confirmation = null,
        updated_at = %(now)s
    where entity_id = %(id)s
"""

DELETE = """
    delete from customer
    where entity_id = %(id)s
    returning website_id, email
"""

LOCK_EMAIL = "select pg_advisory_xact_lock(hashtextextended('customer ' || lower(%(email)s), 0))"

LOCK_TABLE = "lock table customer in share row exclusive mode"

SHARED_EMAIL = """
    select exists (
        select
        from customer
        group by lower(email)
        having count(*) > 1
    )
"""


async def find(db: Db, ids: Sequence[int]) -> list[CustomerRow]:
    """By id; unknown ids are left out."""
    return await db.all(CustomerRow, FIND, ids=list(ids))


async def lock(db: Db, customer_id: int) -> bool:
    """Whether there is such an account; it then cannot be changed by others before the transaction ends."""
    return await db.value(LOCK, id=customer_id) is not None


async def insert(
    db: Db, customer: CustomerToStore, *, now: datetime, numbered: bool, password_hash: str | None, rp_token: str
) -> int | None:
    """The new id; None when the website already has the address, in any letter case."""
    found = await db.value(
        INSERT, now=now, numbered=numbered, password_hash=password_hash, rp_token=rp_token, **_columns(customer)
    )
    return None if found is None else int(found)


async def update(db: Db, customer_id: int, customer: CustomerToStore, now: datetime) -> bool:
    """False when the website already has the address with another account; nothing is changed then."""
    try:
        async with db.savepoint():
            await db.execute(UPDATE, id=customer_id, now=now, **_columns(customer))
    except UniqueViolation:
        return False
    return True


def _columns(customer: CustomerToStore) -> dict[str, Any]:
    columns = {name: getattr(customer, name) for name in customer.__struct_fields__}
    columns["attributes"] = Jsonb(customer.attributes)
    return columns


CUSTOMERS = Listing(
    row=CustomerRow,
    columns=COLUMNS,
    source="""
        customer c
        left join newsletter_subscriber n on n.customer_id = c.entity_id
        left join customer_address b on b.entity_id = c.default_billing
    """,
    fields=Fields(
        {
            "entity_id": Field("c.entity_id", "number"),
            "group_id": Field("c.group_id", "number"),
            "default_billing": Field("c.default_billing", "number"),
            "default_shipping": Field("c.default_shipping", "number"),
            "confirmation": Field("c.confirmation"),
            "created_at": Field("c.created_at", "datetime"),
            "updated_at": Field("c.updated_at", "datetime"),
            "created_in": Field("c.created_in"),
            "dob": Field("c.dob", "date"),
            "email": Field("c.email"),
            "firstname": Field("c.firstname"),
            "lastname": Field("c.lastname"),
            "middlename": Field("c.middlename"),
            "prefix": Field("c.prefix"),
            "suffix": Field("c.suffix"),
            "gender": Field("c.gender", "number"),
            "store_id": Field("c.store_id", "number"),
            "taxvat": Field("c.taxvat"),
            "website_id": Field("c.website_id", "number"),
            "disable_auto_group_change": Field("c.disable_auto_group_change::int", "number"),
            "name": Field("concat_ws(' ', c.prefix, c.firstname, c.middlename, c.lastname, c.suffix)"),
            "billing_postcode": Field("b.postcode"),
            "billing_city": Field("b.city"),
            "billing_telephone": Field("b.telephone"),
            "billing_region": Field("b.region"),
            "billing_country_id": Field("b.country_id"),
            "billing_company": Field("b.company"),
        },
        unknown="eav",
        any_case=True,
    ),
    default_order="c.entity_id",
)
