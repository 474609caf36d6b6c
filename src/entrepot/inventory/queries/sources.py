"""Statements about sources."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from entrepot.kit.db import Db
from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing


class SourceRow(Struct):
    source_code: str
    name: str
    email: str | None
    contact_name: str | None
    enabled: bool
    description: str | None
    latitude: Decimal | None
    longitude: Decimal | None
    country_id: str
    region_id: int | None
    region: str | None
    city: str | None
    street: str | None
    postcode: str
    phone: str | None
    fax: str | None


SOURCES = Listing(
    row=SourceRow,
    columns="""
        source_code, name, email, contact_name, enabled, description, latitude, longitude, country_id, region_id,
        region, city, street, postcode, phone, fax
    """,
    source="inventory_source",
    fields=Fields(
        {
            "source_code": Field("source_code"),
            "name": Field("name"),
            "email": Field("email"),
            "contact_name": Field("contact_name"),
            "enabled": Field("enabled::int", "number"),
            "description": Field("description"),
            "latitude": Field("latitude", "number"),
            "longitude": Field("longitude", "number"),
            "country_id": Field("country_id"),
            "region_id": Field("region_id", "number"),
            "region": Field("region"),
            "city": Field("city"),
            "street": Field("street"),
            "postcode": Field("postcode"),
            "phone": Field("phone"),
            "fax": Field("fax"),
            # A bare number would be the place of a column to whoever sorts by it.
            "use_default_carrier_config": Field("1::int", "number"),
        }
    ),
    default_order="source_code",
)

FIND = """
    select
        source_code, name, email, contact_name, enabled, description, latitude, longitude, country_id, region_id,
        region, city, street, postcode, phone, fax
    from inventory_source
    where lower(source_code) = lower(%(source_code)s)
"""

OF_STOCK = """
    select
        s.source_code, s.name, s.email, s.contact_name, s.enabled, s.description, s.latitude, s.longitude, s.country_id,
        s.region_id, s.region, s.city, s.street, s.postcode, s.phone, s.fax
    from inventory_source_stock_link l
    join inventory_source s on s.source_code = l.source_code
    where l.stock_id = %(stock_id)s
    order by l.priority, l.link_id
"""

SAVE = """
    insert into inventory_source (
        source_code, name, email, contact_name, enabled, description, latitude, longitude, country_id, region_id,
        region, city, street, postcode, phone, fax
    )
    values (
        %(source_code)s, %(name)s, %(email)s, %(contact_name)s, coalesce(%(enabled)s, true), %(description)s,
        %(latitude)s, %(longitude)s, %(country_id)s, %(region_id)s, %(region)s, %(city)s, %(street)s, %(postcode)s,
        %(phone)s, %(fax)s
    )
    on conflict (lower(source_code)) do update
    set name = excluded.name,
        email = coalesce(%(email)s, inventory_source.email),
        contact_name = coalesce(%(contact_name)s, inventory_source.contact_name),
        enabled = coalesce(%(enabled)s, inventory_source.enabled),
        description = coalesce(%(description)s, inventory_source.description),
        latitude = coalesce(%(latitude)s, inventory_source.latitude),
        longitude = coalesce(%(longitude)s, inventory_source.longitude),
        country_id = excluded.country_id,
        region_id = coalesce(%(region_id)s, inventory_source.region_id),
        region = coalesce(%(region)s, inventory_source.region),
        city = coalesce(%(city)s, inventory_source.city),
        street = coalesce(%(street)s, inventory_source.street),
        postcode = excluded.postcode,
        phone = coalesce(%(phone)s, inventory_source.phone),
        fax = coalesce(%(fax)s, inventory_source.fax)
"""

# Before a save that says all of a source: what it leaves out is then nothing.
EMPTY = """
    update inventory_source
    set email = null,
        contact_name = null,
        description = null,
        latitude = null,
        longitude = null,
        region_id = null,
        region = null,
        city = null,
        street = null,
        phone = null,
        fax = null
    where lower(source_code) = lower(%(source_code)s)
"""

CODES = """
    select source_code
    from inventory_source
    where lower(source_code) = any(%(keys)s)
"""

COUNT_ENABLED = """
    select count(*)
    from inventory_source
    where enabled
"""


async def find(db: Db, source_code: str) -> SourceRow | None:
    return await db.one_or_none(SourceRow, FIND, source_code=source_code)


async def save(db: Db, values: Mapping[str, Any]) -> None:
    """Make the source, or write to the one of that code what is not None."""
    await db.execute(SAVE, **values)


async def codes(db: Db, wanted: list[str]) -> dict[str, str]:
    """The codes that exist, as stored, by their lower-case form."""
    found = await db.values(CODES, keys=sorted({code.lower() for code in wanted}))
    return {code.lower(): code for code in found}
