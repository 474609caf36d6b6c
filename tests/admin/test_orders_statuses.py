"""Stores > Settings > Order Status (spec 60, 15.6)."""

from __future__ import annotations

import html
import re

from entrepot.kit.context import Context
from entrepot.sales.statuses import Statuses, statuses
from tests.admin.browser import AdminBrowser
from tests.admin.product_pages import send_fields
from tests.sales.makers import an_order_of_mugs

HOME = "/admin/sales/order_status/"


async def now(ctx: Context) -> Statuses:
    """As the next request finds them."""
    return statuses(await ctx.services.context(ctx.db))


async def test_the_grid_has_each_status_in_each_of_its_states(browser: AdminBrowser):
    await browser.get(HOME)
    assert browser.heading == "Order Status"
    assert [row[:5] for row in browser.rows] == [
        ["Canceled", "canceled", "Yes", "Yes", "canceled[Canceled]"],
        ["Closed", "closed", "Yes", "Yes", "closed[Closed]"],
        ["Complete", "complete", "Yes", "Yes", "complete[Complete]"],
        ["On Hold", "holded", "Yes", "Yes", "holded[On Hold]"],
        ["Payment Review", "payment_review", "Yes", "Yes", "payment_review[Payment Review]"],
        ["Pending", "pending", "Yes", "Yes", "new[Pending]"],
        ["Pending Payment", "pending_payment", "Yes", "No", "pending_payment[Pending Payment]"],
        ["Processing", "processing", "Yes", "Yes", "processing[Processing]"],
        ["Suspected Fraud", "fraud", "No", "Yes", "payment_review[Payment Review]"],
        ["Suspected Fraud", "fraud", "No", "Yes", "processing[Processing]"],
    ]


async def test_a_status_is_made_named_assigned_and_unassigned(browser: AdminBrowser, ctx: Context):
    await browser.get(f"{HOME}new/")
    await send_fields(browser, {"status": "picking", "label": "Picking", "store_labels[1]": "We pack it"})
    assert "You saved the order status." in browser.text
    assert ["Picking", "picking", "No", "No", "", "Edit"] in browser.rows

    await browser.get(f"{HOME}edit/status/picking/")
    assert browser.heading == "Picking"
    await send_fields(browser, {"label": "Being picked", "store_labels[1]": ""})
    assert (await now(ctx)).label("picking", 1) == "Being picked"

    await browser.get(f"{HOME}assign/status/picking/")
    await send_fields(browser, {"state": "processing", "is_default": "1", "visible_on_front": "0"})
    assert "You assigned the order status." in browser.text
    assert (await now(ctx)).default_of("processing") == "picking"

    await browser.get(f"{HOME}edit/status/picking/")
    await browser.post(f"{HOME}unassign/status/picking/state/processing/")
    assert "You have unassigned the order status." in browser.text
    assert (await now(ctx)).default_of("processing") in ("fraud", "processing")
    assert "No state has this status yet." in browser.text


async def test_what_is_refused_stands_at_its_field_and_nothing_is_lost(browser: AdminBrowser, ctx: Context):
    await browser.get(f"{HOME}new/")
    await send_fields(browser, {"status": "pending", "label": "Waiting"})
    assert browser.page.status_code == 422
    assert browser.error_at("status") == "We found another order status with the same order status code."
    assert 'value="Waiting"' in browser.page.text
    assert (await now(ctx)).label("pending") == "Pending"


async def test_statuses_in_use_and_the_last_of_a_state_stay(browser: AdminBrowser, ctx: Context, rest):
    await browser.get(f"{HOME}edit/status/complete/")
    await browser.post(f"{HOME}unassign/status/complete/state/complete/")
    assert "The last status can't be changed and needs to stay assigned to its current state." in said(browser)
    await an_order_of_mugs(ctx, rest)
    await browser.get(f"{HOME}assign/")
    await send_fields(browser, {"status": "processing", "state": "new"})
    await browser.post(f"{HOME}unassign/status/pending/state/new/")
    assert "The status can't be unassigned because the status is currently used by an order." in said(browser)
    assert (await now(ctx)).default_of("new") == "pending"


def said(browser: AdminBrowser) -> str:
    return html.unescape(re.sub("<[^>]*>", " ", browser.page.text))


async def test_a_status_that_is_not_there_leads_back(browser: AdminBrowser):
    await browser.get(f"{HOME}edit/status/nothing/")
    assert browser.heading == "Order Status"
    assert "We can't find this order status." in said(browser)
