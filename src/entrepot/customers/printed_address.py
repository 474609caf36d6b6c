"""An address as the shop prints it: the templates of `customer/address_templates` (spec 20-customers, 16.6)."""

from __future__ import annotations

from typing import Literal

import nh3
from markupsafe import Markup, escape

from entrepot.customers.contracts import Address
from entrepot.directory import country_name, locale_of
from entrepot.kit.context import Context
from entrepot.kit.directives import fill

TEMPLATES = "customer/address_templates/"
TAGS = {"a", "b", "br", "em", "i", "p", "small", "span", "strong"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto", "tel"}

TextForm = Literal["text", "oneline", "pdf"]


def print_address(ctx: Context, address: Address, form: TextForm = "text") -> str:
    """As plain text, in the store view of the call."""
    return fill(ctx.config(TEMPLATES + form) or "", _values(ctx, address))


def print_address_html(ctx: Context, address: Address) -> Markup:
    """As HTML for a page: values are escaped, and of the shop's template only harmless markup stays."""
    filled = fill(ctx.config(TEMPLATES + "html") or "", _values(ctx, address), lambda value: str(escape(value)))
    return Markup(  # noqa: S704 -- nh3 has cleaned it
        nh3.clean(filled, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    )


def _values(ctx: Context, address: Address) -> dict[str, str]:
    street = [line for line in address.street or [] if line]
    texts = {
        "prefix": address.prefix,
        "firstname": address.firstname,
        "middlename": address.middlename,
        "lastname": address.lastname,
        "suffix": address.suffix,
        "company": address.company,
        "street": ", ".join(street),
        "city": address.city,
        "region": address.region.region if address.region else None,
        "postcode": address.postcode,
        "country": country_name(address.country_id, locale_of(ctx)) if address.country_id else None,
        "country_id": address.country_id,
        "telephone": address.telephone,
        "fax": address.fax,
        "vat_id": address.vat_id,
    }
    lines = {f"street{number}": line for number, line in enumerate(street, start=1)}
    return {name: text.strip() for name, text in {**texts, **lines}.items() if text}
