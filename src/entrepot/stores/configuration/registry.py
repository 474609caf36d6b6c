"""Looking up a path: its field, if the Admin has one, and its built-in default.

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
from entrepot.stores.configuration.model import Field, Section, Tab

__all__ = ["INSTALLED", "SECTIONS", "TABS", "default", "field", "is_known"]

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


def field(path: str) -> Field | None:
    """The Admin's field at a path; None for a path that is unknown or only has a default."""
    return _fields().get(path)


def default(path: str) -> str | None:
    """The value where no scope has a row; None also for an unknown path."""
    declared = _fields().get(path)
    return declared.default if declared else HIDDEN.get(path)


def is_known(path: str) -> bool:
    return path in _fields() or path in HIDDEN


@cache
def _fields() -> dict[str, Field]:
    """Built with the first lookup, so that commands without configuration do not wait for it."""
    return {path: declared for section in SECTIONS for path, declared in section.paths()}
