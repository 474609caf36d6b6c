"""What invoices, packing slips and credit memos say once they are printed (spec 60, 15.7)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from msgspec import structs
from PIL import Image

from entrepot.sales.contracts import (
    Order,
    OrderAddress,
    OrderExtension,
    OrderItem,
    OrderPayment,
    Shipping,
    ShippingAssignment,
)
from entrepot.sales.creditmemos.contracts import Creditmemo, CreditmemoItem
from entrepot.sales.invoices.contracts import Invoice, InvoiceItem
from entrepot.sales.pdf import printed_creditmemo, printed_invoice, printed_shipment
from entrepot.sales.pdf.printed import Box, Letterhead, Line, Total
from entrepot.sales.queries.items import ItemRow
from entrepot.sales.shipments.contracts import Shipment, ShipmentItem, ShipmentTrack
from tests.customers.makers import configure

JANE = OrderAddress(
    address_type="billing",
    firstname="Jane",
    lastname="Doe",
    street=["1 Main Street"],
    city="Austin",
    region="Texas",
    postcode="78758",
    country_id="US",
    telephone="512-555-1111",
)
JANES_LINES = ("Jane Doe", "1 Main Street", "Austin, Texas, 78758", "United States", "T: 512-555-1111")


def an_order(*items: OrderItem, **fields) -> Order:
    values: dict[str, Any] = {
        "increment_id": "000000007",
        "created_at": "2020-03-02 05:30:00",
        "store_id": 1,
        "is_virtual": 0,
        "order_currency_code": "USD",
        "items": list(items) or [OrderItem(item_id=9, sku="mug", name="Mug", product_type="simple")],
        "billing_address": JANE,
        "payment": OrderPayment(method="checkmo", additional_information=["Check / Money order"]),
        "shipping_description": "Flat Rate - Fixed",
        "shipping_amount": Decimal(10),
        "extension_attributes": OrderExtension(
            shipping_assignments=[ShippingAssignment(shipping=Shipping(address=JANE))]
        ),
    }
    return Order(**values | fields)


def an_invoice(**fields) -> Invoice:
    """3 mugs at 9.99, of which a tenth is taken off; 8.25 % of taxes on the rest; shipping of 15."""
    item = InvoiceItem(
        order_item_id=9, sku="mug", name="Mug", qty=Decimal(3), price=Decimal("9.99"), price_incl_tax=Decimal("10.81"),
        row_total=Decimal("29.97"), row_total_incl_tax=Decimal("32.44"), tax_amount=Decimal("2.23"),
        discount_amount=Decimal("3.00"),
    )  # fmt: skip
    values: dict[str, Any] = {
        "increment_id": "000000004", "items": [item], "subtotal": Decimal("29.97"),
        "subtotal_incl_tax": Decimal("32.44"), "discount_amount": Decimal("-3.00"), "tax_amount": Decimal("2.23"),
        "shipping_amount": Decimal(15), "shipping_incl_tax": Decimal("16.24"), "grand_total": Decimal("44.20"),
    }  # fmt: skip
    return Invoice(**values | fields)


def a_memo(**fields) -> Creditmemo:
    """One of these mugs."""
    item = CreditmemoItem(
        order_item_id=9, sku="mug", name="Mug", qty=Decimal(1), price=Decimal("9.99"), row_total=Decimal("9.99"),
        tax_amount=Decimal("0.74"), discount_amount=Decimal("1.00"), discount_tax_compensation_amount=Decimal("0.01"),
    )  # fmt: skip
    values: dict[str, Any] = {
        "increment_id": "000000002", "items": [item], "subtotal": Decimal("9.99"), "discount_amount": Decimal("-1.00"),
        "tax_amount": Decimal("0.74"), "adjustment_positive": Decimal(3), "adjustment_negative": Decimal(2),
        "grand_total": Decimal("10.73"),
    }  # fmt: skip
    return Creditmemo(**values | fields)


def a_shipment(**fields) -> Shipment:
    values: dict[str, Any] = {
        "increment_id": "000000003",
        "items": [ShipmentItem(order_item_id=9, sku="mug", name="Mug", qty=Decimal("1.5"))],
        "tracks": [ShipmentTrack(title="United Parcel Service", track_number="1Y-9876543210")],
    }
    return Shipment(**values | fields)


def shown(totals):
    return [(total.label, total.amount) for total in totals]


async def test_an_invoice_says_what_was_sold_to_whom_and_what_it_comes_to(ctx):
    printed = printed_invoice(ctx, an_order(coupon_code="SPRING"), an_invoice())

    assert printed.heading == "Invoice # 000000004"
    # Half past five in the morning in London is the evening before in Los Angeles, where the shop is.
    assert printed.facts == ("Order # 000000007", "Order Date: Mar 1, 2020")
    assert printed.boxes == (
        Box("Sold to:", JANES_LINES),
        Box("Ship to:", JANES_LINES),
        Box("Payment Method:", ("Check / Money order",)),
        Box("Shipping Method:", ("Flat Rate - Fixed", "Total Shipping Charges $10.00")),
    )
    assert [column.label for column in printed.columns] == ["Products", "SKU", "Qty", "Price", "Tax", "Subtotal"]
    assert printed.lines == (Line(("Mug", "mug", "3", "$9.99", "$2.23", "$29.97")),)
    assert printed.totals == (
        Total("Subtotal", "$29.97"),
        Total("Discount (SPRING)", "-$3.00"),
        Total("Tax", "$2.23"),
        Total("Shipping & Handling", "$15.00"),
        Total("Grand Total", "$44.20", is_grand=True),
    )


async def test_a_packing_slip_says_what_is_in_the_parcel_and_not_what_it_cost(ctx):
    printed = printed_shipment(ctx, an_order(), a_shipment())

    assert printed.heading == "Packing Slip # 000000003"
    assert [column.label for column in printed.columns] == ["Qty", "Products", "SKU"]
    assert printed.lines == (Line(("1.5", "Mug", "mug")),)
    assert printed.boxes[3] == Box(
        "Shipping Method:",
        ("Flat Rate - Fixed", "Total Shipping Charges $10.00"),
        (("Title", "Number"), ("United Parcel Service", "1Y-9876543210")),
    )
    assert printed.totals == ()


async def test_a_credit_memo_says_what_is_given_back(ctx):
    printed = printed_creditmemo(ctx, an_order(discount_description="Spring sale"), a_memo())

    assert printed.heading == "Credit Memo # 000000002"
    assert [column.label for column in printed.columns] == [
        "Products", "SKU", "Total (ex)", "Discount", "Qty", "Tax", "Total (inc)",
    ]  # fmt: skip
    # 9.99 + 0.74 + 0.01 - 1.00
    assert printed.lines == (Line(("Mug", "mug", "$9.99", "-$1.00", "1", "$0.74", "$9.74")),)
    assert shown(printed.totals) == [
        ("Subtotal", "$9.99"),
        ("Discount (Spring sale)", "-$1.00"),
        ("Tax", "$0.74"),
        ("Adjustment Refund", "$3.00"),
        ("Adjustment Fee", "$2.00"),
        ("Grand Total", "$10.73"),
    ]


async def test_only_the_grand_total_is_shown_when_it_is_nothing(ctx):
    printed = printed_invoice(ctx, an_order(), Invoice(increment_id="1", items=[], grand_total=Decimal(0)))
    assert shown(printed.totals) == [("Grand Total", "$0.00")]


async def test_fixed_taxes_have_a_total_between_discount_and_tax(ctx):
    order = an_order(OrderItem(item_id=9, sku="mug", weee_tax_applied_amount=Decimal("0.335")))
    printed = printed_invoice(ctx, order, an_invoice())
    assert shown(printed.totals)[:4] == [
        ("Subtotal", "$29.97"), ("Discount", "-$3.00"), ("FPT", "$1.01"), ("Tax", "$2.23"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("how", "line", "totals"),
    [
        ("2", ("$10.81", "$32.44"), [("Subtotal", "$32.44"), ("Shipping & Handling", "$16.24")]),
        (
            "3",
            (
                "Excl. Tax:\n$9.99\nIncl. Tax:\n$10.81",
                "Excl. Tax:\n$29.97\nIncl. Tax:\n$32.44",
            ),
            [
                ("Subtotal (Excl. Tax)", "$29.97"),
                ("Subtotal (Incl. Tax)", "$32.44"),
                ("Shipping & Handling (Excl. Tax)", "$15.00"),
                ("Shipping & Handling (Incl. Tax)", "$16.24"),
            ],
        ),
    ],
)
async def test_amounts_are_shown_with_their_taxes_where_the_shop_wants_it(ctx, how, line, totals):
    for what in ("price", "subtotal", "shipping"):
        await configure(ctx, f"tax/sales_display/{what}", how)
    printed = printed_invoice(ctx, an_order(), an_invoice())

    assert (printed.lines[0].cells[3], printed.lines[0].cells[5]) == line
    assert [total for total in shown(printed.totals) if total[0].startswith(("Subtotal", "Shipping"))] == totals


async def test_the_order_s_number_is_left_out_of_the_documents_that_are_configured_so(ctx):
    await configure(ctx, "sales_pdf/shipment/put_order_id", "0")
    order = an_order()
    assert printed_shipment(ctx, order, a_shipment()).facts == ("Order Date: Mar 1, 2020",)
    assert printed_invoice(ctx, order, an_invoice()).facts[0] == "Order # 000000007"


async def test_nothing_is_shipped_of_what_can_only_be_used(ctx):
    printed = printed_invoice(ctx, an_order(is_virtual=1), an_invoice())
    assert [box.title for box in printed.boxes] == ["Sold to:", "Payment Method:"]


async def test_a_purchase_order_has_its_number_and_a_method_without_notes_its_title(ctx):
    order = an_order(payment=OrderPayment(method="purchaseorder", po_number="PO-1"))
    printed = printed_invoice(ctx, order, an_invoice())
    assert printed.boxes[2] == Box("Payment Method:", ("Purchase Order", "Purchase Order Number: PO-1"))


async def test_what_was_chosen_of_a_product_stands_below_its_name(ctx):
    chosen = {"attributes_info": [{"label": "Color", "value": "Blue"}], "options": [{"label": "Text", "value": "Jo"}]}
    whole = ItemRow(
        item_id=9, sku="mug-blue", product_type="configurable", product_options=msgspec.Raw(json.dumps(chosen).encode())
    )
    part = OrderItem(item_id=10, parent_item_id=9, sku="mug-blue", product_type="simple")
    items = [
        *(an_invoice().items or []),
        InvoiceItem(order_item_id=10, sku="mug-blue", name="Mug-Blue", qty=Decimal(3)),
    ]
    (line,) = printed_invoice(ctx, an_order(whole, part), an_invoice(items=items)).lines

    assert line.notes == ("Color: Blue", "Text: Jo")


async def test_parts_of_a_bundle_stand_below_it_with_their_prices(ctx):
    order = an_order(
        OrderItem(item_id=1, sku="kit", product_type="bundle"),
        OrderItem(item_id=2, parent_item_id=1, sku="ball", product_type="simple"),
        OrderItem(item_id=3, parent_item_id=1, sku="strap", product_type="simple"),
        OrderItem(item_id=4, sku="mug", product_type="simple"),
    )
    items = [
        InvoiceItem(order_item_id=4, sku="mug", name="Mug", qty=Decimal(1), price=Decimal(10), row_total=Decimal(10)),
        InvoiceItem(order_item_id=1, sku="kit", name="Kit", qty=Decimal(1), price=Decimal(30)),
        InvoiceItem(
            order_item_id=3, sku="strap", name="Strap", qty=Decimal(2), price=Decimal(7), row_total=Decimal(14)
        ),
        InvoiceItem(order_item_id=2, sku="ball", name="Ball", qty=Decimal(1), price=Decimal(16), row_total=Decimal(16)),
    ]
    assert printed_invoice(ctx, order, an_invoice(items=items)).lines == (
        Line(("Kit", "kit", "1", "", "", "")),
        Line(("Ball", "ball", "1", "$16.00", "$0.00", "$16.00"), is_part=True),
        Line(("Strap", "strap", "2", "$7.00", "$0.00", "$14.00"), is_part=True),
        Line(("Mug", "mug", "1", "$10.00", "$0.00", "$10.00")),
    )
    # What is shipped one by one comes without its whole.
    strap = ShipmentItem(order_item_id=3, sku="strap", name="Strap", qty=Decimal(2))
    assert printed_shipment(ctx, order, a_shipment(items=[strap])).lines == (Line(("2", "Strap", "strap")),)


async def test_what_is_in_a_bundle_that_is_shipped_whole_is_told(ctx):
    order = an_order(
        OrderItem(item_id=1, sku="kit", product_type="bundle", qty_ordered=Decimal(3)),
        OrderItem(item_id=2, parent_item_id=1, sku="ball", name="Ball", qty_ordered=Decimal(3)),
        OrderItem(item_id=3, parent_item_id=1, sku="strap", name="Strap", qty_ordered=Decimal(6)),
    )
    kit = ShipmentItem(order_item_id=1, sku="kit", name="Kit", qty=Decimal(1))
    (line,) = printed_shipment(ctx, order, a_shipment(items=[kit])).lines
    assert line.notes == ("1 x Ball", "2 x Strap")


async def test_the_letterhead_is_the_store_view_s(ctx):
    await configure(ctx, "general/store_information/name", "Harbour Mugs")
    await configure(ctx, "sales/identity/address", "1 Harbour Street\r\n20457 Hamburg\n")
    assert printed_invoice(ctx, an_order(), an_invoice()).letterhead == Letterhead(
        "Harbour Mugs", ("1 Harbour Street", "20457 Hamburg")
    )


async def test_a_logo_is_a_file_of_the_folder_of_logos(ctx):
    folder = ctx.settings.home / "media/sales/store/logo"
    (folder / "default").mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (400, 100)).save(folder / "default/logo.png")
    for name, file in (
        ("default/logo.png", folder / "default/logo.png"),
        ("../../../../secret.png", None),
        ("/etc/passwd", None),
        ("", None),
    ):
        await configure(ctx, "sales/identity/logo", name or None)
        logo = printed_invoice(ctx, an_order(), an_invoice()).letterhead.logo
        assert logo == (file.resolve() if file else None), name


async def test_the_language_and_the_time_zone_are_the_store_view_s(ctx):
    await configure(ctx, "general/locale/code", "de_DE", "stores", 1)
    await configure(ctx, "general/locale/timezone", "Europe/Berlin", "websites", 1)
    printed = printed_invoice(ctx, an_order(order_currency_code="EUR"), an_invoice())

    assert printed.facts[-1] == "Order Date: 02.03.2020"
    assert printed.lines[0].cells[5].replace("\xa0", " ") == "29,97 €"


async def test_an_order_whose_store_view_is_gone_is_printed_as_one_of_the_default_view(ctx):
    await configure(ctx, "general/store_information/name", "Harbour Mugs")
    order = structs.replace(an_order(), store_id=None)
    assert printed_invoice(ctx, order, an_invoice()).letterhead.name == "Harbour Mugs"
