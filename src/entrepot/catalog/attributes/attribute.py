"""What an attribute, an option, a set and a group are, as each process keeps them in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

CATEGORY = 3
PRODUCT = 4
"""The entity types of this domain; clients know the numbers."""

ENTITY_CODES = {CATEGORY: "catalog_category", PRODUCT: "catalog_product"}

TABLE_SOURCE = "Magento\\Eav\\Model\\Entity\\Attribute\\Source\\Table"
BOOLEAN_SOURCE = "Magento\\Eav\\Model\\Entity\\Attribute\\Source\\Boolean"
ARRAY_BACKEND = "Magento\\Eav\\Model\\Entity\\Attribute\\Backend\\ArrayBackend"
DATE_BACKEND = "Magento\\Eav\\Model\\Entity\\Attribute\\Backend\\Datetime"
PRICE_BACKEND = "Magento\\Catalog\\Model\\Product\\Attribute\\Backend\\Price"
CATEGORY_IDS_BACKEND = "Magento\\Catalog\\Model\\Product\\Attribute\\Backend\\Category"
"""Names of Magento's classes: clients see them, and some attributes behave by them."""


class Swatch(Struct, frozen=True):
    """What stands for an option: `kind` is color (`#rrggbb`), image (a path) or text."""

    kind: str
    value: str


class Option(Struct, frozen=True):
    """A choice that is kept in tables. Values name it by its id."""

    option_id: int
    sort_order: int
    labels: Mapping[int, str]
    """By store id; 0 is the default."""
    swatches: Mapping[int, Swatch]

    def label(self, store_id: int) -> str:
        return self.labels.get(store_id) or self.labels.get(0, "")

    def swatch(self, store_id: int) -> Swatch | None:
        return self.swatches.get(store_id) or self.swatches.get(0)


class Attribute(Struct, frozen=True, kw_only=True):
    """The columns of `eav_attribute`, with the labels and options of the attribute."""

    attribute_id: int
    entity_type_id: int
    attribute_code: str
    frontend_label: str
    """The default label; empty for attributes that nobody sees."""
    frontend_input: str | None
    backend_type: str
    """static, varchar, text, int, decimal or datetime. Static ones are no values but columns or tables."""
    backend_model: str | None
    source_model: str | None
    frontend_class: str | None
    scope: str
    """As it was chosen: `effective_scope` says what holds for prices."""
    is_required: bool
    is_user_defined: bool
    is_unique: bool
    default_value: str | None
    note: str | None
    is_visible: bool
    is_wysiwyg_enabled: bool
    is_html_allowed_on_front: bool
    used_for_sort_by: bool
    is_filterable: int
    """0 no, 1 with the options that lead to products, 2 with all options."""
    is_filterable_in_search: bool
    is_used_in_grid: bool
    is_visible_in_grid: bool
    is_filterable_in_grid: bool
    position: int
    apply_to: Sequence[str]
    """Types of products; empty for all of them."""
    is_searchable: bool
    search_weight: int
    is_visible_in_advanced_search: bool
    is_comparable: bool
    is_used_for_promo_rules: bool
    is_visible_on_front: bool
    used_in_product_listing: bool
    validation_rules: Sequence[Mapping[str, str]]
    swatch_type: str | None
    """visual, text, or none."""
    labels: Mapping[int, str] = field(default_factory=dict)
    """By store id, those that differ from the default."""
    options: Sequence[Option] = ()
    """By sort order, then id. Of a select or multiselect whose choices are kept in tables."""

    def label(self, store_id: int = 0) -> str:
        return self.labels.get(store_id) or self.frontend_label

    def applies_to(self, type_id: str) -> bool:
        """Whether products of this type have it."""
        return not self.apply_to or type_id in self.apply_to

    @property
    def has_option_table(self) -> bool:
        return self.source_model == TABLE_SOURCE

    @property
    def uses_source(self) -> bool:
        """Whether its values are choices."""
        return self.source_model is not None or self.frontend_input in ("select", "multiselect")

    @property
    def is_multiple(self) -> bool:
        """Whether a value is several choices, joined by commas."""
        return self.frontend_input == "multiselect"

    @property
    def is_price(self) -> bool:
        """Whether `catalog/price/scope` decides about its scope, and it may not be negative."""
        return self.backend_model == PRICE_BACKEND

    def option(self, option_id: int) -> Option | None:
        return next((option for option in self.options if option.option_id == option_id), None)


class Group(Struct, frozen=True, kw_only=True):
    """A part of a set, under which forms show some of its attributes."""

    attribute_group_id: int
    attribute_set_id: int
    attribute_group_name: str
    attribute_group_code: str
    sort_order: int
    attributes: Sequence[Attribute] = ()
    """In their order."""


class Set(Struct, frozen=True, kw_only=True):
    """Which attributes an entity has."""

    attribute_set_id: int
    entity_type_id: int
    attribute_set_name: str
    sort_order: int
    groups: Sequence[Group] = ()
    """In their order."""
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    """By code, in the order of the set, which does not regard groups."""
