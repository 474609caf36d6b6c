"""The choices that depend on the shop's data or on the machine, for the fields of forms and of the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.localedata import locale_identifiers
from babel.numbers import get_currency_name, list_currencies

from entrepot import customers
from entrepot.admin.options import Option, Options
from entrepot.admin.order_options import statuses_of
from entrepot.catalog.attributes import ATTRIBUTES, choices
from entrepot.catalog.categories.service import get_tree
from entrepot.catalog.categories.tree import ROOT_ID
from entrepot.directory import REGIONS
from entrepot.directory.country_names import country_name
from entrepot.kit.context import Context
from entrepot.sales.statuses import NEW, PROCESSING
from entrepot.stores.configuration import OptionSource
from entrepot.stores.levels import levels
from entrepot.taxes.classes import CUSTOMER, PRODUCT, list_classes

INSTALLED_CURRENCIES = "system/currency/installed"


def countries(ctx: Context) -> list[Option]:
    """By name."""
    options = [Option(id, country_name(id, "en_US")) for id in ctx.shared(REGIONS).countries]
    return sorted(options, key=lambda option: option.label)


def regions(ctx: Context) -> list[Option]:
    """All regions, under their country's name, and `0` for every one of them."""
    return [Option("0", "*"), *states(ctx)]


def states(ctx: Context) -> list[Option]:
    """All regions, under their country's name."""
    known = ctx.shared(REGIONS)
    found = [
        Option(str(region.id), region.name, country_name(country_id, "en_US"))
        for country_id, of_country in known.of_country.items()
        for region in of_country
    ]
    return sorted(found, key=lambda option: option.group)


@cache
def _locales() -> tuple[Option, ...]:
    english = Locale("en")
    options = []
    for identifier in locale_identifiers():
        parts = identifier.split("_")
        # Magento's locales are a language and a country; scripts and regions of the world are left to others.
        if len(parts) == 2 and len(parts[1]) == 2 and parts[1].isupper():
            name = Locale.parse(identifier).get_display_name(english)
            options.append(Option(identifier, str(name)))
    return tuple(sorted(options, key=lambda option: option.label))


def locales(ctx: Context) -> list[Option]:
    return list(_locales())


@cache
def _time_zones() -> tuple[Option, ...]:
    named = (zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return (
        Option("UTC", "UTC"),
        *(Option(zone, zone.replace("_", " "), zone.partition("/")[0]) for zone in sorted(named)),
    )


def time_zones(ctx: Context) -> list[Option]:
    return list(_time_zones())


@cache
def _currencies() -> tuple[Option, ...]:
    options = [Option(code, f"{get_currency_name(code, locale='en')} ({code})") for code in list_currencies()]
    return tuple(sorted(options, key=lambda option: option.label))


def all_currencies(ctx: Context) -> list[Option]:
    return list(_currencies())


def currencies(ctx: Context) -> list[Option]:
    """Those that are installed."""
    installed = set((ctx.config_default(INSTALLED_CURRENCIES) or "").split(","))
    return [option for option in _currencies() if option.value in installed]


def websites(ctx: Context) -> list[Option]:
    """Without the admin website."""
    return [Option(str(website.id), website.name) for website in levels(ctx).websites if website.id]


def store_groups(ctx: Context) -> list[Option]:
    """Under their website's name."""
    known = levels(ctx)
    return [
        Option(str(group.id), group.name, website.name)
        for website in known.websites
        if website.id
        for group in known.groups_of(website.id)
    ]


def store_views(ctx: Context) -> list[Option]:
    """Under the names of their website and store."""
    known = levels(ctx)
    return [
        Option(str(view.id), view.name, f"{website.name} / {group.name}")
        for website in known.websites
        if website.id
        for group in known.groups_of(website.id)
        for view in known.views_of_group(group.id)
    ]


def product_sort_orders(ctx: Context) -> list[Option]:
    """By what lists of products can be sorted."""
    attribute = ctx.shared(ATTRIBUTES).categories["default_sort_by"]
    return [Option(choice.value, choice.label) for choice in choices(ctx, attribute)]


async def root_categories(ctx: Context) -> list[Option]:
    """At which the menus of stores begin."""
    tree = await get_tree(ctx, ROOT_ID, 1)
    return [Option(str(category.id), category.name or "") for category in tree.children_data or ()]


def menu_items(ctx: Context) -> list[Option]:
    """Where administrators may get to when they sign in."""
    from entrepot.admin.sign_in import startup_pages

    return [Option(value, label) for value, label in startup_pages()]


async def customer_groups(ctx: Context) -> list[Option]:
    """Without NOT LOGGED IN, which is nobody's."""
    return [option for option in await all_customer_groups(ctx) if option.value != "0"]


async def all_customer_groups(ctx: Context) -> list[Option]:
    return [Option(str(group.id), group.code or "") for group in await customers.list_groups(ctx)]


async def product_tax_classes(ctx: Context) -> list[Option]:
    """With `0` for goods that are not taxed."""
    return [Option("0", "None"), *await _tax_classes(ctx, PRODUCT)]


async def customer_tax_classes(ctx: Context) -> list[Option]:
    return await _tax_classes(ctx, CUSTOMER)


async def _tax_classes(ctx: Context, class_type: str) -> list[Option]:
    return [Option(str(one.class_id), one.class_name or "") for one in await list_classes(ctx, class_type)]


def new_order_statuses(ctx: Context) -> list[Option]:
    return statuses_of(ctx, NEW)


def processing_order_statuses(ctx: Context) -> list[Option]:
    return statuses_of(ctx, PROCESSING)


SOURCES: Mapping[OptionSource, Options] = {
    OptionSource.ADMIN_MENU_ITEMS: menu_items,
    OptionSource.ALL_CURRENCIES: all_currencies,
    OptionSource.COUNTRIES: countries,
    OptionSource.CURRENCIES: currencies,
    OptionSource.CUSTOMER_GROUPS: customer_groups,
    OptionSource.CUSTOMER_TAX_CLASSES: customer_tax_classes,
    OptionSource.LOCALES: locales,
    OptionSource.NEW_ORDER_STATUSES: new_order_statuses,
    OptionSource.PROCESSING_ORDER_STATUSES: processing_order_statuses,
    OptionSource.PRODUCT_SORT_ORDERS: product_sort_orders,
    OptionSource.PRODUCT_TAX_CLASSES: product_tax_classes,
    OptionSource.REGIONS: regions,
    OptionSource.TIME_ZONES: time_zones,
}
"""What the sources of the configuration stand for. A field with another source is shown as text."""
