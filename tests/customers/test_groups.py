"""Customer groups."""

import pytest

from entrepot.customers import assign_group
from entrepot.customers.errors import GroupUnknown
from tests.customers.makers import a_customer, as_clerk, configure, may_not, no_such, refusal, required, us_store

URL = "/rest/V1/customerGroups"
GENERAL = {"id": 1, "code": "General", "tax_class_id": 3, "tax_class_name": "Retail Customer"}
NOT_LOGGED_IN = {"id": 0, "code": "NOT LOGGED IN", "tax_class_id": 3, "tax_class_name": "Retail Customer"}
EXISTS = {"message": "Customer Group already exists."}
CANNOT = {"message": "Cannot delete group."}


def invalid_tax_class(value):
    return refusal('Invalid value of "%value" provided for the %fieldName field.', value=value, fieldName="taxClassId")


async def codes(ctx):
    return await ctx.db.values("select customer_group_code from customer_group order by customer_group_id")


async def test_groups_are_read(admin):
    for group in (GENERAL, NOT_LOGGED_IN):
        reply = await admin.get(f"{URL}/{group['id']}")
        assert (reply.status, list(reply.body.items())) == (200, list(group.items()))
    assert (await admin.get(f"{URL}/77")).body == no_such("id", 77)
    assert (await admin.get(f"{URL}/32000")).status == 404


async def test_groups_need_their_right(ctx, rest):
    clerk = await as_clerk(ctx, rest, "Magento_Customer::manage")
    for reply in (await rest.get(f"{URL}/1"), await clerk.delete(f"{URL}/2")):
        assert (reply.status, reply.body) == (401, may_not("Magento_Customer::group"))


async def test_a_group_is_made_with_the_retail_tax_class(admin):
    reply = await admin.post(URL, {"group": {"code": "x" * 40, "tax_class_name": "ignored"}})
    assert (reply.status, reply.body) == (
        200,
        {"id": reply.body["id"], "code": "x" * 32, "tax_class_id": 3, "tax_class_name": "Retail Customer"},
    )


@pytest.mark.parametrize(
    ("group", "status", "answer"),
    [
        ({"code": "", "tax_class_id": 99}, 400, required("code")),
        ({"code": "New", "tax_class_id": 99}, 400, invalid_tax_class(99)),
        ({"code": "New", "tax_class_id": 2}, 400, invalid_tax_class(2)),
        ({"code": "general", "id": 77}, 404, no_such("id", 77)),
        ({"code": "GENERAL "}, 400, EXISTS),
    ],
)
async def test_a_bad_group_is_refused_in_order(ctx, admin, group, status, answer):
    reply = await admin.post(URL, {"group": group})
    assert (reply.status, reply.body) == (status, answer)
    assert await codes(ctx) == ["NOT LOGGED IN", "General", "Wholesale", "Retailer"]


async def test_a_post_with_an_id_changes_that_group(ctx, admin):
    reply = await admin.post(URL, {"group": {"id": 2, "code": "Resellers"}})
    assert (reply.body["id"], reply.body["code"]) == (2, "Resellers")
    assert await codes(ctx) == ["NOT LOGGED IN", "General", "Resellers", "Retailer"]


async def test_the_path_names_the_group(ctx, admin):
    reply = await admin.put(f"{URL}/3", {"group": {"id": 2, "code": "Shops", "tax_class_id": 3}})
    assert (reply.body["id"], reply.body["code"]) == (3, "Shops")
    reply = await admin.put(f"{URL}/3", {"group": {"code": "Shops"}})
    assert (reply.status, reply.body) == (400, invalid_tax_class(None))
    assert (await admin.put(f"{URL}/77", {"group": {"code": "A", "tax_class_id": 3}})).body == no_such("id", 77)
    assert (await admin.put(f"{URL}/3", {"group": {"code": "wholesale", "tax_class_id": 3}})).body == EXISTS
    assert await codes(ctx) == ["NOT LOGGED IN", "General", "Wholesale", "Shops"]


async def test_a_deleted_groups_customers_move_to_their_stores_default(ctx, admin):
    us = await us_store(ctx)
    await configure(ctx, "customer/create_account/default_group", "3", "websites", us.website_id)
    jane = await a_customer(ctx, group_id=2)
    joe = await a_customer(ctx, "joe@example.com", group_id=2, website_id=us.website_id)
    reply = await admin.delete(f"{URL}/2")
    assert (reply.status, reply.body) == (200, True)
    groups = dict(await ctx.db.all(tuple, "select entity_id, group_id from customer"))
    assert groups == {jane.id: 1, joe.id: 3}


async def test_groups_that_are_needed_cannot_be_deleted(ctx, admin):
    us = await us_store(ctx)
    await configure(ctx, "customer/create_account/default_group", "3", "stores", us.id)
    for group_id in (0, 1, 3):
        reply = await admin.delete(f"{URL}/{group_id}")
        assert (reply.status, reply.body) == (400, CANNOT)
        assert (await admin.get(f"{URL}/{group_id}/permissions")).body is True
    assert (await admin.get(f"{URL}/2/permissions")).body is False
    assert (await admin.get(f"{URL}/77/permissions")).body == no_such("groupId", 77)
    assert (await admin.delete(f"{URL}/77")).body == no_such("id", 77)
    assert len(await codes(ctx)) == 4


async def test_the_default_group_is_the_stores(ctx, admin):
    us = await us_store(ctx)
    await configure(ctx, "customer/create_account/default_group", "3", "stores", us.id)
    assert (await admin.get(f"{URL}/default")).body == GENERAL
    assert (await admin.get("/rest/us/V1/customerGroups/default")).body["id"] == 3
    assert (await admin.get(f"{URL}/default/{us.id}")).body["id"] == 3
    assert (await admin.get(f"{URL}/default/0")).body == GENERAL
    assert (await admin.get(f"{URL}/default/77")).body == no_such("storeId", 77)

    await configure(ctx, "customer/create_account/default_group", "88", "stores", us.id)
    reply = await admin.get(f"{URL}/default/{us.id}")
    assert (reply.status, reply.body["parameters"]) == (
        404,
        {"fieldName": "groupId", "fieldValue": 88, "field2Name": "storeId", "field2Value": us.id},
    )


async def test_the_default_group_is_set(ctx, admin):
    reply = await admin.put(f"{URL}/default/2")
    assert (reply.status, reply.body) == (200, 2)
    assert (await admin.get(f"{URL}/default")).body["id"] == 2
    assert (await admin.put(f"{URL}/default/77")).body == no_such("id", 77)


async def test_groups_are_searched(admin):
    reply = await admin.get(f"{URL}/search?searchCriteria=")
    assert list(reply.body) == ["items", "search_criteria", "total_count"]
    assert [group["id"] for group in reply.body["items"]] == [0, 1, 2, 3]
    assert (reply.body["items"][1], reply.body["total_count"]) == (GENERAL, 4)
    reply = await admin.get(
        f"{URL}/search?searchCriteria[filter_groups][0][filters][0][field]=code"
        "&searchCriteria[filter_groups][0][filters][0][value]=general"
        "&searchCriteria[sort_orders][0][field]=tax_class_name"
    )
    assert [group["id"] for group in reply.body["items"]] == [1]
    assert (await admin.get(f"{URL}/search")).body == required("searchCriteria")


async def test_customers_are_moved_into_a_group_together(ctx, published):
    jane = await a_customer(ctx)
    joe = await a_customer(ctx, "joe@example.com")
    published.clear()
    assert await assign_group(ctx, [jane.id, joe.id, 4711], 2) == 2
    assert await ctx.db.values("select group_id from customer") == [2, 2]
    assert {event.customer_id for event in published} == {jane.id, joe.id}
    with pytest.raises(GroupUnknown):
        await assign_group(ctx, [jane.id], 77)
