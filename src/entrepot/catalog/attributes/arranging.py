"""Arranging a whole set at once, as its form does: as many statements for one attribute as for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from psycopg.errors import UniqueViolation

from entrepot.catalog.attributes.attribute import PRODUCT, Set
from entrepot.catalog.attributes.errors import (
    GroupNotFound,
    GroupNotSaved,
    GroupOfOtherSet,
    SetToAssignNotFound,
    SetToAssignOfOtherEntity,
    SystemAttribute,
)
from entrepot.catalog.attributes.events import AttributeUnassigned
from entrepot.catalog.attributes.queries import sets as queries
from entrepot.catalog.attributes.shared import ATTRIBUTES, Attributes
from entrepot.kit.context import Context


class Changes(Struct, frozen=True):
    """What is to be written."""

    attribute_ids: list[int]
    group_ids: list[int]
    sort_orders: list[int]
    leaving: list[str]


async def arrange(ctx: Context, attribute_set_id: int, groups: Mapping[int, Sequence[str]]) -> list[str]:
    """Make these codes, in this order, the attributes of these groups. The codes of those that left the set.

    Attributes of the set that no group names leave it, and its products lose their values of them; those of groups
    that are not named stay where they are. A code that nobody has is passed over.

    Raises SetToAssignNotFound, SetToAssignOfOtherEntity, GroupNotFound, GroupOfOtherSet or SystemAttribute.
    """
    known = ctx.shared(ATTRIBUTES)
    changes = changes_to(known, _product_set(known, attribute_set_id), groups)
    for code in changes.leaving:
        attribute_id = known.products[code].attribute_id
        await ctx.publish(AttributeUnassigned(attribute_set_id, attribute_id, code))
    await ctx.db.execute(
        queries.UNASSIGN_MANY,
        set_id=attribute_set_id,
        attribute_ids=[known.products[code].attribute_id for code in changes.leaving],
    )
    await ctx.db.execute(
        queries.ASSIGN_MANY,
        set_id=attribute_set_id,
        attribute_ids=changes.attribute_ids,
        group_ids=changes.group_ids,
        sort_orders=changes.sort_orders,
    )
    if changes.leaving or changes.attribute_ids:
        await ctx.changed()
    return changes.leaving


def _product_set(known: Attributes, attribute_set_id: int) -> Set:
    found = known.sets.get(attribute_set_id)
    if found is None:
        raise SetToAssignNotFound(attribute_set_id)
    if found.entity_type_id != PRODUCT:
        raise SetToAssignOfOtherEntity
    return found


def changes_to(known: Attributes, target: Set, groups: Mapping[int, Sequence[str]]) -> Changes:
    """A group whose attributes stand in the wanted order already keeps its numbers; others are counted from 1.

    Raises GroupNotFound, GroupOfOtherSet or SystemAttribute.
    """
    for group_id in groups:
        _check_group(known, group_id, target.attribute_set_id)
    changes = Changes([], [], [], leaving_codes(target, groups))
    if any(not known.products[code].is_user_defined for code in changes.leaving):
        raise SystemAttribute
    placed: set[str] = set()
    for group_id, codes in groups.items():
        wanted = [code for code in dict.fromkeys(codes) if code in known.products and code not in placed]
        placed.update(wanted)
        if wanted == [one.attribute_code for one in known.groups[group_id].attributes]:
            continue
        for sort_order, code in enumerate(wanted, 1):
            changes.attribute_ids.append(known.products[code].attribute_id)
            changes.group_ids.append(group_id)
            changes.sort_orders.append(sort_order)
    return changes


def _check_group(known: Attributes, group_id: int, attribute_set_id: int) -> None:
    if group_id not in known.groups:
        raise GroupNotFound(group_id)
    if known.groups[group_id].attribute_set_id != attribute_set_id:
        raise GroupOfOtherSet


def leaving_codes(target: Set, groups: Mapping[int, Sequence[str]]) -> list[str]:
    """The attributes of the set that would leave it, in its order."""
    named = {code for codes in groups.values() for code in codes}
    untouched = {
        one.attribute_code
        for group in target.groups
        if group.attribute_group_id not in groups
        for one in group.attributes
    }
    return [code for code in target.attributes if code not in named and code not in untouched]


async def order_groups(ctx: Context, attribute_set_id: int, names: Mapping[int, str]) -> None:
    """Give these groups of a set these names, and this order. Their codes stay.

    Raises GroupNotFound, GroupOfOtherSet, or GroupNotSaved for an empty name and for one that another group has.
    """
    known = ctx.shared(ATTRIBUTES)
    for group_id in names:
        _check_group(known, group_id, attribute_set_id)
    wanted = {id: (name.strip(), sort_order) for sort_order, (id, name) in enumerate(names.items(), 1)}
    if any(not name for name, _ in wanted.values()):
        raise GroupNotSaved
    if _is_so(known, wanted):
        return
    try:
        async with ctx.savepoint():
            await ctx.db.execute(
                queries.UPDATE_GROUPS,
                group_ids=list(wanted),
                names=[name for name, _ in wanted.values()],
                sort_orders=[sort_order for _, sort_order in wanted.values()],
            )
    except UniqueViolation as error:
        raise GroupNotSaved from error
    await ctx.changed()


def _is_so(known: Attributes, wanted: Mapping[int, tuple[str, int]]) -> bool:
    """Whether the names are these already, and the numbers rise in this order, whichever they are."""
    groups = [known.groups[id] for id in wanted]
    orders = [group.sort_order for group in groups]
    rises = all(one < next for one, next in pairwise(orders))
    return rises and all(group.attribute_group_name == wanted[group.attribute_group_id][0] for group in groups)
