"""The page of a credit memo, and New Credit Memo."""

from __future__ import annotations

import html
import re
from decimal import Decimal

import pytest

from entrepot import access
from entrepot.kit.context import ActorType
from tests.admin.browser import AdminBrowser, an_administrator
from tests.quotes.makers import configure
from tests.sales.makers import an_order_of_mugs
from tests.sales.test_mails import letters

MEMO = "/admin/sales/creditmemo/"
NEW = "/admin/sales/order_creditmemo/new/order_id/"


@pytest.fixture
async def admin(ctx, rest, ada):
    return rest.as_caller(await access.issue(ctx, ActorType.ADMIN, ada.user_id))


@pytest.fixture
async def order_id(ctx, rest):
    """Of two mugs at 10, with 10 for shipping."""
    for kind in ("order", "invoice", "creditmemo"):
        await ctx.db.execute(f"alter sequence sales_{kind}_number_1 restart")
    return await an_order_of_mugs(ctx, rest)


@pytest.fixture
async def paid_id(admin, order_id):
    await admin.post(f"/rest/V1/order/{order_id}/invoice", {})
    return order_id


@pytest.fixture
async def memo_id(admin, paid_id):
    """Of all that was paid."""
    return int((await admin.post(f"/rest/V1/order/{paid_id}/refund", {})).body)


@pytest.fixture
async def line_id(ctx, order_id):
    return await ctx.db.value("select item_id from sales_order_item where order_id = %(id)s", id=order_id)


async def a_clerk(ctx, services, *resources: str) -> AdminBrowser:
    await an_administrator(ctx, "clerk", resources)
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    return clerk


async def memos(ctx):
    return await ctx.db.all(
        dict,
        """
        select grand_total, shipping_amount, adjustment_positive, adjustment_negative
        from sales_creditmemo
        order by entity_id
        """,
    )


def typed(line_id, qty="1", shipping="0", positive="0", negative="0", **more):
    return {
        f"creditmemo[items][{line_id}]": qty,
        "creditmemo[shipping_amount]": shipping,
        "creditmemo[adjustment_positive]": positive,
        "creditmemo[adjustment_negative]": negative,
        "do": "submit",
        **more,
    }


async def test_a_credit_memo_tells_what_was_given_back(browser, memo_id):
    await browser.get(f"{MEMO}view/id/{memo_id}/")
    assert browser.heading == "Credit Memo #000000001"
    assert browser.rows == [["Mug SKU: mug", "$10.00", "2", "$20.00", "$0.00", "$0.00", "$20.00"]]
    for part in (
        "Order #000000001", "Refunded", "The credit memo email is not sent.", "Jane Doe",
        "Subtotal $20.00 Shipping & Handling $10.00 Grand Total $30.00",
    ):  # fmt: skip
        assert part in browser.text


async def test_a_credit_memo_that_is_not_there_leads_to_the_grid(browser, db):
    await browser.get(f"{MEMO}view/id/999/")
    assert browser.heading == "Credit Memos"
    assert browser.messages == ["error: This credit memo no longer exists."]


async def test_a_memo_is_commented_on_mailed_and_printed(browser, ctx, memo_id):
    await browser.get(f"{MEMO}view/id/{memo_id}/")
    await browser.post(browser.action("comment"), {"comment[comment]": " "})
    assert browser.messages == ["error: The comment is missing. Enter and try again."]
    await browser.post(browser.action("comment"), {"comment[comment]": "Broken", "comment[is_visible_on_front]": "1"})
    assert browser.messages == ["success: You added the comment."]
    assert "Broken" in browser.text
    await browser.post(browser.action("email"))
    assert browser.messages == ["success: You sent the message."]
    subjects = [mail["Subject"] for _, mail in await letters(ctx)]
    assert subjects == ["Credit memo for your Main Website Store order"]
    await browser.get(f"{MEMO}print/id/{memo_id}/")
    assert browser.page.headers["content-disposition"] == 'inline; filename="creditmemo000000001.pdf"'
    await browser.get(MEMO)
    await browser.post(f"{MEMO}pdfcreditmemos/", {"selected": [memo_id]})
    assert browser.page.content.startswith(b"%PDF")


async def test_the_form_proposes_all_that_is_left(browser, paid_id):
    await browser.get(f"{NEW}{paid_id}/")
    assert browser.heading == "New Credit Memo for #000000001"
    assert "Subtotal $20.00 Shipping & Handling $10.00 Grand Total $30.00" in browser.text
    assert "checked" not in browser.page.text


async def test_lines_go_back_to_the_stock_by_themselves_if_the_shop_wants_that(browser, ctx, paid_id):
    await configure(ctx, cataloginventory__item_options__auto_return="1")
    await browser.get(f"{NEW}{paid_id}/")
    assert browser.page.text.count("checked") == 1


async def test_totals_are_shown_before_anything_is_given_back(browser, ctx, paid_id, line_id):
    """1 mug at 10, 5 of the shipping, 10% of 30 beside, and 2 kept: 10 + 5 + 3 - 2 = 16."""
    await browser.get(f"{NEW}{paid_id}/")
    await browser.post(
        f"{NEW}{paid_id}/", typed(line_id, shipping="5", positive="10%", negative="2", do="update")
    )  # fmt: skip
    assert (
        "Subtotal $10.00 Shipping & Handling $5.00 Adjustment Refund $3.00 Adjustment Fee $2.00 Grand Total $16.00"
    ) in browser.text
    assert await memos(ctx) == []


async def test_money_is_given_back(browser, ctx, paid_id, line_id):
    await browser.get(f"{NEW}{paid_id}/")
    more = {"creditmemo[send_email]": "1", f"creditmemo[back_to_stock][{line_id}]": "1"}
    await browser.make(typed(line_id, shipping="5", positive="10%", negative="2", **more), at=f"{NEW}{paid_id}/")
    assert browser.messages == ["success: You created the credit memo."]
    assert browser.heading == "#000000001"
    assert await memos(ctx) == [
        {
            "grand_total": Decimal(16),
            "shipping_amount": Decimal(5),
            "adjustment_positive": Decimal(3),
            "adjustment_negative": Decimal(2),
        }
    ]
    assert [mail["Subject"] for _, mail in await letters(ctx)] == ["Credit memo for your Main Website Store order"]


RECOMPUTED = "notice: The totals have changed. Look at them, then submit again."


async def test_no_other_sum_is_given_back_than_the_page_said(browser, ctx, paid_id, line_id):
    """Two mugs with the shipping come to 30, one without it to 10."""
    form = f"{NEW}{paid_id}/"
    await browser.get(form)
    assert 'value="submit">Refund Offline <span class="price">$30.00<' in browser.page.text
    told = browser.value("computed")
    await browser.post(form, {**typed(line_id), "computed": told})
    assert browser.messages == [RECOMPUTED]
    assert browser.value(f"creditmemo[items][{line_id}]") == "1"
    assert 'value="submit">Refund Offline <span class="price">$10.00<' in browser.page.text
    assert await memos(ctx) == []
    await browser.post(form, {**typed(line_id), "computed": browser.value("computed")})
    assert browser.messages == ["success: You created the credit memo."]
    assert [memo["grand_total"] for memo in await memos(ctx)] == [10]


async def test_without_a_sum_that_was_said_nothing_is_given_back(browser, ctx, paid_id, line_id):
    await browser.get(f"{NEW}{paid_id}/")
    await browser.post(f"{NEW}{paid_id}/", typed(line_id))
    assert browser.messages == [RECOMPUTED]
    assert await memos(ctx) == []


async def test_the_same_amounts_written_otherwise_are_the_same(browser, ctx, paid_id, line_id):
    await browser.get(f"{NEW}{paid_id}/")
    same = typed(line_id, qty="2.00", shipping="10.0", positive="", negative="0%")
    await browser.post(f"{NEW}{paid_id}/", {**same, "computed": browser.value("computed")})
    assert browser.messages == ["success: You created the credit memo."]
    assert [memo["grand_total"] for memo in await memos(ctx)] == [30]


async def test_what_somebody_else_gave_back_meanwhile_is_told_first(browser, ctx, admin, paid_id, line_id):
    await browser.get(f"{NEW}{paid_id}/")
    one = {"items": [{"order_item_id": line_id, "qty": 1}], "arguments": {"shipping_amount": 0}}
    await browser.post(f"{NEW}{paid_id}/", typed(line_id, positive="50%", do="update"))
    assert "Adjustment Refund $15.00 Grand Total $25.00" in browser.text
    assert (await admin.post(f"/rest/V1/order/{paid_id}/refund", one)).status == 200
    await browser.post(f"{NEW}{paid_id}/", {**typed(line_id, qty="2"), "computed": browser.value("computed")})
    assert browser.page.status_code == 422
    assert len(await memos(ctx)) == 1


async def test_a_script_that_asks_for_totals_never_makes_a_memo(browser, ctx, paid_id, line_id):
    await browser.get(f"{NEW}{paid_id}/")
    asked = {**typed(line_id, qty="1"), "computed": browser.value("computed")}
    for do in ("submit", "online"):
        await browser.post(f"{NEW}{paid_id}/", {**asked, "do": do}, headers={"hx-request": "true"})
        assert browser.page.status_code == 200
    assert "Grand Total $10.00" in browser.text
    assert await memos(ctx) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"qty": "3"}, 'We found an invalid quantity to refund item "Mug".'),
        ({"shipping": "x"}, "Please enter a valid number in this field."),
        ({"shipping": "11"}, "Maximum shipping amount allowed to refund is: $10.00"),
    ],
)
async def test_a_script_gets_what_is_wrong_as_a_part_of_the_page(browser, paid_id, line_id, fields, message):
    await browser.get(f"{NEW}{paid_id}/")
    await browser.post(f"{NEW}{paid_id}/", typed(line_id, **fields, do="update"), headers={"hx-request": "true"})
    assert browser.page.status_code == 200
    parts = re.findall(
        r'<p class="field-error".*?>(.*?)</p>|<span class="field-error".*?>(.*?)</span>', browser.page.text
    )
    assert [html.unescape(one or other) for one, other in parts] == [message]
    assert 'value="submit" disabled>Refund Offline' in browser.page.text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"qty": "3"}, 'We found an invalid quantity to refund item "Mug".'),
        ({"qty": "x"}, "Please enter a valid number in this field."),
        ({"shipping": "x"}, "Please enter a valid number in this field."),
        ({"shipping": "11"}, "Maximum shipping amount allowed to refund is: $10.00"),
        ({"qty": "2", "positive": "20"}, "The most money available to refund is 30."),
        ({"negative": "11"}, "The credit memo's total must be positive."),
    ],
)
async def test_what_cannot_be_given_back_is_refused(browser, ctx, paid_id, line_id, fields, message):
    await browser.get(f"{NEW}{paid_id}/")
    await browser.make(typed(line_id, **fields), at=f"{NEW}{paid_id}/")
    assert browser.page.status_code == 422
    assert browser.messages == [f"error: {message}"]
    assert await memos(ctx) == []


async def test_a_memo_of_nothing_is_made_only_where_the_shop_wants_that(browser, ctx, paid_id, line_id):
    await configure(ctx, sales__zerograndtotal_creditmemo__allow_zero_grandtotal="0")
    await browser.get(f"{NEW}{paid_id}/")
    await browser.make(typed(line_id, negative="10"), at=f"{NEW}{paid_id}/")
    assert browser.messages == ["error: The credit memo's total must be positive."]
    await configure(ctx, sales__zerograndtotal_creditmemo__allow_zero_grandtotal="1")
    await browser.make(typed(line_id, negative="10"), at=f"{NEW}{paid_id}/")
    assert browser.messages == ["success: You created the credit memo."]


async def test_of_an_order_that_is_not_paid_nothing_is_given_back(browser, order_id):
    await browser.get(f"/admin/sales/order/view/order_id/{order_id}/")
    assert "order_creditmemo" not in browser.page.text
    await browser.get(f"{NEW}{order_id}/")
    assert browser.messages == ["error: We can't create credit memo for the order."]
    await browser.get(f"{NEW}999/")
    assert browser.messages == ["error: The order no longer exists."]


async def test_who_may_see_memos_may_not_make_them(ctx, services, memo_id, order_id):
    clerk = await a_clerk(ctx, services, "Magento_Sales::sales_creditmemo")
    await clerk.get(f"{MEMO}view/id/{memo_id}/")
    assert clerk.heading == "Credit Memo #000000001"
    assert "Send Email" not in clerk.page.text
    await clerk.get(f"{NEW}{order_id}/")
    assert clerk.page.status_code == 403


async def test_forms_without_their_key_do_nothing(browser, ctx, paid_id, line_id):
    await browser.post_without_key(f"{NEW}{paid_id}/", typed(line_id))
    assert await memos(ctx) == []
