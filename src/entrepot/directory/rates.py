"""Currencies and the rates between them (spec 10-platform, 4).

Amounts are converted unrounded: rounding is the caller's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_symbol, is_currency

from entrepot.directory import queries
from entrepot.directory.errors import UndefinedRate, UnknownCurrency
from entrepot.directory.places import locale_of
from entrepot.directory.queries import RateRow
from entrepot.kit.context import Context
from entrepot.kit.db import Db
from entrepot.kit.shared import Shared

BASE = "currency/options/base"
DEFAULT = "currency/options/default"
ALLOWED = "currency/options/allow"
SYMBOLS = "currency/options/customsymbol"
PRICE_SCOPE = "catalog/price/scope"

ONE = Decimal(1)
# The column is numeric(24, 12).
LIMIT = Decimal(10) ** 12
LAST_PLACE = Decimal(10) ** -12

Rates = Mapping[tuple[str, str], Decimal]


async def load_rates(db: Db) -> Rates:
    return {(row.currency_from, row.currency_to): row.rate for row in await db.all(RateRow, queries.LIST_RATES)}


RATES: Shared[Rates] = Shared("rates", load=load_rates)


def global_currency(ctx: Context) -> str:
    """The base currency of the default scope; orders keep it."""
    return ctx.config_default(BASE) or ""


def base_currency(ctx: Context, *, store_id: int | None = None, website_id: int | None = None) -> str:
    """The currency of catalog prices and of base amounts: the website's own only where prices are per website."""
    if ctx.config_default(PRICE_SCOPE) != "1":
        return global_currency(ctx)
    if website_id is None:
        store = ctx.store if store_id is None else ctx.stores.by_id(store_id)
        website_id = store.website_id if store else 0
    return ctx.config(BASE, website_id=website_id) or ""


def default_currency(ctx: Context, *, store_id: int | None = None) -> str:
    """What prices are shown in, unless the visitor chose another."""
    return ctx.config(DEFAULT, store_id=store_id) or ""


def allowed_currencies(ctx: Context, *, store_id: int | None = None) -> list[str]:
    """What a visitor may choose from, in the order of the configuration."""
    return [code for code in (ctx.config(ALLOWED, store_id=store_id) or "").split(",") if code]


def current_currency(ctx: Context, chosen: str | None = None, *, store_id: int | None = None) -> str:
    """What a visitor sees prices in: the choice if it is allowed, else the default, else the first that is allowed.

    Where there is no rate to it, the base currency, so that a price can always be shown.
    """
    allowed = allowed_currencies(ctx, store_id=store_id)
    base = base_currency(ctx, store_id=store_id)
    wanted = chosen if chosen in allowed else default_currency(ctx, store_id=store_id)
    if wanted not in allowed:
        wanted = allowed[0] if allowed else base
    return wanted if wanted and find_rate(ctx, base, wanted) else base


def find_rate(ctx: Context, currency_from: str, currency_to: str) -> Decimal | None:
    """None where no rate is known."""
    if currency_from == currency_to:
        return ONE
    return ctx.shared(RATES).get((currency_from, currency_to))


def rate(ctx: Context, currency_from: str, currency_to: str) -> Decimal:
    """How many units of one currency a unit of the other gives. Raises UndefinedRate."""
    found = find_rate(ctx, currency_from, currency_to)
    if found is None:
        raise UndefinedRate(currency_from, currency_to)
    return found


def convert(ctx: Context, amount: Decimal, currency_from: str, currency_to: str) -> Decimal:
    """The amount in the other currency, unrounded. Raises UndefinedRate."""
    return amount * rate(ctx, currency_from, currency_to)


async def set_rate(ctx: Context, currency_from: str, currency_to: str, new_rate: Decimal) -> Decimal | None:
    """Store a rate without its sign, and return what holds then. A rate of 0 changes nothing.

    Raises:
        UnknownCurrency: one of the two is no code of ISO 4217.
        InvalidFieldValue: no number, or one that the column cannot hold.
    """
    for code in (currency_from, currency_to):
        if not is_known_currency(code):
            raise UnknownCurrency(code)
    if new_rate:
        await ctx.db.execute(queries.SET_RATE, currency_from=currency_from, currency_to=currency_to, rate=abs(new_rate))
        await ctx.changed()
    return find_rate(ctx, currency_from, currency_to)


def is_known_currency(code: str) -> bool:
    return is_currency(code)


def currency_symbol(ctx: Context, code: str, *, store_id: int | None = None) -> str:
    """The shop's own symbol where it has one, else the one of the store's locale, else the code."""
    if custom := _custom_symbols(ctx.config(SYMBOLS, store_id=store_id) or "").get(code):
        return custom
    return str(get_currency_symbol(code, _locale(locale_of(ctx, store_id=store_id))))


@cache
def _custom_symbols(stored: str) -> Mapping[str, str]:
    """A JSON object from codes to symbols; none where the text is anything else."""
    try:
        symbols = json.loads(stored)
    except ValueError:
        return {}
    return {code: str(symbol) for code, symbol in symbols.items()} if isinstance(symbols, dict) else {}


@cache
def _locale(code: str) -> Locale:
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return Locale("en", "US")
