"""Which values of a product a store view has of its own, for forms that tell them from inherited ones."""

from __future__ import annotations

from collections.abc import Mapping

from entrepot.kit.context import Context

OWN_VALUES = """
    select store_id, attributes
    from product_store
    where product_id = %(product_id)s
"""


async def own_values(ctx: Context, product_id: int) -> Mapping[int, Mapping[str, str]]:
    """By store id and code: what the store views say instead of the default values; views without any are missing."""
    found: list[tuple[int, dict[str, str]]] = await ctx.db.all(tuple, OWN_VALUES, product_id=product_id)
    return dict(found)
