"""What selects offer: options kept in tables, or the fixed and computed choices behind Magento's source models."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from entrepot.catalog.attributes.attribute import BOOLEAN_SOURCE, Attribute
from entrepot.catalog.attributes.queries.loading import Choice
from entrepot.catalog.attributes.shared import ATTRIBUTES
from entrepot.directory import allowed_countries, country_name, locale_of
from entrepot.kit.context import Context

Source = Callable[[Context], Sequence[Choice]]

NOTHING_CHOSEN = Choice(" ", "")


def choices(ctx: Context, attribute: Attribute) -> list[Choice]:
    """What a value may be, with labels as the store view of the call shows them; without the empty choice."""
    if attribute.has_option_table:
        store_id = ctx.store.id
        ordered = sorted(
            ((option.sort_order, option.label(store_id), option.option_id) for option in attribute.options),
            key=lambda one: (one[0], one[1].casefold(), one[2]),
        )
        return [Choice(label, str(option_id)) for _, label, option_id in ordered]
    source = SOURCES.get(attribute.source_model or "")
    return list(source(ctx)) if source else []


def offered(ctx: Context, attribute: Attribute) -> list[Choice]:
    """As the API and forms list them: selects of options from tables, and of countries, begin with an empty choice."""
    found = choices(ctx, attribute)
    begins_empty = attribute.has_option_table or attribute.source_model == COUNTRIES
    return [NOTHING_CHOSEN, *found] if begins_empty else found


def shown_value(ctx: Context, attribute: Attribute, stored: str) -> str:
    """A stored value as people read it: the labels of what was chosen, joined by commas. Anything else as it stands."""
    if not attribute.uses_source:
        return stored
    labels = {choice.value: choice.label for choice in choices(ctx, attribute)}
    chosen = stored.split(",") if attribute.is_multiple else [stored]
    return ", ".join(labels[value] for value in chosen if value in labels)


def fixed(labels: Mapping[str, str]) -> Source:
    """Choices by value, the same in every store view."""
    listed = tuple(Choice(label, value) for value, label in labels.items())
    return lambda ctx: listed


def _tax_classes(ctx: Context) -> Sequence[Choice]:
    return (Choice("None", "0"), *ctx.shared(ATTRIBUTES).product_tax_classes)


def _countries(ctx: Context) -> Sequence[Choice]:
    locale = locale_of(ctx)
    named = [Choice(country_name(id, locale) or id, id) for id in allowed_countries(ctx)]
    return sorted(named, key=lambda one: (one.label.casefold(), one.value))


def _sort_orders(ctx: Context) -> Sequence[Choice]:
    sortable = ctx.shared(ATTRIBUTES).sortable
    return (Choice("Position", "position"), *(Choice(one.label(ctx.store.id), one.attribute_code) for one in sortable))


COUNTRIES = "Magento\\Catalog\\Model\\Product\\Attribute\\Source\\Countryofmanufacture"
PAGE_LAYOUTS = {
    "": "No layout updates",
    "empty": "Empty",
    "1column": "1 column",
    "2columns-left": "2 columns with left bar",
    "2columns-right": "2 columns with right bar",
    "3columns": "3 columns",
}

SOURCES: dict[str, Source] = {
    BOOLEAN_SOURCE: fixed({"1": "Yes", "0": "No"}),
    COUNTRIES: _countries,
    "Magento\\Catalog\\Model\\Product\\Attribute\\Source\\Status": fixed({"1": "Enabled", "2": "Disabled"}),
    "Magento\\Catalog\\Model\\Product\\Visibility": fixed(
        {"1": "Not Visible Individually", "2": "Catalog", "3": "Search", "4": "Catalog, Search"}
    ),
    "Magento\\Tax\\Model\\TaxClass\\Source\\Product": _tax_classes,
    "Magento\\CatalogInventory\\Model\\Source\\Stock": fixed({"1": "In Stock", "0": "Out of Stock"}),
    "Magento\\Catalog\\Model\\Product\\Attribute\\Source\\Boolean": fixed({"1": "Yes", "0": "No", "2": "Use config"}),
    "Magento\\Catalog\\Model\\Product\\Attribute\\Source\\Layout": fixed(PAGE_LAYOUTS),
    "Magento\\Catalog\\Model\\Entity\\Product\\Attribute\\Design\\Options\\Container": fixed(
        {"container1": "Product Info Column", "container2": "Block after Info Column"}
    ),
    "Magento\\Msrp\\Model\\Product\\Attribute\\Source\\Type\\Price": fixed(
        {"0": "Use config", "1": "On Gesture", "2": "In Cart", "3": "Before Order Confirmation"}
    ),
    "Magento\\Bundle\\Model\\Product\\Attribute\\Source\\Price\\View": fixed({"0": "Price Range", "1": "As Low as"}),
    "Magento\\Bundle\\Model\\Product\\Attribute\\Source\\Shipment\\Type": fixed({"0": "Together", "1": "Separately"}),
    "Magento\\Catalog\\Model\\Category\\Attribute\\Source\\Mode": fixed(
        {
            "PRODUCTS": "Products only",
            "PAGE": "Static block only",
            "PRODUCTS_AND_PAGE": "Static block and products",
        }
    ),
    "Magento\\Catalog\\Model\\Category\\Attribute\\Source\\Sortby": _sort_orders,
    "Magento\\Catalog\\Model\\Category\\Attribute\\Source\\Layout": fixed(PAGE_LAYOUTS),
}
"""By source model. A higher domain that owns choices, such as the blocks of `landing_page`, adds its own."""
