"""Statements about what sources have, and about places."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from entrepot.inventory.source_selection.contracts import Address, LatLng
from entrepot.inventory.source_selection.values import Offer, Place, Shelf
from entrepot.kit.db import Db


class OfferRow(Struct):
    source_code: str
    latitude: Decimal | None
    longitude: Decimal | None
    country_id: str
    region: str | None
    city: str | None
    street: str | None
    postcode: str
    source_item_id: int
    sku: str
    sku_key: str
    quantity: Decimal


OFFER = """
    select
        s.source_code, s.latitude, s.longitude, s.country_id, s.region, s.city, s.street, s.postcode, i.source_item_id,
        i.sku, i.sku_key, i.quantity
    from inventory_source_stock_link l
    join inventory_source s on s.source_code = l.source_code
    join inventory_source_item i on i.source_code = s.source_code
    where l.stock_id = %(stock_id)s
      and s.enabled
      and i.sku_key = any(%(sku_keys)s)
      and i.status = 1
    order by l.priority, l.link_id, i.source_item_id
"""


async def offer(db: Db, stock_id: int, sku_keys: Collection[str]) -> Offer:
    """What the enabled sources of a stock have of these skus, in stock. Nothing for an unknown stock."""
    rows = await db.all(OfferRow, OFFER, stock_id=stock_id, sku_keys=list(sku_keys))
    places = {row.source_code: row for row in rows}
    return Offer(
        tuple(map(_place, places.values())),
        tuple(
            Shelf(row.source_code, row.sku, row.sku_key, row.quantity)
            for row in sorted(rows, key=lambda row: row.source_item_id)
        ),
    )


def _place(row: OfferRow) -> Place:
    position = LatLng(float(row.latitude), float(row.longitude)) if row.latitude and row.longitude else None
    address = Address(row.country_id, row.postcode, row.street or "", row.region or "", row.city or "")
    return Place(row.source_code, position, address)


class LocatedRow(Struct):
    place: int
    latitude: float
    longitude: float


# An empty part of an address fits nothing, though places without region are listed.
LOCATE = """
    select a.place, g.latitude, g.longitude
    from unnest(%(countries)s::text[], %(postcodes)s::text[], %(cities)s::text[], %(regions)s::text[])
        with ordinality as a (country, postcode, city, region, place)
    cross join lateral (
        (
            select 1 as preference, latitude, longitude
            from inventory_geoname
            where country_code = upper(a.country)
              and fold(postcode) = fold(a.postcode)
              and a.postcode <> ''
            order by geoname_id
            limit 1
        )
        union all
        (
            select 2, latitude, longitude
            from inventory_geoname
            where country_code = upper(a.country)
              and fold(city) = fold(a.city)
              and a.city <> ''
            order by geoname_id
            limit 1
        )
        union all
        (
            select 3, latitude, longitude
            from inventory_geoname
            where country_code = upper(a.country)
              and fold(region) = fold(a.region)
              and a.region <> ''
            order by geoname_id
            limit 1
        )
        order by preference
        limit 1
    ) g
"""


async def locate(db: Db, addresses: Sequence[Address]) -> list[LatLng | None]:
    """By postcode, else city, else region: the first place of the country that fits; None where none does."""
    rows = await db.all(
        LocatedRow,
        LOCATE,
        countries=[address.country for address in addresses],
        postcodes=[address.postcode for address in addresses],
        cities=[address.city for address in addresses],
        regions=[address.region for address in addresses],
    )
    found = {row.place: LatLng(row.latitude, row.longitude) for row in rows}
    return [found.get(place) for place in range(1, len(addresses) + 1)]


class Geoname(Struct, frozen=True):
    """A postcode and where it is."""

    postcode: str
    city: str
    region: str
    province: str
    latitude: float
    longitude: float


DELETE_GEONAMES = """
    delete from inventory_geoname
    where country_code = %(country_code)s
"""

COPY_GEONAMES = """
    copy inventory_geoname (country_code, postcode, city, region, province, latitude, longitude)
    from stdin
"""


async def replace_geonames(db: Db, country_code: str, geonames: Iterable[Geoname]) -> int:
    """All places of a country anew, in this order; how many there are now."""
    await db.execute(DELETE_GEONAMES, country_code=country_code)
    count = 0
    async with db.connection.cursor().copy(COPY_GEONAMES) as copy:
        for one in geonames:
            await copy.write_row(
                (country_code, one.postcode, one.city, one.region, one.province, one.latitude, one.longitude)
            )
            count += 1
    return count
