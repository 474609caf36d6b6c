"""Spec 40-inventory, 3, and 70-tutorial-inventory, 3: what clients are answered about sources."""

import pytest

from entrepot import access
from entrepot.kit.context import ActorType
from tests.access.makers import a_role, an_administrator

URL = "/rest/V1/inventory/sources"
VALID = {"source_code": "hq", "name": "HQ", "country_id": "US", "postcode": "10022"}

TUTORIAL = [
    ("baltimore_wh", "Baltimore Warehouse", "Ethan Carter", "US", "Baltimore", "901 Harford Rd.", "21214", 31),
    ("austin_wh", "Austin Warehouse", "Karen Chen", "US", "Austin", "1822 W Braker Ln", "78758", 57),
    ("reno_wh", "Reno Warehouse", "Fred Wilson", "US", "Reno", "1674 N Virginia St", "89512", 39),
    ("berlin_wh", "Berlin Warehouse", "Angela Kohl", "DE", "Berlin", "Am Nordbahnhof 5", "10115", 82),
    ("frankfurt_wh", "Frankfurt Warehouse", "Ralf Schneider", "DE", "Frankfurt", "Stadt", "60327", 86),
    ("hq", "HQ", "Francine Helen", "US", "New York", "909 3rd Ave", "10022", 43),
]


def empty(field):
    return {"message": '"%field" can not be empty.', "parameters": {"field": field}}


def failed(*errors):
    return {"message": "Validation Failed", "errors": list(errors)}


async def test_there_is_a_default_source(admin):
    reply = await admin.get(f"{URL}/default")
    assert reply.text == (
        '{"source_code":"default","name":"Default Source","enabled":true,"description":"Default Source","latitude":0,'
        '"longitude":0,"country_id":"US","postcode":"00000","use_default_carrier_config":true,"carrier_links":[]}'
    )


async def test_a_source_reads_as_it_was_saved(admin):
    source = {
        "source_code": "baltimore_wh",
        "name": "Baltimore Warehouse",
        "enabled": True,
        "contact_name": "Ethan Carter",
        "country_id": "US",
        "region_id": 31,
        "city": "Baltimore",
        "street": "901 Harford Rd.",
        "postcode": "21214",
        "latitude": 39.290882,
        "longitude": -76.610759,
    }
    saved = await admin.post(URL, {"source": source})
    assert (saved.status, saved.body) == (200, [])

    reply = await admin.get(f"{URL}/baltimore_wh")
    assert reply.body == {**source, "use_default_carrier_config": True, "carrier_links": []}


async def test_the_six_sources_of_the_tutorial_are_listed_beside_the_default_one(admin):
    names = ("source_code", "name", "contact_name", "country_id", "city", "street", "postcode", "region_id")
    for values in TUTORIAL:
        reply = await admin.post(f"{URL}", {"source": dict(zip(names, values, strict=True))})
        assert reply.body == []
    reply = await admin.get(URL)
    assert reply.body["total_count"] == 7
    assert reply.body["search_criteria"] == {"filter_groups": []}
    one = await admin.get(
        f"{URL}?searchCriteria[filter_groups][0][filters][0][field]=source_code"
        "&searchCriteria[filter_groups][0][filters][0][value]=hq"
    )
    assert [source["name"] for source in one.body["items"]] == ["HQ"]
    enabled = await admin.get(
        f"{URL}?searchCriteria[filterGroups][0][filters][0][field]=enabled"
        "&searchCriteria[filterGroups][0][filters][0][value]=0"
    )
    assert enabled.body["total_count"] == 0


async def test_an_unknown_source_is_not_found(admin):
    reply = await admin.get(f"{URL}/nowhere")
    assert (reply.status, reply.body) == (
        404,
        {"message": 'Source with code "%value" does not exist.', "parameters": {"value": "nowhere"}},
    )


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"name": " "}, [empty("name")]),
        ({"name": "${{x}}"}, [{"message": "Validation Failed", "parameters": []}]),
        ({"source_code": None}, [empty("source_code")]),
        (
            {"source_code": "h q"},
            [{"message": '"%field" can not contain whitespaces.', "parameters": {"field": "source_code"}}],
        ),
        ({"source_code": "${x}"}, [{"message": "Validation Failed", "parameters": []}]),
        ({"postcode": ""}, [empty("postcode")]),
        ({"country_id": None}, [empty("country_id")]),
        (
            {"name": "", "source_code": "", "postcode": "", "country_id": ""},
            [empty("name"), empty("source_code"), empty("postcode"), empty("country_id")],
        ),
        (
            {"source_code": "default", "enabled": False},
            [{"message": "Default source can not be disabled.", "parameters": []}],
        ),
        (
            {"carrier_links": [{"carrier_code": "ups", "position": 1}]},
            [
                {
                    "message": 'You can\'t configure "%field" because you have chosen Global Shipping configuration.',
                    "parameters": {"field": "carrier_links"},
                }
            ],
        ),
    ],
)
async def test_every_fault_is_told_and_nothing_is_saved(admin, change, errors):
    reply = await admin.post(URL, {"source": {**VALID, **change}})
    assert (reply.status, reply.body) == (400, failed(*errors))
    assert (await admin.get(URL)).body["total_count"] == 1


async def test_a_coordinate_that_is_no_number_is_refused_before_anything_else(admin):
    reply = await admin.post(URL, {"source": {"latitude": "north"}})
    assert (reply.status, reply.body) == (
        400,
        {
            "message": 'Error occurred during "latitude" processing. The "north" value\'s type is invalid. '
            'The "float" type was expected. Verify and try again.'
        },
    )


async def test_what_cannot_be_stored_is_refused(admin):
    reply = await admin.post(URL, {"source": {**VALID, "country_id": "USA"}})
    assert (reply.status, reply.body) == (400, {"message": "Could not save Source"})


async def test_an_update_keeps_what_it_does_not_name(admin):
    await admin.post(URL, {"source": {**VALID, "enabled": False, "city": "New York", "phone": "1"}})
    reply = await admin.put(
        f"{URL}/hq", {"source": {"source_code": "other", "name": "Head", "country_id": "CA", "postcode": "2"}}
    )
    assert reply.body == []
    assert (await admin.get(f"{URL}/hq")).body == {
        "source_code": "hq",
        "name": "Head",
        "enabled": False,
        "country_id": "CA",
        "city": "New York",
        "postcode": "2",
        "phone": "1",
        "use_default_carrier_config": True,
        "carrier_links": [],
    }
    assert (await admin.get(f"{URL}/other")).status == 404


async def test_the_default_source_stays_enabled_when_an_update_does_not_say(admin):
    body = {"source": {"name": "Main", "country_id": "US", "postcode": "1"}}
    assert (await admin.put(f"{URL}/default", body)).body == []
    assert (await admin.get(f"{URL}/default")).body["enabled"] is True


async def test_put_makes_a_source_that_there_is_not_yet(admin):
    assert (await admin.put(f"{URL}/new", {"source": {**VALID}})).body == []
    assert (await admin.get(f"{URL}/new")).body["enabled"] is True


@pytest.mark.parametrize(
    ("method", "url", "body", "resource"),
    [
        ("GET", URL, None, "Magento_InventoryApi::source"),
        ("POST", URL, {"source": VALID}, "Magento_InventoryApi::source_edit"),
        ("GET", "/rest/V1/inventory/stocks", None, "Magento_InventoryApi::stock"),
        ("DELETE", "/rest/V1/inventory/stocks/1", None, "Magento_InventoryApi::stock_delete"),
        ("POST", "/rest/V1/inventory/stock-source-links", {}, "Magento_InventoryApi::stock_source_link"),
        ("POST", "/rest/V1/inventory/bulk-product-source-assign", {}, "Magento_Catalog::products"),
        ("GET", "/rest/V1/inventory/is-product-salable/x/1", None, "Magento_InventorySalesApi::stock"),
        ("GET", "/rest/V1/stockItems/x", None, "Magento_CatalogInventory::cataloginventory"),
    ],
)
async def test_guests_are_turned_away_before_their_input_is_looked_at(rest, method, url, body, resource):
    reply = await rest.call(method, url, body)
    assert (reply.status, reply.body) == (
        401,
        {"message": "The consumer isn't authorized to access %resources.", "parameters": {"resources": resource}},
    )


async def test_a_role_with_the_link_resource_of_the_tree_may_link(ctx, rest):
    role = await a_role(ctx, "Linkers", ("Magento_InventoryApi::source_stock_link",))
    user = await an_administrator(ctx, role=role)
    linker = rest.as_caller(await access.issue(ctx, ActorType.ADMIN, user.user_id))
    assert (await linker.get("/rest/V1/inventory/stock-source-links?searchCriteria")).status == 200
    assert (await linker.get("/rest/V1/inventory/stocks")).status == 401
