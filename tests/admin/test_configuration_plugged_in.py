"""Settings of other packages, among those of the shop in Stores > Configuration."""

from __future__ import annotations

import pytest

from entrepot import stores
from entrepot.stores.configuration import PLUGGED_IN, payment_method
from entrepot.stores.configuration.declare import DW, NOWHERE, select, special, text
from entrepot.stores.configuration.options import choices
from tests.admin.browser import AdminBrowser, an_administrator

EDIT = "/admin/adminhtml/system_config/edit/section/payment/"
CARD = payment_method(
    "card",
    "Card",
    select("mode", "Mode", DW, choices({"test": "Test", "live": "Live"}), "test"),
    special("obscure", "key", "Key", DW, encrypted=True),
    text("model", "", NOWHERE, "card"),
    title="Credit or debit card",
)


@pytest.fixture(autouse=True)
def plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PLUGGED_IN, "payment/card", CARD)


def name(field: str, part: str = "value") -> str:
    return f"groups[card][fields][{field}][{part}]"


async def test_they_stand_behind_those_of_the_shop(browser: AdminBrowser):
    await browser.get(EDIT)
    assert browser.text.index("Purchase Order") < browser.text.index("Card Enabled")
    assert browser.value(name("title")) == "Credit or debit card"
    assert '<option value="live">Live</option>' in browser.page.text
    # It can be read only.
    assert name("model") not in browser.page.text


async def test_they_are_saved_in_a_scope(browser: AdminBrowser, ctx):
    await browser.get(f"{EDIT}website/1/")
    sent = {name("active"): "1", name("mode"): "live", name("key"): "sesame"}
    await browser.post(browser.action("save"), sent)
    assert browser.messages == ["success: You saved the configuration."]
    assert browser.value(name("key")) == "******"
    async with ctx.services.work() as later:
        assert later.config("payment/card/mode", store_id=1) == "live"
        assert later.config_default("payment/card/mode") == "test"
        assert stores.secret(later, "payment/card/key", store_id=1) == "sesame"
    # What comes back hidden is kept.
    await browser.post(browser.action("save"), sent | {name("key"): "******"})
    async with ctx.services.work() as later:
        assert stores.secret(later, "payment/card/key", store_id=1) == "sesame"


async def test_what_their_check_refuses_is_not_saved(browser: AdminBrowser, ctx):
    await browser.get(EDIT)
    await browser.post(browser.action("save"), {name("active"): "1", name("min_order_total"): "-1"})
    assert browser.page.status_code == 422
    assert await ctx.db.value("select count(*) from core_config_data where path like 'payment/card/%%'") == 0


async def test_who_may_not_see_the_section_does_not_see_them(ctx, services):
    await an_administrator(ctx, "clerk", ["Magento_Config::config_general"])
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    await clerk.get(EDIT)
    assert clerk.page.status_code == 403
    assert name("title") not in clerk.page.text


async def test_they_are_found_by_their_path(browser: AdminBrowser):
    await browser.get("/admin/adminhtml/index/globalSearch/?query=payment/card/mode")
    assert "Payment Methods / Card" in browser.text
