"""Countries, regions and rates as other domains ask for them."""

from decimal import Decimal

import pytest

from entrepot import directory
from entrepot.directory.errors import UndefinedRate, UnknownCurrency

SET = """
    insert into core_config_data (scope, scope_id, path, value)
    values (%(scope)s, %(scope_id)s, %(path)s, %(value)s)
    on conflict (scope, scope_id, path) do update
    set value = excluded.value
"""


def region(ctx, region_id):
    found = directory.region_by_id(ctx, region_id)
    assert found is not None
    return found


def id_of(found):
    """A region's id; None for no region."""
    return found and found.id


async def configure(ctx, path, value, scope="default", scope_id=0):
    await ctx.db.execute(SET, scope=scope, scope_id=scope_id, path=path, value=value)
    await ctx.changed()


async def test_lookups_run_no_statement(ctx):
    before = ctx.db.statements
    assert region(ctx, 12).name == "California"
    assert "US" in directory.allowed_countries(ctx)
    assert directory.rate(ctx, "USD", "EUR") == Decimal("0.7067")
    assert ctx.db.statements == before


async def test_the_first_codes_of_regions_are_where_clients_expect_them(ctx):
    names = {1: "Alabama", 12: "California", 43: "New York", 57: "Texas", 74: "Ontario"}
    assert {region_id: region(ctx, region_id).name for region_id in names} == names
    assert directory.region_by_id(ctx, 609) is None


async def test_an_unknown_country_has_no_regions(ctx):
    assert directory.regions_of(ctx, "XX") == ()


async def test_regions_stand_by_name_without_regard_to_accents(ctx):
    names = [region.name for region in directory.regions_of(ctx, "AT")]
    assert names == [
        "Burgenland",
        "Kärnten",
        "Niederösterreich",
        "Oberösterreich",
        "Salzburg",
        "Steiermark",
        "Tirol",
        "Vorarlberg",
        "Wien",
    ]


async def test_a_code_that_several_regions_share_names_the_first_of_them(ctx):
    same = [region.id for region in directory.regions_of(ctx, "US") if region.code == "AE"]
    assert len(same) == 4
    assert id_of(directory.region_by_code(ctx, "US", "AE")) == min(same)
    assert id_of(directory.region_by_code(ctx, "US", "ae")) == min(same)
    assert directory.region_by_code(ctx, "DE", "AE") is None


async def test_a_region_can_be_found_by_its_name_in_any_case(ctx):
    assert id_of(directory.region_by_name(ctx, "AT", "KARNTEN ")) == id_of(
        directory.region_by_name(ctx, "AT", "Kärnten")
    )
    assert id_of(directory.region_by_name(ctx, "AT", "Kärnten")) is not None
    assert id_of(directory.region_by_name(ctx, "US", "new york")) == 43
    assert directory.region_by_name(ctx, "CA", "New York") is None


async def test_allowed_countries_leave_out_codes_that_are_no_countries(ctx):
    allowed = directory.allowed_countries(ctx)
    assert len(allowed) == 245
    assert not allowed & {"FX", "PR"}


async def test_allowed_countries_are_those_of_the_website_or_view_named(ctx):
    await configure(ctx, "general/country/allow", "DE,AT", "websites", 1)
    assert directory.allowed_countries(ctx, website_id=1) == {"DE", "AT"}
    assert directory.allowed_countries(ctx, store_id=1) == {"DE", "AT"}
    assert "US" in directory.allowed_countries(ctx)


async def test_no_country_is_allowed_where_the_list_is_empty(ctx):
    await configure(ctx, "general/country/allow", "")
    assert directory.allowed_countries(ctx) == frozenset()


@pytest.mark.parametrize(
    ("country_id", "region_required", "postcode_optional"),
    [("US", True, False), ("IN", True, False), ("DE", False, False), ("GB", False, True), ("HK", False, True)],
)
async def test_what_an_address_must_have_depends_on_its_country(ctx, country_id, region_required, postcode_optional):
    assert directory.is_region_required(ctx, country_id) is region_required
    assert directory.is_postcode_optional(ctx, country_id) is postcode_optional


async def test_regions_are_asked_for_elsewhere_only_if_the_shop_wants_it(ctx):
    assert directory.is_region_shown(ctx, "DE")
    await configure(ctx, "general/region/display_all", "0")
    assert not directory.is_region_shown(ctx, "DE")
    assert directory.is_region_shown(ctx, "US")


async def test_the_union_and_the_destinations_are_configured(ctx):
    assert "DE" in directory.eu_countries(ctx)
    assert "US" not in directory.eu_countries(ctx)
    assert directory.destinations(ctx) == []
    await configure(ctx, "general/country/destinations", "US,DE")
    assert directory.destinations(ctx) == ["US", "DE"]
    assert directory.default_country(ctx) == "US"


async def test_the_base_currency_is_the_websites_own_only_where_prices_are(ctx):
    await configure(ctx, "currency/options/base", "EUR", "websites", 1)
    assert directory.base_currency(ctx, website_id=1) == "USD"
    assert directory.base_currency(ctx, store_id=1) == "USD"

    await configure(ctx, "catalog/price/scope", "1")
    assert directory.base_currency(ctx, website_id=1) == "EUR"
    assert directory.base_currency(ctx, store_id=1) == "EUR"
    assert directory.base_currency(ctx) == "USD"
    assert directory.global_currency(ctx) == "USD"


@pytest.mark.parametrize(
    ("allowed", "default", "chosen", "current"),
    [
        ("USD,EUR", "USD", "EUR", "EUR"),
        ("USD,EUR", "EUR", None, "EUR"),
        ("USD,EUR", "USD", "GBP", "USD"),
        ("EUR,USD", "GBP", None, "EUR"),
        ("GBP", "GBP", "GBP", "USD"),
        ("", "EUR", None, "USD"),
    ],
    ids=["chosen", "default", "choice not allowed", "default not allowed", "no rate", "none allowed"],
)
async def test_the_current_currency(ctx, allowed, default, chosen, current):
    await configure(ctx, "currency/options/allow", allowed)
    await configure(ctx, "currency/options/default", default)
    assert directory.current_currency(ctx, chosen) == current


async def test_the_rate_to_the_same_currency_is_one_even_if_nobody_set_it(ctx):
    assert directory.rate(ctx, "CHF", "CHF") == 1


async def test_a_rate_that_nobody_set_is_an_unforeseen_error(ctx):
    with pytest.raises(UndefinedRate, match='Undefined rate from "USD-CHF"'):
        directory.rate(ctx, "USD", "CHF")
    assert directory.find_rate(ctx, "USD", "CHF") is None


async def test_amounts_are_converted_unrounded(ctx):
    assert directory.convert(ctx, Decimal("10.05"), "USD", "EUR") == Decimal("7.102335")


async def test_a_rate_is_stored_without_its_sign(ctx):
    assert await directory.set_rate(ctx, "USD", "CHF", Decimal("-0.9")) == Decimal("0.9")
    assert directory.rate(ctx, "USD", "CHF") == Decimal("0.9")


async def test_a_rate_of_zero_changes_nothing(ctx):
    assert await directory.set_rate(ctx, "USD", "EUR", Decimal(0)) == Decimal("0.7067")
    assert await directory.set_rate(ctx, "USD", "CHF", Decimal(0)) is None


async def test_a_rate_of_an_unknown_currency_is_refused(ctx):
    with pytest.raises(UnknownCurrency) as refused:
        await directory.set_rate(ctx, "USD", "XQX", Decimal(2))
    assert refused.value.parameters == ("XQX",)
    assert directory.find_rate(ctx, "USD", "XQX") is None


async def test_the_shop_may_have_symbols_of_its_own(ctx):
    assert directory.currency_symbol(ctx, "USD") == "$"
    await configure(ctx, "currency/options/customsymbol", '{"USD": "US$"}')
    assert directory.currency_symbol(ctx, "USD") == "US$"
    assert directory.currency_symbol(ctx, "EUR") == "€"
