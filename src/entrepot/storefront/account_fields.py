"""What the forms of an account ask for beside the address: the name, and what the website shows of the rest."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.customers import Customer
from entrepot.customers.rules.attributes import Attribute
from entrepot.storefront import names
from entrepot.storefront.shop_page import ShopPage

OTHERS = ("dob", "taxvat", "gender")
FIELDS = (*names.PARTS, *OTHERS)


def account_fields(attributes: Sequence[Attribute]) -> dict[str, Attribute]:
    """Date of birth, tax number and gender, as far as they are asked for, by code."""
    return {attribute.code: attribute for attribute in attributes if attribute.code in OTHERS and attribute.visible}


def read_account_fields(page: ShopPage, customer: Customer) -> None:
    """Put what the form has into the account; a field that it does not have stays."""
    for field in FIELDS:
        if field not in page.form:
            continue
        text = page.form.get(field).strip()
        if field == "gender":
            customer.gender = int(text) if text in ("1", "2", "3") else None
        else:
            setattr(customer, field, text)
