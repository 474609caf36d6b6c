"""A shop in which every page of the Admin has something to show, and all addresses that lead there."""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from entrepot import access, customers
from entrepot.catalog import attributes
from entrepot.catalog.attributes.contracts import AttributeOption, AttributeSet, ProductAttribute
from entrepot.customers import Address as BookAddress
from entrepot.kit.context import ActorType, Context
from entrepot.quotes import adding, by_administrator, save
from entrepot.quotes.buying import Request
from tests.access.integration_makers import an_integration
from tests.catalog.categories.makers import a_category, put_in
from tests.content.makers import an_agreement
from tests.promotions.makers import a_rule_with_coupon, a_saved_rule
from tests.quotes.makers import a_customer, configure
from tests.rest_client import RestClient
from tests.sales.makers import an_order, an_order_of_mugs
from tests.sales.shipments.makers import WB01, WB03, an_order_from_four_sources
from tests.taxes.makers import a_rate, a_rule
from tests.webhooks.makers import subscribe

START = "/admin/"
SAMPLES = 3
"""So many pages of one kind are visited: what an order offers depends on how far it is."""
HREF = re.compile(r'(?:href|data-href)="(/admin/[^"#]*)"')
NOT_PAGES = re.compile(r"/(export\w*|print\w*|pdf\w*|download\w*|logout|gridToCsv|branch|label\w*)(/|$)", re.IGNORECASE)
AUTOMATIC = {"coupon_type": "SPECIFIC_COUPON", "use_auto_generation": True}


class WholeShop(Struct, frozen=True):
    to_invoice: int
    """An order of which everything is still to do."""
    to_refund: int
    """One that is invoiced."""
    to_select: int
    """One of goods that several sources have."""
    draft: int
    """An order that is being made."""

    @property
    def unlinked(self) -> list[str]:
        """Pages that no link leads to."""
        return [
            f"/admin/sales/order_create/edit/id/{self.draft}/",
            f"/admin/sales/order_shipment/new/order_id/{self.to_select}/source_code/baltimore_wh/",
        ]


async def a_whole_shop(ctx: Context, rest: RestClient, user_id: int) -> WholeShop:
    """`user_id` is an administrator who may do everything."""
    admin = rest.as_caller(await access.issue(ctx, ActorType.ADMIN, user_id))
    await configure(ctx, payment__purchaseorder__active="1", carriers__tablerate__active="1")
    to_refund = await an_order_of_mugs(ctx, rest)
    to_invoice = await an_order(rest, ("mug", 3))
    shipped = await an_order(rest, ("mug", 1))
    for path in (f"order/{to_refund}/invoice", f"order/{shipped}/invoice", f"order/{shipped}/ship"):
        assert (await admin.post(f"/rest/V1/{path}", {})).status == 200
    assert (await admin.post(f"/rest/V1/order/{shipped}/refund", {})).status == 200
    draft = await _a_draft(ctx)
    to_select = await an_order_from_four_sources(ctx, rest, admin)
    await _catalog(ctx)
    await a_rule(ctx, rates=[await a_rate(ctx, "TX")])
    await a_rule_with_coupon(ctx, "TENOFF")
    await a_saved_rule(ctx, **AUTOMATIC)
    await an_agreement(ctx)
    await an_integration(ctx)
    await subscribe(ctx, "https://hooks.example.com/")
    await ctx.changed()
    return WholeShop(to_invoice, to_refund, to_select, draft)


async def _a_draft(ctx: Context) -> int:
    """Jane's, of two mugs."""
    jane = await a_customer(ctx)
    address = BookAddress(
        firstname="Jane", lastname="Doe", street=["1 Home Street"], city="Austin", country_id="US", postcode="78758",
        telephone="512-555-1111", region=customers.Region(region_id=57), default_billing=True, default_shipping=True,
    )  # fmt: skip
    await customers.save_address(ctx, jane.id or 0, address)
    cart_id = await by_administrator.begin(ctx, ctx.stores.default, await customers.get_by_id(ctx, jane.id or 0))
    cart = await by_administrator.open_for_order(ctx, cart_id)
    await adding.add(ctx, cart, "mug", Request(Decimal(2)), {})
    await save(ctx, cart)
    by_administrator.ship_by(cart, "flatrate_flatrate")
    await save(ctx, cart)
    return cart_id


async def _catalog(ctx: Context) -> None:
    bags = await a_category(ctx, "Bags")
    for position, sku in enumerate((WB01, WB03), start=1):
        await put_in(ctx, bags.id, sku, position)
    options = [AttributeOption(label=name) for name in ("Cotton", "Wool")]
    fabric = ProductAttribute(
        attribute_code="fabric", frontend_input="select", default_frontend_label="Fabric", options=options
    )
    await attributes.product_attributes.save(ctx, fabric)
    await attributes.sets.create_product_set(ctx, AttributeSet(attribute_set_name="Clothes"), 4)


class Addresses:
    """The pages that are still to be visited: some of each kind, whatever their ids are."""

    def __init__(self, *first: str) -> None:
        self.waiting: list[str] = []
        self._seen: set[str] = set()
        self._of_kind: dict[str, int] = {}
        for address in first:
            self._add(address)

    def found_in(self, text: str) -> None:
        """Take the links of a page."""
        for address in HREF.findall(text):
            self._add(address.replace("&amp;", "&"))

    def _add(self, address: str) -> None:
        path = unquote(urlsplit(address).path)
        if path in self._seen or NOT_PAGES.search(path) or "{" in path:
            return
        kind = re.sub(r"/\d+(?=/)", "/#", path)
        self._seen.add(path)
        self._of_kind[kind] = self._of_kind.get(kind, 0) + 1
        if self._of_kind[kind] <= SAMPLES:
            self.waiting.append(path)
