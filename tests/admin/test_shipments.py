"""The page of a shipment, and New Shipment."""

from __future__ import annotations

import io
import zipfile

import pytest

from entrepot import access
from entrepot.kit.context import ActorType
from tests.admin.browser import AdminBrowser, an_administrator
from tests.sales.makers import an_order_of_mugs
from tests.sales.test_mails import letters

SHIPMENT = "/admin/sales/shipment/"
UPS = {"carrier": "ups", "title": "", "number": "1Z-9876543210"}


@pytest.fixture
async def admin(ctx, rest, ada):
    return rest.as_caller(await access.issue(ctx, ActorType.ADMIN, ada.user_id))


@pytest.fixture
async def order_id(ctx, rest):
    """Of two mugs."""
    for kind in ("order", "invoice", "shipment"):
        await ctx.db.execute(f"alter sequence sales_{kind}_number_1 restart")
    return await an_order_of_mugs(ctx, rest)


@pytest.fixture
async def shipment_id(admin, order_id):
    reply = await admin.post(f"/rest/V1/order/{order_id}/ship", {})
    return int(reply.body)


async def a_clerk(ctx, services, *resources: str) -> AdminBrowser:
    await an_administrator(ctx, "clerk", resources)
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    return clerk


async def subjects(ctx):
    return [mail["Subject"] for _, mail in await letters(ctx)]


async def tracks_of(ctx, shipment_id):
    return await ctx.db.all(
        tuple,
        """
        select carrier_code, title, track_number
        from sales_shipment_track
        where parent_id = %(id)s
        order by entity_id
        """,
        id=shipment_id,
    )


async def label(ctx, shipment_id, content):
    await ctx.db.execute(
        "update sales_shipment set shipping_label = %(content)s where entity_id = %(id)s",
        content=content,
        id=shipment_id,
    )


async def test_a_shipment_tells_what_left_which_source(browser, order_id, shipment_id):
    await browser.get(f"{SHIPMENT}view/id/{shipment_id}/")
    assert browser.heading == "Shipment #000000001"
    assert browser.rows == [["Mug SKU: mug", "2"]]
    for part in ("Order #000000001", "Jane Doe", "Inventory Source Default Source", "The shipment email is not sent."):
        assert part in browser.text
    assert f'href="/admin/sales/order/view/order_id/{order_id}/"' in browser.page.text


async def test_a_shipment_that_is_not_there_leads_to_the_grid(browser, db):
    await browser.get(f"{SHIPMENT}view/id/999/")
    assert browser.heading == "Shipments"
    assert browser.messages == ["error: This shipment no longer exists."]


async def test_numbers_of_parcels_are_noted_and_taken_away(browser, ctx, shipment_id):
    await browser.get(f"{SHIPMENT}view/id/{shipment_id}/")
    await browser.post(browser.action("addtrack"), UPS)
    assert browser.messages == ["success: The tracking number has been added."]
    assert browser.rows[0][:3] == ["United Parcel Service", "United Parcel Service", "1Z-9876543210"]
    assert await tracks_of(ctx, shipment_id) == [("ups", "United Parcel Service", "1Z-9876543210")]
    await browser.post(browser.action("removetrack"), {"track_id": browser.value("track_id")})
    assert browser.messages == ["success: The tracking number has been removed."]
    assert await tracks_of(ctx, shipment_id) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (UPS | {"number": " "}, "Please enter a tracking number."),
        (UPS | {"carrier": "pigeon"}, "Please specify a carrier."),
    ],
)
async def test_a_parcel_without_number_or_carrier_is_refused(browser, ctx, shipment_id, fields, message):
    await browser.get(f"{SHIPMENT}view/id/{shipment_id}/")
    await browser.post(browser.action("addtrack"), fields)
    assert browser.messages == [f"error: {message}"]
    assert await tracks_of(ctx, shipment_id) == []


async def test_a_parcel_of_another_shipment_is_left_alone(browser, ctx, admin, order_id):
    one = {"items": [{"order_item_id": await ctx.db.value("select max(item_id) from sales_order_item"), "qty": 1}]}
    first = int((await admin.post(f"/rest/V1/order/{order_id}/ship", one)).body)
    second = int((await admin.post(f"/rest/V1/order/{order_id}/ship", one)).body)
    await browser.get(f"{SHIPMENT}view/id/{first}/")
    await browser.post(browser.action("addtrack"), UPS)
    track_id = browser.value("track_id")
    await browser.post(f"{SHIPMENT}removetrack/id/{second}/", {"track_id": track_id})
    assert browser.messages == ["error: We can't load track with retrieving identifier right now."]
    assert len(await tracks_of(ctx, first)) == 1


async def test_a_comment_is_noted_and_may_be_mailed(browser, ctx, shipment_id):
    await browser.get(f"{SHIPMENT}view/id/{shipment_id}/")
    await browser.post(browser.action("comment"), {"comment[comment]": ""})
    assert browser.messages == ["error: The comment is missing. Enter and try again."]
    await browser.post(
        browser.action("comment"), {"comment[comment]": "On its way", "comment[is_customer_notified]": "1"}
    )
    assert browser.messages == ["success: You added the comment."]
    assert "Customer notified On its way" in browser.text
    assert await subjects(ctx) == ["Update to your Main Website Store shipment"]


async def test_a_shipment_is_mailed_with_its_numbers(browser, ctx, shipment_id):
    await browser.get(f"{SHIPMENT}view/id/{shipment_id}/")
    await browser.post(browser.action("addtrack"), UPS)
    assert await subjects(ctx) == []
    await browser.post(browser.action("email"))
    assert browser.messages == ["success: You sent the shipment."]
    assert await subjects(ctx) == ["Your Main Website Store order has shipped"]


async def test_packing_slips_are_printed_one_by_one_and_together(browser, shipment_id):
    await browser.get(f"{SHIPMENT}print/id/{shipment_id}/")
    assert browser.page.headers["content-disposition"] == 'inline; filename="packingslip000000001.pdf"'
    assert browser.page.content.startswith(b"%PDF")
    await browser.get(SHIPMENT)
    await browser.post(f"{SHIPMENT}pdfshipments/", {"selected": [shipment_id]})
    assert browser.page.content.startswith(b"%PDF")


async def test_labels_are_printed_where_there_are_any(browser, ctx, admin, order_id):
    one = {"items": [{"order_item_id": await ctx.db.value("select max(item_id) from sales_order_item"), "qty": 1}]}
    ids = [int((await admin.post(f"/rest/V1/order/{order_id}/ship", one)).body) for _ in range(2)]
    await browser.get(SHIPMENT)
    await browser.post(f"{SHIPMENT}printlabels/", {"selected": ids, "back": SHIPMENT})
    assert browser.messages == ["error: There are no shipping labels related to selected shipments."]
    await label(ctx, ids[0], b"%PDF one")
    await browser.post(f"{SHIPMENT}printlabels/", {"selected": ids})
    assert browser.page.content == b"%PDF one"
    await browser.get(f"{SHIPMENT}printlabel/id/{ids[0]}/")
    assert browser.page.content == b"%PDF one"
    await label(ctx, ids[1], b"%PDF two")
    await browser.get(SHIPMENT)
    await browser.post(f"{SHIPMENT}printlabels/", {"selected": ids})
    with zipfile.ZipFile(io.BytesIO(browser.page.content)) as packed:
        assert packed.namelist() == ["label000000001.pdf", "label000000002.pdf"]


async def test_who_may_see_shipments_may_not_mail_them(ctx, services, shipment_id):
    clerk = await a_clerk(ctx, services, "Magento_Sales::shipment")
    await clerk.get(f"{SHIPMENT}view/id/{shipment_id}/")
    assert clerk.heading == "Shipment #000000001"
    await clerk.post(f"{SHIPMENT}email/id/{shipment_id}/")
    assert clerk.page.status_code == 403
    assert await subjects(ctx) == []


async def test_who_may_not_see_shipments_changes_nothing_of_them(ctx, services, shipment_id):
    clerk = await a_clerk(ctx, services, "Magento_Sales::actions_view", "Magento_Sales::emails")
    await label(ctx, shipment_id, b"%PDF one")
    for action in ("view", "print", "printlabel"):
        await clerk.get(f"{SHIPMENT}{action}/id/{shipment_id}/")
        assert clerk.page.status_code == 403
    for action in ("addtrack", "removetrack", "comment", "email"):
        await clerk.post(f"{SHIPMENT}{action}/id/{shipment_id}/", UPS)
        assert clerk.page.status_code == 403
    assert await tracks_of(ctx, shipment_id) == []
    assert await subjects(ctx) == []


async def test_forms_without_their_key_change_no_parcel(browser, ctx, shipment_id):
    await browser.post_without_key(f"{SHIPMENT}addtrack/id/{shipment_id}/", UPS)
    assert await tracks_of(ctx, shipment_id) == []
    await browser.get(f"{SHIPMENT}view/id/{shipment_id}/")
    await browser.post(browser.action("addtrack"), UPS)
    await browser.post_without_key(
        f"{SHIPMENT}removetrack/id/{shipment_id}/", {"track_id": browser.value("track_id")}
    )  # fmt: skip
    assert len(await tracks_of(ctx, shipment_id)) == 1


@pytest.mark.parametrize("action", ["addtrack", "removetrack", "comment", "email"])
async def test_of_a_shipment_that_is_not_there_nothing_is_changed(browser, db, action):
    await browser.post(f"{SHIPMENT}{action}/id/999/", UPS)
    assert browser.heading == "Shipments"
    assert browser.messages == ["error: This shipment no longer exists."]


async def test_a_shipment_without_a_label_says_so(browser, ctx, shipment_id):
    await browser.get(f"{SHIPMENT}view/id/{shipment_id}/")
    assert "Print Shipping Label" not in browser.page.text
    await browser.get(f"{SHIPMENT}printlabel/id/{shipment_id}/")
    assert browser.heading == "Shipment #000000001"
    assert browser.messages == ["error: There are no shipping labels related to selected shipments."]
    await label(ctx, shipment_id, b"%PDF one")
    await browser.get(f"{SHIPMENT}view/id/{shipment_id}/")
    assert f'href="{SHIPMENT}printlabel/id/{shipment_id}/">Print Shipping Label<' in browser.page.text


# New Shipment

START = "/admin/sales/order_shipment/start/order_id/"
NEW = "/admin/sales/order_shipment/new/order_id/"
ORDER = "/admin/sales/order/view/order_id/"


@pytest.fixture
async def qty(ctx, order_id):
    """The name of the field for the mugs."""
    item_id = await ctx.db.value("select item_id from sales_order_item where order_id = %(id)s", id=order_id)
    return f"shipment[items][{item_id}]"


async def qty_shipped(ctx, order_id):
    return await ctx.db.value("select qty_shipped from sales_order_item where order_id = %(id)s", id=order_id)


async def qty_in_source(ctx):
    return await ctx.db.value("select quantity from inventory_source_item where sku = 'mug'")


async def test_an_order_offers_to_ship_until_all_is(browser, order_id, shipment_id):
    await browser.get(f"{ORDER}{order_id}/")
    assert START not in browser.page.text
    await browser.get(f"{NEW}{order_id}/")
    assert browser.where == f"{ORDER}{order_id}/"
    assert browser.messages == ["error: Cannot do shipment for the order."]


async def test_with_one_source_the_form_comes_at_once_and_proposes_all_that_is_left(browser, order_id, qty):
    await browser.get(f"{ORDER}{order_id}/")
    assert f'href="{START}{order_id}/"' in browser.page.text
    await browser.get(f"{START}{order_id}/")
    assert browser.where == f"{NEW}{order_id}/"
    assert browser.heading == "New Shipment for #000000001"
    assert browser.value(qty) == "2"
    assert browser.rows == [["Mug SKU: mug", "2", "0", "0", ""]]
    assert "Inventory Source Default Source" in browser.text
    assert "Select another" not in browser.text


async def test_a_shipment_is_created_of_what_was_chosen(browser, ctx, order_id, qty):
    before = await qty_in_source(ctx)
    await browser.get(f"{NEW}{order_id}/")
    await browser.post(browser.action("new"), {qty: "1", "do": "add_track"})
    assert browser.value(qty) == "1"
    track = {"tracking[0][carrier_code]": "dhl", "tracking[0][title]": "Express", "tracking[0][number]": "42"}
    said = {"shipment[comment_text]": "With care", "shipment[comment_customer_notify]": "1"}
    await browser.post(browser.action("new"), {qty: "1", **track, **said, "shipment[send_email]": "1", "do": "submit"})
    assert browser.where == f"{ORDER}{order_id}/"
    assert browser.messages == ["success: The shipment has been created."]
    assert "Pieces left: 2 to invoice, 1 to ship." in browser.text
    assert await qty_shipped(ctx, order_id) == 1
    assert await qty_in_source(ctx) == before - 1
    shipment_id = await ctx.db.value("select entity_id from sales_shipment")
    assert await tracks_of(ctx, shipment_id) == [("dhl", "Express", "42")]
    assert await ctx.db.all(tuple, "select comment, is_customer_notified from sales_shipment_comment") == [
        ("With care", 1)
    ]
    [(_, mail)] = await letters(ctx)
    assert mail["Subject"] == "Your Main Website Store order has shipped"
    assert "With care" in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("3", 'The quantity to ship must not be greater than the unshipped quantity for product SKU "mug".'),
        ("many", "Please enter a valid number in this field."),
        ("0", "You can't create a shipment without products."),
        ("", "You can't create a shipment without products."),
    ],
)
async def test_quantities_that_cannot_be_are_refused(browser, ctx, order_id, qty, typed, message):
    await browser.get(f"{NEW}{order_id}/")
    await browser.post(browser.action("new"), {qty: typed, "do": "submit"})
    assert browser.page.status_code == 422
    assert browser.messages == [f"error: {message}"]
    assert browser.value(qty) == typed
    assert await qty_shipped(ctx, order_id) == 0


async def test_a_parcel_needs_a_number(browser, ctx, order_id, qty):
    await browser.get(f"{NEW}{order_id}/")
    track = {"tracking[0][carrier_code]": "dhl", "tracking[0][title]": "Express", "tracking[0][number]": ""}
    await browser.post(browser.action("new"), {qty: "1", **track, "do": "submit"})
    assert browser.messages == ["error: Please enter a tracking number."]
    assert await qty_shipped(ctx, order_id) == 0


async def test_goods_that_are_not_there_do_not_leave(browser, ctx, order_id, qty):
    await ctx.db.execute("update inventory_source_item set quantity = 1")
    await browser.get(f"{NEW}{order_id}/")
    await browser.post(browser.action("new"), {qty: "2", "do": "submit"})
    assert browser.page.status_code == 422
    assert browser.messages == ["error: Not all of your products are available in the requested quantity."]
    assert await qty_shipped(ctx, order_id) == 0
    assert await qty_in_source(ctx) == 1
    assert await ctx.db.value("select count(*) from sales_shipment") == 0


async def test_an_order_that_is_not_there_is_not_shipped(browser, db):
    for path in (START, NEW):
        await browser.get(f"{path}999/")
        assert browser.heading == "Orders"
        assert browser.messages == ["error: The order no longer exists."]


async def test_who_may_not_ship_gets_no_form(ctx, services, order_id, qty):
    clerk = await a_clerk(ctx, services, "Magento_Sales::actions_view", "Magento_Sales::shipment")
    await clerk.get(f"{ORDER}{order_id}/")
    assert START not in clerk.page.text
    await clerk.post(f"{NEW}{order_id}/", {qty: "1", "do": "submit"})
    assert clerk.page.status_code == 403
    assert await qty_shipped(ctx, order_id) == 0


async def test_a_form_without_its_key_ships_nothing(browser, ctx, order_id, qty):
    await browser.post_without_key(f"{NEW}{order_id}/", {qty: "1", "do": "submit"})
    assert await qty_shipped(ctx, order_id) == 0
