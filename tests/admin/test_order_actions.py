"""What is done with orders: the buttons and comments of an order's page, and the mass actions of the grid."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from entrepot import access
from entrepot.kit.context import ActorType
from tests.admin.browser import AdminBrowser, an_administrator
from tests.sales.makers import an_order, an_order_of_mugs
from tests.sales.test_mails import letters

ORDERS = "/admin/sales/order/"


@pytest.fixture
async def order_id(ctx, rest):
    """Of two mugs at 10, with 10 for shipping."""
    await ctx.db.execute("alter sequence sales_order_number_1 restart")
    return await an_order_of_mugs(ctx, rest)


@pytest.fixture
async def admin(ctx, rest, ada):
    return rest.as_caller(await access.issue(ctx, ActorType.ADMIN, ada.user_id))


async def a_clerk(ctx, services, *resources: str) -> AdminBrowser:
    await an_administrator(ctx, "clerk", resources)
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    return clerk


async def state_of(ctx, order_id):
    return await ctx.db.value("select state from sales_order where entity_id = %(id)s", id=order_id)


async def test_an_order_is_canceled(browser, ctx, order_id):
    await browser.get(f"{ORDERS}view/order_id/{order_id}/")
    await browser.post(browser.action("cancel"))
    assert browser.messages == ["success: You canceled the order."]
    assert await state_of(ctx, order_id) == "canceled"
    assert f"{ORDERS}cancel/" not in browser.page.text
    await browser.post(f"{ORDERS}cancel/order_id/{order_id}/")
    assert browser.messages == ["error: You have not canceled the item."]


async def test_an_order_is_held_and_released(browser, ctx, order_id):
    await browser.get(f"{ORDERS}view/order_id/{order_id}/")
    await browser.post(browser.action("/hold"))
    assert browser.messages == ["success: You put the order on hold."]
    assert await state_of(ctx, order_id) == "holded"
    assert f"{ORDERS}hold/" not in browser.page.text
    await browser.post(f"{ORDERS}hold/order_id/{order_id}/")
    assert browser.messages == ["error: You have not put the order on hold."]
    await browser.post(browser.action("unhold"))
    assert browser.messages == ["success: You released the order from holding status."]
    assert await state_of(ctx, order_id) == "new"
    await browser.post(f"{ORDERS}unhold/order_id/{order_id}/")
    assert browser.messages == ["error: The order was not on hold."]


async def test_a_comment_is_noted_with_a_status_of_the_state_only(browser, ctx, order_id):
    await browser.get(f"{ORDERS}view/order_id/{order_id}/")
    more = {"comment[status]": "complete", "comment[is_visible_on_front]": "1"}
    await browser.post(browser.action("addComment"), {"comment[comment]": "Call before noon", **more})
    assert browser.messages == ["success: You added the comment."]
    assert "Call before noon" in browser.text
    found = await ctx.db.all(
        dict,
        """
        select status, is_customer_notified, is_visible_on_front
        from sales_order_status_history
        where comment = 'Call before noon'
        """,
    )
    assert found == [{"status": "pending", "is_customer_notified": 0, "is_visible_on_front": 1}]
    assert [mail["Subject"] for _, mail in await letters(ctx) if "Update" in mail["Subject"]] == []


async def test_a_comment_that_says_nothing_is_refused(browser, order_id):
    await browser.get(f"{ORDERS}view/order_id/{order_id}/")
    await browser.post(browser.action("addComment"), {"comment[comment]": " "})
    assert browser.messages == ["error: The comment is missing. Enter and try again."]


async def test_who_may_only_look_can_do_nothing(ctx, services, order_id):
    clerk = await a_clerk(ctx, services, "Magento_Sales::actions_view")
    await clerk.get(f"{ORDERS}view/order_id/{order_id}/")
    for action in ("cancel", "hold", "unhold", "addComment"):
        assert f"{ORDERS}{action}/" not in clerk.page.text
        await clerk.post(f"{ORDERS}{action}/order_id/{order_id}/")
        assert clerk.page.status_code == 403
        await clerk.get(f"{ORDERS}view/order_id/{order_id}/")
    assert await state_of(ctx, order_id) == "new"


async def test_forms_without_their_key_do_nothing(browser, ctx, order_id):
    await browser.post_without_key(f"{ORDERS}cancel/order_id/{order_id}/", {})
    assert await state_of(ctx, order_id) == "new"


async def test_orders_are_held_and_released_together(browser, order_id):
    await browser.get(ORDERS)
    await browser.post(f"{ORDERS}massUnhold/", {"selected": [order_id], "back": ORDERS})
    assert browser.messages == ["error: No order(s) were released from on hold status."]
    await browser.post(f"{ORDERS}massHold/", {"selected": [order_id, 999], "back": ORDERS})
    assert browser.messages == [
        "error: 1 order(s) were not put on hold.",
        "success: You have put 1 order(s) on hold.",
    ]
    await browser.post(f"{ORDERS}massHold/", {"selected": [order_id], "back": ORDERS})
    assert browser.messages == ["error: No order(s) were put on hold."]
    await browser.post(f"{ORDERS}massUnhold/", {"selected": [order_id], "back": ORDERS})
    assert browser.messages == ["success: 1 order(s) have been released from on hold status."]


async def test_orders_are_canceled_together_once_that_is_confirmed(browser, ctx, order_id):
    await browser.get(ORDERS)
    await browser.post(f"{ORDERS}massCancel/", {"selected": [order_id], "back": ORDERS})
    assert "Are you sure you want to cancel 1 order(s)? Keep Orders Cancel Orders" in browser.text
    assert await state_of(ctx, order_id) == "new"
    sure = {"selected": [order_id], "back": ORDERS, "confirmed": "1"}
    await browser.post(f"{ORDERS}massCancel/", sure)
    assert browser.messages == ["success: We canceled 1 order(s)."]
    await browser.post(f"{ORDERS}massCancel/", sure)
    assert browser.messages == ["error: You cannot cancel the order(s)."]


async def test_documents_of_orders_are_printed(browser, admin, order_id):
    await browser.get(ORDERS)
    kinds = ("pdfinvoices", "pdfshipments", "pdfcreditmemos", "pdfdocs")
    for kind in kinds:
        await browser.post(f"{ORDERS}{kind}/", {"selected": [order_id], "back": ORDERS})
        assert browser.messages == ["error: There are no printable documents related to selected orders."]
    await admin.post(f"/rest/V1/order/{order_id}/invoice", {})
    for kind in ("pdfinvoices", "pdfdocs"):
        await browser.get(ORDERS)
        await browser.post(f"{ORDERS}{kind}/", {"selected": [order_id], "back": ORDERS})
        assert browser.page.content.startswith(b"%PDF")


async def test_all_that_may_be_seen_of_orders_is_printed(ctx, services, admin, order_id):
    await admin.post(f"/rest/V1/order/{order_id}/invoice", {})
    chosen = {"selected": [order_id], "back": ORDERS}
    reader = await a_clerk(ctx, services, "Magento_Sales::sales_order", "Magento_Sales::shipment")
    await reader.get(ORDERS)
    await reader.post(f"{ORDERS}pdfdocs/", chosen)
    assert reader.messages == ["error: There are no printable documents related to selected orders."]
    await admin.post(f"/rest/V1/order/{order_id}/ship", {})
    await reader.post(f"{ORDERS}pdfdocs/", chosen)
    assert reader.page.content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", reader.page.content)) == 1


async def test_labels_of_orders_are_printed(browser, ctx, rest, admin, order_id):
    await browser.get(ORDERS)
    assert "Print Shipping Labels" in browser.text
    other_id = await an_order(rest, ("mug", 1))
    chosen = {"selected": [order_id, other_id], "back": ORDERS}
    await browser.post(f"{ORDERS}printlabels/", chosen)
    assert browser.messages == ["error: There are no shipping labels related to selected orders."]
    for id in (order_id, other_id):
        assert (await admin.post(f"/rest/V1/order/{id}/ship", {})).status == 200
    await ctx.db.execute(
        "update sales_shipment set shipping_label = convert_to('%%PDF-label', 'UTF8') where order_id = %(id)s",
        id=order_id,
    )
    await browser.get(ORDERS)
    await browser.post(f"{ORDERS}printlabels/", chosen)
    assert browser.page.content == b"%PDF-label"
    await ctx.db.execute("update sales_shipment set shipping_label = convert_to('%%PDF-label', 'UTF8')")
    await browser.get(ORDERS)
    await browser.post(f"{ORDERS}printlabels/", chosen)
    assert len(zipfile.ZipFile(io.BytesIO(browser.page.content)).namelist()) == 2


async def test_labels_are_printed_by_who_may_see_shipments(ctx, services, order_id):
    clerk = await a_clerk(ctx, services, "Magento_Sales::sales_order", "Magento_Sales::sales_invoice")
    await clerk.get(ORDERS)
    assert "printlabels" not in clerk.page.text
    await clerk.post(f"{ORDERS}printlabels/", {"selected": [order_id], "back": ORDERS})
    assert clerk.page.status_code == 403


async def test_the_history_has_what_was_said_of_all_documents(browser, admin, order_id):
    track = {"track_number": "1Z-1", "title": "UPS", "carrier_code": "ups"}
    await admin.post(f"/rest/V1/order/{order_id}/invoice", {"comment": {"comment": "Paid in cash"}})
    await admin.post(f"/rest/V1/order/{order_id}/ship", {"tracks": [track], "comment": {"comment": "By van"}})
    await admin.post(f"/rest/V1/order/{order_id}/refund", {"comment": {"comment": "Broken"}})
    await browser.get(f"{ORDERS}view/order_id/{order_id}/tab/history/")
    for part in (
        "The order was placed.", "Paid in cash", "By van", "Broken", "Tracking number 1Z-1 for UPS assigned",
        "We refunded $30.00 offline.",
    ):  # fmt: skip
        assert part in browser.text


@pytest.mark.parametrize(
    ("document", "shown"),
    [
        ([], []),
        (["Magento_Sales::sales_invoice"], ["Invoice #", "Paid in cash"]),
        (["Magento_Sales::shipment"], ["Shipment #", "By van", "Tracking number 1Z-1 for UPS assigned"]),
        (["Magento_Sales::sales_creditmemo"], ["Credit memo #", "Broken"]),
    ],
)
async def test_the_history_has_of_documents_what_its_reader_may_open(ctx, services, admin, order_id, document, shown):
    track = {"track_number": "1Z-1", "title": "UPS", "carrier_code": "ups"}
    await admin.post(f"/rest/V1/order/{order_id}/invoice", {"comment": {"comment": "Paid in cash"}})
    await admin.post(f"/rest/V1/order/{order_id}/ship", {"tracks": [track], "comment": {"comment": "By van"}})
    await admin.post(f"/rest/V1/order/{order_id}/refund", {"comment": {"comment": "Broken"}})
    clerk = await a_clerk(ctx, services, "Magento_Sales::actions_view", *document)
    await clerk.get(f"{ORDERS}view/order_id/{order_id}/tab/history/")
    # What the order itself tells of its documents is for all who may open the order.
    assert "We refunded $30.00 offline." in clerk.text
    of_documents = [
        "Invoice #", "Paid in cash",
        "Shipment #", "By van", "Tracking number 1Z-1 for UPS assigned",
        "Credit memo #", "Broken",
    ]  # fmt: skip
    assert [part for part in of_documents if part in clerk.text] == shown


async def test_an_address_is_corrected(browser, ctx, order_id):
    address_id = await ctx.db.value("select billing_address_id from sales_order where entity_id = %(id)s", id=order_id)
    await browser.get(f"{ORDERS}view/order_id/{order_id}/")
    edit = f"{ORDERS}address/order_id/{order_id}/address_id/{address_id}/"
    assert f'href="{edit}"' in browser.page.text
    await browser.get(edit)
    assert browser.heading == "Edit Order #000000001 Billing Address"
    fields = {
        "firstname": "Janet", "lastname": "Doe", "street0": "5 New Street", "city": "Reno", "country_id": "US",
        "region_id": "39", "postcode": "89501", "telephone": "1",
    }  # fmt: skip
    save = f"{ORDERS}addressSave/order_id/{order_id}/address_id/{address_id}/"
    await browser.post(save, {**fields, "city": ""})
    assert browser.page.status_code == 422
    assert browser.messages == ['error: "city" is required. Enter and try again.']
    await browser.post(save, fields)
    assert browser.messages == ["success: You updated the order address."]
    for part in ("Janet Doe", "5 New Street", "Reno, Nevada, 89501"):
        assert part in browser.text
