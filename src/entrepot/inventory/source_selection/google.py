"""Positions and distances from Google's Geocoding and Distance Matrix services, over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from http.client import HTTPException
from itertools import chain
from typing import TypeVar
from urllib.parse import urlencode
from urllib.request import urlopen

import msgspec
from msgspec import Struct

from entrepot.inventory.source_selection.addresses import coordinates, one_line
from entrepot.inventory.source_selection.contracts import Address, LatLng
from entrepot.inventory.source_selection.errors import (
    DistancesUnreachable,
    GeocodingUnreachable,
    NoAPIKey,
    NoDistance,
    NotGeocoded,
)
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused

T = TypeVar("T")

SETTINGS = "cataloginventory/source_selection_distance_based_google/"
GEOCODING = "https://maps.google.com/maps/api/geocode/json"
DISTANCE_MATRIX = "https://maps.googleapis.com/maps/api/distancematrix/json"
MOST_ORIGINS = 25
"""Of one call: Google's limit."""
TIMEOUT_S = 5.0


class Google:
    """Distances are in metres, or in seconds when the shop wants the time to the destination.

    Nothing is asked twice in one call; nothing is kept beyond it, which Google's terms do not allow. No connection to
    the database is held meanwhile, unless the call has written before.
    """

    def __init__(self, geocoding: str = GEOCODING, distance_matrix: str = DISTANCE_MATRIX) -> None:
        self.geocoding = geocoding
        self.distance_matrix = distance_matrix

    async def locate(self, ctx: Context, addresses: Sequence[Address]) -> list[LatLng | Refused]:
        api_key = ctx.config_default(SETTINGS + "api_key")
        if not api_key:
            return [NoAPIKey() for _ in addresses]
        asked = {one_line(address): address for address in addresses}
        async with ctx.db.released():
            answers = await asyncio.gather(*(self._locate(api_key, address) for address in asked.values()))
        found = dict(zip(asked, answers, strict=True))
        return [found[one_line(address)] for address in addresses]

    async def distances(self, ctx: Context, origins: Sequence[LatLng], destination: LatLng) -> list[float | Refused]:
        api_key = ctx.config_default(SETTINGS + "api_key")
        if not api_key:
            return [NoAPIKey() for _ in origins]
        asked = list({coordinates(origin): origin for origin in origins}.values())
        parts = [asked[start : start + MOST_ORIGINS] for start in range(0, len(asked), MOST_ORIGINS)]
        parameters = {
            "key": api_key,
            "destinations": coordinates(destination),
            "mode": ctx.config_default(SETTINGS + "mode") or "driving",
        }
        by_time = ctx.config_default(SETTINGS + "value") == "time"
        async with ctx.db.released():
            answers = await asyncio.gather(*(self._distances(parameters, part, destination, by_time) for part in parts))
        found = dict(zip(map(coordinates, asked), chain.from_iterable(answers), strict=True))
        return [found[coordinates(origin)] for origin in origins]

    async def _locate(self, api_key: str, address: Address) -> LatLng | Refused:
        parameters = {
            "key": api_key,
            "components": f"country:{address.country}|locality:{address.city}",
            "address": f"{address.street}, {address.postcode} {address.city}",
        }
        answer = await _ask(self.geocoding, parameters, Geocoded)
        if answer is None:
            return GeocodingUnreachable()
        if answer.status != "OK" or not answer.results:
            return NotGeocoded(one_line(address))
        location = answer.results[0].geometry.location
        return LatLng(location.lat, location.lng)

    async def _distances(
        self, parameters: dict[str, str], origins: Sequence[LatLng], destination: LatLng, by_time: bool
    ) -> list[float | Refused]:
        parameters = {**parameters, "origins": "|".join(map(coordinates, origins))}
        answer = await _ask(self.distance_matrix, parameters, Matrix)
        if answer is None:
            return [DistancesUnreachable() for _ in origins]
        rows = answer.rows if answer.status == "OK" else []
        found: list[float | Refused] = []
        for number, origin in enumerate(origins):
            element = rows[number].elements[0] if number < len(rows) and rows[number].elements else Element()
            measure = element.duration if by_time else element.distance
            if element.status == "OK" and measure is not None:
                found.append(measure.value)
            else:
                found.append(NoDistance(coordinates(origin), coordinates(destination)))
        return found


class Location(Struct):
    lat: float
    lng: float


class Geometry(Struct):
    location: Location


class Result(Struct):
    geometry: Geometry


class Geocoded(Struct):
    """What the Geocoding service answers, as far as it is read."""

    status: str
    results: list[Result] = []


class Measure(Struct):
    value: float


class Element(Struct):
    status: str = ""
    distance: Measure | None = None
    duration: Measure | None = None


class Row(Struct):
    elements: list[Element] = []


class Matrix(Struct):
    """What the Distance Matrix service answers: a row for each origin, an element for each destination."""

    status: str
    rows: list[Row] = []


async def _ask(url: str, parameters: dict[str, str], answer: type[T]) -> T | None:
    """None when there is no answer that can be read."""
    try:
        # The timeout of the connection holds for each wait; one who answers a byte at a time could spin that out.
        async with asyncio.timeout(2 * TIMEOUT_S):
            body = await asyncio.to_thread(_get, f"{url}?{urlencode(parameters)}")
        return msgspec.json.decode(body, type=answer)
    except (OSError, HTTPException, msgspec.DecodeError):
        return None


def _get(url: str) -> bytes:
    with urlopen(url, timeout=TIMEOUT_S) as response:  # noqa: S310 -- a constant above, never a client's text
        content: bytes = response.read()
    return content
