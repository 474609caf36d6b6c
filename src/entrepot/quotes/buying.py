"""What a buyer asks for, whoever asks: a client of the API, a page, a reorder."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct, field

from entrepot.catalog import Goods, ImageContent
from entrepot.quotes.contracts import (
    BundleOption,
    ConfigurableOption,
    CustomOption,
    DownloadableOption,
    ProductOption,
    ProductOptionExtension,
)


class Request(Struct, omit_defaults=True):
    """A product, how many of it, and what was chosen: the `info_buyRequest` of a line."""

    qty: Decimal
    options: dict[int, str] = field(default_factory=dict)
    """Answers to custom options by their ids: a text, or ids of values with commas between them."""
    super_attribute: dict[int, int] = field(default_factory=dict)
    """Values of a configurable product by the ids of its attributes."""
    bundle_option: dict[int, list[int]] = field(default_factory=dict)
    """Selections by the options of a bundle."""
    bundle_option_qty: dict[int, Decimal] = field(default_factory=dict)
    links: list[int] = field(default_factory=list)
    """Of a downloadable product."""
    super_product_config: dict[str, Any] = field(default_factory=dict)
    """The grouped product that it came in through."""


class Candidate(Struct):
    """What is to become a line, before the cart knows whether it has the like."""

    goods: Goods
    qty: Decimal
    """Of a part: per piece."""
    options: dict[str, str] = field(default_factory=dict)
    parts: list[Candidate] = field(default_factory=list)
    product_type: str | None = None
    """Where it is not the product's."""
    sku: str | None = None
    name: str | None = None


def from_contract(qty: Decimal, option: ProductOption | None) -> tuple[Request, dict[int, ImageContent]]:
    """What a client of the API sent, and the files that came with it by the ids of their options."""
    request = Request(qty)
    files: dict[int, ImageContent] = {}
    chosen = option.extension_attributes if option else None
    if chosen is None:
        return request, files
    for custom in chosen.custom_options or ():
        option_id = _whole(custom.option_id)
        request.options[option_id] = custom.option_value or ""
        if custom.extension_attributes and custom.extension_attributes.file_info:
            files[option_id] = custom.extension_attributes.file_info
    for value in chosen.configurable_item_options or ():
        request.super_attribute[_whole(value.option_id)] = value.option_value or 0
    for bundle in chosen.bundle_options or ():
        request.bundle_option[bundle.option_id or 0] = list(bundle.option_selections or ())
        if bundle.option_qty:
            request.bundle_option_qty[bundle.option_id or 0] = Decimal(bundle.option_qty)
    if chosen.downloadable_option:
        request.links = list(chosen.downloadable_option.downloadable_links or ())
    return request, files


def to_contract(request: Request) -> ProductOption | None:
    """The same as a client gets it back; None where nothing was chosen."""
    chosen = ProductOptionExtension(
        custom_options=[CustomOption(option_id=str(id), option_value=value) for id, value in request.options.items()]
        or None,
        bundle_options=[
            BundleOption(
                option_id=id,
                option_qty=int(request.bundle_option_qty.get(id, Decimal(1))),
                option_selections=selections,
            )
            for id, selections in request.bundle_option.items()
        ]
        or None,
        configurable_item_options=[
            ConfigurableOption(option_id=str(id), option_value=value) for id, value in request.super_attribute.items()
        ]
        or None,
        downloadable_option=DownloadableOption(downloadable_links=request.links) if request.links else None,
    )
    return ProductOption(extension_attributes=chosen) if chosen != ProductOptionExtension() else None


def write(request: Request) -> str:
    return msgspec.json.encode(request).decode()


_reader = msgspec.json.Decoder(Request)


def read(text: str | None) -> Request:
    """What was asked for when the line was added."""
    return _reader.decode(text) if text else Request(Decimal(1))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
