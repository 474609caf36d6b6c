"""What an option must fulfil, and what a stored one shows (spec 31-product-types, 6.2). No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from entrepot.catalog.contracts import CustomOption, CustomOptionValue
from entrepot.catalog.options.types import TYPES, is_select

PRICE_TYPES = frozenset({"fixed", "percent"})
WORD = re.compile(r"[a-z0-9]+")

MISSING = "Missed values for option required fields"
INVALID_TYPE = "Invalid option type"
INVALID_VALUE = "Invalid option value"

LARGEST_PRICE = Decimal(10) ** 14
LARGEST_INTEGER = 2**31 - 1


def problems(option: CustomOption) -> Iterator[str]:
    """What is wrong with an option as a request gives it, in the order of the checks."""
    if not option.title or not option.type:
        yield MISSING
    if option.type not in TYPES:
        yield INVALID_TYPE
    if not (_has_valid_values(option) if is_select(option.type) else _has_valid_answer(option)):
        yield INVALID_VALUE


def _has_valid_answer(option: CustomOption) -> bool:
    """The price and the limits of an option that has no values to choose from."""
    limits = (option.max_characters, option.image_size_x, option.image_size_y)
    return _is_price(option.price, option.price_type) and all((limit or 0) >= 0 for limit in limits)


def _has_valid_values(option: CustomOption) -> bool:
    return bool(option.values) and all(
        value.title and (_is_unpriced(value) or _is_price(value.price, value.price_type))
        for value in option.values or ()
    )


def _is_price(price: Decimal | None, price_type: str | None) -> bool:
    """It may be negative."""
    return price is not None and abs(price) < LARGEST_PRICE and price_type in PRICE_TYPES


def _is_unpriced(value: CustomOptionValue) -> bool:
    """Price and its type may be missing together."""
    return value.price is None and not value.price_type


def fits(option: CustomOption) -> bool:
    """Whether the tables can hold its numbers."""
    numbers = [option.sort_order, option.max_characters, option.image_size_x, option.image_size_y]
    numbers += [value.sort_order for value in option.values or ()]
    return all(abs(number or 0) <= LARGEST_INTEGER for number in numbers)


def cleaned_extensions(text: str | None) -> str | None:
    """Extensions of files in small letters with commas between them."""
    return None if text is None else ", ".join(WORD.findall(text.lower()))


def shown(product_sku: str, row: dict[str, Any]) -> CustomOption:
    """A stored option as it travels."""
    return CustomOption(
        product_sku=product_sku,
        option_id=row["option_id"],
        title=row["title"],
        type=row["type"],
        sort_order=row["sort_order"],
        is_require=row["is_require"],
        price=decimal(row["price"]),
        price_type=row["price_type"],
        sku=row["sku"],
        file_extension=row["file_extension"],
        max_characters=row["max_characters"],
        image_size_x=row["image_size_x"],
        image_size_y=row["image_size_y"],
        values=[_value(value) for value in row["values"] or ()] if is_select(row["type"]) else None,
    )


def _value(row: dict[str, Any]) -> CustomOptionValue:
    return CustomOptionValue(
        title=row["title"],
        sort_order=row["sort_order"],
        price=decimal(row["price"]),
        price_type=row["price_type"],
        sku=row["sku"],
        option_type_id=row["option_type_id"],
    )


def decimal(text: str | None) -> Decimal | None:
    """A number as the database gives it in JSON."""
    return None if text is None else Decimal(text)
