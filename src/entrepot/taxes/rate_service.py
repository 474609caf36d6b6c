"""Tax rates (spec 51, 6.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import structs
from psycopg.errors import UniqueViolation

from entrepot import directory
from entrepot.kit.context import Context
from entrepot.kit.errors import InvalidFieldValue, raise_any
from entrepot.kit.rest.operation import operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search
from entrepot.taxes.classes import MANAGE_TAX
from entrepot.taxes.contracts import TaxRateData, TaxRateSearchResults, TaxRateTitle
from entrepot.taxes.errors import CodeExists, NoSuchTaxRate, RateInRule
from entrepot.taxes.queries import rates as queries
from entrepot.taxes.queries.rates import RateName, RateRow, TitleRow
from entrepot.taxes.rate_rules import RateToKeep, errors_of, to_keep


@operation("POST /V1/taxRates", access=MANAGE_TAX, service="Magento.Tax.Api.TaxRateRepository.save")
@operation("PUT /V1/taxRates", access=MANAGE_TAX, service="Magento.Tax.Api.TaxRateRepository.save")
async def save_rate(ctx: Context, tax_rate: TaxRateData) -> TaxRateData:
    """Make a rate, or change the one whose id is given; its titles are replaced by those given, all of them.

    Raises:
        NoSuchTaxRate: no rate has the id.
        Invalid: whatever is missing or not allowed, all at once.
        PostcodeTooLong: a range ends beyond nine digits.
        CodeExists: another rate has the code.
    """
    known = None
    if tax_rate.id:
        known = await ctx.db.one_or_none(RateRow, queries.LOCK, id=tax_rate.id)
        if known is None:
            raise NoSuchTaxRate(tax_rate.id)
    raise_any(errors_of(ctx, tax_rate))
    titles = _titles_to_keep(ctx, tax_rate)
    rate = to_keep(ctx, tax_rate, known_region_id=known.tax_region_id if known else 0)
    rate_id = await _insert(ctx, rate) if known is None else await _update(ctx, known.id, rate)
    await replace_titles(ctx, {rate_id: titles}, every_view(ctx))
    await ctx.changed()
    return await get_rate(ctx, rate_id)


def _titles_to_keep(ctx: Context, rate: TaxRateData) -> dict[int, str]:
    """By store view; an empty one stands for none."""
    titles = {}
    for title in rate.titles or []:
        store_id = title.store_id or ""
        if not store_id.isdecimal() or ctx.stores.by_id(int(store_id)) is None:
            raise InvalidFieldValue(field_name="store_id", value=title.store_id)
        titles[int(store_id)] = title.value or ""
    return titles


async def _insert(ctx: Context, rate: RateToKeep) -> int:
    rate_id = await ctx.db.value(queries.INSERT, **structs.asdict(rate), is_range=rate.is_range)
    if rate_id is None:
        raise CodeExists
    return int(rate_id)


async def _update(ctx: Context, rate_id: int, rate: RateToKeep) -> int:
    try:
        async with ctx.savepoint():
            await ctx.db.execute(queries.UPDATE, id=rate_id, **structs.asdict(rate), is_range=rate.is_range)
    except UniqueViolation as error:
        raise CodeExists from error
    return rate_id


def every_view(ctx: Context) -> list[int]:
    return [view.id for view in ctx.stores.views]


async def replace_titles(ctx: Context, titles: Mapping[int, Mapping[int, str]], store_ids: Sequence[int]) -> None:
    """Give rates the titles, by store view, in place of those that they have in `store_ids`."""
    await ctx.db.execute(queries.DELETE_TITLES, rate_ids=list(titles), store_ids=list(store_ids))
    lines = [(rate, store, value) for rate, own in titles.items() for store, value in own.items() if value.strip()]
    if lines:
        await ctx.db.execute(
            queries.INSERT_TITLES,
            rate_ids=[rate for rate, _, _ in lines],
            store_ids=[store for _, store, _ in lines],
            values=[value.strip()[:255] for _, _, value in lines],
        )


@operation("GET /V1/taxRates/{rate_id}", access=MANAGE_TAX, service="Magento.Tax.Api.TaxRateRepository.get")
async def get_rate(ctx: Context, rate_id: int) -> TaxRateData:
    """Raises NoSuchTaxRate."""
    found = await ctx.db.one_or_none(RateRow, queries.FIND, id=rate_id)
    if found is None:
        raise NoSuchTaxRate(rate_id)
    (rate,) = await with_titles(ctx, [found])
    return rate


@operation("DELETE /V1/taxRates/{rate_id}", access=MANAGE_TAX, service="Magento.Tax.Api.TaxRateRepository.deleteById")
async def delete_rate(ctx: Context, rate_id: int) -> bool:
    """Delete a rate that no rule names. Raises NoSuchTaxRate, RateInRule."""
    # Rules that are being saved with the rate are seen only when their transactions are over.
    if await ctx.db.one_or_none(RateRow, queries.LOCK, id=rate_id) is None:
        raise NoSuchTaxRate(rate_id)
    if await ctx.db.value(queries.IS_IN_RULES, id=rate_id):
        raise RateInRule
    await ctx.db.execute(queries.DELETE, id=rate_id)
    await ctx.changed()
    return True


@operation("GET /V1/taxRates/search", access=MANAGE_TAX, service="Magento.Tax.Api.TaxRateRepository.getList")
async def search_rates(ctx: Context, search_criteria: SearchCriteria) -> TaxRateSearchResults:
    """By id unless the criteria say otherwise."""
    regions = ctx.shared(directory.REGIONS).by_id
    rows, total = await search(
        ctx.db,
        queries.RATES,
        search_criteria,
        region_ids=list(regions),
        region_codes=[region.code for region in regions.values()],
    )
    page = results(await with_titles(ctx, rows), search_criteria, total)
    return TaxRateSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


async def list_rate_names(ctx: Context) -> list[RateName]:
    """Ids and codes of all rates, by code: for selects."""
    return await ctx.db.all(RateName, queries.LIST_NAMES)


async def count_rates(ctx: Context) -> int:
    return int(await ctx.db.value(queries.COUNT))


async def with_titles(ctx: Context, rows: Sequence[RateRow]) -> list[TaxRateData]:
    """One statement, however many rates."""
    titles: dict[int, list[TaxRateTitle]] = defaultdict(list)
    if rows:
        for title in await ctx.db.all(TitleRow, queries.LIST_TITLES, rate_ids=[row.id for row in rows]):
            titles[title.rate_id].append(TaxRateTitle(store_id=str(title.store_id), value=title.value))
    return [_rate(ctx, row, titles[row.id]) for row in rows]


def _rate(ctx: Context, row: RateRow, titles: list[TaxRateTitle]) -> TaxRateData:
    region = directory.region_by_id(ctx, row.tax_region_id)
    return TaxRateData(
        id=row.id,
        tax_country_id=row.tax_country_id,
        tax_region_id=row.tax_region_id,
        region_name=region.code if region else None,
        tax_postcode=row.tax_postcode,
        zip_is_range=1 if row.zip_is_range else None,
        zip_from=row.zip_from,
        zip_to=row.zip_to,
        rate=row.rate,
        code=row.code,
        titles=titles,
    )
