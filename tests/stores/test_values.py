"""Spec 10-platform, 2: reading and setting configuration values in their scopes."""

import pytest

from entrepot import stores
from entrepot.kit.context import Actor, ActorType
from entrepot.kit.errors import Unauthorized
from entrepot.stores.encryption import KEY_FILE
from entrepot.stores.errors import DefaultViewNeeded
from entrepot.stores.queries import ValueRow
from entrepot.stores.values import Values

LOCALE = "general/locale/code"


def row(scope, scope_id, value, path=LOCALE):
    return ValueRow(scope, scope_id, path, value)


VIEW, WEBSITE, DEFAULT = row("stores", 5, "fr_FR"), row("websites", 3, "de_DE"), row("default", 0, "nl_NL")


@pytest.mark.parametrize(
    ("rows", "in_store", "in_website", "in_default"),
    [
        ([VIEW, WEBSITE, DEFAULT], "fr_FR", "de_DE", "nl_NL"),
        ([WEBSITE, DEFAULT], "de_DE", "de_DE", "nl_NL"),
        ([VIEW, DEFAULT], "fr_FR", "nl_NL", "nl_NL"),
        ([DEFAULT], "nl_NL", "nl_NL", "nl_NL"),
        ([], "en_US", "en_US", "en_US"),
        ([row("stores", 5, ""), WEBSITE], "", "de_DE", "en_US"),
        ([row("websites", 3, None), DEFAULT], None, None, "nl_NL"),
        ([row("default", 0, None)], None, None, None),
        ([row("stores", 6, "fr_FR"), row("websites", 4, "de_DE")], "en_US", "en_US", "en_US"),
    ],
)
def test_the_narrowest_row_holds(rows, in_store, in_website, in_default):
    values = Values(rows, {5: 3})
    assert values.in_store(LOCALE, 5) == in_store
    assert values.in_website(LOCALE, 3) == in_website
    assert values.in_default(LOCALE) == in_default


@pytest.mark.parametrize("store_id", [0, 99])
def test_the_admin_store_reads_the_default_scope(store_id):
    values = Values([WEBSITE, DEFAULT], {5: 3})
    assert values.in_store(LOCALE, store_id) == "nl_NL"


def test_a_path_that_nobody_knows_has_no_value():
    assert Values([], {}).in_default("no/such/path") is None


async def put(client, **config):
    return await client.put("/rest/V1/store/config", {"config": config})


async def test_a_value_can_be_set_read_and_deleted_in_a_scope(admin):
    url = f"/rest/V1/store/config?path={LOCALE}&scope=websites&scopeCode=base"
    before = await admin.get(url)
    assert before.body == {
        "path": LOCALE,
        "value": "en_US",
        "scope": "websites",
        "scope_code": "base",
        "inherited": True,
    }

    changed = await put(admin, path=LOCALE, value="de_DE", scope="websites", scope_code="base")
    assert changed.body == before.body | {"value": "de_DE", "inherited": False}
    assert (await admin.get(url)).body == changed.body
    in_view = await admin.get(f"/rest/V1/store/config?path={LOCALE}&scope=stores&scopeCode=default")
    assert (in_view.body["value"], in_view.body["inherited"]) == ("de_DE", True)
    in_default = await admin.get(f"/rest/V1/store/config?path={LOCALE}")
    assert in_default.body == {
        "path": LOCALE,
        "value": "en_US",
        "scope": "default",
        "scope_code": None,
        "inherited": True,
    }

    assert (await admin.delete(url)).body is True
    assert (await admin.get(url)).body == before.body
    assert (await admin.delete(url)).body is True


async def test_a_change_is_told_before_it_is_committed(admin, published):
    await put(admin, path="customer/account_share/scope", value="0")
    await admin.delete("/rest/V1/store/config?path=customer/account_share/scope")
    await admin.delete("/rest/V1/store/config?path=customer/account_share/scope")
    assert published == [
        stores.ConfigurationChanged("customer/account_share/scope", "0", "default", 0),
        stores.ConfigurationChanged("customer/account_share/scope", None, "default", 0),
    ]


async def test_the_listener_sees_the_new_value_and_can_refuse_it(admin, shop):
    seen = []

    async def refuse(ctx, event):
        seen.append(ctx.config(LOCALE))
        raise DefaultViewNeeded

    shop.events.listen(stores.ConfigurationChanged, refuse)
    assert (await put(admin, path=LOCALE, value="de_DE")).status == 400
    assert seen == ["de_DE"]
    assert (await admin.get(f"/rest/V1/store/config?path={LOCALE}")).body["value"] == "en_US"


async def test_an_empty_value_is_a_value(admin):
    reply = await put(admin, path="general/country/destinations", value="", scope="stores", scope_code="default")
    assert (reply.body["value"], reply.body["inherited"]) == ("", False)


@pytest.mark.parametrize("path", ["no/such/path", "general/locale", "", "general/locale/language"])
async def test_setting_an_unknown_path_is_refused(admin, path):
    reply = await put(admin, path=path, value="1")
    assert reply.status == 400
    if path:
        assert reply.body == {"message": 'The "%1" path doesn\'t exist. Verify and try again.', "parameters": [path]}
    else:
        assert reply.body["parameters"] == {"fieldName": "path"}


async def test_a_path_without_a_field_can_be_read(admin):
    reply = await admin.get("/rest/V1/store/config?path=general/locale/language")
    assert reply.body["value"] == "en"


async def test_reading_an_unknown_path_is_refused(admin):
    reply = await admin.get("/rest/V1/store/config?path=no/such/path")
    assert (reply.status, reply.body["parameters"]) == (400, ["no/such/path"])


@pytest.mark.parametrize(
    ("path", "scope", "scope_code"),
    [
        ("general/region/state_required", "websites", "base"),
        ("general/region/state_required", "stores", "default"),
        ("general/country/allow", "stores", "default"),
    ],
)
async def test_a_field_can_be_set_in_its_scopes_only(admin, path, scope, scope_code):
    reply = await put(admin, path=path, value="US", scope=scope, scope_code=scope_code)
    assert (reply.status, reply.body) == (
        400,
        {"message": 'The "%1" path can\'t be set in the "%2" scope.', "parameters": [path, scope]},
    )
    assert (await admin.get(f"/rest/V1/store/config?path={path}&scope={scope}&scopeCode={scope_code}")).body[
        "inherited"
    ]


@pytest.mark.parametrize(
    ("scope", "scope_code", "message"),
    [
        ("groups", "base", 'The "%1" value doesn\'t exist. Enter another value and try again.'),
        ("websites", "nosuch", 'The "%1" value doesn\'t exist. Enter another value and try again.'),
        ("websites", "admin", 'The "%1" value doesn\'t exist. Enter another value and try again.'),
        ("stores", "admin", 'The "%1" value doesn\'t exist. Enter another value and try again.'),
        ("stores", "base", 'The "%1" value doesn\'t exist. Enter another value and try again.'),
        ("stores", None, "A scope code is missing. Enter a code and try again."),
        ("default", "base", 'The "%1" scope can\'t include a scope code. Try again without entering a scope code.'),
    ],
)
async def test_a_scope_that_there_is_not_is_refused(admin, scope, scope_code, message):
    reply = await put(admin, path=LOCALE, value="de_DE", scope=scope, scope_code=scope_code)
    assert (reply.status, reply.body["message"]) == (400, message)


@pytest.mark.parametrize(
    ("path", "value"),
    [("general/locale/timezone", "Mars/Olympus"), ("catalog/frontend/grid_per_page", "many")],
)
async def test_a_value_that_the_field_cannot_have_is_refused(admin, path, value):
    reply = await put(admin, path=path, value=value)
    assert (reply.status, reply.body) == (
        400,
        {
            "message": 'Invalid value of "%value" provided for the %fieldName field.',
            "parameters": {"value": value, "fieldName": path},
        },
    )
    assert (await admin.get(f"/rest/V1/store/config?path={path}")).body["inherited"]


@pytest.mark.parametrize(
    ("resources", "status"),
    [
        ("Magento_Config::config", 401),
        ("Magento_Config::config_general", 401),
        ("Magento_Config::config,Magento_Config::config_general", 200),
        ("Magento_Config::config,Magento_Config::web", 401),
    ],
)
async def test_configuring_takes_the_resource_of_the_section_too(guest, resources, status):
    clerk = guest.as_caller(resources)
    url = f"/rest/V1/store/config?path={LOCALE}"
    assert (await clerk.get(url)).status == status
    assert (await put(clerk, path=LOCALE, value="de_DE")).status == status
    assert (await clerk.delete(url)).status == status


async def test_a_path_outside_the_sections_takes_full_access(guest, admin):
    url = "/rest/V1/store/config?path=design/head/default_title"
    assert (await admin.get(url)).status == 200
    assert (await guest.as_caller("Magento_Config::config").get(url)).body["parameters"] == {
        "resources": "Magento_Backend::all"
    }


SECRET = "currency/fixerio/api_key"


async def test_an_encrypted_value_is_shown_as_stars_and_stored_unreadable(admin, shop, db):
    reply = await put(admin, path=SECRET, value="s3cret")
    assert reply.body["value"] == "******"
    assert (await admin.get(f"/rest/V1/store/config?path={SECRET}")).body["value"] == "******"

    stored = await db.value("select value from core_config_data where path = %(path)s", path=SECRET)
    assert "s3cret" not in stored
    ctx = await shop.context(db)
    assert ctx.config(SECRET) == stored
    assert stores.secret(ctx, SECRET) == "s3cret"
    key = shop.settings.home / KEY_FILE
    assert key.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in key.parent.glob(f".{KEY_FILE}.*")] == []


async def test_stars_that_come_back_leave_the_value_as_it_is(admin, shop, db):
    await put(admin, path=SECRET, value="s3cret")
    await put(admin, path=SECRET, value="******")
    assert stores.secret(await shop.context(db), SECRET) == "s3cret"


async def test_an_encrypted_field_can_be_emptied(admin, shop, db):
    await put(admin, path=SECRET, value="s3cret")
    assert (await put(admin, path=SECRET, value="")).body["value"] == ""
    assert stores.secret(await shop.context(db), SECRET) == ""


async def test_a_value_of_another_key_says_so(ctx):
    await stores.write_value(ctx, SECRET, "gAAAAA")
    with pytest.raises(LookupError, match="encrypted with another key"):
        stores.secret(ctx, SECRET)


async def test_a_domain_may_keep_a_value_that_has_no_field(ctx):
    await stores.write_value(ctx, "currency/options/customsymbol", "{}", "websites", 1)
    assert ctx.config("currency/options/customsymbol", store_id=1) == "{}"
    await stores.delete_value(ctx, "currency/options/customsymbol", "websites", 1)
    assert ctx.config("currency/options/customsymbol", store_id=1) is None


async def test_operations_in_process_check_the_section_too(ctx):
    clerk = ctx.in_store(ctx.store, Actor(ActorType.ADMIN, 2, frozenset({"Magento_Config::config"})))
    with pytest.raises(Unauthorized, match="isn't authorized"):
        await stores.set_config(clerk, stores.ConfigValue(path=LOCALE, value="de_DE"))
    assert ctx.config(LOCALE) == "en_US"
