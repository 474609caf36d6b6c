"""Addresses and positions as text."""

from __future__ import annotations

from decimal import Decimal

from entrepot.inventory.source_selection.contracts import Address, LatLng


def one_line(address: Address) -> str:
    """As messages name it: street, postcode, city, region, country with single spaces between."""
    parts = (address.street, address.postcode, address.city, address.region, address.country)
    return " ".join(part or "" for part in parts)


def coordinates(position: LatLng) -> str:
    """`lat,lng` without exponents, which no map reads."""
    return ",".join(f"{Decimal(repr(degrees or 0.0)).normalize():f}" for degrees in (position.lat, position.lng))
