"""Distances by the shortest way over the globe, between places that were imported beforehand. Asks nobody."""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt

from entrepot.inventory.source_selection import queries
from entrepot.inventory.source_selection.addresses import one_line
from entrepot.inventory.source_selection.contracts import Address, LatLng
from entrepot.inventory.source_selection.errors import UnknownGeoname
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused

EARTH_RADIUS_M = 6371000


class Offline:
    """Distances are in metres."""

    async def locate(self, ctx: Context, addresses: Sequence[Address]) -> list[LatLng | Refused]:
        """By postcode, else city, else region of the country."""
        async with ctx.savepoint():
            found = await queries.locate(ctx.db, addresses)
        return [
            position or UnknownGeoname(one_line(address)) for address, position in zip(addresses, found, strict=True)
        ]

    async def distances(self, ctx: Context, origins: Sequence[LatLng], destination: LatLng) -> list[float | Refused]:
        return [haversine(origin, destination) for origin in origins]


def haversine(one: LatLng, other: LatLng) -> float:
    """Metres along the great circle, unrounded."""
    lat, other_lat = radians(one.lat or 0.0), radians(other.lat or 0.0)
    half_lat = (other_lat - lat) / 2
    half_lng = (radians(other.lng or 0.0) - radians(one.lng or 0.0)) / 2
    chord = sin(half_lat) ** 2 + cos(lat) * cos(other_lat) * sin(half_lng) ** 2
    # Rounding may lift the sum for opposite points a trace above 1.
    return 2 * asin(sqrt(min(1.0, chord))) * EARTH_RADIUS_M
