"""Which stored product each draft of a save means."""

from __future__ import annotations

import json
from collections.abc import Sequence

from entrepot.catalog.attributes import ATTRIBUTES, AttributeValueEmpty, AttributeValueNotUnique
from entrepot.catalog.drafts import Draft
from entrepot.catalog.products import documents, queries
from entrepot.catalog.products.entanglement import check_identities, check_relations, sku_of
from entrepot.catalog.products.types import SIMPLE
from entrepot.kit.context import Context


async def identify(ctx: Context, drafts: Sequence[Draft]) -> None:
    """Find the stored product of each draft, by its id, else by its SKU, and lock it. Raises Entangled."""
    asked = [
        {"number": number, "id": draft.product.id, "sku": sku_of(draft.product)} for number, draft in enumerate(drafts)
    ]
    found = await ctx.db.all(queries.Identified, queries.IDENTIFY, drafts=json.dumps(asked))
    by_id = {one.number: one.product_id for one in found if one.by_id}
    by_sku = {one.number: one.product_id for one in found if not one.by_id}
    ids = {number: by_id.get(number, by_sku.get(number, 0)) for number in range(len(drafts))}
    stored = {}
    if wanted := sorted({id for id in ids.values() if id}):
        stored = {document.product_id: document for document in await documents.lock(ctx, wanted)}
    for number, draft in enumerate(drafts):
        draft.stored = stored.get(ids[number])
        _identified(ctx, draft, by_sku.get(number))
    check_identities(drafts, by_sku)
    check_relations(drafts)


def _identified(ctx: Context, draft: Draft, owner_of_sku: int | None) -> None:
    product, stored = draft.product, draft.stored
    draft.product_id = stored.product_id if stored else 0
    draft.sku = sku_of(product) or (stored.sku if stored else "")
    draft.type_id = product.type_id or (stored.type_id if stored else SIMPLE)
    draft.attribute_set_id = product.attribute_set_id or (stored.attribute_set_id if stored else 0)
    if not draft.sku:
        draft.refuse(AttributeValueEmpty.of("sku"))
    elif owner_of_sku and owner_of_sku != draft.product_id:
        label = ctx.shared(ATTRIBUTES).products["sku"].label()
        draft.refuse(AttributeValueNotUnique.of(label))
