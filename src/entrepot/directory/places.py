"""Countries and regions, kept in memory, and what the configuration says about them (spec 10-platform, 3)."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from entrepot.directory import queries
from entrepot.directory.queries import Country, Region
from entrepot.kit.context import Context
from entrepot.kit.db import Db
from entrepot.kit.shared import Shared

ALLOWED = "general/country/allow"
DEFAULT = "general/country/default"
DESTINATIONS = "general/country/destinations"
EU_COUNTRIES = "general/country/eu_countries"
OPTIONAL_POSTCODE = "general/country/optional_zip_countries"
REGION_REQUIRED = "general/region/state_required"
REGION_SHOWN = "general/region/display_all"
LOCALE = "general/locale/code"


class Regions:
    """All countries and regions there are."""

    def __init__(self, countries: Sequence[Country], regions: Sequence[Region]) -> None:
        self.countries = {country.id: country for country in countries}
        """By id, in that order."""
        self.by_id = {region.id: region for region in regions}
        of_country: defaultdict[str, list[Region]] = defaultdict(list)
        for region in regions:
            of_country[region.country_id].append(region)
        self.of_country = {country_id: tuple(found) for country_id, found in of_country.items()}
        """By name, without regard to case and accents. A country without regions has no entry."""


async def load_regions(db: Db) -> Regions:
    return Regions(await db.all(Country, queries.LIST_COUNTRIES), await db.all(Region, queries.LIST_REGIONS))


REGIONS: Shared[Regions] = Shared("regions", load=load_regions)


def country_exists(ctx: Context, country_id: str) -> bool:
    """Compares exactly: `us` is no country."""
    return country_id in ctx.shared(REGIONS).countries


def allowed_countries(ctx: Context, *, store_id: int | None = None, website_id: int | None = None) -> frozenset[str]:
    """The countries that addresses may have: in the store scope of the call, or of the view or website named.

    The configuration's default lists two codes that are no countries here, `FX` and `PR`; they are not among these.
    """
    return ctx.derived(_countries_listed, ctx.config(ALLOWED, store_id=store_id, website_id=website_id) or "")


def _countries_listed(ctx: Context, listed: str) -> frozenset[str]:
    return frozenset(_codes(listed)) & ctx.shared(REGIONS).countries.keys()


def default_country(ctx: Context, *, store_id: int | None = None) -> str | None:
    return ctx.config(DEFAULT, store_id=store_id)


def destinations(ctx: Context, *, store_id: int | None = None) -> list[str]:
    """The countries on top of selects, in the order of the configuration."""
    return _codes(ctx.config(DESTINATIONS, store_id=store_id))


def eu_countries(ctx: Context, *, store_id: int | None = None) -> frozenset[str]:
    """The countries whose VAT numbers are checked in the European Union's register."""
    return frozenset(_codes(ctx.config(EU_COUNTRIES, store_id=store_id)))


def optional_postcode_countries(ctx: Context) -> list[str]:
    """The countries of which an address may lack a postal code."""
    return _codes(ctx.config_default(OPTIONAL_POSTCODE))


def is_postcode_optional(ctx: Context, country_id: str) -> bool:
    return country_id in optional_postcode_countries(ctx)


def is_region_required(ctx: Context, country_id: str) -> bool:
    """Whether an address of the country must have a region, be its regions known here or not."""
    return country_id in _codes(ctx.config_default(REGION_REQUIRED))


def is_region_shown(ctx: Context, country_id: str) -> bool:
    """Whether forms ask for a region: where it is required, and elsewhere if the shop wants it."""
    return is_region_required(ctx, country_id) or ctx.flag(REGION_SHOWN)


def region_by_id(ctx: Context, region_id: int) -> Region | None:
    return ctx.shared(REGIONS).by_id.get(region_id)


def regions_of(ctx: Context, country_id: str) -> tuple[Region, ...]:
    """By name, without regard to case and accents; empty for a country without regions."""
    return ctx.shared(REGIONS).of_country.get(country_id, ())


def region_by_code(ctx: Context, country_id: str, code: str) -> Region | None:
    """The first by id of those with the code (without regard to case): the United States have four `AE`."""
    same = [region for region in regions_of(ctx, country_id) if _folded(region.code) == _folded(code)]
    return min(same, key=lambda region: region.id, default=None)


def region_by_name(ctx: Context, country_id: str, name: str) -> Region | None:
    """Without regard to case and accents."""
    same = [region for region in regions_of(ctx, country_id) if _folded(region.name) == _folded(name)]
    return min(same, key=lambda region: region.id, default=None)


def locale_of(ctx: Context, *, store_id: int | None = None) -> str:
    return ctx.config(LOCALE, store_id=store_id) or "en_US"


def _codes(listed: str | None) -> list[str]:
    return [code for code in (listed or "").split(",") if code]


def _folded(text: str) -> str:
    """For comparing as the database function `fold` does."""
    parts = unicodedata.normalize("NFKD", text.rstrip(" ")).casefold()
    return "".join(part for part in parts if not unicodedata.combining(part))
