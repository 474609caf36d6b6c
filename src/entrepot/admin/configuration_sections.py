"""Which sections of the configuration the Admin shows: those that a part of the program reads.

A domain that begins to read further settings adds its groups here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import structs

from entrepot.admin.option_sources import SOURCES
from entrepot.kit.context import Actor
from entrepot.stores.configuration import (
    SECTIONS,
    TABS,
    Field,
    Group,
    OptionSource,
    Section,
    Tab,
    groups_of_others,
)

CONFIG = "Magento_Config::config"

GROUPS: Mapping[str, frozenset[str]] = {
    "general": frozenset({"country", "region", "locale", "store_information", "single_store_mode"}),
    "web": frozenset({"url", "seo", "unsecure", "secure", "cookie"}),
    "currency": frozenset({"options"}),
    "trans_email": frozenset({"ident_general", "ident_sales", "ident_support", "ident_custom1", "ident_custom2"}),
    "contact": frozenset({"email"}),
    "catalog": frozenset({"fields_masks", "frontend", "price", "layered_navigation", "search", "seo", "navigation"}),
    "cataloginventory": frozenset(
        {
            "options",
            "item_options",
            "bulk_operations",
            "source_selection_distance_based",
            "source_selection_distance_based_google",
        }
    ),
    "sales": frozenset({"general", "totals_sort", "identity", "minimum_order", "gift_options"}),
    "sales_pdf": frozenset({"invoice", "shipment", "creditmemo"}),
    "sales_email": frozenset({"general", "order"}),
    "checkout": frozenset({"options", "cart", "cart_link", "sidebar"}),
    "shipping": frozenset({"origin"}),
    "carriers": frozenset({"flatrate", "freeshipping", "tablerate"}),
    "payment": frozenset({"free", "checkmo", "banktransfer", "cashondelivery", "purchaseorder"}),
    "tax": frozenset({"classes", "calculation", "defaults", "display", "cart_display", "sales_display"}),
    "newsletter": frozenset({"general", "subscription"}),
    "customer": frozenset(
        {
            "account_share",
            "create_account",
            "password",
            "address",
            "startup",
            "address_templates",
        }
    ),
    "webapi": frozenset({"webapisecurity"}),
    "webhooks": frozenset({"events", "delivery"}),
    "oauth": frozenset({"access_token_lifetime", "cleanup", "consumer", "authentication_lock"}),
    "reports": frozenset({"dashboard"}),
    "admin": frozenset({"startup", "security", "dashboard"}),
    "system": frozenset({"smtp", "currency", "bulk"}),
}

NOTES: Mapping[str, str] = {
    "oauth/access_token_lifetime/customer": "Leave it empty for tokens that never expire.",
    "oauth/access_token_lifetime/admin": "Leave it empty for tokens that never expire.",
    "general/country/destinations": "Shown on top of the countries.",
    "admin/security/session_lifetime": "Without a value, sessions last 15 minutes.",
    "admin/security/lockout_failures": "Empty or 0 switches the lock off.",
    "catalog/frontend/grid_per_page_values": "Numbers, separated by commas.",
    "catalog/frontend/list_per_page_values": "Numbers, separated by commas.",
    "catalog/frontend/grid_per_page": "One of the allowed values.",
    "catalog/frontend/list_per_page": "One of the allowed values.",
    "sales/gift_options/allow_items": "A product may say otherwise.",
    "reports/dashboard/ytd_start": "The month and the day of it, separated by a comma.",
    "admin/dashboard/enable_charts": "Without a value they are shown.",
    "shipping/origin/region_id": "The number of the state, or its name where states have no numbers.",
    "carriers/freeshipping/free_shipping_subtotal": "Without one shipping is free for every order.",
    "carriers/flatrate/handling_fee": "An amount, or a percentage without its sign.",
    "carriers/tablerate/handling_fee": "An amount, or a percentage without its sign.",
    "checkout/cart/delete_quote_after": "How long carts are kept after they were ordered.",
    "catalog/price/scope": "With Website, each website has prices of its own, in its base currency.",
    "catalog/navigation/max_depth": "0 stands for as deep as the categories go.",
    "catalog/seo/product_url_suffix": "With its dot, such as .html.",
    "catalog/seo/category_url_suffix": "With its dot, such as .html.",
    "cataloginventory/item_options/min_sale_qty": (
        'One number, or one for each customer group: {"0": 1, "32000": 5}, where 32000 stands for all groups.'
    ),
    "cataloginventory/options/stock_threshold_qty": "0 never tells how many are left.",
    "webhooks/events/enabled": "Without it nothing is sent to webhooks either.",
    "webhooks/delivery/allow_private": "Addresses of local networks and of this machine, for development.",
    "web/url/use_store": "Each store view is reachable under its code in any case.",
}
"""Notes below fields."""

NOT_SHOWN = frozenset(
    {
        # There are no fixed product taxes.
        "sales/totals_sort/weee",
        # Links carry the form key of the session anyway, and captchas are not offered.
        "admin/security/use_form_key",
        "general/store_information/validate_vat_number",
        # Lists and searches read an index that is always there: no other engine and no flat tables.
        "catalog/frontend/flat_catalog_category",
        "catalog/frontend/flat_catalog_product",
        "catalog/search/enable_eav_indexer",
        "catalog/search/engine",
        "catalog/search/max_count_cacheable_search_terms",
        # Nothing remembers how many products a visitor wants on a page, shows swatches in lists, or lists search terms.
        "catalog/frontend/remember_pagination",
        "catalog/frontend/swatches_per_product",
        "catalog/frontend/show_swatches_in_product_list",
        "catalog/seo/search_terms",
        "catalog/seo/title_separator",
        # Orders go to one address.
        "sales/minimum_order/multi_address",
        "sales/minimum_order/multi_address_description",
        "sales/minimum_order/multi_address_error_message",
        # Carts show the picture of what was chosen, billing addresses stand on the page of payment, and orders that
        # cost nothing are not invoiced by themselves.
        "checkout/cart/grouped_product_image",
        "checkout/cart/configurable_product_image",
        "checkout/options/display_billing_address_on",
        "payment/free/payment_action",
    }
)


OTHER_ENGINES = ("catalog/search/elasticsearch", "catalog/search/search_")
"""Beginnings of settings of engines that are not used."""

NO_VALUE = frozenset({"button", "tablerate_export", "tablerate_import"})
"""Kinds of inputs that do something and have no value; those of table rates are in `configuration_tablerates`."""


def is_shown(path: str, field: Field) -> bool:
    """A field whose choices nobody can look up yet has nothing to choose."""
    if path in NOT_SHOWN or path.startswith(OTHER_ENGINES) or not field.scopes or field.input in NO_VALUE:
        return False
    return not isinstance(field.options, OptionSource) or field.options in SOURCES


def _trimmed(section_id: str, groups: Iterable[Group]) -> tuple[Group, ...]:
    found = []
    for group in groups:
        fields = tuple(f for f in group.fields if is_shown(f"{section_id}/{group.id}/{f.id}", f))
        if fields:
            found.append(structs.replace(group, fields=fields))
    return tuple(found)


def _of_the_shop(section: Section) -> Section:
    groups = (group for group in section.groups if group.id in GROUPS[section.id])
    return structs.replace(section, groups=_trimmed(section.id, groups))


SHOWN: tuple[Section, ...] = tuple(_of_the_shop(section) for section in SECTIONS if section.id in GROUPS)


def shown_sections() -> list[Section]:
    """`SHOWN`, with what other packages have plugged in."""
    return [
        structs.replace(section, groups=section.groups + _trimmed(section.id, groups_of_others(section.id)))
        for section in SHOWN
    ]


def allowed_sections(actor: Actor) -> list[Section]:
    """Those that the administrator may see and save."""
    if not actor.may(CONFIG):
        return []
    return [section for section in shown_sections() if actor.may(section.resource)]


def tabs_of(sections: list[Section]) -> list[tuple[Tab, list[Section]]]:
    found: list[tuple[Tab, list[Section]]] = []
    for tab in TABS:
        if of_tab := [section for section in sections if section.tab == tab.id]:
            found.append((tab, of_tab))
    return found


def note_of(path: str) -> str:
    return NOTES.get(path, "")
