"""Tier prices as they are stored, and what tells one from another. No I/O."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from entrepot.catalog.attributes.shared import PRICE_SCOPE, PRICES_PER_WEBSITE
from entrepot.kit.context import Context

ALL_GROUPS = 32000
"""What clients write for all customer groups."""
QTY_PLACES = Decimal("0.0001")
VALUE_PLACES = Decimal("0.000001")
PERCENTAGE_PLACES = Decimal("0.01")
LARGEST_QTY = Decimal(10) ** 8
LARGEST_VALUE = Decimal(10) ** 14


class TierRow(Struct, frozen=True):
    """A tier price of a product. `value` is 0 where there is a percentage."""

    product_id: int
    group_id: int
    """32000 for all groups."""
    website_id: int
    qty: Decimal
    value: Decimal
    percentage: Decimal | None = None

    @property
    def key(self) -> tuple[int, int, int, Decimal]:
        """Of which a product has only one."""
        return self.product_id, self.group_id, self.website_id, self.qty


def default_website(ctx: Context) -> int:
    """Where a tier price holds that names no website: everywhere, or in the call's own where prices are per website."""
    return ctx.store.website_id if ctx.config_default(PRICE_SCOPE) == PRICES_PER_WEBSITE else 0


def is_positive(qty: Decimal) -> bool:
    """Whether a quantity is above 0 as the table keeps it."""
    return qty > QTY_PLACES / 2


def tier_row(
    product_id: int, group_id: int, website_id: int, qty: Decimal, value: Decimal, percentage: Decimal | None = None
) -> TierRow:
    """With amounts as the table keeps them. Raises OverflowError for what is too large for it."""
    if abs(qty) >= LARGEST_QTY or abs(value) >= LARGEST_VALUE:
        raise OverflowError
    return TierRow(
        product_id,
        group_id,
        website_id,
        qty.quantize(QTY_PLACES, ROUND_HALF_UP),
        value.quantize(VALUE_PLACES, ROUND_HALF_UP),
        None if percentage is None else percentage.quantize(PERCENTAGE_PLACES, ROUND_HALF_UP),
    )


def columns(rows: Iterable[TierRow]) -> list[dict[str, object]]:
    """For the statements; the last of several rows with the same key counts."""
    return [
        {
            "number": number,
            "product_id": row.product_id,
            "all_groups": row.group_id == ALL_GROUPS,
            "customer_group_id": 0 if row.group_id == ALL_GROUPS else row.group_id,
            "website_id": row.website_id,
            "qty": str(row.qty),
            "value": str(row.value),
            "percentage": None if row.percentage is None else str(row.percentage),
        }
        for number, row in enumerate({row.key: row for row in rows}.values())
    ]
