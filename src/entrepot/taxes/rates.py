"""The rates that hold in a place (spec 51, 3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from entrepot.kit.context import Context
from entrepot.taxes.amounts import Place, TaxRate


async def rates_for(
    ctx: Context, *, customer_class_id: int, product_class_ids: Iterable[int], place: Place, store_id: int
) -> Mapping[int, TaxRate]:
    """By class of goods; a class without tax is absent."""
    return {}


def has_rules(ctx: Context) -> bool:
    """Whether anything is taxed at all. No statement."""
    return False
