"""How a shop computes taxes (spec 51, 4)."""

from __future__ import annotations

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.taxes.amounts import Algorithm, Place

BASED_ON = ("shipping", "billing", "origin")


class TaxSettings(Struct, frozen=True):
    algorithm: Algorithm = Algorithm.TOTAL
    based_on: str = "shipping"
    """The address that counts: shipping, billing, or origin for the shop's own."""
    price_includes_tax: bool = False
    shipping_includes_tax: bool = False
    after_discount: bool = True
    """Whether the tax is on what is left after discounts."""
    discount_on_tax: bool = False
    """Whether discounts are computed on prices with tax."""
    on_original_price: bool = False
    """Whether the tax stays that of the original price where there is a custom one."""
    cross_border: bool = False
    """Whether prices with tax are the same everywhere, whatever the tax."""
    shipping_class_id: int = 0


def settings_of(ctx: Context, store_id: int) -> TaxSettings:
    """What is configured for a store view."""
    return ctx.derived(_settings, store_id)


def _settings(ctx: Context, store_id: int) -> TaxSettings:
    def flag(path: str) -> bool:
        return ctx.flag(f"tax/calculation/{path}", store_id=store_id)

    algorithm = ctx.config("tax/calculation/algorithm", store_id=store_id)
    based_on = ctx.config("tax/calculation/based_on", store_id=store_id) or ""
    return TaxSettings(
        algorithm=next((one for one in Algorithm if one.value == algorithm), Algorithm.TOTAL),
        based_on=based_on if based_on in BASED_ON else "shipping",
        price_includes_tax=flag("price_includes_tax"),
        shipping_includes_tax=flag("shipping_includes_tax"),
        after_discount=flag("apply_after_discount"),
        discount_on_tax=flag("discount_tax"),
        on_original_price=flag("apply_tax_on"),
        cross_border=flag("cross_border_trade_enabled"),
        shipping_class_id=_whole(ctx.config("tax/classes/shipping_tax_class", store_id=store_id)),
    )


def origin(ctx: Context, store_id: int) -> Place:
    """Where the shop ships from."""
    return _place(ctx, store_id, "shipping/origin/country_id", "shipping/origin/region_id", "shipping/origin/postcode")


def default_destination(ctx: Context, store_id: int) -> Place:
    """Where a customer who has no address yet is thought to be."""
    return _place(ctx, store_id, "tax/defaults/country", "tax/defaults/region", "tax/defaults/postcode")


def _place(ctx: Context, store_id: int, country: str, region: str, postcode: str) -> Place:
    return Place(
        country_id=ctx.config(country, store_id=store_id) or None,
        region_id=_whole(ctx.config(region, store_id=store_id)) or None,
        postcode=ctx.config(postcode, store_id=store_id) or None,
    )


def _whole(text: str | None) -> int:
    return int(text) if text and text.strip().isdecimal() else 0
