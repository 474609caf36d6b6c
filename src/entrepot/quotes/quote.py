"""A cart as it is kept: one document per cart (docs/decisions/0025-a-cart-is-one-document.md).

Amounts stand twice, in the base currency of the website and in the currency of the cart (`base` and `amounts`). Both
are computed in the same way from their own unit price; neither is converted from the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from msgspec import Struct, field

from entrepot.taxes import AppliedTax

NOTHING = Decimal(0)
ONE = Decimal(1)
CURRENT, SHIPPING, BILLING = "current", "shipping", "billing"


class LineAmounts(Struct, omit_defaults=True):
    """What a line costs in one currency."""

    price: Decimal = NOTHING
    """Of one, without tax."""
    price_incl_tax: Decimal = NOTHING
    row_total: Decimal = NOTHING
    row_total_incl_tax: Decimal = NOTHING
    tax_amount: Decimal = NOTHING
    discount_amount: Decimal = NOTHING
    """Not negative."""
    compensation: Decimal = NOTHING
    """The tax that a discount took from a price that includes it."""
    discount_base: Decimal = NOTHING
    """What one unit is worth to discounts: the price, or the price with tax."""


class Item(Struct, omit_defaults=True):
    """One line, or a part of the line `parent_item_id`."""

    item_id: int
    product_id: int
    product_type: str
    sku: str
    name: str
    qty: Decimal
    """Of a part: per piece of its line."""
    parent_item_id: int | None = None
    store_id: int = 0
    is_virtual: bool = False
    is_qty_decimal: bool = False
    weight: Decimal | None = None
    """Of one."""
    row_weight: Decimal = NOTHING
    custom_price: Decimal | None = None
    """A price that an administrator set, in the cart's currency."""
    no_discount: bool = False
    free_shipping: Decimal = NOTHING
    """How many pieces travel for free."""
    base_unit_price: Decimal = NOTHING
    """What one piece cost when the totals were collected last, before taxes; so is `unit_price`."""
    unit_price: Decimal = NOTHING
    base_original_price: Decimal = NOTHING
    """The product's own price, whatever rules, tiers or an administrator made of it."""
    base_cost: Decimal | None = None
    tax_class_id: int = 0
    tax_percent: Decimal = NOTHING
    applied_taxes: list[AppliedTax] = field(default_factory=list)
    discount_percent: Decimal = NOTHING
    applied_rule_ids: list[int] = field(default_factory=list)
    base: LineAmounts = field(default_factory=LineAmounts)
    amounts: LineAmounts = field(default_factory=LineAmounts)
    options: dict[str, str] = field(default_factory=dict)
    """Magento's codes of what was chosen: `info_buyRequest`, `option_ids`, `option_12`, `attributes`, ..."""
    gift_message_id: int | None = None
    gift_message_available: str | None = None
    backorders: Decimal | None = None
    """How many pieces will be delivered later."""
    message: str | None = None
    """A notice for the customer that hinders nothing."""


class Rate(Struct, omit_defaults=True):
    """What one shipping method would cost, in the base currency; or why a carrier does not deliver."""

    carrier: str
    carrier_title: str
    method: str | None = None
    method_title: str | None = None
    price: Decimal = NOTHING
    error_message: str | None = None

    @property
    def code(self) -> str:
        return f"{self.carrier}_{self.method or 'error'}"


class AddressAmounts(Struct, omit_defaults=True):
    """What the goods that go to one address cost in one currency."""

    subtotal: Decimal = NOTHING
    subtotal_incl_tax: Decimal = NOTHING
    discount_amount: Decimal = NOTHING
    """Of goods and shipping together; 0 or negative."""
    shipping_amount: Decimal = NOTHING
    """Without tax."""
    shipping_incl_tax: Decimal = NOTHING
    shipping_price: Decimal | None = None
    """As the carrier named it, with or without tax; None where that is `shipping_amount`."""
    shipping_tax_amount: Decimal = NOTHING
    shipping_discount_amount: Decimal = NOTHING
    """Not negative."""
    shipping_compensation: Decimal = NOTHING
    compensation: Decimal = NOTHING
    tax_amount: Decimal = NOTHING
    """Of goods and shipping together."""
    grand_total: Decimal = NOTHING
    extra: dict[str, Decimal] = field(default_factory=dict)
    """What collectors of other packages add to the grand total, by their codes."""

    @property
    def subtotal_with_discount(self) -> Decimal:
        return self.subtotal + self.discount_amount


class Address(Struct, omit_defaults=True):
    """Where to bill, or where to ship. The amounts stand at the one that has the goods."""

    address_id: int = 0
    customer_id: int | None = None
    customer_address_id: int | None = None
    save_in_address_book: int = 0
    same_as_billing: int = 0
    email: str | None = None
    prefix: str | None = None
    firstname: str | None = None
    middlename: str | None = None
    lastname: str | None = None
    suffix: str | None = None
    company: str | None = None
    street: list[str] = field(default_factory=list)
    city: str | None = None
    region: str | None = None
    region_id: int | None = None
    region_code: str | None = None
    postcode: str | None = None
    country_id: str | None = None
    telephone: str | None = None
    fax: str | None = None
    vat_id: str | None = None
    custom_attributes: dict[str, str] = field(default_factory=dict)
    shipping_method: str | None = None
    shipping_description: str | None = None
    collect_shipping_rates: bool = False
    limit_carrier: str | None = None
    rates: list[Rate] = field(default_factory=list)
    free_shipping: bool = False
    weight: Decimal = NOTHING
    discount_description: str | None = None
    applied_rule_ids: list[int] = field(default_factory=list)
    applied_taxes: list[AppliedTax] = field(default_factory=list)
    shipping_applied_taxes: list[AppliedTax] = field(default_factory=list)
    shipping_tax_percent: Decimal = NOTHING
    base: AddressAmounts = field(default_factory=AddressAmounts)
    amounts: AddressAmounts = field(default_factory=AddressAmounts)

    @property
    def rate(self) -> Rate | None:
        """The chosen shipping method, if it is among the rates that were collected last."""
        return next((one for one in self.rates if one.method and one.code == self.shipping_method), None)


class Payment(Struct, omit_defaults=True):
    method: str
    po_number: str | None = None
    additional_data: list[str] = field(default_factory=list)


class Purchaser(Struct, omit_defaults=True):
    """Copies of what the customer's account says, or of what a guest gave."""

    email: str | None = None
    prefix: str | None = None
    firstname: str | None = None
    middlename: str | None = None
    lastname: str | None = None
    suffix: str | None = None
    dob: str | None = None
    taxvat: str | None = None
    gender: int | None = None
    group_id: int = 0
    tax_class_id: int | None = None
    is_guest: bool = False
    note: str | None = None
    note_notify: bool = True


class Currencies(Struct, omit_defaults=True):
    global_code: str = ""
    base_code: str = ""
    quote_code: str = ""
    base_to_global: Decimal = ONE
    base_to_quote: Decimal = ONE
    chosen: str | None = None
    """What the visitor chose to see prices in."""


class Origin(Struct, omit_defaults=True):
    """The order that a cart was filled from."""

    order_id: int
    increment_id: str = ""
    is_replaced: bool = False
    """Whether this one takes its place: that one is cancelled when this one is ordered."""


class Content(Struct, omit_defaults=True):
    """The document of a cart."""

    items: list[Item] = field(default_factory=list)
    billing: Address = field(default_factory=Address)
    shipping: Address = field(default_factory=lambda: Address(same_as_billing=1))
    payment: Payment | None = None
    purchaser: Purchaser = field(default_factory=Purchaser)
    currencies: Currencies = field(default_factory=Currencies)
    is_virtual: bool = False
    items_count: int = 0
    items_qty: Decimal = NOTHING
    coupon_code: str | None = None
    lost_coupon: str | None = None
    """The code that was taken away because it could be used no more: its last use went to another, or it has expired.
    Whoever orders is told first."""
    applied_rule_ids: list[int] = field(default_factory=list)
    checkout_method: str | None = None
    remote_ip: str | None = None
    x_forwarded_for: str | None = None
    gift_message_id: int | None = None
    trigger_recollect: bool = False
    origin: Origin | None = None


class Quote(Struct):
    """A row of the table: what carts are found by, and the document."""

    entity_id: int
    masked_id: str | None
    store_id: int
    customer_id: int | None
    is_active: bool
    reserved_order_id: str | None
    created_at: datetime
    updated_at: datetime
    converted_at: datetime | None
    content: Content

    @property
    def visible_items(self) -> list[Item]:
        """The lines, without their parts."""
        return [item for item in self.content.items if item.parent_item_id is None]

    def children(self, item: Item) -> list[Item]:
        return [child for child in self.content.items if child.parent_item_id == item.item_id]

    def item(self, item_id: int) -> Item | None:
        """A line by its id."""
        return next((item for item in self.visible_items if item.item_id == item_id), None)

    @property
    def owner(self) -> Address:
        """The address that has the goods and so the amounts."""
        return self.content.billing if self.content.is_virtual else self.content.shipping

    def addresses(self) -> Iterator[Address]:
        yield self.content.billing
        yield self.content.shipping
