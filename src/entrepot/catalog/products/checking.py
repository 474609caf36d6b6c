"""What must hold of products to be saved, in the order in which their refusals win (spec 30-catalog, 1.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entrepot.catalog.attributes import (
    ATTRIBUTES,
    PRODUCT,
    Attribute,
    AttributeValueNotUnique,
    name_in_messages,
    problem_with,
)
from entrepot.catalog.attributes.rules import instant
from entrepot.catalog.drafts import Draft
from entrepot.catalog.extensions import extensions
from entrepot.catalog.parts import CHECKED_FIRST, PARTS
from entrepot.catalog.products import unique_values, values
from entrepot.catalog.products.errors import InvalidAttributeSet, ProductNotSaved, TypeNotSold
from entrepot.catalog.products.types import LABELS, has_own_price, is_sold
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused


async def check(ctx: Context, drafts: Sequence[Draft]) -> None:
    """Refuse what cannot be saved, with a constant number of statements. Raises Entangled."""
    attributes = ctx.shared(ATTRIBUTES)
    for draft in accepted(drafts):
        values.read_values(draft, attributes.products)
        _check_created_at(draft)
    for part in PARTS:
        if part.field in CHECKED_FIRST:
            await part.check(ctx, accepted(drafts))
    for draft in accepted(drafts):
        found = attributes.sets.get(draft.attribute_set_id)
        if found is None or found.entity_type_id != PRODUCT:
            draft.refuse(InvalidAttributeSet())
            continue
        values.keep_applicable(ctx, draft, found.attributes)
        values.complete(ctx, draft, found.attributes)
    await _check_rules(ctx, accepted(drafts))
    for part in PARTS:
        if part.field not in CHECKED_FIRST:
            await part.check(ctx, accepted(drafts))
    for extension in extensions():
        await extension.check(ctx, accepted(drafts))


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
        claims.begin(draft)
        of_set = attributes.attributes_of_set(draft.attribute_set_id)
        for code, attribute in of_set.items():
            if attribute.applies_to(draft.type_id) and (problem := _problem(draft, code, attribute, claims)):
                draft.refuse(problem)
                break
        if draft.type_id not in LABELS:
            draft.refuse(ProductNotSaved())
        elif draft.stored is None and not is_sold(draft.type_id):
            draft.refuse(TypeNotSold(draft.type_id))
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


def accepted(drafts: Sequence[Draft]) -> list[Draft]:
    """Those that were not refused."""
    return [draft for draft in drafts if draft.refusal is None]
