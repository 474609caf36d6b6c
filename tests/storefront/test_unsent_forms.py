"""A form of the shop that meets the end of its session comes back with what was typed."""

import re
from datetime import timedelta

import pytest

from entrepot import customers
from tests.storefront.browser import HOST
from tests.storefront.buying import NEW_YORK, cart_of, put_in
from tests.storefront.makers import a_customer, an_address, configure

ENDED = "error: Your session has expired. Sign in to go on; what you typed is kept."
STILL_HERE = "notice: Your session has expired. What you typed is still here: please check it and send it again."
WRONG_KEY = "error: Invalid Form Key. Please refresh the page."
DUBLIN = {
    "firstname": "Jo <b>",
    "lastname": "Doe",
    "telephone": "5",
    "street[]": ["1 Elm", "Rear"],
    "city": "Dublin",
    "country_id": "IE",
    "postcode": "D02",
}


@pytest.fixture
def later(services, monkeypatch):
    """Let two hours pass, in which every session ends."""

    def pass_() -> None:
        passed = services.clock() + timedelta(hours=2)
        monkeypatch.setattr(services, "clock", lambda: passed)

    return pass_


def stamped(browser, target):
    """The key and the stamp of the form with this target."""
    form = browser.page.text.partition(f'action="{target}"')[2].partition("</form>")[0]
    return dict(re.findall(r'name="(form_key|form_stamp)" value="([^"]*)"', form))


async def send(browser, target, fields, **headers):
    """As a browser sends the form of the page it is at."""
    headers = {"referer": f"http://{HOST}{browser.where}", "origin": f"http://{HOST}", **headers}
    return await browser.post_without_key(target, {**stamped(browser, target), **fields}, headers=headers)


async def sign_in(browser, email="jdoe@example.com", root="/us"):
    fields = {"login[username]": email, "login[password]": "Password1"}
    await browser.post(f"{root}/customer/account/loginPost/", fields)


async def addresses(ctx, customer):
    return (await customers.get_by_id(ctx, customer.id)).addresses


async def test_a_customers_form_comes_back_after_signing_in(browser, ctx, jane, later):
    await browser.sign_in()
    await browser.get("/us/customer/address/new/")
    later()
    await send(browser, "/us/customer/address/formPost/", DUBLIN)
    assert (browser.where, browser.messages) == ("/us/customer/account/login/", [ENDED])

    await sign_in(browser)

    assert (browser.where, browser.messages) == ("/us/customer/address/new/", [STILL_HERE])
    assert (browser.value("firstname"), browser.value("city")) == ("Jo &lt;b&gt;", "Dublin")
    assert re.findall(r'name="street\[\]"[^>]*? value="([^"]*)"', browser.page.text) == ["1 Elm", "Rear"]
    assert '<option value="IE" selected>' in browser.page.text
    assert len(await addresses(ctx, jane)) == 1

    await send(browser, "/us/customer/address/formPost/", DUBLIN)
    assert browser.messages == ["success: You saved the address."]
    assert len(await addresses(ctx, jane)) == 2


async def test_another_customer_does_not_see_it(browser, ctx, us, jane, later):
    await a_customer(ctx, us, email="other@example.com", firstname="Other")
    await browser.sign_in()
    await browser.get("/us/customer/address/new/")
    later()
    await send(browser, "/us/customer/address/formPost/", DUBLIN)
    await sign_in(browser, "other@example.com")
    await browser.get("/us/customer/address/new/")
    assert (browser.messages, browser.value("city")) == ([], "")


async def test_the_shop_that_prefers_its_dashboard_shows_the_form_first(browser, ctx, jane, later):
    await configure(ctx, "customer/startup/redirect_dashboard", "1")
    await browser.sign_in()
    await browser.get("/us/customer/address/new/")
    later()
    await send(browser, "/us/customer/address/formPost/", DUBLIN)
    await sign_in(browser)
    assert (browser.where, browser.value("city")) == ("/us/customer/address/new/", "Dublin")


async def test_a_guest_whose_browser_was_closed_sends_the_step_of_the_checkout_again(browser, db, goods):
    await put_in(browser, "/voyage-yoga-bag.html", 2)
    await browser.get("/checkout/")
    before = await cart_of(db)
    for name in ("entrepot_session", "entrepot_session_visitor"):
        browser.client.cookies.delete(name)

    await send(browser, "/checkout/shippingPost/", NEW_YORK)

    assert (browser.where, browser.messages) == ("/checkout/", [STILL_HERE])
    assert (browser.value("email"), browser.value("city")) == ("jdoe@example.com", "Purchase")
    assert '<option value="43" selected>' in browser.page.text
    assert await cart_of(db) == before
    await send(browser, "/checkout/shippingPost/", NEW_YORK)
    assert (browser.where, browser.messages) == ("/checkout/payment/", [])


async def test_a_customer_who_meets_the_end_of_the_session_in_the_checkout_signs_in_and_goes_on(
    browser, ctx, goods, later
):
    await a_customer(ctx, ctx.stores.by_code("default"), addresses=[an_address()])
    await browser.sign_in(root="")
    await put_in(browser, "/voyage-yoga-bag.html", 2)
    await browser.get("/checkout/")
    later()
    typed = {**NEW_YORK, "address_id": "new", "city": "Austin", "region_id": "57"}
    await send(browser, "/checkout/shippingPost/", typed)
    assert (browser.where, browser.messages) == ("/customer/account/login/", [ENDED])

    await sign_in(browser, root="")

    assert (browser.where, browser.messages) == ("/checkout/", [STILL_HERE])
    assert browser.value("city") == "Austin"
    assert re.search(r'name="address_id" value="new" checked', browser.page.text)


async def test_a_part_of_the_checkout_that_a_script_asks_for_has_the_whole_page_come_again(browser, ctx, goods, later):
    await put_in(browser, "/voyage-yoga-bag.html", 2)
    await browser.get("/checkout/")
    for name in ("entrepot_session", "entrepot_session_visitor"):
        browser.client.cookies.delete(name)
    key = stamped(browser, "/checkout/shippingPost/")
    headers = {"referer": f"http://{HOST}/checkout/", "hx-request": "true"}
    answer = await browser.client.post("/checkout/rates/", data={**key, **NEW_YORK}, headers=headers)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/checkout/")
    await browser.get("/checkout/")
    assert (browser.messages, browser.value("city")) == ([STILL_HERE], "Purchase")


async def test_a_form_with_options_comes_back_on_the_products_page(browser, db, bag):
    await browser.get("/voyage-yoga-bag.html")
    browser.client.cookies.clear()
    target = browser.action("checkout/cart/add")
    await send(browser, target, {"product": browser.value("product"), "qty": "7"})
    assert (browser.where, browser.messages, browser.value("qty")) == ("/voyage-yoga-bag.html", [STILL_HERE], "7")
    assert await db.value("select count(*) from quote") == 0


async def test_more_than_a_guest_types_is_not_kept(browser, db):
    await browser.get("/customer/account/create/")
    browser.client.cookies.clear()
    await send(browser, "/customer/account/createpost/", {"firstname": "x" * 33000})
    assert browser.messages == [WRONG_KEY]
    assert await db.value("select count(*) from session where data ? 'unsent_form'") == 0


async def test_another_sites_form_fills_nothing(browser, db):
    await browser.get("/customer/account/create/")
    browser.client.cookies.clear()
    evil = {"origin": "http://evil.example", "referer": "http://evil.example/"}
    await send(browser, "/customer/account/createpost/", {"firstname": "Evil"}, **evil)
    await browser.get("/customer/account/create/")
    assert browser.value("firstname") == ""


async def test_signing_out_forgets_what_was_typed(browser, db, jane, later):
    await browser.sign_in()
    await browser.get("/us/customer/address/new/")
    later()
    await send(browser, "/us/customer/address/formPost/", DUBLIN)
    await browser.get("/us/customer/account/login/")
    await sign_in(browser)
    await browser.get("/us/customer/account/logout/")
    assert await db.value("select count(*) from session where data ? 'unsent_form'") == 0
