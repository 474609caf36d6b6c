"""All attributes, their options and their sets, in the memory of the process: looking something up costs no statement.

Whoever writes any of it calls `ctx.changed()`, as for all shared state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import structs

from entrepot.catalog.attributes.attribute import CATEGORY, PRODUCT, Attribute, Group, Option, Set, Swatch
from entrepot.catalog.attributes.queries import loading
from entrepot.catalog.attributes.queries.loading import Choice, EntityType, LabelRow, OptionRow, Place, SwatchRow
from entrepot.kit.context import Context
from entrepot.kit.db import Db
from entrepot.kit.shared import Shared


class Attributes:
    """Everything about attributes. All look-ups are synchronous."""

    def __init__(
        self,
        attributes: Sequence[Attribute],
        sets: Sequence[Set],
        places: Sequence[Place],
        entity_types: Sequence[EntityType],
        product_tax_classes: Sequence[Choice],
    ) -> None:
        self.sets: Mapping[int, Set] = {one.attribute_set_id: one for one in sets}
        self.groups: Mapping[int, Group] = {g.attribute_group_id: g for one in sets for g in one.groups}
        self.product_tax_classes = product_tax_classes
        self.entity_types: Mapping[str, EntityType] = {one.entity_type_code: one for one in entity_types}
        self._by_id = {one.attribute_id: one for one in attributes}
        self._options = {option.option_id: option for one in attributes for option in one.options}
        self._by_code: dict[int, dict[str, Attribute]] = defaultdict(dict)
        for one in attributes:
            self._by_code[one.entity_type_id][one.attribute_code] = one
        self._places = {(one.attribute_set_id, one.attribute_id): one for one in places}

    @property
    def products(self) -> Mapping[str, Attribute]:
        """The attributes of products by code, in the order of their ids."""
        return self._by_code[PRODUCT]

    @property
    def categories(self) -> Mapping[str, Attribute]:
        """The attributes of categories by code, in the order of their ids."""
        return self._by_code[CATEGORY]

    def by_id(self, attribute_id: int) -> Attribute | None:
        return self._by_id.get(attribute_id)

    def product(self, code: str | int) -> Attribute | None:
        """By code; a number, or a text that is one, is an id."""
        return self.find(PRODUCT, code)

    def category(self, code: str | int) -> Attribute | None:
        """By code; a number, or a text that is one, is an id."""
        return self.find(CATEGORY, code)

    def find(self, entity_type_id: int, code: str | int) -> Attribute | None:
        text = str(code)
        if not (text.isascii() and text.isdigit() and len(text) < 19):
            return self._by_code[entity_type_id].get(text)
        found = self._by_id.get(int(text))
        return found if found and found.entity_type_id == entity_type_id else None

    def option(self, option_id: int) -> Option | None:
        """An option of any attribute that keeps its options in tables."""
        return self._options.get(option_id)

    def attributes_of_set(self, attribute_set_id: int) -> Mapping[str, Attribute]:
        """By code, in the order of the set; empty for an unknown set."""
        found = self.sets.get(attribute_set_id)
        return found.attributes if found else {}

    def place(self, attribute_set_id: int, attribute_id: int) -> Place | None:
        """Where an attribute stands in a set."""
        return self._places.get((attribute_set_id, attribute_id))

    def sets_of(self, entity_type_id: int) -> list[Set]:
        """By id."""
        return [one for one in self.sets.values() if one.entity_type_id == entity_type_id]

    def default_set_id(self, entity_type_id: int) -> int:
        return next(
            t.default_attribute_set_id for t in self.entity_types.values() if t.entity_type_id == entity_type_id
        )

    def is_default_set(self, attribute_set_id: int) -> bool:
        return any(one.default_attribute_set_id == attribute_set_id for one in self.entity_types.values())

    @cached_property
    def searchable(self) -> Sequence[Attribute]:
        """Product attributes whose words full-text search looks at; each has its `search_weight`."""
        return tuple(one for one in self.products.values() if one.is_searchable)

    @cached_property
    def filterable(self) -> Sequence[Attribute]:
        """Product attributes by which the products of a category are narrowed down, by position."""
        return _by_position(one for one in self.products.values() if one.is_filterable)

    @cached_property
    def filterable_in_search(self) -> Sequence[Attribute]:
        """Product attributes by which results of a search are narrowed down, by position."""
        return _by_position(one for one in self.products.values() if one.is_filterable_in_search)

    @cached_property
    def sortable(self) -> Sequence[Attribute]:
        """Product attributes by which lists may be sorted."""
        return tuple(one for one in self.products.values() if one.used_for_sort_by)

    @cached_property
    def in_advanced_search(self) -> Sequence[Attribute]:
        return _by_position(one for one in self.products.values() if one.is_visible_in_advanced_search)

    @cached_property
    def comparable(self) -> Sequence[Attribute]:
        return tuple(one for one in self.products.values() if one.is_comparable)

    @cached_property
    def in_grid(self) -> Sequence[Attribute]:
        """Product attributes that the Admin's grid may show as columns."""
        return tuple(one for one in self.products.values() if one.is_used_in_grid)

    @cached_property
    def for_promo_rules(self) -> Sequence[Attribute]:
        return tuple(one for one in self.products.values() if one.is_used_for_promo_rules)


def _by_position(attributes: Iterable[Attribute]) -> tuple[Attribute, ...]:
    return tuple(sorted(attributes, key=lambda one: (one.position, one.attribute_id)))


async def load_attributes(db: Db) -> Attributes:
    labels = _labels(await db.all(LabelRow, loading.LABELS))
    options = await _options(db)
    attributes = [
        structs.replace(one, labels=labels.get(one.attribute_id, {}), options=tuple(options.get(one.attribute_id, ())))
        for one in await db.all(Attribute, loading.ATTRIBUTES)
    ]
    places = await db.all(Place, loading.PLACES)
    return Attributes(
        attributes,
        await _sets(db, attributes, places),
        places,
        await db.all(EntityType, loading.ENTITY_TYPES),
        await db.all(Choice, loading.PRODUCT_TAX_CLASSES),
    )


async def _options(db: Db) -> Mapping[int, list[Option]]:
    """By the attribute's id."""
    labels = _labels(await db.all(LabelRow, loading.OPTION_LABELS))
    swatches: dict[int, dict[int, Swatch]] = defaultdict(dict)
    for row in await db.all(SwatchRow, loading.SWATCHES):
        swatches[row.option_id][row.store_id] = Swatch(row.kind, row.value)
    options: dict[int, list[Option]] = defaultdict(list)
    for option in await db.all(OptionRow, loading.OPTIONS):
        id = option.option_id
        options[option.attribute_id].append(Option(id, option.sort_order, labels.get(id, {}), swatches.get(id, {})))
    return options


async def _sets(db: Db, attributes: Sequence[Attribute], places: Sequence[Place]) -> list[Set]:
    by_id = {one.attribute_id: one for one in attributes}
    in_set: dict[int, dict[str, Attribute]] = defaultdict(dict)
    in_group: dict[int, list[Attribute]] = defaultdict(list)
    for place in places:
        attribute = by_id[place.attribute_id]
        in_set[place.attribute_set_id][attribute.attribute_code] = attribute
        in_group[place.attribute_group_id].append(attribute)
    groups: dict[int, list[Group]] = defaultdict(list)
    for group in await db.all(Group, loading.GROUPS):
        whole = structs.replace(group, attributes=tuple(in_group.get(group.attribute_group_id, ())))
        groups[group.attribute_set_id].append(whole)
    return [
        structs.replace(
            one, groups=tuple(groups.get(one.attribute_set_id, ())), attributes=in_set.get(one.attribute_set_id, {})
        )
        for one in await db.all(Set, loading.SETS)
    ]


def _labels(rows: Iterable[LabelRow]) -> Mapping[int, Mapping[int, str]]:
    labels: dict[int, dict[int, str]] = defaultdict(dict)
    for row in rows:
        labels[row.id][row.store_id] = row.label
    return labels


ATTRIBUTES: Shared[Attributes] = Shared("attributes", load=load_attributes)

PRICE_SCOPE = "catalog/price/scope"
PRICES_PER_WEBSITE = "1"


def effective_scope(ctx: Context, attribute: Attribute) -> str:
    """`global`, `website` or `store`: where a value of this attribute holds. The configuration decides for prices."""
    if not attribute.is_price:
        return attribute.scope
    return "website" if ctx.config_default(PRICE_SCOPE) == PRICES_PER_WEBSITE else "global"
