"""Saving products: one function for one product and for ten thousand (spec 30-catalog, 1.1 to 1.6).

Every step is taken for all products of the call with the same few statements. A product that cannot be saved is
refused on its own; the others are saved. The steps, in the order in which their refusals win:

1. find what is stored, lock it (`_identify`)
2. the types of attribute values, then links and pictures, the attribute set, the rules of the attributes in the order
   of the set, tier prices and custom options, the extensions (`_check`)
3. rows, values, websites, categories; then the addresses, which the unique index may refuse (`_store_rows`)
4. parts, extensions, the index (`_store_rest`)

What the address of one product refuses undoes step 3 for all, which is then taken again without that product.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from psycopg.errors import UniqueViolation

from entrepot.catalog.attributes import (
    ATTRIBUTES,
    PRODUCT,
    Attribute,
    AttributeValueEmpty,
    AttributeValueNotUnique,
    name_in_messages,
    problem_with,
)
from entrepot.catalog.attributes.rules import instant
from entrepot.catalog.contracts import Product, ProductRef
from entrepot.catalog.drafts import Draft
from entrepot.catalog.events import ProductSkuChanged, ProductsSaved, ProductTypeChanged
from entrepot.catalog.extensions import extensions
from entrepot.catalog.parts import CHECKED_FIRST, PARTS
from entrepot.catalog.products import documents, index, queries, rewrites, unique_values, values
from entrepot.catalog.products.assignments import wanted_categories, wanted_websites
from entrepot.catalog.products.errors import InvalidAttributeSet, ProductNotSaved, UrlKeyTaken
from entrepot.catalog.products.types import LABELS, SIMPLE, has_own_price
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.stores import levels

SINGLE_STORE = "general/single_store_mode/enabled"


async def save_many(ctx: Context, products: Sequence[Product], *, keep_old_urls: bool = False) -> list[Draft]:
    """Save products in the scope of the call: what has a known id or SKU is changed, the rest created.

    The drafts come back in the order given; each has the `product_id` that it was saved as, or a `refusal`. With
    `keep_old_urls` addresses that change lead to the new ones.
    """
    drafts = [Draft(product=product) for product in products]
    for round in _rounds(drafts):
        await _save(ctx, round, keep_old_urls)
    return drafts


def _rounds(drafts: Sequence[Draft]) -> Iterator[list[Draft]]:
    """Drafts of one round concern different products, so that a second draft of a product finds the first one saved."""
    left = list(drafts)
    while left:
        seen: set[object] = set()
        round: list[Draft] = []
        later: list[Draft] = []
        for draft in left:
            keys = {key for key in (draft.product.id, _sku(draft.product).lower()) if key}
            (later if keys & seen else round).append(draft)
            seen |= keys
        yield round
        left = later


async def _save(ctx: Context, drafts: list[Draft], keep_old_urls: bool, *, once_more: bool = True) -> None:
    await _identify(ctx, drafts)
    drafts, later = _apart(drafts)
    await _check(ctx, drafts)
    wanted = await _assign(ctx, _accepted(drafts))
    while accepted := _accepted(drafts):
        try:
            async with ctx.savepoint():
                await _store_rows(ctx, accepted, wanted, keep_old_urls)
                await _store_rest(ctx, accepted)
                break
        except _Clash as clash:
            taken = clash.product_ids
            for draft in accepted:
                if draft.product_id in taken:
                    draft.refuse(clash.refusal)
                if draft.is_new:
                    draft.product_id = 0
        except (UniqueViolation, _Overtaken):
            # Somebody else took a SKU since the checks: now it can be seen.
            for draft in accepted:
                if once_more:
                    await _save(ctx, [draft], keep_old_urls, once_more=False)
                else:
                    draft.refuse(ProductNotSaved())
            break
    if later:
        await _save(ctx, later, keep_old_urls, once_more=once_more)


def _apart(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Draft]]:
    """Drafts that found different products, and those that found one again, once by its id and once by its SKU."""
    first = {draft.product_id: draft for draft in reversed(drafts) if draft.product_id}
    apart = [draft for draft in drafts if first.get(draft.product_id, draft) is draft]
    return apart, [draft for draft in drafts if first.get(draft.product_id, draft) is not draft]


class _Clash(Exception):
    """Addresses of these products are taken."""

    def __init__(self, product_ids: set[int], refusal: Refused) -> None:
        self.product_ids, self.refusal = product_ids, refusal


class _Overtaken(Exception):
    """A new product's SKU belongs to another product, which was not there when it was looked for."""


def _accepted(drafts: Sequence[Draft]) -> list[Draft]:
    return [draft for draft in drafts if draft.refusal is None]


# ---------------------------------------------------------------- what is stored


async def _identify(ctx: Context, drafts: Sequence[Draft]) -> None:
    """Find the stored product of each draft: by its id, else by its SKU."""
    asked = [
        {"number": number, "id": draft.product.id, "sku": _sku(draft.product)} for number, draft in enumerate(drafts)
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


def _sku(product: Product) -> str:
    """Without surrounding spaces, and without NUL, which the database cannot hold."""
    return (product.sku or "").replace("\0", "").strip()


def _identified(ctx: Context, draft: Draft, owner_of_sku: int | None) -> None:
    product, stored = draft.product, draft.stored
    draft.product_id = stored.product_id if stored else 0
    draft.sku = _sku(product) or (stored.sku if stored else "")
    draft.type_id = product.type_id or (stored.type_id if stored else SIMPLE)
    draft.attribute_set_id = product.attribute_set_id or (stored.attribute_set_id if stored else 0)
    if not draft.sku:
        draft.refuse(AttributeValueEmpty.of("sku"))
    elif owner_of_sku and owner_of_sku != draft.product_id:
        label = ctx.shared(ATTRIBUTES).products["sku"].label()
        draft.refuse(AttributeValueNotUnique.of(label))


# ---------------------------------------------------------------- what must hold


async def _check(ctx: Context, drafts: Sequence[Draft]) -> None:
    attributes = ctx.shared(ATTRIBUTES)
    for draft in _accepted(drafts):
        values.read_values(draft, attributes.products)
        _check_created_at(draft)
    for part in PARTS:
        if part.field in CHECKED_FIRST:
            await part.check(ctx, _accepted(drafts))
    for draft in _accepted(drafts):
        found = attributes.sets.get(draft.attribute_set_id)
        if found is None or found.entity_type_id != PRODUCT:
            draft.refuse(InvalidAttributeSet())
            continue
        values.keep_applicable(ctx, draft, found.attributes)
        values.complete(ctx, draft, found.attributes)
    await _check_rules(ctx, _accepted(drafts))
    for part in PARTS:
        if part.field not in CHECKED_FIRST:
            await part.check(ctx, _accepted(drafts))
    for extension in extensions():
        await extension.check(ctx, _accepted(drafts))


def _check_created_at(draft: Draft) -> None:
    if draft.product.created_at:
        try:
            instant(draft.product.created_at)
        except Refused as refusal:
            draft.refuse(refusal)


async def _check_rules(ctx: Context, drafts: Sequence[Draft]) -> None:
    """The rules of the attributes, in the order of the set; what would break the tables comes after all of them."""
    attributes = ctx.shared(ATTRIBUTES)
    unique = {code: one for code, one in attributes.products.items() if one.is_unique and values.is_value(one)}
    claims = unique_values.Claims(await unique_values.taken(ctx.db, drafts, unique) if unique else {})
    for draft in drafts:
        of_set = attributes.attributes_of_set(draft.attribute_set_id)
        for code, attribute in of_set.items():
            if attribute.applies_to(draft.type_id) and (problem := _problem(draft, code, attribute, claims)):
                draft.refuse(problem)
                break
        if draft.type_id not in LABELS:
            draft.refuse(ProductNotSaved())
        if draft.refusal is None:
            values.check_sizes(draft, of_set)


def _problem(draft: Draft, code: str, attribute: Attribute, claims: unique_values.Claims) -> Refused | None:
    if code == "sku":
        return problem_with(attribute, draft.sku)
    if not values.is_value(attribute):
        return None
    value = draft.value(code)
    if code == "price" and not value and not has_own_price(draft.type_id, _after(draft)):
        return None
    if problem := problem_with(attribute, value):
        return problem
    if attribute.is_unique and value and code in draft.values and not claims.is_free(draft, code, value):
        return AttributeValueNotUnique.of(name_in_messages(attribute))
    return None


def _after(draft: Draft) -> Mapping[str, str | None]:
    """The attribute values as they will be, in the scope of the call."""
    return {**(draft.stored.attributes if draft.stored else {}), **draft.values, **draft.inherited}


# ---------------------------------------------------------------- websites and categories


Assigned = Mapping[int, tuple[list[int] | None, Mapping[int, int] | None]]
"""By the draft's identity: websites, and positions by category; None for what stays."""


async def _assign(ctx: Context, drafts: Sequence[Draft]) -> Assigned:
    """What each draft asks for; a draft that names what does not exist is refused."""
    websites = [website.id for website in levels(ctx).websites if website.id]
    store = ctx.store
    if ctx.flag(SINGLE_STORE) and len(levels(ctx).views) == 2:
        store = levels(ctx).default
    assigned: dict[int, tuple[list[int] | None, Mapping[int, int] | None]] = {}
    for draft in drafts:
        try:
            assigned[id(draft)] = wanted_websites(draft, store, websites), wanted_categories(draft)
        except ValueError:
            draft.refuse(ProductNotSaved())
    named = {category for _, categories in assigned.values() for category in categories or ()}
    unknown = set(await ctx.db.values(queries.UNKNOWN_CATEGORIES, category_ids=list(named))) if named else set()
    for draft in _accepted(drafts):
        of_draft, categories = assigned[id(draft)]
        if not set(of_draft or ()) <= set(websites) or unknown & set(categories or ()):
            draft.refuse(ProductNotSaved())
    return assigned


# ---------------------------------------------------------------- storing


async def _store_rows(ctx: Context, drafts: Sequence[Draft], assigned: Assigned, keep_old_urls: bool) -> None:
    await _insert(ctx, [draft for draft in drafts if draft.is_new])
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
    taken = await rewrites.refresh_rewrites(ctx, [draft.product_id for draft in drafts], keep_old=keep_old_urls)
    if taken:
        raise _Clash(taken, UrlKeyTaken())


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
        raise _Overtaken
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


async def _store_rest(ctx: Context, drafts: Sequence[Draft]) -> None:
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
