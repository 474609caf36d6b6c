"""Looking up a path: its field, if the Admin has one, and its built-in default.

Other packages bring settings, too, of what they plug in: a group of their own in one of the sections (`plug_in`).
Two sections that exist by name only, `advanced` and `design`, have no fields and are left out.
"""

from functools import cache

from entrepot.stores.configuration.fields import (
    admin,
    carriers,
    catalog,
    cataloginventory,
    checkout,
    cms,
    contact,
    currency,
    customer,
    dev,
    general,
    multishipping,
    newsletter,
    oauth,
    payment,
    persistent,
    promo,
    reports,
    rss,
    sales,
    sales_email,
    sales_pdf,
    sendfriend,
    shipping,
    sitemap,
    system,
    tax,
    trans_email,
    web,
    webapi,
    webhooks,
    wishlist,
)
from entrepot.stores.configuration.hidden import HIDDEN, INSTALLED
from entrepot.stores.configuration.model import Field, Group, Section, Tab

__all__ = ["INSTALLED", "PLUGGED_IN", "SECTIONS", "TABS", "default", "field", "groups_of_others", "is_known", "plug_in"]

TABS = (
    Tab("general", "General", 100),
    Tab("catalog", "Catalog", 200),
    Tab("customer", "Customers", 300),
    Tab("sales", "Sales", 400),
    Tab("service", "Services", 99999),
    Tab("advanced", "Advanced", 999999),
)

# In the order of the Admin's menu: by tab, then by sort order.
SECTIONS: tuple[Section, ...] = (
    general.SECTION,
    web.SECTION,
    currency.SECTION,
    trans_email.SECTION,
    contact.SECTION,
    reports.SECTION,
    cms.SECTION,
    catalog.SECTION,
    cataloginventory.SECTION,
    sitemap.SECTION,
    rss.SECTION,
    sendfriend.SECTION,
    newsletter.SECTION,
    customer.SECTION,
    wishlist.SECTION,
    promo.SECTION,
    persistent.SECTION,
    sales.SECTION,
    sales_email.SECTION,
    sales_pdf.SECTION,
    tax.SECTION,
    checkout.SECTION,
    shipping.SECTION,
    multishipping.SECTION,
    carriers.SECTION,
    payment.SECTION,
    webapi.SECTION,
    webhooks.SECTION,
    oauth.SECTION,
    admin.SECTION,
    system.SECTION,
    dev.SECTION,
)


PLUGGED_IN: dict[str, Group] = {}
"""The groups of other packages, by `section/group`."""


def plug_in(section_id: str, group: Group) -> None:
    """Make the settings of another package known: to who reads, sets and shows them.

    The same group once more takes the place of the first.

    Raises ValueError if there is no such section, or it has such a group by itself.
    """
    section = next((one for one in SECTIONS if one.id == section_id), None)
    if section is None or any(one.id == group.id for one in section.groups):
        raise ValueError(f"no package can bring the settings {section_id}/{group.id}")
    PLUGGED_IN[f"{section_id}/{group.id}"] = group


def groups_of_others(section_id: str) -> list[Group]:
    """What other packages have added to a section."""
    return [group for place, group in PLUGGED_IN.items() if place == f"{section_id}/{group.id}"]


def field(path: str) -> Field | None:
    """The Admin's field at a path; None for a path that is unknown or only has a default."""
    return _fields().get(path) or _field_of_others(path)


def default(path: str) -> str | None:
    """The value where no scope has a row; None also for an unknown path."""
    declared = field(path)
    return declared.default if declared else HIDDEN.get(path)


def is_known(path: str) -> bool:
    return field(path) is not None or path in HIDDEN


def _field_of_others(path: str) -> Field | None:
    place, _, id = path.rpartition("/")
    group = PLUGGED_IN.get(place)
    return next((one for one in group.fields if one.id == id), None) if group else None


@cache
def _fields() -> dict[str, Field]:
    """Built with the first lookup, so that commands without configuration do not wait for it."""
    return {path: declared for section in SECTIONS for path, declared in section.paths()}
