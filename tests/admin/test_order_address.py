"""The addresses of an order, corrected: what the form demands, and from whom (spec 60, 5.7 and 15.3)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest

from tests.admin.browser import AdminBrowser, an_administrator
from tests.quotes.makers import configure
from tests.sales.makers import an_order, an_order_of_mugs

ORDERS = "/admin/sales/order/"
VIEW, EDIT = "Magento_Sales::actions_view", "Magento_Sales::actions_edit"
RENO = {
    "firstname": "Janet", "lastname": "Doe", "street0": "5 New Street", "city": "Reno", "country_id": "US",
    "region_id": "39", "region": "", "postcode": "89501", "telephone": "1",
}  # fmt: skip
ROW = """
    select firstname, street, city, country_id, region_id, region, postcode, telephone
    from sales_order_address
    where entity_id = %(id)s
"""


class Place(NamedTuple):
    order_id: int
    address_id: int

    @property
    def form(self) -> str:
        return f"{ORDERS}address/order_id/{self.order_id}/address_id/{self.address_id}/"

    @property
    def save(self) -> str:
        return f"{ORDERS}addressSave/order_id/{self.order_id}/address_id/{self.address_id}/"


async def the_address(ctx, order_id: int, kind: str = "billing") -> Place:
    address_id = await ctx.db.value(
        "select entity_id from sales_order_address where parent_id = %(id)s and address_type = %(kind)s",
        id=order_id,
        kind=kind,
    )
    return Place(order_id, address_id)


@pytest.fixture
async def place(ctx, rest) -> Place:
    """Jane's billing address in Austin."""
    return await the_address(ctx, await an_order_of_mugs(ctx, rest))


async def stored(ctx, place: Place) -> dict[str, Any]:
    found: dict[str, Any] = await ctx.db.one(dict, ROW, id=place.address_id)
    return found


async def a_clerk(ctx, services, *resources: str) -> AdminBrowser:
    await an_administrator(ctx, "clerk", resources)
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    return clerk


async def test_a_form_without_its_key_changes_nothing(browser, ctx, place):
    before = await stored(ctx, place)
    await browser.get(place.form)
    await browser.post_without_key(place.save, RENO)
    assert browser.messages != ["success: You updated the order address."]
    await browser.post_without_key(place.save, RENO | {"form_key": "0" * 16})
    assert browser.messages != ["success: You updated the order address."]
    assert await stored(ctx, place) == before
    # A page that is fetched changes nothing either.
    await browser.get(place.save)
    assert await stored(ctx, place) == before


async def test_who_may_only_look_corrects_nothing(ctx, services, place):
    before = await stored(ctx, place)
    clerk = await a_clerk(ctx, services, VIEW, "Magento_Sales::create", "Magento_Sales::comment")
    await clerk.get(f"{ORDERS}view/order_id/{place.order_id}/")
    assert f"{ORDERS}address/" not in clerk.page.text
    await clerk.get(place.form)
    assert clerk.page.status_code == 403
    await clerk.get(f"{ORDERS}view/order_id/{place.order_id}/")
    await clerk.post(place.save, RENO)
    assert clerk.page.status_code == 403
    assert await stored(ctx, place) == before


async def test_who_may_edit_only_corrects_without_looking(ctx, services, place):
    clerk = await a_clerk(ctx, services, EDIT)
    await clerk.get(place.form)
    await clerk.post(place.save, RENO)
    # Where to go then, the order or the start page, is another right.
    assert (await stored(ctx, place))["city"] == "Reno"


async def test_an_address_of_another_order_is_not_there(browser, ctx, rest, place):
    other = await the_address(ctx, await an_order(rest, ("mug", 1)))
    crossed = Place(other.order_id, place.address_id)
    before = await stored(ctx, place)
    await browser.get(crossed.form)
    assert browser.messages == ["error: This order no longer exists."]
    await browser.post(crossed.save, RENO)
    assert browser.messages == ["error: This order no longer exists."]
    assert await stored(ctx, place) == before


@pytest.mark.parametrize(
    ("typed", "field", "named"),
    [
        # Nothing chosen, one of another country (Bavaria), and one that does not exist.
        ({"region_id": ""}, "region_id", "regionId"),
        ({"region_id": "81"}, "region_id", "regionId"),
        ({"region_id": "99999"}, "region_id", "regionId"),
        # A text is no choice where there is one.
        ({"region_id": "", "region": "Nevada"}, "region_id", "regionId"),
        ({"postcode": " "}, "postcode", "postcode"),
        ({"telephone": ""}, "telephone", "telephone"),
        ({"street0": ""}, "street0", "street"),
        ({"country_id": "", "region_id": ""}, "country_id", "countryId"),
    ],
)
async def test_the_form_demands_what_an_order_needs(browser, ctx, place, typed, field, named):
    before = await stored(ctx, place)
    await browser.get(place.form)
    await browser.post(place.save, RENO | typed)
    assert browser.page.status_code == 422
    assert browser.messages == [f'error: "{named}" is required. Enter and try again.']
    assert browser.error_at(field) == f'"{named}" is required. Enter and try again.'
    # What was typed is still there.
    assert browser.value("city") == "Reno"
    assert await stored(ctx, place) == before


async def test_a_country_without_states_needs_none(browser, ctx, place):
    await browser.get(place.form)
    await browser.post(place.save, RENO | {"country_id": "GB", "city": "Bath", "region": "Somerset"})
    assert browser.messages == ["success: You updated the order address."]
    found = await stored(ctx, place)
    # Nevada, which was chosen before the country, is none of Great Britain's.
    assert [found[name] for name in ("country_id", "region_id", "region")] == ["GB", 0, "Somerset"]


async def test_a_country_that_needs_a_state_but_has_no_list_takes_a_text(browser, ctx, place):
    await configure(ctx, general__region__state_required="US,GB")
    await browser.get(place.form)
    bath = RENO | {"country_id": "GB", "city": "Bath"}
    await browser.post(place.save, bath)
    assert browser.messages == ['error: "region" is required. Enter and try again.']
    assert browser.error_at("region") == '"region" is required. Enter and try again.'
    await browser.post(place.save, bath | {"region": "Somerset"})
    assert browser.messages == ["success: You updated the order address."]


async def test_a_postcode_is_needed_but_where_the_shop_says_it_is_not(browser, ctx, place):
    await configure(ctx, general__country__optional_zip_countries="IE")
    await browser.get(place.form)
    await browser.post(place.save, RENO | {"country_id": "IE", "city": "Cork", "postcode": ""})
    assert browser.messages == ["success: You updated the order address."]
    assert (await stored(ctx, place))["postcode"] == ""


async def test_the_postcode_is_marked_where_the_country_of_the_address_needs_it(browser, ctx, place):
    await configure(ctx, general__country__optional_zip_countries="IE")
    await browser.get(place.form)
    assert re.search(r'for="postcode">Zip/Postal Code <span class="required" aria-hidden="true">\*', browser.page.text)
    await browser.post(place.save, RENO | {"country_id": "IE", "city": ""})
    marked = r'for="postcode">Zip/Postal Code <span class="required" aria-hidden="true" hidden>\*'
    assert browser.page.status_code == 422
    assert re.search(marked, browser.page.text)


async def test_an_order_stays_in_a_country_where_the_shop_sells_no_more(browser, ctx, place):
    await configure(ctx, general__country__allow="GB,IE")
    await browser.get(place.form)
    await browser.post(place.save, RENO)
    assert browser.messages == ["success: You updated the order address."]
    before = await stored(ctx, place)
    await browser.get(place.form)
    await browser.post(place.save, RENO | {"country_id": "FR", "region_id": ""})
    assert browser.messages == ['error: Invalid value of "FR" provided for the countryId field.']
    assert await stored(ctx, place) == before


async def test_only_the_address_that_is_open_is_changed(browser, ctx, place):
    shipping = await the_address(ctx, place.order_id, "shipping")
    before = await stored(ctx, place)
    await browser.get(shipping.form)
    await browser.post(shipping.save, RENO)
    assert browser.messages == ["success: You updated the order address."]
    assert ((await stored(ctx, shipping))["city"], await stored(ctx, place)) == ("Reno", before)
