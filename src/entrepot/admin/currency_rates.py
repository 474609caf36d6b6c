"""Stores > Currency > Currency Rates: from each base currency to each allowed one."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct
from starlette.responses import Response

from entrepot import directory
from entrepot.admin.access import admin_page
from entrepot.admin.page import AdminPage
from entrepot.kit.context import Context
from entrepot.kit.pages import formats
from entrepot.kit.pages.typed import Digits, Mistyped, decimal
from entrepot.stores.levels import levels

RATES = "Magento_CurrencySymbol::currency_rates"
HOME = "adminhtml/system_currency"
BASE = "currency/options/base"
ALLOWED = "currency/options/allow"
PLACES = 12
RATE = Digits(12, 30)
"""Rates are copied from where they have more places than the table, which rounds them to its own."""


class Wrong(Struct, frozen=True):
    """What was typed as a rate, and why it is none."""

    text: str
    message: str


@admin_page(HOME, RATES)
async def rates(page: AdminPage) -> Response:
    return _show(page, {})


@admin_page(f"{HOME}/saveRates", RATES, post=True, instead=HOME)
async def save_rates(page: AdminPage) -> Response:
    """All rates or, if one cannot be read, none."""
    bases, allowed = _currencies(page.ctx)
    read: dict[tuple[str, str], Decimal] = {}
    wrong: dict[tuple[str, str], Wrong] = {}
    for pair in [(base, other) for base in bases for other in allowed if other != base]:
        text = page.form.get(f"rate[{pair[0]}][{pair[1]}]").strip()
        if not text:
            continue
        try:
            rate = _rate(text)
        except Mistyped as fault:
            wrong[pair] = Wrong(text, fault.rendered())
            page.error('Please correct the input data for "%1 => %2" rate.', *pair)
            continue
        if rate:
            read[pair] = rate
        else:
            page.notice("A rate of 0 is ignored: %1.", " => ".join(pair))
    if wrong:
        return _show(page, wrong)
    for (base, other), rate in read.items():
        if directory.find_rate(page.ctx, base, other) != rate:
            await directory.set_rate(page.ctx, base, other, rate)
    page.success("All valid rates have been saved.")
    return page.redirect(HOME)


def _show(page: AdminPage, wrong: dict[tuple[str, str], Wrong]) -> Response:
    bases, allowed = _currencies(page.ctx)
    lines = [(base, [(other, _text(page.ctx, base, other, wrong)) for other in allowed]) for base in bases]
    return page.render(
        "currency_rates.html",
        status=422 if wrong else 200,
        title="Currency Rates",
        lines=lines,
        allowed=allowed,
        wrong=wrong,
        action=page.url(f"{HOME}/saveRates"),
    )


def _text(ctx: Context, base: str, other: str, wrong: dict[tuple[str, str], Wrong]) -> str:
    if (base, other) in wrong:
        return wrong[base, other].text
    rate = directory.find_rate(ctx, base, other)
    return "" if rate is None else formats.plain(rate)


def _rate(text: str) -> Decimal:
    """Raises Mistyped for what is no number, or none that the table holds."""
    return round(abs(decimal(text, RATE, negative=True)), PLACES)


def _currencies(ctx: Context) -> tuple[list[str], list[str]]:
    """The base currencies and the allowed ones of all scopes, each once."""
    websites = [website.id for website in levels(ctx).websites]
    bases = {ctx.config(BASE, website_id=id) or "" for id in websites} - {""}
    allowed: set[str] = set()
    for view in ctx.stores.views:
        allowed |= set((ctx.config(ALLOWED, store_id=view.id) or "").split(","))
    return sorted(bases), sorted(allowed - {""})
