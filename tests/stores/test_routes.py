"""Spec 10-platform, 1.1, 1.2 and 5: what Magento's clients are answered."""

import pytest

from entrepot import stores
from entrepot.stores.configuration import INSTALLED

MAIN = {
    "id": 1,
    "code": "default",
    "website_id": 1,
    "locale": "en_US",
    "base_currency_code": "USD",
    "default_display_currency_code": "USD",
    "timezone": "America/Los_Angeles",
    "weight_unit": "lbs",
    "base_url": "http://shop.test/",
    "base_link_url": "http://shop.test/",
    "base_static_url": "http://shop.test/static/",
    "base_media_url": "http://shop.test/media/",
    "secure_base_url": "http://shop.test/",
    "secure_base_link_url": "http://shop.test/",
    "secure_base_static_url": "http://shop.test/static/",
    "secure_base_media_url": "http://shop.test/media/",
}


async def configure(admin, path, value, scope="default", scope_code=None):
    config = {"path": path, "value": value, "scope": scope, "scope_code": scope_code}
    reply = await admin.put("/rest/V1/store/config", {"config": config})
    assert reply.status == 200, reply.text


async def view(admin, code, name, sort_order=0, is_active=1):
    store = {"code": code, "name": name, "store_group_id": 1, "sort_order": sort_order, "is_active": is_active}
    reply = await admin.post("/rest/V1/store/storeViews", {"store": store})
    assert reply.status == 200, reply.text
    return reply.body["id"]


async def test_a_fresh_installation_has_two_websites(admin):
    reply = await admin.get("/rest/V1/store/websites")
    assert reply.text == (
        '[{"id":0,"code":"admin","name":"Admin","default_group_id":0},'
        '{"id":1,"code":"base","name":"Main Website","default_group_id":1}]'
    )


async def test_a_fresh_installation_has_two_groups(admin):
    reply = await admin.get("/rest/V1/store/storeGroups")
    assert reply.text == (
        '[{"id":0,"website_id":0,"root_category_id":0,"default_store_id":0,"name":"Default","code":"default"},'
        '{"id":1,"website_id":1,"root_category_id":2,"default_store_id":1,"name":"Main Website Store",'
        '"code":"main_website_store"}]'
    )


async def test_a_fresh_installation_has_two_views(admin):
    reply = await admin.get("/rest/all/V1/store/storeViews")
    assert reply.text == (
        '[{"id":0,"code":"admin","name":"Admin","website_id":0,"store_group_id":0,"is_active":1},'
        '{"id":1,"code":"default","name":"Default Store View","website_id":1,"store_group_id":1,"is_active":1}]'
    )


async def test_store_configs_are_those_of_every_view_but_the_admin_store(admin):
    reply = await admin.get("/rest/V1/store/storeConfigs")
    assert reply.body == [MAIN]
    assert list(reply.body[0]) == list(MAIN)


@pytest.mark.parametrize("route", ["websites", "storeGroups", "storeViews", "storeConfigs"])
async def test_guests_are_let_in_by_a_setting_only(guest, admin, route):
    refused = await guest.get(f"/rest/V1/store/{route}")
    assert (refused.status, refused.body) == (
        401,
        {
            "message": "The consumer isn't authorized to access %resources.",
            "parameters": {"resources": "Magento_Backend::store"},
        },
    )
    await configure(admin, "webapi/webapisecurity/allow_insecure", "1")
    assert (await guest.get(f"/rest/V1/store/{route}")).status == 200


async def test_the_setting_does_not_open_the_modules(guest, admin):
    await configure(admin, "webapi/webapisecurity/allow_insecure", "1")
    assert (await guest.get("/rest/V1/modules")).status == 401


async def test_modules_are_a_list_of_names(admin):
    modules = (await admin.get("/rest/V1/modules")).body
    assert modules[:2] == ["Magento_Store", "Magento_Directory"]
    assert "Magento_InventorySales" in modules


async def test_store_configs_stand_by_sort_order_then_name_whatever_is_asked_for(admin):
    await view(admin, "late", "Zebra", 0, is_active=0)
    await view(admin, "last", "Ant", 5)
    every = await admin.get("/rest/V1/store/storeConfigs")
    assert [config["code"] for config in every.body] == ["default", "late", "last"]

    some = await admin.get("/rest/V1/store/storeConfigs?storeCodes[]=last&storeCodes[]=nosuch&storeCodes[]=default")
    assert [config["code"] for config in some.body] == ["default", "last"]


@pytest.mark.parametrize("code", ["nosuch", "admin", "DEFAULT"])
async def test_store_configs_of_unknown_codes_are_none(admin, code):
    reply = await admin.get(f"/rest/V1/store/storeConfigs?storeCodes[]={code}")
    assert (reply.status, reply.body) == (200, [])


async def test_store_codes_have_to_be_a_list(admin):
    reply = await admin.get("/rest/V1/store/storeConfigs?storeCodes=default")
    assert (reply.status, reply.body) == (
        400,
        {
            "message": 'The "string" value\'s type is invalid. The "string[]" type was expected. Verify and try again.',
        },
    )


async def test_store_configs_read_each_views_own_scope(admin):
    await view(admin, "de", "Germany")
    await configure(admin, "general/locale/code", "de_DE", "stores", "de")
    await configure(admin, "general/locale/weight_unit", "kgs", "websites", "base")
    await configure(admin, "currency/options/default", "EUR", "stores", "de")
    first, second = (await admin.get("/rest/V1/store/storeConfigs")).body
    assert first == MAIN | {"weight_unit": "kgs"}
    assert second["locale"] == "de_DE"
    assert second["weight_unit"] == "kgs"
    assert (second["base_currency_code"], second["default_display_currency_code"]) == ("USD", "EUR")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"web/seo/use_rewrites": "0"}, {"base_link_url": "http://shop.test/index.php/"}),
        ({"web/url/use_store": "1"}, {"base_link_url": "http://shop.test/default/"}),
        (
            {"web/seo/use_rewrites": "0", "web/url/use_store": "1"},
            {
                "base_link_url": "http://shop.test/index.php/default/",
                "secure_base_link_url": "http://shop.test/index.php/default/",
            },
        ),
        (
            {"web/unsecure/base_url": "http://a.example"},
            {
                "base_url": "http://a.example/",
                "base_link_url": "http://a.example/",
                "base_static_url": "http://a.example/static/",
                "secure_base_url": "http://a.example/",
                "secure_base_media_url": "http://a.example/media/",
            },
        ),
        (
            {"web/secure/base_url": "https://a.example/"},
            {
                "base_url": "http://shop.test/",
                "secure_base_url": "https://a.example/",
                "secure_base_link_url": "https://a.example/",
                "secure_base_static_url": "https://a.example/static/",
            },
        ),
        (
            {"web/unsecure/base_media_url": "http://cdn.example/m", "web/unsecure/base_url": "http://a.example/"},
            {"base_media_url": "http://cdn.example/m/", "secure_base_media_url": "http://a.example/media/"},
        ),
        (
            {
                "web/unsecure/base_static_url": "{{unsecure_base_url}}files/",
                "web/unsecure/base_url": "http://a.example",
            },
            {"base_static_url": "http://a.example/files/"},
        ),
        (
            {"web/unsecure/base_url": "{{unsecure_base_url}}", "web/secure/base_url": "{{secure_base_url}}"},
            {"base_url": "http://shop.test/", "secure_base_url": "http://shop.test/"},
        ),
        ({"web/unsecure/base_url": ""}, {"base_url": "http://shop.test/"}),
    ],
)
async def test_addresses_are_put_together_from_the_configuration(admin, settings, expected):
    for path, value in settings.items():
        await configure(admin, path, value)
    (config,) = (await admin.get("/rest/V1/store/storeConfigs")).body
    assert {name: config[name] for name in expected} == expected


async def test_signed_static_files_have_a_version_in_their_address(admin):
    await configure(admin, "dev/static/sign", "1")
    (config,) = (await admin.get("/rest/V1/store/storeConfigs")).body
    before, _, version = config["base_static_url"].partition("/version")
    assert before == "http://shop.test/static"
    assert version.endswith("/") and version[:-1].isdigit()


async def test_setup_writes_the_rows_that_the_configuration_declares(ctx):
    rows = dict(await ctx.db.all(tuple, "select path, value from core_config_data where scope = 'default'"))
    assert INSTALLED.items() <= rows.items()


async def test_reading_runs_no_statement(ctx):
    before = ctx.db.statements
    for read in (stores.get_websites, stores.get_groups, stores.get_views, stores.get_store_configs):
        assert await read(ctx)
    assert (await stores.get_config(ctx, "general/locale/code")).value == "en_US"
    assert ctx.db.statements == before
