"""The seam for products made of others: whether enough of their children can be sold (spec 40-inventory, 23).

A composite is salable when its own stock item says so and its type's rule finds it so. A type without a rule is never
salable, because nothing of it could be delivered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Protocol

from entrepot.inventory.products import ProductRef
from entrepot.kit.context import Context


class CompositeSalability(Protocol):
    """The rule of one type. It asks `salability.are_salable` about the children."""

    async def __call__(self, ctx: Context, stock_id: int, products: Sequence[ProductRef]) -> Collection[int]:
        """The ids of those products of which some choice of children is salable. A constant number of statements."""


_rules: dict[str, CompositeSalability] = {}


def register_composite(type_id: str, rule: CompositeSalability) -> None:
    """Give a product type its rule."""
    _rules[type_id] = rule


async def salable_composites(ctx: Context, stock_id: int, products: Sequence[ProductRef]) -> set[int]:
    """The ids of the composites among which children can be sold, whatever their own stock items say."""
    by_type: defaultdict[str, list[ProductRef]] = defaultdict(list)
    for product in products:
        by_type[product.type_id].append(product)
    salable: set[int] = set()
    for type_id, group in by_type.items():
        if rule := _rules.get(type_id):
            salable.update(await rule(ctx, stock_id, group))
    return salable
