"""Enter in a field never makes a document and never deletes, on any page of the Admin."""

from __future__ import annotations

import re

import pytest

from entrepot.admin.form import Submit
from entrepot.admin.form.declare import default_of
from tests.admin.forms import Element, FormsOfPage
from tests.admin.whole_shop import Addresses, a_whole_shop
from tests.sales.makers import an_order_of_mugs

MOVES = re.compile(
    r"\b(delete|remove|cancel\b|refund|online|submit\b(?! comment)|unassign|transfer|proceed|revoke|void|drop|rotate)",
    re.IGNORECASE,
)
BULK = "/admin/inventorycatalogadmin/bulk/"
MOST_IMPORTANT = (
    "order_invoice/new",
    "order_creditmemo/new",
    "order_shipment/new",
    "order_create/save",
    "SourceSelection",
)


def harm_of(form: Element) -> str:
    """What Enter in a field of the form would do and must not; empty where nothing is wrong."""
    if not (form.fields and form.submits) or form.get("method") != "post" or form.submits[0].is_off:
        return ""
    pressed = form.submits[0]
    said = f"{pressed.text} {pressed.get('value')} {pressed.get('formaction')} {form.get('action')}".replace("/", " ")
    asks = pressed.get("data-confirm") or form.get("data-confirm")
    return repr(pressed) if asks or "danger" in pressed.get("class") or MOVES.search(said) else ""


def forms_of(text: str) -> list[Element]:
    return FormsOfPage(text).forms


def form_of(text: str) -> Element:
    return next(form for form in forms_of(text) if form.get("id") == "form")


def kind_of(form: Element) -> str:
    return re.sub(r"\d+", "#", f"{form.get('id')} {form.get('action')}")


async def product_id(ctx):
    return await ctx.db.value("select product_id from product where sku = 'mug'")


async def test_enter_is_harmless_in_every_form_that_a_link_leads_to(browser, ctx, rest, ada):
    shop = await a_whole_shop(ctx, rest, ada.user_id)
    addresses = Addresses("/admin/", *shop.unlinked)
    kinds, wrong = set(), []
    while addresses.waiting:
        path = addresses.waiting.pop()
        await browser.get(path)
        assert browser.page.status_code == 200, path
        if not browser.page.headers["content-type"].startswith("text/html"):
            continue
        addresses.found_in(browser.page.text)
        for form in forms_of(browser.page.text):
            kinds.add(kind_of(form))
            if harm := harm_of(form):
                wrong.append(f"{path}: {harm}")
    assert wrong == []
    # The links are found still.
    assert [path for path in MOST_IMPORTANT if not any(path in kind for kind in kinds)] == []
    assert len(kinds) > 200, len(kinds)


async def test_the_buttons_of_a_question_about_rows_differ_and_it_says_how_many_they_are(browser, ctx, rest, ada):
    await a_whole_shop(ctx, rest, ada.user_id)
    for path in ("sales/order/", "customer/index/", "catalog/product/", "sales_rule/promo_quote/", "inventory/stock/"):
        await browser.get(f"/admin/{path}")
        asked = re.findall(
            r'data-confirm-of="([^"]*)" data-confirm-yes="([^"]*)" data-confirm-no="([^"]*)"', browser.page.text
        )
        assert asked, path
        for question, yes, no in asked:
            assert "%1" in question
            assert yes != no


async def test_enter_is_harmless_in_the_lists_of_products_to_choose(browser, ctx, rest, ada):
    shop = await a_whole_shop(ctx, rest, ada.user_id)
    await browser.get(f"/admin/sales/order_create/edit/id/{shop.draft}/")
    await browser.post(browser.action("order_create/save"), {"do": "find"})
    assert 'name="find"' in browser.page.text
    assert harm_of(form_of(browser.page.text)) == ""
    await browser.get(f"/admin/catalog/product/edit/id/{await product_id(ctx)}/")
    await browser.post(browser.action("product/save"), {"do": "find links.related", "panels": "links"})
    assert 'name="find_related"' in browser.page.text
    assert harm_of(form_of(browser.page.text)) == ""


@pytest.mark.parametrize("action", ["unassign", "transfer"])
async def test_enter_does_nothing_where_all_that_can_be_done_moves_goods(browser, ctx, rest, action):
    await an_order_of_mugs(ctx, rest)
    await browser.get("/admin/catalog/product/")
    await browser.post(f"{BULK}{action}/", {"selected": [str(await product_id(ctx))]})
    form = form_of(browser.page.text)
    assert form.submits[0].is_off
    assert len(form.submits) == 2


def test_enter_does_nothing_for_who_may_only_delete():
    assert default_of([Submit("Delete", kind="danger", action="/delete", confirm="Are you sure?")]) is None


def test_enter_saves_and_stays_where_a_form_can():
    save, stay = Submit("Save"), Submit("Save and Continue Edit", is_default=True)
    delete = Submit("Delete", action="/delete")
    assert default_of([save, stay, delete]) == stay
    assert default_of([delete, save]) == save
    assert default_of([]) is None
