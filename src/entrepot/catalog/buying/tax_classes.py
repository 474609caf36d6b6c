"""Whether products still need a tax class."""

from __future__ import annotations

from entrepot.kit.context import Context

IS_USED = """
    select exists (
        select
        from product
        where attributes ->> 'tax_class_id' = %(class_id)s::text
    ) or exists (
        select
        from product_store
        where attributes ->> 'tax_class_id' = %(class_id)s::text
    )
"""


async def is_tax_class_of_products(ctx: Context, class_id: int) -> bool:
    """In any scope. Reads all products when it is in none: for rare questions only."""
    return bool(await ctx.db.value(IS_USED, class_id=class_id))
