"""The countries, regions and first currency rates of a new installation, from the tables in `data/`."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files

from msgspec import Struct


class Country(Struct, frozen=True):
    """Its name comes from `country_name`, in the locale that is asked for."""

    iso2: str
    iso3: str


class Region(Struct, frozen=True):
    """Clients store the id, so that it must never change. The code is not unique within a country."""

    id: int
    country_id: str
    code: str
    default_name: str


class Rate(Struct, frozen=True):
    """How many units of one currency are paid for a unit of the other."""

    currency_from: str
    currency_to: str
    rate: Decimal


def countries() -> list[Country]:
    """In the order of their codes."""
    return [Country(row["iso2"], row["iso3"]) for row in _rows("countries.csv")]


def regions() -> list[Region]:
    """In the order of their ids, which have no gaps."""
    return [Region(int(row["id"]), row["country_id"], row["code"], row["default_name"]) for row in _rows("regions.csv")]


def currency_rates() -> list[Rate]:
    return [Rate(row["from"], row["to"], Decimal(row["rate"])) for row in _rows("currency_rates.csv")]


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("entrepot.directory") / "data" / name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
