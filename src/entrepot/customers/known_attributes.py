"""The attributes of customers and addresses as one website shows and requires them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entrepot.customers.queries import attributes as queries
from entrepot.customers.queries.attributes import UserAttributeRow
from entrepot.customers.rules.attribute_tables import ADDRESS_ATTRIBUTES, CUSTOMER_ATTRIBUTES
from entrepot.customers.rules.attributes import (
    ADDRESS_SETTINGS,
    CUSTOMER_SETTINGS,
    Attribute,
    configured,
)
from entrepot.kit.context import Context
from entrepot.kit.db import Db
from entrepot.kit.shared import Shared

CUSTOMER = "customer"
ADDRESS = "customer_address"


async def load_user_attributes(db: Db) -> Mapping[str, Sequence[Attribute]]:
    """By entity type."""
    found: dict[str, list[Attribute]] = {CUSTOMER: [], ADDRESS: []}
    for row in await db.all(UserAttributeRow, queries.LIST):
        found[row.entity_type].append(_attribute(row))
    return found


USER_ATTRIBUTES: Shared[Mapping[str, Sequence[Attribute]]] = Shared("customer_attributes", load=load_user_attributes)
"""Those that the installation added."""


def customer_attributes(ctx: Context, website_id: int) -> list[Attribute]:
    every = (*CUSTOMER_ATTRIBUTES, *ctx.shared(USER_ATTRIBUTES)[CUSTOMER])
    return configured(every, CUSTOMER_SETTINGS, lambda path: ctx.config(path, website_id=website_id))


def address_attributes(ctx: Context, website_id: int) -> list[Attribute]:
    return list(ctx.derived(_address_attributes, website_id))


def _address_attributes(ctx: Context, website_id: int) -> list[Attribute]:
    every = (*ADDRESS_ATTRIBUTES, *ctx.shared(USER_ATTRIBUTES)[ADDRESS])
    return configured(every, ADDRESS_SETTINGS, lambda path: ctx.config(path, website_id=website_id))


def user_codes(ctx: Context, entity_type: str) -> frozenset[str]:
    """The codes of the attributes that the installation added."""
    return frozenset(attribute.code for attribute in ctx.shared(USER_ATTRIBUTES)[entity_type])


def _attribute(row: UserAttributeRow) -> Attribute:
    return Attribute(
        row.attribute_code,
        row.frontend_label,
        row.frontend_input,
        row.sort_order,
        visible=row.is_visible,
        required=row.is_required,
        rules=tuple((rule["name"], rule["value"]) for rule in row.validation_rules),
        user_defined=True,
        backend_type=row.backend_type,
        note=row.note,
        options=tuple((option["label"], option["value"]) for option in row.options),
        forms=tuple(row.forms),
    )
