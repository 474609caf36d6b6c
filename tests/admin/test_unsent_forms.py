"""A form of the Admin that meets the end of its session comes back after signing in, with what was typed."""

import re
from datetime import timedelta

import pytest

from entrepot import customers
from tests.admin.browser import an_administrator
from tests.admin.product_pages import HOME as PRODUCTS
from tests.admin.product_pages import fields_of, found
from tests.catalog.products.makers import a_product
from tests.sales.makers import an_order_of_mugs
from tests.storefront.browser import HOST
from tests.storefront.makers import a_customer, an_address

DOOR = "Welcome, please sign in"
ENDED = "error: Your session has ended. Sign in to go on; what you typed is kept."
STILL_HERE = "notice: Your session has expired. What you typed is still here: please check it and send it again."
WRONG_KEY = "error: Invalid Form Key. Please refresh the page."


@pytest.fixture
def later(services, monkeypatch):
    """Let an hour pass, in which every session ends."""

    def pass_() -> None:
        passed = services.clock() + timedelta(hours=1)
        monkeypatch.setattr(services, "clock", lambda: passed)

    return pass_


@pytest.fixture
async def jane(ctx):
    return await a_customer(ctx, ctx.stores.by_code("default"), addresses=[an_address()])


@pytest.fixture
def new_address(jane):
    return f"/admin/customer/address/new/customer_id/{jane.id}/"


async def send(browser, fields, target=None, **headers):
    """As a browser sends the form of the page it is at."""
    target = target or browser.action("/save")
    headers = {"referer": f"http://{HOST}{browser.where}", "origin": f"http://{HOST}", **headers}
    return await browser.post_without_key(target, {**fields_of(browser), **fields}, headers=headers)


async def sign_in(browser, username="ada"):
    """At the door where it stands."""
    to = browser.value("to")
    fields = {"to": to, "login[username]": username, "login[password]": "correct horse 1"}
    await browser.post("/admin/adminhtml/auth/loginPost/", fields)


async def test_the_form_comes_back_filled_after_signing_in(browser, ctx, jane, new_address, later):
    await browser.get(new_address)
    typed = {"firstname": 'Jo "X" <b>', "city": "Austin", "region_id": "57", "default_billing": ["0", "1"]}
    later()
    await send(browser, typed)
    assert DOOR in browser.page.text
    assert browser.messages == [ENDED]

    await sign_in(browser)

    assert browser.where == new_address
    assert browser.messages == [STILL_HERE]
    assert browser.value("firstname") == "Jo &quot;X&quot; &lt;b&gt;"
    assert browser.value("city") == "Austin"
    assert re.search(r'<option value="57" selected>', browser.page.text)
    assert re.search(r'name="default_billing" type="checkbox" value="1" checked', browser.page.text)
    assert "data-unsaved" in browser.page.text
    assert len(await addresses(ctx, jane)) == 1

    await send(
        browser, {"street0": "1 Elm", "telephone": "5", "postcode": "78701", "lastname": "Doe", "country_id": "US"}
    )
    assert browser.messages == ["success: New customer address has been added."]
    # It is shown once.
    await browser.get(new_address)
    assert (browser.messages, browser.value("city")) == ([], "")


async def addresses(ctx, customer):
    return (await customers.get_by_id(ctx, customer.id)).addresses


async def test_nobody_else_sees_what_was_typed(browser, ctx, new_address, later):
    await an_administrator(ctx, "bob")
    await browser.get(new_address)
    later()
    await send(browser, {"city": "Austin"})
    await sign_in(browser, "bob")

    assert (browser.where, browser.messages) == (new_address, [])
    assert browser.value("city") == ""


async def test_a_form_of_another_tab_is_not_lost_when_somebody_signed_in_anew(browser, ctx, jane, new_address, later):
    await browser.get(new_address)
    stale = browser.page
    later()
    await browser.enter("ada")
    browser.page = stale
    await send(browser, {"city": "Austin"})

    assert (browser.where, browser.messages) == (new_address, [STILL_HERE])
    assert browser.value("city") == "Austin"

    # Bob has signed in meanwhile, in the same browser.
    await an_administrator(ctx, "bob")
    await browser.enter("bob")
    browser.page = stale
    await send(browser, {"city": "Austin"})
    assert (browser.where, browser.messages) == (new_address, [WRONG_KEY])
    assert browser.value("city") == ""


async def test_a_script_has_the_whole_page_go_to_the_door(browser, new_address, later):
    await browser.get(new_address)
    later()
    answer = await send(browser, {"city": "Austin"}, **{"hx-request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, new_address)

    await browser.get(answer.headers["hx-redirect"])
    assert (DOOR in browser.page.text, browser.messages) == (True, [ENDED])
    await sign_in(browser)
    assert (browser.messages, browser.value("city")) == ([STILL_HERE], "Austin")


async def test_a_script_with_a_wrong_key_has_the_whole_page_come_again(browser, new_address, later):
    await browser.get(new_address)
    stale = browser.page
    later()
    await browser.enter("ada")
    browser.page = stale
    answer = await send(browser, {"city": "Austin"}, **{"hx-request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, new_address)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example", "referer": "http://evil.example/"},
        {"origin": "null"},
        {"origin": f"http://{HOST}:81"},
        {"referer": "http://evil.example/"},
        {"referer": ""},
    ],
)
async def test_nothing_is_kept_that_another_site_has_sent(browser, db, new_address, later, headers):
    await browser.get(new_address)
    later()
    await send(browser, {"city": "Evil"}, **headers)
    assert await db.value("select count(*) from session where data ? 'unsent_form'") == 0
    await browser.enter("ada")
    await browser.get(new_address)
    assert browser.value("city") == ""


@pytest.mark.parametrize("changes", [{"form_stamp": ""}, {"form_stamp": "1.x"}, {"form_key": "0123456789abcdef"}])
async def test_nothing_is_kept_that_no_page_of_ours_has_shown(browser, db, new_address, later, changes):
    await browser.get(new_address)
    later()
    await send(browser, {"city": "Austin", **changes})
    assert await db.value("select count(*) from session where data ? 'unsent_form'") == 0
    assert browser.messages == ["error: Your session has ended. Sign in to go on."]


async def test_passwords_are_not_kept(browser, db, later):
    await browser.get("/admin/adminhtml/system_account/")
    later()
    secret = {
        "password": "new secret 1",
        "password_confirmation": "new secret 1",
        "current_password": "correct horse 1",
    }
    await send(browser, {"firstname": "Augusta", **secret})
    kept = await db.value("select data from session where data ? 'unsent_form'")
    assert kept["unsent_form"]["fields"]["firstname"] == ["Augusta"]
    assert "secret" not in str(kept) and "horse" not in str(kept)
    await sign_in(browser)
    assert (browser.heading, browser.value("firstname")) == ("Account Setting", "Augusta")


async def test_more_than_a_form_can_have_is_not_kept(browser, db, new_address, later):
    await browser.get(new_address)
    stale = browser.page
    later()
    await browser.enter("ada")
    browser.page = stale
    await send(browser, {"company": "x" * 1024 * 1024})
    assert browser.messages == [WRONG_KEY]
    assert await db.value("select count(*) from session where data ? 'unsent_form'") == 0


async def test_rows_that_were_added_come_back_too(browser, ctx, later):
    product = await a_product(ctx, "24-WB01", name="Voyage Yoga Bag")
    await browser.get(f"{PRODUCTS}/edit/id/{product.id}/")
    await send(browser, {"do": "add tier_prices"})
    rows = [name for name in fields_of(browser) if name.startswith("tier_prices[")]
    assert rows
    row = rows[0].partition("]")[0] + "]"
    later()
    await send(browser, {"product[name]": "Renamed", f"{row}[qty]": "5", f"{row}[amount]": "9.50"})
    assert DOOR in browser.page.text
    await sign_in(browser)

    assert browser.messages == [STILL_HERE]
    fields = fields_of(browser)
    assert fields["product[name]"] == ["Renamed"]
    assert (fields[f"{row}[qty]"], fields[f"{row}[amount]"]) == (["5"], ["9.50"])
    assert (await found(ctx, "24-WB01")).name == "Voyage Yoga Bag"

    await send(browser, {})
    assert "success: You saved the product." in browser.messages
    saved = await found(ctx, "24-WB01")
    assert (saved.name, [tier.qty for tier in saved.tier_prices or ()]) == ("Renamed", [5])


async def test_a_form_that_was_refused_before_can_be_sent_again(browser, ctx, jane, new_address, later):
    await browser.get(new_address)
    good = {"street0": "1 Elm", "telephone": "5", "lastname": "Doe", "country_id": "US", "region_id": "57"}
    await send(browser, {**good, "city": ""})
    assert browser.page.status_code == 422
    later()
    await send(browser, {"city": "Austin", "postcode": "78701"})
    assert (DOOR in browser.page.text, browser.messages) == (True, [ENDED])
    await sign_in(browser)

    assert (browser.heading, browser.messages) == ("Send Again", [STILL_HERE])
    assert len(await addresses(ctx, jane)) == 1
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', browser.page.text))
    await browser.post_without_key(browser.action("/save"), fields)
    assert browser.messages == ["success: New customer address has been added."]
    assert [one.city for one in await addresses(ctx, jane)] == ["Purchase", "Austin"]


async def test_what_was_confirmed_before_is_asked_anew(browser, ctx, db, jane, later):
    address_id = jane.addresses[0].id
    await browser.get(f"/admin/customer/index/edit/id/{jane.id}/tab/addresses/")
    later()
    where = f"/admin/customer/address/delete/customer_id/{jane.id}/id/{address_id}/"
    key = dict(re.findall(r'name="(form_key|form_stamp)" value="([^"]*)"', browser.page.text))
    referer = {"referer": f"http://{HOST}{browser.where}"}
    await browser.post_without_key(where, {**key, "confirmed": "1", "x": "y"}, headers=referer)
    assert await db.value("select count(*) from session where data ? 'unsent_form'") == 0
    assert len(await addresses(ctx, jane)) == 1


async def test_after_an_hour_what_was_typed_is_forgotten(browser, new_address, later):
    await browser.get(new_address)
    later()
    await send(browser, {"city": "Austin"})
    later()
    await browser.get(new_address)
    await sign_in(browser)
    assert (browser.where, browser.messages, browser.value("city")) == (new_address, [], "")


REDRAWING = [
    "catalog/product/save",
    "inventory/stock/save",
    "inventoryshipping/SourceSelection/index",
    "sales/order_create/save",
    "sales/order_creditmemo/new",
    "sales/order_edit/save",
    "sales/order_invoice/new",
    "sales/order_reorder/save",
    "sales/order_shipment/new",
    "sales_rule/promo_quote/save",
    "tax/rule/save",
]


def test_these_targets_show_a_form_as_it_was_sent():
    from tests.admin.test_permissions import DECLARED

    assert sorted(one.path for one in DECLARED if one.redraws) == REDRAWING
    assert all(one.methods == {"POST"} for one in DECLARED if one.redraws)


@pytest.mark.parametrize(
    ("target", "typed", "count"),
    [
        ("inventory/stock/save", {"name": "Another"}, "select count(*) from inventory_stock"),
        (
            "sales_rule/promo_quote/save",
            {"name": "Another", "simple_action": "by_percent"},
            "select count(*) from salesrule",
        ),
        (
            "tax/rule/save",
            {"code": "Another", "priority": "1", "position": "1"},
            "select count(*) from tax_calculation_rule",
        ),
    ],
)
async def test_what_is_shown_by_its_target_is_not_saved(browser, db, target, typed, count):
    before = await db.value(count)
    await browser.get("/admin/customer/index/")
    await browser.post(f"/admin/{target}/", {**typed, "do": "redraw"})
    assert browser.page.status_code == 200
    assert browser.value("code" if "code" in typed else "name") == "Another"
    assert await db.value(count) == before


@pytest.mark.parametrize(
    ("kind", "count"),
    [("invoice", "select count(*) from sales_invoice"), ("shipment", "select count(*) from sales_shipment")],
)
async def test_no_document_is_made_by_being_shown(browser, ctx, rest, db, kind, count):
    order = await an_order_of_mugs(ctx, rest)
    await browser.get("/admin/customer/index/")
    await browser.post(f"/admin/sales/order_{kind}/new/order_id/{order}/", {"do": "redraw"})
    assert browser.heading.startswith(f"New {kind.title()} for #")
    assert await db.value(count) == 0
