"""The same change of many products at once: values of attributes in a scope, and websites.

What a save checks of one product, such as its required values, is not asked again: the values given are checked by the
caller, and all others stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from entrepot.catalog.attributes import ATTRIBUTES, Attribute
from entrepot.catalog.events import ProductsSaved
from entrepot.catalog.products import documents
from entrepot.catalog.products.changes import refresh
from entrepot.catalog.products.index import chunks
from entrepot.kit.context import Context

EXISTING = """
    select product_id, type_id, attribute_set_id
    from product
    where product_id = any(%(product_ids)s::int[])
    order by product_id
    for no key update
"""

ADD_WEBSITES = """
    insert into product_website (product_id, website_id)
    select p.product_id, w.website_id
    from unnest(%(product_ids)s::int[]) as p (product_id)
    cross join unnest(%(website_ids)s::int[]) as w (website_id)
    on conflict do nothing
"""

REMOVE_WEBSITES = """
    delete from product_website
    where product_id = any(%(product_ids)s::int[])
    and website_id = any(%(website_ids)s::int[])
"""


async def update_many(
    ctx: Context,
    product_ids: Sequence[int],
    values: Mapping[str, str | None],
    *,
    add_websites: Sequence[int] = (),
    remove_websites: Sequence[int] = (),
) -> int:
    """Write values as `normalise` gives them, in the scope of the call; None removes what the scope has.

    A product whose type or set has not the attribute is left alone. Returns how many products there were;
    unknown ids are passed over. The number of statements grows only with thousands of products. Raises UrlKeyTaken.
    """
    count = 0
    for chunk in chunks(product_ids):
        count += await _update(ctx, chunk, values, add_websites, remove_websites)
    return count


async def _update(
    ctx: Context,
    product_ids: Sequence[int],
    values: Mapping[str, str | None],
    add_websites: Sequence[int],
    remove_websites: Sequence[int],
) -> int:
    found: list[tuple[int, str, int]] = await ctx.db.all(tuple, EXISTING, product_ids=list(product_ids))
    ids = [product_id for product_id, _, _ in found]
    known = ctx.shared(ATTRIBUTES)
    if values:
        await documents.write(
            ctx,
            chain.from_iterable(
                documents.spread(ctx, known.products, product_id, applied)
                for product_id, type_id, set_id in found
                if (applied := _applied(known.attributes_of_set(set_id), type_id, values))
            ),
        )
    if add_websites:
        await ctx.db.execute(ADD_WEBSITES, product_ids=ids, website_ids=list(add_websites))
    if remove_websites:
        await ctx.db.execute(REMOVE_WEBSITES, product_ids=ids, website_ids=list(remove_websites))
    await refresh(ctx, ids)
    if ids:
        await ctx.publish(ProductsSaved(tuple(ids), frozenset()))
    return len(ids)


def _applied(of_set: Mapping[str, Attribute], type_id: str, values: Mapping[str, str | None]) -> dict[str, str | None]:
    return {code: value for code, value in values.items() if code in of_set and of_set[code].applies_to(type_id)}
