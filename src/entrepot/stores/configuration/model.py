"""What a configuration field is.

A section is a page of Stores > Configuration, a group a part of it that folds. A path reads section/group/field; the
id of a group may itself hold a slash (`system/cron/template/...`).
"""

from collections.abc import Iterator
from enum import Flag, StrEnum
from typing import Literal

from msgspec import Struct

from entrepot.stores.configuration.checks import Check


class Scopes(Flag):
    """Where a field can be set. Without any it can be read, but neither shown nor set."""

    DEFAULT = 1
    WEBSITE = 2
    STORE = 4


class Option(Struct, frozen=True):
    """One choice of a select: what is stored, and what is shown."""

    value: str
    label: str


class OptionSource(StrEnum):
    """Choices that depend on the shop's data or on the machine, looked up when the field is shown."""

    ADMIN_MENU_ITEMS = "admin_menu_items"
    ALL_CURRENCIES = "all_currencies"
    """Every currency there is; `CURRENCIES` are those of `system/currency/installed`."""
    BACKUP_TYPES = "backup_types"
    CMS_PAGES = "cms_pages"
    """By identifier, not by id."""
    COUNTRIES = "countries"
    CURRENCIES = "currencies"
    CURRENCY_SERVICES = "currency_services"
    CUSTOMER_GROUPS = "customer_groups"
    CUSTOMER_TAX_CLASSES = "customer_tax_classes"
    DATABASE_CONNECTIONS = "database_connections"
    EMAIL_TEMPLATES = "email_templates"
    FONTS = "fonts"
    IMAGE_ADAPTERS = "image_adapters"
    LOCALES = "locales"
    NEW_ORDER_STATUSES = "new_order_statuses"
    """Statuses assigned to the order state `new`."""
    PAGE_LAYOUTS = "page_layouts"
    PROCESSING_ORDER_STATUSES = "processing_order_statuses"
    """Statuses assigned to the order state `processing`."""
    PRODUCT_SORT_ORDERS = "product_sort_orders"
    """`position` and the attributes that listings can be sorted by."""
    PRODUCT_TAX_CLASSES = "product_tax_classes"
    """`0` is no class."""
    REGIONS = "regions"
    """`0` is every region."""
    SEARCH_ENGINES = "search_engines"
    TIME_ZONES = "time_zones"


Input = Literal[
    "text",
    "textarea",
    "select",
    "multiselect",
    "password",
    "obscure",  # shown as ******, and kept when it comes back so
    "time",  # hour, minute and second, comma-joined
    "month_day",  # a month and a day of it, comma-joined
    "date_order",  # the letters d, m and y, comma-joined
    "image",
    "label",
    "button",  # stores nothing
    "tablerate_export",
    "tablerate_import",
]


class Field(Struct, frozen=True):
    """One value that can be configured. It is always text; lists are comma-joined."""

    id: str
    label: str
    input: Input
    scopes: Scopes
    default: str | None = None
    """None: the value is absent, which is not the same as empty."""
    options: tuple[Option, ...] | OptionSource = ()
    check: Check | None = None
    depends: tuple[tuple[str, str], ...] = ()
    """Shown only while each of these fields of the same group has the value beside it."""
    can_be_empty: bool = False
    """A multiselect may be saved with nothing chosen."""
    encrypted: bool = False


class Group(Struct, frozen=True):
    id: str
    label: str
    fields: tuple[Field, ...]


class Section(Struct, frozen=True):
    id: str
    label: str
    tab: str
    resource: str
    """Needed, beside `Magento_Config::config`, to see and to save the section."""
    sort_order: int
    groups: tuple[Group, ...]

    def paths(self) -> Iterator[tuple[str, Field]]:
        """Every field with its whole path, in the order of the page."""
        for group in self.groups:
            for field in group.fields:
                yield f"{self.id}/{group.id}/{field.id}", field


class Tab(Struct, frozen=True):
    id: str
    label: str
    sort_order: int
