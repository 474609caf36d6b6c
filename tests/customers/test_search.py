"""GET /V1/customers/search."""

import pytest

from entrepot.customers import search_customers
from entrepot.kit.rest.contract import AttributeValue
from entrepot.kit.search_criteria import SearchCriteria
from tests.customers.makers import a_customer, an_address, as_clerk, may_not, required, us_store

URL = "/rest/V1/customers/search"


def where(field, value, condition="eq"):
    prefix = "searchCriteria[filter_groups][0][filters][0]"
    return f"{URL}?{prefix}[field]={field}&{prefix}[value]={value}&{prefix}[condition_type]={condition}"


@pytest.fixture
async def three(ctx):
    us = await us_store(ctx)
    ann = await a_customer(ctx, "ann@example.com", firstname="Ann", lastname="Zed", group_id=2, dob="1980-01-01")
    bob = await a_customer(
        ctx, "Bob@Example.com", firstname="Bob", lastname="Young", prefix="Dr", subscribed=True,
        website_id=us.website_id,
        addresses=[
            an_address(city="Albany", company="Acme", default_billing=True),
            an_address(city="Boston", region_id=32),
        ],
    )  # fmt: skip
    cid = await a_customer(ctx, "cid@example.com", firstname="Cid", lastname="Xu")
    return ann, bob, cid


async def found(admin, url):
    reply = await admin.get(url)
    assert reply.status == 200, reply.body
    assert reply.body["total_count"] == len(reply.body["items"])
    return [item["firstname"] for item in reply.body["items"]]


async def test_all_websites_are_searched_and_items_are_whole(three, admin):
    reply = await admin.get(f"{URL}?searchCriteria=")
    assert list(reply.body) == ["items", "search_criteria", "total_count"]
    assert [item["firstname"] for item in reply.body["items"]] == ["Ann", "Bob", "Cid"]
    bob = reply.body["items"][1]
    assert bob == (await admin.get(f"/rest/V1/customers/{three[1].id}")).body
    assert bob["extension_attributes"] == {"is_subscribed": True}
    assert len(bob["addresses"]) == 2


@pytest.mark.parametrize(
    ("field", "value", "condition", "names"),
    [
        ("email", "BOB@example.COM", "eq", ["Bob"]),
        ("firstName", "ann", "eq", ["Ann"]),
        ("entity_id", "0", "gt", ["Ann", "Bob", "Cid"]),
        ("group_id", "2", "eq", ["Ann"]),
        ("name", "Dr Bob Young", "eq", ["Bob"]),
        ("name", "%25bob%25", "like", ["Bob"]),
        ("dob", "1980-01-01", "eq", ["Ann"]),
        ("created_at", "2001-01-01 00:00:00", "gt", ["Ann", "Bob", "Cid"]),
        ("prefix", "", "null", ["Ann", "Cid"]),
        ("website_id", "1", "eq", ["Ann", "Cid"]),
        ("billing_city", "albany", "eq", ["Bob"]),
        ("billing_city", "Boston", "eq", []),
        ("billing_postcode", "10755", "eq", ["Bob"]),
        ("billing_telephone", "512%25", "like", ["Bob"]),
        ("billing_region", "New York", "eq", ["Bob"]),
        ("billing_country_id", "US", "eq", ["Bob"]),
        ("billing_company", "acme", "eq", ["Bob"]),
        ("default_billing", "", "notnull", ["Bob"]),
    ],
)
async def test_customers_are_found(three, admin, field, value, condition, names):
    assert await found(admin, where(field, value, condition)) == names


async def test_a_filter_field_that_does_not_exist_is_refused_and_such_a_sort_skipped(three, admin):
    for field in ("nosuch", "id", "addresses"):
        reply = await admin.get(where(field, "1"))
        assert (reply.status, reply.body) == (
            400,
            {"message": 'The "%1" attribute name is invalid. Reset the name and try again.', "parameters": [field]},
        )
    sort = "searchCriteria[sort_orders]"
    url = f"{URL}?{sort}[0][field]=nosuch&{sort}[1][field]=lastname&{sort}[1][direction]=ASC"
    assert await found(admin, url) == ["Cid", "Bob", "Ann"]


async def test_pages(three, admin):
    reply = await admin.get(f"{URL}?searchCriteria[pageSize]=2&searchCriteria[currentPage]=2")
    assert ([item["firstname"] for item in reply.body["items"]], reply.body["total_count"]) == (["Cid"], 3)
    assert reply.body["search_criteria"] == {"filter_groups": [], "page_size": 2, "current_page": 2}


async def test_a_list_takes_as_many_statements_for_many_as_for_few(ctx, three, admin):
    async def statements():
        before = ctx.db.statements
        await search_customers(ctx, SearchCriteria())
        return ctx.db.statements - before

    few = await statements()
    for number in range(5):
        await a_customer(ctx, f"{number}@example.com", addresses=[an_address()])
    assert (few, await statements()) == (2, 2)


async def test_criteria_are_needed_and_the_right(ctx, rest, admin):
    assert (await admin.get(URL)).body == required("searchCriteria")
    clerk = await as_clerk(ctx, rest, "Magento_Customer::manage")
    assert (await clerk.get(f"{URL}?searchCriteria=")).body == may_not("Magento_Customer::customer")


async def test_user_defined_attributes_can_be_searched(ctx, admin):
    await ctx.db.execute(
        "insert into customer_user_attribute (entity_type, attribute_code, frontend_label)"
        " values ('customer', 'nickname', 'Nickname')"
    )
    await ctx.changed()
    await a_customer(ctx, firstname="Jane", custom_attributes=[AttributeValue(attribute_code="nickname", value="Jay")])
    await a_customer(ctx, "b@example.com", firstname="Bea")
    assert await found(admin, where("nickname", "jay")) == ["Jane"]
