"""Who parcels are given to, as a shop names them beside their numbers."""

from __future__ import annotations

from collections.abc import Mapping

CUSTOM = "custom"

CARRIERS: Mapping[str, str] = {
    CUSTOM: "Custom Value",
    "dhl": "DHL",
    "fedex": "Federal Express",
    "ups": "United Parcel Service",
    "usps": "United States Postal Service",
}
"""Titles by code. Shipments that came over REST may have others."""


def carrier_label(code: str | None) -> str:
    return CARRIERS.get(code or "", code or "")
