"""Writing products whose checks are through: rows and values, places and addresses, and all that hangs on them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from entrepot.catalog.attributes import ATTRIBUTES
from entrepot.catalog.attributes.rules import instant
from entrepot.catalog.contracts import ProductRef
from entrepot.catalog.drafts import Draft
from entrepot.catalog.events import ProductSkuChanged, ProductsSaved, ProductTypeChanged
from entrepot.catalog.extensions import extensions
from entrepot.catalog.parts import PARTS
from entrepot.catalog.products import documents, index, queries, rewrites
from entrepot.catalog.products.assignments import Assigned
from entrepot.catalog.products.entanglement import check_addresses, check_new_ids
from entrepot.kit.context import Context


class AddressesTaken(Exception):
    """Addresses of these products are those of other entities, none of which is being saved."""

    def __init__(self, product_ids: Iterable[int]) -> None:
        self.product_ids = frozenset(product_ids)


class Overtaken(Exception):
    """A new product's SKU belongs to another product, which was not there when it was looked for."""


async def store_rows(ctx: Context, drafts: Sequence[Draft], assigned: Assigned, keep_old_urls: bool) -> None:
    """Rows, values, websites, categories, addresses. Raises AddressesTaken, Overtaken, Entangled: undo it all then."""
    await _insert(ctx, [draft for draft in drafts if draft.is_new])
    check_new_ids(drafts)
    await _update(ctx, [draft for draft in drafts if not draft.is_new])
    in_websites, in_categories = [], []
    for draft in drafts:
        websites, categories = assigned[id(draft)]
        if websites is not None:
            in_websites.append({"product_id": draft.product_id, "website_ids": websites})
        if categories is not None:
            in_categories.append(
                {
                    "product_id": draft.product_id,
                    "category_ids": list(categories),
                    "positions": list(categories.values()),
                }
            )
    if in_websites:
        await ctx.db.execute(queries.SET_WEBSITES, rows=json.dumps(in_websites))
    if in_categories:
        await ctx.db.execute(queries.SET_CATEGORIES, rows=json.dumps(in_categories))
    addressed = await rewrites.write_rewrites(
        ctx,
        [draft.product_id for draft in drafts],
        new_ids=[draft.product_id for draft in drafts if draft.is_new],
        keep_old=keep_old_urls,
    )
    if addressed.taken:
        raise AddressesTaken(addressed.taken)
    check_addresses(drafts, addressed.rivals)


async def _insert(ctx: Context, drafts: Sequence[Draft]) -> None:
    """New products, with all their values in the default scope, wherever the call is made."""
    if not drafts:
        return
    rows = [
        {**_columns(draft, number), "attributes": documents.given(draft.values)} for number, draft in enumerate(drafts)
    ]
    found = await ctx.db.all(ProductRef, queries.INSERT, rows=json.dumps(rows), now=ctx.now)
    ids = {one.sku: one.product_id for one in found}
    if any(draft.sku not in ids for draft in drafts):
        raise Overtaken
    for draft in drafts:
        draft.product_id = ids[draft.sku]


async def _update(ctx: Context, drafts: Sequence[Draft]) -> None:
    if not drafts:
        return
    attributes = ctx.shared(ATTRIBUTES).products
    rows: list[dict[str, object]] = []
    of_views: list[documents.Values] = []
    for number, draft in enumerate(drafts):
        spread = documents.spread(ctx, attributes, draft.product_id, draft.values)
        default = next((one.values for one in spread if not one.store_id), {})
        of_views.extend(one for one in spread if one.store_id)
        columns = _columns(draft, number)
        rows.append({**columns, "given": documents.given(default), "removed": documents.removed(default)})
    await ctx.db.execute(queries.UPDATE, rows=json.dumps(rows), now=ctx.now)
    if of_views:
        await documents.write(ctx, of_views)


def _columns(draft: Draft, number: int) -> dict[str, object]:
    created_at = draft.product.created_at
    return {
        "number": number,
        "product_id": draft.product_id,
        "sku": draft.sku,
        "attribute_set_id": draft.attribute_set_id,
        "type_id": draft.type_id,
        "created_at": instant(created_at) + "Z" if created_at else None,
    }


async def store_rest(ctx: Context, drafts: Sequence[Draft]) -> None:
    """Parts, extensions, the index; then whoever listens is told."""
    for part in PARTS:
        await part.save(ctx, drafts)
    if changed := [draft.product_id for draft in drafts if draft.product.options is not None]:
        await ctx.db.execute(queries.SET_OPTION_FLAGS, product_ids=changed)
    for extension in extensions():
        await extension.save(ctx, drafts)
    await index.refresh_products(ctx, [draft.product_id for draft in drafts])
    for draft in drafts:
        if draft.stored and draft.stored.sku != draft.sku:
            await ctx.publish(ProductSkuChanged(draft.product_id, draft.stored.sku, draft.sku))
        if draft.stored and draft.stored.type_id != draft.type_id:
            await ctx.publish(ProductTypeChanged(draft.product_id, draft.stored.type_id, draft.type_id))
    created = frozenset(draft.product_id for draft in drafts if draft.is_new)
    await ctx.publish(ProductsSaved(tuple(draft.product_id for draft in drafts), created))
