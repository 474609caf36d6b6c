"""Stores > Attributes > Attribute Set: which attributes products have, and in which groups their form shows them.

The page of a set is one form: each attribute says its group and its place there, each group its name. A script lets
them be dragged, and counts the places.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from starlette.responses import Response

from entrepot import catalog
from entrepot.admin.access import admin_page
from entrepot.admin.form import Field, Form, Section, Submit, as_int, typed
from entrepot.admin.grid import Column, Grid, in_memory
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.catalog.attributes import ATTRIBUTES, PRODUCT, Attribute, Set
from entrepot.catalog.attributes import groups as set_groups
from entrepot.catalog.attributes.contracts import AttributeGroup, AttributeSet
from entrepot.catalog.attributes.errors import GroupWithSystemAttributes, SetNameEmpty, SetNameTaken
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.pages import Form as Posted

SETS = "Magento_Catalog::sets"
HOME = "catalog/product_set"
GONE = "This attribute set no longer exists."
NOWHERE = "0"
"""The group of attributes that are not in the set."""
LAST = 2**31

DELETE_QUESTION = "You are about to delete all products in this set. Are you sure you want to do that?"
SET_NAME = Field("attribute_set_name", "Name", required=True, max_length=255, errors=(SetNameEmpty, SetNameTaken))


class Line(Struct, frozen=True):
    """A set in the grid."""

    id: int
    name: str
    attributes: int


def product_sets(ctx: Context) -> list[Option]:
    sets = ctx.shared(ATTRIBUTES).sets_of(PRODUCT)
    return [Option(str(one.attribute_set_id), one.attribute_set_name) for one in sets]


def _lines(ctx: Context) -> list[Line]:
    sets = ctx.shared(ATTRIBUTES).sets_of(PRODUCT)
    return [Line(one.attribute_set_id, one.attribute_set_name, len(one.attributes)) for one in sets]


ALL_SETS = Grid(
    name="catalog_product_set",
    path=HOME,
    title="Attribute Sets",
    rows=in_memory(_lines),
    columns=(
        Column("id", "ID", "number"),
        Column("name", "Attribute Set"),
        Column("attributes", "Attributes", "number"),
    ),
    sort="name",
    opens=lambda page, row: page.url(f"{HOME}/edit", id=row.id),
    search=("name",),
    search_hint="Attribute set",
)

NEW_SET = Form(
    Section(
        "set",
        "Edit Attribute Set Name",
        (
            SET_NAME,
            Field("skeleton_set", "Based On", "select", options=product_sets, required=True),
        ),
    )
)
EXISTING_SET = Form(
    Section("set", "Edit Attribute Set Name", (SET_NAME,)),
    Section("groups", "Groups", template="attribute_set_groups.html"),
    Section("unassigned", "Unassigned Attributes", aside=True, template="attribute_set_unassigned.html"),
)


class Place(Struct, frozen=True):
    """An attribute in the form."""

    attribute: Attribute
    group: str
    order: int


class ShownGroup(Struct, frozen=True):
    id: str
    name: str
    order: int
    places: list[Place]
    can_delete: bool


@admin_page(HOME, SETS)
async def list_sets(page: AdminPage) -> Response:
    new = Button("Add Attribute Set", href=page.url(f"{HOME}/add"), kind="primary")
    return await ALL_SETS.show(page, buttons=[new])


@admin_page(f"{HOME}/add", SETS)
async def add(page: AdminPage) -> Response:
    default = page.ctx.shared(ATTRIBUTES).default_set_id(PRODUCT)
    return await _show_new(page, {"skeleton_set": str(default)})


@admin_page(f"{HOME}/create", SETS, post=True, instead=HOME)
async def create(page: AdminPage) -> Response:
    form = page.form
    created: list[AttributeSet] = []

    async def work() -> None:
        new = AttributeSet(attribute_set_name=form.get("attribute_set_name"))
        skeleton_id = as_int(form.get("skeleton_set")) or 0
        created.append(await catalog.attributes.sets.create_product_set(page.ctx, new, skeleton_id))

    if refusals := await page.attempted(work()):
        return await _show_new(page, typed(NEW_SET, form), refusals)
    page.success("You saved the attribute set.")
    return page.redirect(f"{HOME}/edit", id=created[0].attribute_set_id)


async def _show_new(page: AdminPage, values: Mapping[str, Any], refusals: Sequence[Refused] = ()) -> Response:
    return await NEW_SET.show(
        page,
        title="New Attribute Set",
        action=page.url(f"{HOME}/create"),
        values=values,
        refusals=refusals,
        submits=[Submit("Save", kind="primary")],
        buttons=[Button("Back", href=page.url(HOME))],
    )


@admin_page(f"{HOME}/edit", SETS)
async def edit(page: AdminPage) -> Response:
    found = find(page)
    if found is None:
        return _gone(page)
    return await _show(page, found, {"attribute_set_name": found.attribute_set_name}, _stored(page.ctx, found))


@admin_page(f"{HOME}/save", SETS, post=True, instead=HOME)
async def save(page: AdminPage) -> Response:
    """All that the page says or, if one part is refused, none of it.

    Attributes that leave the set take the values of its products with them, so that asks first.
    """
    found = find(page)
    if found is None:
        return _gone(page)
    sent = Sent(page.form, found)
    lost = catalog.attributes.leaving_codes(found, sent.codes())
    back = page.url(f"{HOME}/edit", id=found.attribute_set_id)
    if lost and (question := page.confirmed(page.text(LOST_QUESTION, ", ".join(lost)), "Save", back=back)):
        return question
    if refusals := await page.attempted(_save(page.ctx, found, sent)):
        return await _show(page, found, {"attribute_set_name": sent.name}, sent.shown(page.ctx), refusals)
    page.success("You saved the attribute set.")
    return page.redirect_to(back)


LOST_QUESTION = "Attributes leave the set: %1. Its products lose their values of them. Are you sure?"


class Sent:
    """What the form of a set says."""

    def __init__(self, form: Posted, existing: Set) -> None:
        self.name = form.get("attribute_set_name")
        self.new_group = form.get("new_group").strip()
        self.deleted = form.get("delete_group")
        ids = sorted(
            (group.attribute_group_id for group in existing.groups),
            key=lambda id: as_int(form.get(f"group_order[{id}]")) or 0,
        )
        self.names = {id: form.get(f"group_name[{id}]") for id in ids if f"group_name[{id}]" in form}
        self._existing = existing
        self._form = form

    def placed(self, code: str) -> tuple[str, int]:
        """The group and the place of an attribute; without a word of it, where it stands."""
        group = self._form.get(f"group_of[{code}]")
        if group and group not in (NOWHERE, *map(str, self.names)):
            group = NOWHERE
        return group, as_int(self._form.get(f"order_of[{code}]")) or 0

    def codes(self) -> dict[int, list[str]]:
        """By group, in their order: what `arrange` takes. Nothing is in a group that is being deleted."""
        listed: dict[int, list[tuple[int, int, str]]] = {id: [] for id in self.names}
        named = [
            name.removeprefix("group_of[").removesuffix("]") for name in self._form if name.startswith("group_of[")
        ]
        for number, code in enumerate(named):
            group, order = self.placed(code)
            if group and group not in (NOWHERE, self.deleted):
                listed[int(group)].append((order, number, code))
        # What came into the set since the page was opened is none that the page leaves out.
        for code, group_id in self._arrived(set(named)):
            listed.get(group_id, []).append((LAST, LAST, code))
        return {id: [code for _, _, code in sorted(places)] for id, places in listed.items()}

    def _arrived(self, named: Collection[str]) -> Iterator[tuple[str, int]]:
        for group in self._existing.groups:
            for attribute in group.attributes:
                if attribute.attribute_code not in named:
                    yield attribute.attribute_code, group.attribute_group_id

    def check_deleted(self, ctx: Context) -> None:
        """Raises GroupWithSystemAttributes if the group that is to be deleted would still have one."""
        known = ctx.shared(ATTRIBUTES).products
        if any(
            self.deleted and self.placed(code)[0] == self.deleted and not known[code].is_user_defined for code in known
        ):
            raise GroupWithSystemAttributes

    def shown(self, ctx: Context) -> list[ShownGroup]:
        """The page as it was sent."""
        known = ctx.shared(ATTRIBUTES).products
        by_group: dict[str, list[Place]] = {NOWHERE: [], **{str(id): [] for id in self.names}}
        for code, attribute in known.items():
            group, order = self.placed(code)
            by_group[group or NOWHERE].append(Place(attribute, group or NOWHERE, order))
        return _groups({str(id): name for id, name in self.names.items()}, by_group)


def _stored(ctx: Context, found: Set) -> list[ShownGroup]:
    known = ctx.shared(ATTRIBUTES)
    by_group = {
        str(group.attribute_group_id): [
            Place(attribute, str(group.attribute_group_id), number)
            for number, attribute in enumerate(group.attributes, 1)
        ]
        for group in found.groups
    }
    outside = [one for code, one in known.products.items() if code not in found.attributes]
    by_group[NOWHERE] = [Place(one, NOWHERE, 0) for one in outside]
    return _groups({str(group.attribute_group_id): group.attribute_group_name for group in found.groups}, by_group)


def _groups(names: Mapping[str, str], by_group: Mapping[str, list[Place]]) -> list[ShownGroup]:
    """The groups in their order; behind them the attributes of none, by code."""
    shown = []
    for number, (id, name) in enumerate(names.items(), 1):
        places = sorted(by_group[id], key=lambda place: place.order)
        can_delete = all(place.attribute.is_user_defined for place in places)
        shown.append(ShownGroup(id, name, number, places, can_delete))
    outside = sorted(
        (place for place in by_group[NOWHERE] if place.attribute.is_visible),
        key=lambda place: place.attribute.attribute_code,
    )
    return [*shown, ShownGroup(NOWHERE, "Unassigned Attributes", 0, outside, False)]


async def _save(ctx: Context, existing: Set, sent: Sent) -> None:
    set_id = existing.attribute_set_id
    if sent.name.strip() != existing.attribute_set_name:
        renamed = AttributeSet(attribute_set_id=set_id, attribute_set_name=sent.name, entity_type_id=PRODUCT)
        await catalog.attributes.sets.save_product_set(ctx, renamed)
    sent.check_deleted(ctx)
    await catalog.attributes.order_groups(ctx, set_id, sent.names)
    await catalog.attributes.arrange(ctx, set_id, sent.codes())
    if (group_id := as_int(sent.deleted)) in sent.names and group_id is not None:
        await set_groups.delete(ctx, group_id)
    if sent.new_group:
        await set_groups.save(ctx, AttributeGroup(attribute_group_name=sent.new_group, attribute_set_id=set_id))


@admin_page(f"{HOME}/delete", SETS, post=True, instead=HOME)
async def delete(page: AdminPage) -> Response:
    found = find(page)
    if found is None:
        return _gone(page)
    back = page.url(f"{HOME}/edit", id=found.attribute_set_id)
    if question := page.confirmed(DELETE_QUESTION, "Delete", back=back):
        return question
    if refusals := await page.attempted(catalog.attributes.sets.delete_product_set(page.ctx, found.attribute_set_id)):
        for refusal in refusals:
            page.refused(refusal)
        return page.redirect_to(back)
    page.success("The attribute set has been removed.")
    return page.redirect(HOME)


def find(page: AdminPage) -> Set | None:
    found = page.ctx.shared(ATTRIBUTES).sets.get(page.number("id") or 0)
    return found if found and found.entity_type_id == PRODUCT else None


def _gone(page: AdminPage) -> Response:
    page.error(GONE)
    return page.redirect(HOME)


async def _show(
    page: AdminPage,
    found: Set,
    values: Mapping[str, Any],
    groups: Sequence[ShownGroup],
    refusals: Sequence[Refused] = (),
) -> Response:
    submits = [Submit("Save", kind="primary")]
    if not page.ctx.shared(ATTRIBUTES).is_default_set(found.attribute_set_id):
        address = page.url(f"{HOME}/delete", id=found.attribute_set_id)
        submits.append(Submit("Delete", kind="danger", action=address, confirm=DELETE_QUESTION))
    return await EXISTING_SET.show(
        page,
        title=found.attribute_set_name,
        action=page.url(f"{HOME}/save", id=found.attribute_set_id),
        values=values,
        refusals=refusals,
        groups=groups[:-1],
        unassigned=groups[-1],
        nowhere=NOWHERE,
        submits=submits,
        buttons=[Button("Back", href=page.url(HOME))],
    )
