"""The price ranges that layered navigation offers (spec 30-catalog, 9).

The way is the configuration's: `auto` makes ranges of a power of ten, `improved` ranges with about as many products
each, `manual` ranges of a fixed width.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from entrepot.catalog.browsing.selection import STEP, PriceRange

Steps = Sequence[tuple[Decimal, int]]
"""How many products cost from an amount to below that plus STEP; ascending."""

TEN = Decimal(10)


class CountedRange(Struct, frozen=True):
    range: PriceRange
    products: int


def ranges(steps: Steps, highest: Decimal | None, setting: Callable[[str], str | None]) -> list[CountedRange]:
    """Ranges with products, ascending; the last one is open upwards. Empty where there would be only one.

    `setting` gives a field of `catalog/layered_navigation`.
    """
    if not steps or highest is None:
        return []
    way = setting("price_range_calculation")
    if way == "improved":
        found = _of_equal_counts(steps, _whole(setting("interval_division_limit"), 9))
    elif way == "manual":
        width = _amount(setting("price_range_step"), Decimal(100))
        found = _joined(_grouped(steps, max(width, STEP)), _whole(setting("price_range_max_intervals"), 10))
    else:
        found = _grouped(steps, automatic_width(steps, highest))
    return _opened(found)


def automatic_width(steps: Steps, highest: Decimal) -> Decimal:
    """A power of ten with as many digits as the highest price, made smaller until two ranges have products."""
    width = TEN ** (len(str(int(highest))) - 1)
    while width > STEP and len(_grouped(steps, width)) < 2:
        width /= TEN
    return max(width, STEP)


def _grouped(steps: Steps, width: Decimal) -> list[tuple[Decimal, Decimal, int]]:
    """Lower and upper bound with the number of products; widths that are no multiple of STEP are cut at its bounds."""
    counts: dict[Decimal, int] = {}
    for low, products in steps:
        start = low // width * width
        counts[start] = counts.get(start, 0) + products
    return [(start, start + width, products) for start, products in counts.items()]


def _joined(found: list[tuple[Decimal, Decimal, int]], most: int) -> list[tuple[Decimal, Decimal, int]]:
    """No more than so many ranges: the last one takes in all that are above it."""
    if len(found) <= most:
        return found
    rest = found[most - 1 :]
    return [*found[: most - 1], (rest[0][0], rest[-1][1], sum(products for _, _, products in rest))]


def _of_equal_counts(steps: Steps, limit: int) -> list[tuple[Decimal, Decimal, int]]:
    """Steps are joined until a range has its share of the products. A share is never below the division limit."""
    total = sum(products for _, products in steps)
    share = max(limit, -(-total // 10))
    found: list[tuple[Decimal, Decimal, int]] = []
    start, gathered = steps[0][0], 0
    for low, products in steps:
        if gathered >= share:
            found.append((start, low, gathered))
            start, gathered = low, 0
        gathered += products
    return [*found, (start, steps[-1][0] + STEP, gathered)]


def _opened(found: list[tuple[Decimal, Decimal, int]]) -> list[CountedRange]:
    if len(found) < 2:
        return []
    *first, (low, _, products) = found
    return [
        *(CountedRange(PriceRange(start, end), count) for start, end, count in first),
        CountedRange(PriceRange(low, None), products),
    ]


def _amount(text: str | None, default: Decimal) -> Decimal:
    try:
        amount = Decimal((text or "").strip())
    except InvalidOperation:
        return default
    return amount if amount.is_finite() and amount > 0 else default


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.strip().isdecimal() and int(text) > 0 else default
