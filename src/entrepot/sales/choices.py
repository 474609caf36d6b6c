"""What an order remembers of how a line was chosen, and how clients see it (spec 50, 9.5; spec 60, 4.3)."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Raw, Struct

from entrepot.kit.context import Context
from entrepot.quotes import CartItem, OpenCart, buying, cart_type, custom_options
from entrepot.sales.contracts import ProductOption
from entrepot.sales.contracts.items import ProductOptionExtension

CONFIGURABLE, DOWNLOADABLE = "configurable", "downloadable"
NOTHING_ASKED = b"{}"


def choices(ctx: Context, cart: OpenCart, item: CartItem) -> dict[str, Any]:
    """What was asked for, and what of it can be printed without the product: it may change or go."""
    asked = item.options.get("info_buyRequest", "").encode() or NOTHING_ASKED
    request = buying.read(asked.decode())
    kept: dict[str, Any] = {"info_buyRequest": Raw(asked)}
    if request.super_product_config:
        kept["super_product_config"] = request.super_product_config
    if options := _custom_options(cart, item):
        kept["options"] = options
    if item.custom_price is not None:
        kept["custom_price"] = item.custom_price
    if item.parent_item_id is not None:
        return kept
    of_type = cart_type(item.product_type)
    parts = cart.quote.children(item)
    if item.product_type == CONFIGURABLE:
        described = of_type.describe(ctx, cart, item)
        kept["attributes_info"] = [{"label": label, "value": value} for label, value in described]
        kept |= {"simple_name": parts[0].name, "simple_sku": parts[0].sku} if parts else {}
    if parts:
        kept["product_calculations"] = int(not of_type.prices_from_parts)
    if item.product_type == DOWNLOADABLE:
        kept["links"] = [int(id) for id in item.options.get("downloadable_link_ids", "").split(",") if id]
    return kept


def _custom_options(cart: OpenCart, item: CartItem) -> list[dict[str, Any]]:
    if "option_ids" not in item.options:
        return []
    return [
        {
            "label": option.title or "",
            "value": (text := custom_options.printed(option, answer)),
            "print_value": text,
            "option_id": str(option.option_id),
            "option_type": option.type,
            "option_value": answer,
        }
        for option, answer in custom_options.answered(cart.goods[item.product_id], item)
    ]


class Kept(Struct):
    """The part of it that clients see."""

    info_buyRequest: buying.Request | None = None


_kept = msgspec.json.Decoder(Kept)


def shown(product_options: str | None) -> ProductOption | None:
    """As clients see it; None where nothing was chosen."""
    request = _kept.decode(product_options).info_buyRequest if product_options else None
    chosen = buying.to_contract(request) if request else None
    if chosen is None or chosen.extension_attributes is None:
        return None
    of = chosen.extension_attributes
    return ProductOption(
        extension_attributes=ProductOptionExtension(
            bundle_options=of.bundle_options,
            custom_options=of.custom_options,
            configurable_item_options=of.configurable_item_options,
            downloadable_option=of.downloadable_option,
        )
    )
