"""Orders and Returns, and the account that takes over a guest's order."""

from __future__ import annotations

import base64

import pytest

from tests.sales.makers import AUSTIN, a_ready_cart, an_order
from tests.sales.makers import pay as pay_by_rest
from tests.storefront.buying import fill, lines, number, order, pay, ship
from tests.storefront.makers import PASSWORD, a_customer, a_view
from tests.storefront.order_makers import a_shipment, an_invoice, number_of

FORM, VIEW = "/sales/guest/form/", "/sales/guest/view/"
WRONG = ["error: You entered incorrect data. Please try again."]


@pytest.fixture
async def order_id(ctx, rest, goods):
    """A guest's order, billed to Jane Doe in New York; the mail address differs from the name."""
    return await an_order(rest, ("24-WB01", 2))


async def look(browser, db, order_id, **changes):
    await browser.get(FORM)
    sent = {
        "oar_order_id": await number_of(db, order_id),
        "oar_billing_lastname": "Doe",
        "oar_type": "email",
        "oar_email": "jdoe@example.com",
        "oar_zip": "",
        **changes,
    }
    await browser.post(VIEW, sent)


async def test_the_footer_leads_to_it(browser, goods):
    await browser.get("/")
    assert f'<a href="{FORM}">Orders and Returns</a>' in browser.page.text


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"oar_billing_lastname": " dOE ", "oar_email": "JDoe@Example.COM"},
        {"oar_type": "zip", "oar_email": "", "oar_zip": "10577"},
    ],
)
async def test_who_knows_the_order_sees_it(browser, db, order_id, changes):
    await look(browser, db, order_id, **changes)
    assert browser.where == VIEW
    assert browser.title.startswith(f"Order # {await number_of(db, order_id)} ")
    assert "Grand Total $74.00" in browser.text
    assert 'class="account-nav"' not in browser.page.text

    code = await db.value("select protect_code from sales_order")
    expected = base64.urlsafe_b64encode(f"{code}:{await number_of(db, order_id)}".encode()).decode()
    assert browser.client.cookies["guest-view"].strip('"') == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"oar_order_id": "999999999"},
        {"oar_order_id": ""},
        {"oar_billing_lastname": "Do"},
        {"oar_billing_lastname": ""},
        {"oar_email": "other@example.com"},
        {"oar_email": ""},
        {"oar_type": "zip", "oar_zip": "10578"},
        {"oar_type": "zip", "oar_zip": ""},
    ],
)
async def test_who_does_not_is_not_told_what_is_wrong(browser, db, order_id, changes):
    await look(browser, db, order_id, **changes)
    assert browser.where == FORM
    assert browser.messages == WRONG
    assert browser.value("oar_billing_lastname") == changes.get("oar_billing_lastname", "Doe")
    assert "guest-view" not in browser.client.cookies
    await browser.get(VIEW)
    assert browser.where == FORM


async def test_the_cookie_is_for_the_server_only(browser, db, order_id):
    await browser.get(FORM)
    response = await browser.client.post(
        VIEW,
        data={
            "form_key": browser.form_key,
            "oar_order_id": await number_of(db, order_id),
            "oar_billing_lastname": "Doe",
            "oar_type": "email",
            "oar_email": "jdoe@example.com",
        },
        follow_redirects=False,
    )
    cookie = next(one for one in response.headers.get_list("set-cookie") if one.startswith("guest-view"))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


async def test_an_order_of_another_view_is_not_found(browser, ctx, db, order_id):
    await a_view(ctx, ctx.stores.default.group_id, "german", "Deutsch")
    await browser.get("/german/sales/guest/form/")
    sent = {
        "oar_order_id": await number_of(db, order_id),
        "oar_billing_lastname": "Doe",
        "oar_type": "email",
        "oar_email": "jdoe@example.com",
    }
    await browser.post("/german/sales/guest/view/", sent)
    assert browser.messages == WRONG


async def test_who_guesses_too_often_is_locked_out_even_with_the_right_data(browser, ctx, db, order_id):
    limit = int(ctx.config_default("oauth/authentication_lock/max_failures_count"))
    for _ in range(limit):
        await look(browser, db, order_id, oar_billing_lastname="Smith")
    await look(browser, db, order_id)
    assert browser.messages == WRONG
    await db.execute("update token_request_failure set expires_at = now() - interval '1 day'")
    await look(browser, db, order_id)
    assert browser.where == VIEW


async def test_a_form_of_another_site_shows_nothing(browser, db, order_id):
    sent = {
        "oar_order_id": await number_of(db, order_id),
        "oar_billing_lastname": "Doe",
        "oar_type": "email",
        "oar_email": "jdoe@example.com",
    }
    await browser.post_without_key(VIEW, sent)
    assert browser.messages == ["error: Invalid Form Key. Please refresh the page."]
    assert "guest-view" not in browser.client.cookies


@pytest.mark.parametrize("code", ["", "0" * 32, "ümlaut"])
async def test_a_made_up_cookie_opens_nothing(browser, db, order_id, code):
    made_up = base64.urlsafe_b64encode(f"{code}:{await number_of(db, order_id)}".encode()).decode()
    for cookie in (made_up, "x", "%%%"):
        browser.client.cookies.set("guest-view", cookie)
        for action in ("view", "print", "invoice"):
            await browser.get(f"/sales/guest/{action}/")
            assert browser.where == FORM


@pytest.mark.parametrize("path", ["/sales/guest/view", "/Sales//GUEST/View/", "/default/sales/guest/view/x/y/"])
async def test_however_the_address_is_written_it_is_the_guests(browser, db, order_id, path):
    await browser.get(path)
    assert browser.where.removeprefix("/default") == FORM
    await look(browser, db, order_id)
    await browser.get(path)
    assert browser.title.startswith(f"Order # {await number_of(db, order_id)} ")


async def test_documents_print_and_show_as_those_of_customers(browser, db, order_id):
    await an_invoice(db, order_id)
    await a_shipment(db, order_id)
    await look(browser, db, order_id)
    await browser.get("/sales/guest/invoice/")
    assert "Invoice # 000000031" in browser.text
    await browser.get("/sales/guest/printInvoice/")
    assert "Invoice # 000000031" in browser.text
    await browser.get("/sales/guest/shipment/")
    assert "Shipment # 000000041" in browser.text
    await browser.get("/sales/guest/print/")
    assert "Grand Total $74.00" in browser.text
    await browser.get("/sales/guest/creditmemo/")
    assert browser.where == VIEW


async def test_a_document_of_another_order_is_not_shown(browser, ctx, rest, db, order_id):
    other = await pay_by_rest(rest, await a_ready_cart(rest, ("24-WB03", 1), **AUSTIN), email="o@example.com")
    theirs = await an_invoice(db, int(other.body))
    await look(browser, db, order_id)
    await browser.get(f"/sales/guest/printInvoice/invoice_id/{theirs}/")
    assert browser.where == VIEW


async def test_a_guest_orders_again(browser, db, order_id):
    await look(browser, db, order_id)
    await browser.post("/sales/guest/reorder/")
    assert browser.where == "/checkout/cart/"
    assert lines(browser) == [("Voyage Yoga Bag", "$32.00", "2", "$64.00")]


async def test_who_has_signed_in_has_a_list(browser, ctx, db, order_id):
    await a_customer(ctx, ctx.stores.default, email="other@example.com")
    await browser.sign_in("other@example.com", root="")
    for path in (FORM, VIEW, "/sales/guest/print/"):
        await browser.get(path)
        assert browser.where == "/sales/order/history/"
    assert "Orders and Returns" not in browser.text


async def register(browser, **changes):
    await browser.post(
        "/customer/account/createpost/",
        {
            "firstname": "Janet",
            "lastname": "Doe",
            "email": "jdoe@example.com",
            "password": PASSWORD,
            "password_confirmation": PASSWORD,
            **changes,
        },
    )


async def buy(browser):
    await fill(browser)
    await ship(browser)
    await pay(browser)
    await order(browser)


async def test_the_account_that_is_made_after_an_order_has_it(browser, db, goods):
    await buy(browser)
    bought = number(browser)
    await browser.post("/checkout/account/create/")
    await register(browser, email="new@example.com")
    assert browser.messages[0].startswith("success: Thank you for registering")

    account = await db.value("select entity_id from customer where email = 'new@example.com'")
    found = await db.one(
        tuple,
        "select customer_id, customer_is_guest, customer_firstname, customer_group_id, customer_email from sales_order",
    )
    assert found == (account, 0, "Janet", 1, "jdoe@example.com")
    await browser.get("/sales/order/history/")
    assert bought in browser.text
    await browser.get("/checkout/onepage/success/")
    assert f"Your order number is: {bought}." in browser.text


async def test_an_account_that_is_made_for_something_else_has_not(browser, db, goods):
    await buy(browser)
    await browser.get("/customer/account/create/")
    await register(browser)
    assert await db.value("select customer_id from sales_order") is None
    await browser.get("/sales/order/history/")
    assert "You have placed no orders." in browser.text


async def test_an_order_that_is_somebodys_by_now_stays_his(browser, ctx, db, goods):
    other = await a_customer(ctx, ctx.stores.default, email="other@example.com")
    await buy(browser)
    await db.execute("update sales_order set customer_id = %(id)s", id=other.id)
    await browser.post("/checkout/account/create/")
    await register(browser)
    assert await db.value("select customer_id from sales_order") == other.id
