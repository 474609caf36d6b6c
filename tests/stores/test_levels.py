"""Spec 10-platform, 1, and tutorial 70, 2: making, changing and deleting websites, groups and views."""

from typing import Any

import pytest

from entrepot import stores
from entrepot.stores.errors import WebsiteCannotBeDeleted

NO_VIEW = "The default website must have an active default store view."


async def websites(client):
    return {website["code"]: website for website in (await client.get("/rest/V1/store/websites")).body}


async def groups(client):
    return {group["code"]: group for group in (await client.get("/rest/V1/store/storeGroups")).body}


async def views(client):
    return {view["code"]: view for view in (await client.get("/rest/V1/store/storeViews")).body}


async def everything(client):
    return await websites(client), await groups(client), await views(client)


async def a_website(client, code="na_site", **more):
    reply = await client.post("/rest/V1/store/websites", {"website": {"code": code, "name": f"Site {code}"} | more})
    assert reply.status == 200, reply.text
    return reply.body["id"]


async def a_group(client, website_id, code="na_store", **more):
    group = {"website_id": website_id, "code": code, "name": f"Store {code}", "root_category_id": 2}
    reply = await client.post("/rest/V1/store/storeGroups", {"group": group | more})
    assert reply.status == 200, reply.text
    return reply.body["id"]


async def a_view(client, group_id, code="us", **more):
    store = {"store_group_id": group_id, "code": code, "name": f"View {code}"}
    reply = await client.post("/rest/V1/store/storeViews", {"store": store | more})
    assert reply.status == 200, reply.text
    return reply.body["id"]


async def refused(reply, status, message, parameters=None):
    assert (reply.status, reply.body["message"]) == (status, message)
    assert reply.body.get("parameters") == parameters


@pytest.fixture
async def second(admin):
    """The ids of a second website, its group and its view."""
    website_id = await a_website(admin)
    group_id = await a_group(admin, website_id)
    return website_id, group_id, await a_view(admin, group_id)


async def test_the_tutorials_two_sites_get_the_ids_that_it_says(admin, db):
    # No rollback takes back what other tests took from the sequences.
    for sequence in ("website_website_id_seq", "store_group_group_id_seq", "store_store_id_seq"):
        await db.value("select setval(%(sequence)s, 1)", sequence=sequence)
    for site, store, view in (("na_site", "na_store", "us"), ("eu_site", "eu_store", "de")):
        await a_view(admin, await a_group(admin, await a_website(admin, site), store), view)

    shown = await views(admin)
    assert shown["us"] == {
        "id": 2,
        "code": "us",
        "name": "View us",
        "website_id": 2,
        "store_group_id": 2,
        "is_active": 1,
    }
    assert (shown["de"]["id"], shown["de"]["website_id"], shown["de"]["store_group_id"]) == (3, 3, 3)
    assert (await websites(admin))["eu_site"]["default_group_id"] == 3
    assert (await groups(admin))["eu_store"]["default_store_id"] == 3


async def test_a_website_answers_with_all_that_can_be_set(admin):
    reply = await admin.post("/rest/V1/store/websites", {"website": {"code": "EU_site", "name": "EU", "sort_order": 4}})
    website_id = reply.body["id"]
    assert reply.body == {
        "id": website_id,
        "code": "EU_site",
        "name": "EU",
        "sort_order": 4,
        "default_group_id": 0,
        "is_default": False,
    }


async def test_the_first_group_and_the_first_view_become_the_defaults(admin):
    website_id = await a_website(admin)
    first = await a_group(admin, website_id)
    assert (await groups(admin))["na_store"]["default_store_id"] == 0
    view_id = await a_view(admin, first)
    await a_group(admin, website_id, "other")
    await a_view(admin, first, "ca")

    assert (await websites(admin))["na_site"]["default_group_id"] == first
    assert (await groups(admin))["na_store"]["default_store_id"] == view_id


async def test_the_default_view_of_a_website_is_none_until_it_has_one(admin, shop, db):
    website_id = await a_website(admin)
    assert (await shop.context(db)).stores.default_of_website(website_id) is None
    group_id = await a_group(admin, website_id)
    assert (await shop.context(db)).stores.default_of_website(website_id) is None
    view_id = await a_view(admin, group_id)
    assert (await shop.context(db)).stores.default_of_website(website_id).id == view_id


async def test_a_new_view_is_a_store_code_of_the_next_request(admin, second):
    assert (await admin.get("/rest/us/V1/store/websites")).status == 200
    assert (await admin.get("/rest/nosuch/V1/store/websites")).status == 400


async def test_writes_are_told_to_the_listeners(admin, published):
    website_id = await a_website(admin)
    group_id = await a_group(admin, website_id)
    view_id = await a_view(admin, group_id)
    await admin.put(f"/rest/V1/store/websites/{website_id}", {"website": {"code": "north"}})
    await admin.put(f"/rest/V1/store/storeGroups/{group_id}", {"group": {"root_category_id": 3}})
    await admin.put(f"/rest/V1/store/storeViews/{view_id}", {"store": {"code": "usa"}})
    await admin.delete(f"/rest/V1/store/websites/{website_id}")
    assert published == [
        stores.WebsiteCreated(website_id, "na_site"),
        stores.StoreGroupCreated(group_id, website_id, 2),
        stores.StoreViewCreated(view_id, website_id, group_id, "us"),
        stores.WebsiteChanged(website_id, "north", "na_site"),
        stores.StoreGroupChanged(group_id, website_id, website_id, 3, 2),
        stores.StoreViewChanged(view_id, website_id, group_id, "usa", "us"),
        stores.StoreViewDeleted(view_id, website_id, "usa"),
        stores.StoreGroupDeleted(group_id, website_id),
        stores.WebsiteDeleted(website_id, "north"),
    ]


WEBSITE_CODE = (
    "Website code may only contain letters (a-z), numbers (0-9) or underscore (_), "
    "and the first character must be a letter."
)
STORE_CODE = (
    "The store code may contain only letters (a-z), numbers (0-9) or underscore (_), "
    "and the first character must be a letter."
)


@pytest.mark.parametrize("code", ["1site", "_site", "na-site", "na site", "näh", "site\n"])
async def test_codes_begin_with_a_letter(admin, second, code):
    before = await everything(admin)
    website_id, _, view_id = second
    body = {"code": code, "name": "N", "store_group_id": 1}
    await refused(
        await admin.post("/rest/V1/store/websites", {"website": {"code": code, "name": "N"}}), 400, WEBSITE_CODE
    )
    await refused(
        await admin.put(f"/rest/V1/store/websites/{website_id}", {"website": {"code": code}}), 400, WEBSITE_CODE
    )
    await refused(await admin.post("/rest/V1/store/storeViews", {"store": body}), 400, STORE_CODE)
    await refused(await admin.put(f"/rest/V1/store/storeViews/{view_id}", {"store": {"code": code}}), 400, STORE_CODE)
    assert await everything(admin) == before


@pytest.mark.parametrize("code", ["all", "ALL", "V1", "v22", "async", "schema", "rest", "static", "media"])
async def test_a_view_cannot_have_a_code_that_paths_use(admin, code):
    before = await everything(admin)
    body = {"code": code, "name": "N", "store_group_id": 1}
    message = 'The "%1" store code is reserved. Use another code and try again.'
    await refused(await admin.post("/rest/V1/store/storeViews", {"store": body}), 400, message, [code])
    await refused(await admin.put("/rest/V1/store/storeViews/1", {"store": {"code": code}}), 400, message, [code])
    assert await everything(admin) == before


async def test_codes_are_taken_in_any_case(admin, second):
    before = await everything(admin)
    website_id, group_id, view_id = second
    taken: dict[str, tuple[str, dict[str, Any], str]] = {
        "websites": ("website", {"code": "BASE", "name": "N"}, "Website with the same code already exists."),
        "storeGroups": (
            "group",
            {"code": "Main_website_store", "name": "N", "website_id": 1, "root_category_id": 2},
            "Group with the same code already exists.",
        ),
        "storeViews": (
            "store",
            {"code": "Default", "name": "N", "store_group_id": 1},
            "Store with the same code already exists.",
        ),
    }
    for (route, (name, body, message)), id in zip(taken.items(), (website_id, group_id, view_id), strict=True):
        await refused(await admin.post(f"/rest/V1/store/{route}", {name: body}), 400, message)
        await refused(await admin.put(f"/rest/V1/store/{route}/{id}", {name: {"code": body["code"]}}), 400, message)
    assert await everything(admin) == before


async def test_a_code_may_change_its_case(admin, second):
    reply = await admin.put(f"/rest/V1/store/websites/{second[0]}", {"website": {"code": "NA_Site"}})
    assert (reply.status, reply.body["code"]) == (200, "NA_Site")


@pytest.mark.parametrize(
    ("route", "body", "missing"),
    [
        ("websites", {"website": {"name": "N"}}, ["code"]),
        ("websites", {"website": {"code": "c"}}, ["name"]),
        ("storeGroups", {"group": {}}, ["websiteId", "rootCategoryId", "name", "code"]),
        ("storeGroups", {"group": {"website_id": 1, "root_category_id": 2, "name": " ", "code": "c"}}, ["name"]),
        ("storeViews", {"store": {"name": "N"}}, ["code", "storeGroupId"]),
    ],
)
async def test_what_is_missing_is_named(admin, route, body, missing):
    before = await everything(admin)
    reply = await admin.post(f"/rest/V1/store/{route}", body)
    assert reply.status == 400
    errors = reply.body.get("errors", [reply.body])
    assert [error["parameters"]["fieldName"] for error in errors] == missing
    assert await everything(admin) == before


async def test_a_view_needs_a_name(admin):
    reply = await admin.post("/rest/V1/store/storeViews", {"store": {"code": "us", "store_group_id": 1}})
    await refused(reply, 400, "Name is required")


async def test_several_faults_of_a_view_are_told_together(admin):
    reply = await admin.post("/rest/V1/store/storeViews", {"store": {"code": "1", "name": " ", "store_group_id": 1}})
    assert [error["message"] for error in reply.body["errors"]] == [STORE_CODE, "Name is required"]


@pytest.mark.parametrize("id", [0, 999])
async def test_the_admins_own_levels_cannot_be_written(admin, id):
    website = "The website with id %1 that was requested wasn't found. Verify the website and try again."
    group = "The group that was requested wasn't found. Verify the group and try again."
    view = "The store that was requested wasn't found. Verify the store and try again."
    for route, name, message, parameters in (
        ("websites", "website", website, [id]),
        ("storeGroups", "group", group, None),
        ("storeViews", "store", view, None),
    ):
        url = f"/rest/V1/store/{route}/{id}"
        await refused(await admin.put(url, {name: {"name": "Mine"}}), 404, message, parameters)
        await refused(await admin.delete(url), 404, message, parameters)
    body = {"code": "c", "name": "N", "root_category_id": 2, "website_id": id}
    await refused(await admin.post("/rest/V1/store/storeGroups", {"group": body}), 404, website, [id])
    if id:
        body = {"code": "c", "name": "N", "store_group_id": id}
        await refused(await admin.post("/rest/V1/store/storeViews", {"store": body}), 404, group)


async def test_a_change_leaves_what_it_does_not_name(admin, second):
    website_id, group_id, view_id = second
    reply = await admin.put(f"/rest/V1/store/websites/{website_id}", {"website": {"sort_order": 7}})
    assert reply.body == {
        "id": website_id,
        "code": "na_site",
        "name": "Site na_site",
        "sort_order": 7,
        "default_group_id": group_id,
        "is_default": False,
    }
    reply = await admin.put(f"/rest/V1/store/storeGroups/{group_id}", {"group": {"name": "Renamed"}})
    assert reply.body == {
        "id": group_id,
        "website_id": website_id,
        "root_category_id": 2,
        "default_store_id": view_id,
        "name": "Renamed",
        "code": "na_store",
    }
    reply = await admin.put(f"/rest/V1/store/storeViews/{view_id}", {"store": {"is_active": 0}})
    assert reply.body == {
        "id": view_id,
        "code": "us",
        "name": "View us",
        "website_id": website_id,
        "store_group_id": group_id,
        "is_active": 0,
        "sort_order": 0,
    }


async def test_another_website_becomes_the_default(admin, second):
    website_id, _, _ = second
    reply = await admin.put(f"/rest/V1/store/websites/{website_id}", {"website": {"is_default": True}})
    assert reply.body["is_default"] is True
    former = await admin.put("/rest/V1/store/websites/1", {"website": {}})
    assert former.body["is_default"] is False
    assert (await admin.get("/rest/us/V1/store/websites")).status == 200
    assert (await admin.delete("/rest/V1/store/websites/1")).body is True
    assert set(await websites(admin)) == {"admin", "na_site"}
    assert set(await views(admin)) == {"admin", "us"}


async def test_the_default_website_stays_it_until_another_one_is(admin):
    reply = await admin.put("/rest/V1/store/websites/1", {"website": {"is_default": False}})
    await refused(reply, 400, "Make another website the default instead.")


async def test_calls_without_a_store_code_always_have_a_view(admin):
    empty = await a_website(admin)
    before = await everything(admin)
    reply = await admin.put(f"/rest/V1/store/websites/{empty}", {"website": {"is_default": True}})
    await refused(reply, 400, NO_VIEW)
    body = {"code": "new", "name": "N", "is_default": True}
    await refused(await admin.post("/rest/V1/store/websites", {"website": body}), 400, NO_VIEW)
    await refused(await admin.put("/rest/V1/store/storeViews/1", {"store": {"is_active": 0}}), 400, NO_VIEW)
    group_id = await a_group(admin, 1, "without_views")
    reply = await admin.put("/rest/V1/store/websites/1", {"website": {"default_group_id": group_id}})
    await refused(reply, 400, NO_VIEW)
    assert (await websites(admin))["base"] == before[0]["base"]
    assert (await views(admin))["default"] == before[2]["default"]


async def test_defaults_are_ones_own(admin, second):
    website_id, group_id, _ = second
    reply = await admin.put(f"/rest/V1/store/websites/{website_id}", {"website": {"default_group_id": 1}})
    await refused(reply, 400, "The default store must be one of the website's own stores.")
    reply = await admin.put(f"/rest/V1/store/storeGroups/{group_id}", {"group": {"default_store_id": 1}})
    await refused(reply, 400, "The default store view must be one of the store's own store views.")

    other = await a_view(admin, group_id, "ca")
    reply = await admin.put(f"/rest/V1/store/storeGroups/{group_id}", {"group": {"default_store_id": other}})
    assert reply.body["default_store_id"] == other


async def test_a_group_moves_with_its_views(admin, second):
    website_id, group_id, view_id = second
    reply = await admin.put(f"/rest/V1/store/storeGroups/{group_id}", {"group": {"website_id": 1}})
    await refused(reply, 400, "The last store of a website can't be moved to another website.")

    other = await a_group(admin, website_id, "other")
    reply = await admin.put(f"/rest/V1/store/storeGroups/{group_id}", {"group": {"website_id": 1}})
    assert (reply.body["website_id"], reply.body["default_store_id"]) == (1, view_id)
    assert (await views(admin))["us"]["website_id"] == 1
    assert (await websites(admin))["na_site"]["default_group_id"] == other
    assert (await websites(admin))["base"]["default_group_id"] == 1


async def test_a_view_moves_into_the_website_of_its_new_group(admin, second):
    _, group_id, view_id = second
    reply = await admin.put(f"/rest/V1/store/storeViews/{view_id}", {"store": {"store_group_id": 1}})
    await refused(reply, 400, "The last store view of a store can't be moved to another store.")

    other = await a_view(admin, group_id, "ca")
    reply = await admin.put(f"/rest/V1/store/storeViews/{view_id}", {"store": {"store_group_id": 1}})
    assert (reply.body["store_group_id"], reply.body["website_id"]) == (1, 1)
    assert (await groups(admin))["na_store"]["default_store_id"] == other


async def test_what_must_stay_is_not_deleted(admin, second):
    before = await everything(admin)
    _, group_id, view_id = second
    await refused(await admin.delete("/rest/V1/store/websites/1"), 400, "This website cannot be deleted.")
    for id in (1, group_id):
        await refused(await admin.delete(f"/rest/V1/store/storeGroups/{id}"), 400, "This store cannot be deleted.")
    for id in (1, view_id):
        await refused(await admin.delete(f"/rest/V1/store/storeViews/{id}"), 400, "This store view cannot be deleted.")
    assert await everything(admin) == before


async def test_deleting_a_website_deletes_what_is_scoped_to_it(admin, second, db):
    before = await db.values("select path from core_config_data order by path")
    website_id, _, _ = second
    for scope, code in (("websites", "na_site"), ("stores", "us")):
        config = {"path": "general/locale/code", "value": "de_DE", "scope": scope, "scope_code": code}
        assert (await admin.put("/rest/V1/store/config", {"config": config})).status == 200

    assert (await admin.delete(f"/rest/V1/store/websites/{website_id}")).body is True
    assert [set(found) for found in await everything(admin)] == [
        {"admin", "base"},
        {"default", "main_website_store"},
        {"admin", "default"},
    ]
    assert await db.values("select path from core_config_data order by path") == before


async def test_a_deleted_default_is_followed_by_the_first_that_is_left(admin, second, db):
    website_id, group_id, view_id = second
    next_view = await a_view(admin, group_id, "ca")
    assert (await admin.delete(f"/rest/V1/store/storeViews/{view_id}")).body is True
    assert (await groups(admin))["na_store"]["default_store_id"] == next_view

    next_group = await a_group(admin, website_id, "other")
    assert (await admin.delete(f"/rest/V1/store/storeGroups/{group_id}")).body is True
    assert (await websites(admin))["na_site"]["default_group_id"] == next_group
    assert "ca" not in await views(admin)


async def test_a_listener_can_refuse_a_deletion(admin, shop, second):
    async def refuse(ctx, event):
        raise WebsiteCannotBeDeleted

    before = await everything(admin)
    shop.events.listen(stores.WebsiteDeleted, refuse)
    assert (await admin.delete(f"/rest/V1/store/websites/{second[0]}")).status == 400
    assert await everything(admin) == before


@pytest.mark.parametrize("route", ["websites", "storeGroups", "storeViews"])
async def test_guests_write_nothing_even_with_the_setting(guest, admin, route):
    config = {"path": "webapi/webapisecurity/allow_insecure", "value": "1"}
    await admin.put("/rest/V1/store/config", {"config": config})
    assert (await guest.post(f"/rest/V1/store/{route}", {})).status == 401
    assert (await guest.put(f"/rest/V1/store/{route}/1", {})).status == 401
    assert (await guest.delete(f"/rest/V1/store/{route}/1")).status == 401
