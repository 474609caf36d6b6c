"""Parts of an order that letters, print-outs and pages all show."""

from __future__ import annotations

from entrepot.customers import Address, Region
from entrepot.sales.contracts import Order, OrderAddress

SAME_IN_BOTH = (
    "prefix",
    "firstname",
    "middlename",
    "lastname",
    "suffix",
    "company",
    "street",
    "city",
    "postcode",
    "country_id",
    "telephone",
    "fax",
    "vat_id",
)


def shipping_address(order: Order) -> OrderAddress | None:
    """Where it goes; None for one of which nothing is shipped."""
    assignments = (order.extension_attributes and order.extension_attributes.shipping_assignments) or []
    shipping = assignments[0].shipping if assignments else None
    return shipping.address if shipping else None


def as_customers_address(address: OrderAddress) -> Address:
    """The same as an address of a customer, which there are templates for."""
    return Address(region=Region(region=address.region), **{name: getattr(address, name) for name in SAME_IN_BOTH})


def payment_notes(order: Order) -> list[str]:
    """How it is paid, and what the customer has to know for that: what was noted when it was ordered."""
    notes = order.payment.additional_information if order.payment else None
    return [line for note in notes or () for line in note.splitlines() if line.strip()]
