"""Spec 40-inventory, 4 and 5: stocks, their channels, and the links to sources."""

import pytest

from entrepot import inventory, stores
from entrepot.inventory.contracts import SalesChannel, Stock, StockExtension
from entrepot.inventory.rules.validation import channels_of
from tests.inventory.makers import a_source, a_stock

URL = "/rest/V1/inventory/stocks"
LINKS = "/rest/V1/inventory/stock-source-links"


def a_body(name="North America Stock", *codes, **more):
    channels = [{"type": "website", "code": code} for code in codes]
    return {"stock": {"name": name, "extension_attributes": {"sales_channels": channels}, **more}}


async def channels(ctx, stock_id):
    stock = await inventory.get_stock(ctx, stock_id)
    return [(channel.type, channel.code) for channel in channels_of(stock)]


async def a_website(ctx, code):
    return await stores.create_website(ctx, stores.ManagedWebsite(code=code, name=code))


async def test_the_default_stock_owns_the_base_website(admin):
    reply = await admin.get(f"{URL}/1")
    assert reply.text == (
        '{"stock_id":1,"name":"Default Stock","extension_attributes":'
        '{"sales_channels":[{"type":"website","code":"base"}]}}'
    )


async def test_the_stocks_of_the_tutorial(ctx, admin):
    await a_website(ctx, "na_site")
    await a_website(ctx, "eu_site")
    assert await channels(ctx, 1) == [("website", "base"), ("website", "eu_site"), ("website", "na_site")]

    assert (await admin.post(URL, a_body("North America Stock", "na_site"))).body == 2
    assert (await admin.post(URL, a_body("Europe Stock", "eu_site"))).body == 3

    resolved = await admin.get("/rest/all/V1/inventory/stock-resolver/website/na_site")
    assert resolved.body == {
        "stock_id": 2,
        "name": "North America Stock",
        "extension_attributes": {"sales_channels": [{"type": "website", "code": "na_site"}]},
    }
    assert await channels(ctx, 1) == [("website", "base")]
    assert [stock["stock_id"] for stock in (await admin.get(URL)).body["items"]] == [1, 2, 3]


async def test_an_unknown_stock_is_not_found(admin):
    reply = await admin.get(f"{URL}/7")
    assert (reply.status, reply.body) == (
        404,
        {"message": 'Stock with id "%value" does not exist.', "parameters": {"value": 7}},
    )
    reply = await admin.get(f"{URL}/abc")
    assert (reply.status, reply.body) == (
        400,
        {"message": 'The "abc" value\'s type is invalid. The "int" type was expected. Verify and try again.'},
    )


async def test_every_fault_of_a_stock_is_told(admin):
    body = {
        "stock": {
            "name": " ",
            "extension_attributes": {
                "sales_channels": [{"type": "", "code": ""}, {"type": "website"}, {"type": "website", "code": "nope"}]
            },
        }
    }
    reply = await admin.post(URL, body)
    assert reply.status == 400
    assert reply.body == {
        "message": "Validation Failed",
        "errors": [
            {"message": '"%field" can not be empty.', "parameters": {"field": "name"}},
            {"message": '"%field" can not be empty.', "parameters": {"field": "type"}},
            {"message": '"%field" can not be empty.', "parameters": {"field": "code"}},
            {"message": '"%field" can not be empty.', "parameters": {"field": "code"}},
            {"message": 'The website with code "%code" does not exist.', "parameters": {"code": ""}},
            {"message": 'The website with code "%code" does not exist.', "parameters": {"code": "nope"}},
        ],
    }


async def test_ids_may_be_given_and_later_ones_follow(admin):
    assert (await admin.post(URL, a_body("Ten", stock_id=10))).body == 10
    assert (await admin.put(f"{URL}/20", a_body("Twenty", stock_id=3))).body == 20
    assert (await admin.put(f"{URL}/10", a_body("Ten again"))).body == 10
    assert (await admin.post(URL, a_body("Next"))).body == 21
    assert (await admin.get(f"{URL}/10")).body["name"] == "Ten again"


async def test_a_dropped_website_goes_to_the_default_stock_and_other_channels_go(ctx, admin):
    await a_website(ctx, "na_site")
    body = a_body("NA", "na_site")
    body["stock"]["extension_attributes"]["sales_channels"].append({"type": "pos", "code": "till 1"})
    await admin.post(URL, body)
    assert await channels(ctx, 2) == [("pos", "till 1"), ("website", "na_site")]

    assert (await admin.put(f"{URL}/2", {"stock": {"name": "NA"}})).body == 2
    assert await channels(ctx, 2) == []
    assert await channels(ctx, 1) == [("website", "base"), ("website", "na_site")]
    assert (await admin.get("/rest/V1/inventory/stock-resolver/pos/till%201")).status == 404


async def test_omitting_a_website_from_the_default_stock_has_no_effect(ctx, admin):
    assert (await admin.put(f"{URL}/1", {"stock": {"name": "Default Stock"}})).body == 1
    assert await channels(ctx, 1) == [("website", "base")]


async def test_an_unknown_channel_has_no_stock_and_the_admin_website_the_default_one(admin):
    reply = await admin.get("/rest/V1/inventory/stock-resolver/website/nope")
    assert (reply.status, reply.body) == (404, {"message": "No linked stock found"})
    assert (await admin.get("/rest/V1/inventory/stock-resolver/website/admin")).body["stock_id"] == 1


async def test_a_stock_is_only_deleted_without_channels(ctx, admin):
    await a_website(ctx, "na_site")
    await a_source(ctx, "eu-1")
    await admin.post(URL, a_body("NA", "na_site"))
    await a_stock(ctx, 3, "eu-1")
    assert (await admin.delete(f"{URL}/1")).body == {"message": "Default Stock could not be deleted."}
    assert (await admin.delete(f"{URL}/2")).body == {
        "message": "Stock has at least one sale channel and could not be deleted."
    }
    reply = await admin.delete(f"{URL}/9")
    assert (reply.status, reply.body) == (
        404,
        {
            "message": 'There is no stock with "%fieldValue" for "%fieldName". Verify and try again.',
            "parameters": {"fieldValue": 9, "fieldName": "stock_id"},
        },
    )
    assert (await admin.delete(f"{URL}/3")).body == []
    assert (await admin.get(f"{LINKS}?searchCriteria")).body["total_count"] == 1


async def test_a_website_keeps_its_stock_when_it_is_renamed_and_loses_it_when_it_is_deleted(ctx):
    website = await a_website(ctx, "na_site")
    channel = StockExtension(sales_channels=[SalesChannel(type="website", code="na_site")])
    stock_id = await inventory.save_stock(ctx, Stock(name="NA", extension_attributes=channel))

    await stores.update_website(ctx, website.id, stores.ManagedWebsite(code="north"))
    assert await channels(ctx, stock_id) == [("website", "north")]

    await stores.delete_website(ctx, website.id)
    assert await channels(ctx, stock_id) == []


async def test_links_are_made_and_their_priority_changed(ctx, admin):
    for code in ("baltimore_wh", "austin_wh", "hq"):
        await a_source(ctx, code, enabled=code != "hq")
    await admin.post(URL, a_body("NA"))
    links = [
        {"source_code": "baltimore_wh", "stock_id": 2, "priority": 2},
        {"source_code": "austin_wh", "stock_id": 2, "priority": 1},
        {"source_code": "hq", "stock_id": 2, "priority": 2},
    ]
    assert (await admin.post(LINKS, {"links": links})).body == []
    url = "/rest/V1/inventory/get-sources-assigned-to-stock-ordered-by-priority/2"
    reply = await admin.get(url)
    assert [source["source_code"] for source in reply.body] == ["austin_wh", "baltimore_wh", "hq"]
    assert [source["enabled"] for source in reply.body] == [True, True, False]

    await admin.post(LINKS, {"links": [{"source_code": "austin_wh", "stock_id": 2, "priority": 9}]})
    assert [source["source_code"] for source in (await admin.get(url)).body] == ["baltimore_wh", "hq", "austin_wh"]
    assert (await admin.get(url[:-1] + "99")).body == []

    found = await admin.get(
        f"{LINKS}?searchCriteria[filter_groups][0][filters][0][field]=priority"
        "&searchCriteria[filter_groups][0][filters][0][value]=9"
    )
    assert found.body["items"] == [{"stock_id": 2, "source_code": "austin_wh", "priority": 9}]

    gone = [{"source_code": "hq", "stock_id": 2}, {"source_code": "nowhere", "stock_id": 5}]
    assert (await admin.post(f"{LINKS}-delete", {"links": gone})).body == []
    assert [source["source_code"] for source in (await admin.get(url)).body] == ["baltimore_wh", "austin_wh"]


async def test_links_need_their_search_criteria(admin):
    reply = await admin.get(LINKS)
    assert (reply.status, reply.body) == (
        400,
        {
            "message": '"%fieldName" is required. Enter and try again.',
            "parameters": {"fieldName": "searchCriteria"},
        },
    )


async def test_every_fault_of_every_link_is_told_and_nothing_saved(ctx, admin):
    await a_source(ctx, "hq")
    await admin.post(URL, a_body("NA"))
    default = {"message": "Can not save link related to Default Source or Default Stock", "parameters": []}
    body = {
        "links": [
            {"source_code": "hq", "stock_id": 2, "priority": 1},
            {},
            {"source_code": "h q", "stock_id": 0, "priority": 0},
            {"source_code": "hq", "stock_id": 1, "priority": 1},
            {"source_code": "default", "stock_id": 2, "priority": 1},
            {"source_code": "default", "stock_id": 1, "priority": 1},
        ]
    }
    reply = await admin.post(LINKS, body)
    assert reply.body == {
        "message": "Validation Failed",
        "errors": [
            {"message": '"%field" can not be empty.', "parameters": {"field": "source_code"}},
            {"message": '"%field" can not be empty.', "parameters": {"field": "stock_id"}},
            {"message": '"%field" should be greater then 0.', "parameters": {"field": "priority"}},
            {"message": '"%field" can not contain whitespaces.', "parameters": {"field": "source_code"}},
            {"message": '"%field" can not be empty.', "parameters": {"field": "stock_id"}},
            {"message": '"%field" should be greater then 0.', "parameters": {"field": "priority"}},
            default,
            default,
        ],
    }
    assert (await admin.get(f"{LINKS}?searchCriteria")).body["total_count"] == 1


@pytest.mark.parametrize("link", [("hq", 77), ("nowhere", 2)])
async def test_a_link_with_an_unknown_end_is_refused_with_all_others(ctx, admin, link):
    await a_source(ctx, "hq")
    await admin.post(URL, a_body("NA"))
    code, stock_id = link
    body = {
        "links": [
            {"source_code": "hq", "stock_id": 2, "priority": 1},
            {"source_code": code, "stock_id": stock_id, "priority": 1},
        ]
    }
    reply = await admin.post(LINKS, body)
    assert (reply.status, reply.body) == (400, {"message": "Could not save StockSourceLinks"})
    assert (await admin.get(f"{LINKS}?searchCriteria")).body["total_count"] == 1


async def test_empty_lists_and_the_default_link_are_refused(admin):
    assert (await admin.post(LINKS, {"links": []})).body == {"message": "Input data is empty"}
    assert (await admin.post(f"{LINKS}-delete", {"links": []})).body == {"message": "Input data is empty"}
    reply = await admin.post(f"{LINKS}-delete", {"links": [{"source_code": "default", "stock_id": 1}]})
    assert (reply.status, reply.body) == (
        400,
        {"message": "Can not delete link related to Default Source or Default Stock"},
    )
