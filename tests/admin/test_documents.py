"""Sales > Invoices, Shipments and Credit Memos, and the tabs of an order."""

from __future__ import annotations

import pytest

from entrepot import access
from entrepot.kit.context import ActorType
from tests.sales.makers import an_order_of_mugs


@pytest.fixture
async def order_id(ctx, rest, ada):
    """Of two mugs: both invoiced, one shipped, one refunded with the shipping."""
    for kind in ("order", "invoice", "shipment", "creditmemo"):
        await ctx.db.execute(f"alter sequence sales_{kind}_number_1 restart")
    admin = rest.as_caller(await access.issue(ctx, ActorType.ADMIN, ada.user_id))
    order_id = await an_order_of_mugs(ctx, rest)
    await admin.post(f"/rest/V1/order/{order_id}/invoice", {})
    one = {"items": [{"order_item_id": await ctx.db.value("select max(item_id) from sales_order_item"), "qty": 1}]}
    await admin.post(f"/rest/V1/order/{order_id}/ship", one)
    await admin.post(f"/rest/V1/order/{order_id}/refund", one)
    return order_id


@pytest.mark.parametrize(
    ("path", "heading", "row"),
    [
        ("invoice", "Invoices", ["000000001", "Jane Doe", "Paid", "$30.00", "$30.00"]),
        ("shipment", "Shipments", ["000000001", "Jane Doe", "1"]),
        ("creditmemo", "Credit Memos", ["000000001", "Jane Doe", "Refunded", "$20.00"]),
    ],
)
async def test_each_kind_has_its_grid(browser, order_id, path, heading, row):
    await browser.get(f"/admin/sales/{path}/")
    assert browser.heading == heading
    [shown] = browser.rows
    assert [cell for cell in shown if cell in row] == [row[0], *row]


@pytest.mark.parametrize(
    ("tab", "row"),
    [
        ("invoices", ["000000001", "Jane Doe", "Paid", "$30.00", "$30.00"]),
        ("shipments", ["000000001", "Jane Doe", "1"]),
        ("creditmemos", ["000000001", "Jane Doe", "Refunded", "$20.00"]),
    ],
)
async def test_an_order_has_a_tab_for_each_kind(browser, order_id, tab, row):
    await browser.get(f"/admin/sales/order/view/order_id/{order_id}/tab/{tab}/")
    assert browser.heading == "#000000001"
    [shown] = browser.rows
    assert [cell for cell in shown if cell in row] == row
