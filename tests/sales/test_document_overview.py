"""Documents as people look over them."""

from __future__ import annotations

from entrepot.sales import document_overview
from tests.sales.makers import an_order_of_mugs
from tests.sales.test_overview import where


async def test_lines_of_documents_say_whose_order_they_belong_to(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    for _ in range(2):
        await admin.post(f"/rest/V1/order/{order_id}/invoice", {"items": [{"order_item_id": 1, "qty": 1}]})
    await admin.post(f"/rest/V1/order/{order_id}/ship", {"items": [{"order_item_id": 1, "qty": 1}]})
    await admin.post(f"/rest/V1/order/{order_id}/refund", {"items": [{"order_item_id": 1, "qty": 1}]})

    invoices, count = await document_overview.search_invoice_lines(ctx, where("order_id", str(order_id)))
    assert count == 2
    assert {(line.order_increment_id, line.billing_name, line.state) for line in invoices} == {
        ("000000001", "Jane Doe", 2)
    }
    assert {line.grand_total for line in invoices} == {10, 20}
    (shipment,), _ = await document_overview.search_shipment_lines(ctx, where("shipping_name", "Jane Doe"))
    assert (shipment.total_qty, shipment.source_code, shipment.order_status) == (1, "default", "complete")
    (memo,), _ = await document_overview.search_creditmemo_lines(ctx, where("order_base_grand_total", "30"))
    # One mug and all of the shipping.
    assert (memo.base_grand_total, memo.shipping_amount, memo.order_base_grand_total) == (20, 10, 30)
