"""Settings of taxes that do not go together (spec 51, 11)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.taxes.amounts import Algorithm
from entrepot.taxes.settings import settings_of

EXCLUDING, INCLUDING, BOTH = "1", "2", "3"
DISPLAYS = tuple(
    f"tax/{group}"
    for group in (
        "display/type",
        "display/shipping",
        "cart_display/price",
        "cart_display/subtotal",
        "cart_display/shipping",
        "sales_display/price",
        "sales_display/subtotal",
        "sales_display/shipping",
    )
)

ROUNDING = (
    "Your current tax configuration may result in rounding errors: taxes are computed by unit or by row, "
    "and prices are shown otherwise than they are entered, or both with and without tax. Store views: %1."
)
DISCOUNTS = (
    "The tax is applied before the discount, but discounts are computed on prices with tax. "
    "Customers may then be charged more or less than they expect. Store views: %1."
)


def warnings(ctx: Context) -> list[tuple[str, str]]:
    """Sentences of ours, each with the names of the store views that it is about."""
    views = [view for view in ctx.stores.views if not view.is_admin]
    found = []
    for sentence, holds in ((ROUNDING, _may_round_wrongly), (DISCOUNTS, _discounts_clash)):
        if names := [view.name for view in views if holds(ctx, view.id)]:
            found.append((sentence, ", ".join(names)))
    return found


def _may_round_wrongly(ctx: Context, store_id: int) -> bool:
    settings = settings_of(ctx, store_id)
    if settings.algorithm is Algorithm.TOTAL:
        return False
    shown = {path: ctx.config(path, store_id=store_id) or EXCLUDING for path in DISPLAYS}
    for path, display in shown.items():
        entered = settings.shipping_includes_tax if path.endswith("shipping") else settings.price_includes_tax
        if display == BOTH or (display == INCLUDING) is not entered:
            return True
    return False


def _discounts_clash(ctx: Context, store_id: int) -> bool:
    settings = settings_of(ctx, store_id)
    return settings.discount_on_tax and not settings.after_discount
