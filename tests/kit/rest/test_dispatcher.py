"""Spec 00-webapi, 1 to 9: from the request to the answer, in the order of the checks."""

from decimal import Decimal
from typing import Annotated, Any

import pytest

from entrepot.kit.context import FULL_ACCESS, Actor, ActorType, Context
from entrepot.kit.errors import NoSuchEntity, Refused, Unauthorized
from entrepot.kit.intake import SMALL_BODY, Intake
from entrepot.kit.rest.contract import Always, Contract, CustomAttributes, NeedsResource, contract
from entrepot.kit.rest.dispatcher import Dispatcher
from entrepot.kit.rest.operation import ANONYMOUS, CUSTOMER_ID, SELF, MayUse, operation
from entrepot.kit.rest.request import Request
from tests.rest_client import RestClient


@contract("Shop.Api.Data.ThingExtensionInterface")
class ThingExtension(Contract):
    open: bool | None = None
    secret: Annotated[str | None, NeedsResource("Shop::secret")] = None


@contract("Shop.Api.Data.ThingInterface")
class Thing(Contract):
    id: int | None = None
    sku: Always[str] = None
    price: Decimal | None = None
    tags: list[str] | None = None
    parts: "list[Thing] | None" = None
    extension_attributes: ThingExtension | None = None
    custom_attributes: CustomAttributes = None


class SoldOut(Refused):
    message = 'Only %1 of "%2" are left.'
    code = 7


@operation("POST /V1/things", access=ANONYMOUS, service="Shop.Thing.Api.Things.create")
@operation("PUT /V1/things/{id}", access=ANONYMOUS, service="Shop.Thing.Api.Things.save")
async def save(ctx: Context, thing: Thing, note: str = "none", copies: int = 1) -> Thing:
    return thing


@operation("GET /V1/things/{thing_id}", access=ANONYMOUS, service="Shop.Thing.Api.Things.get")
async def get(ctx: Context, thing_id: int) -> Thing:
    if thing_id == 404:
        raise NoSuchEntity(field_name="thingId", field_value=thing_id)
    if thing_id == 7:
        raise SoldOut(2, "24-MB01")
    if thing_id == 500:
        raise RuntimeError("the secret reason")
    return Thing(thing_id, "sku-1", Decimal("10.5000"), [], extension_attributes=ThingExtension(True, "hidden"))


@operation("GET /V1/store", access=ANONYMOUS, service="Shop.Thing.Api.Things.store")
async def store(ctx: Context) -> str:
    return ctx.store.code


@operation("GET /V1/nothing", access=ANONYMOUS, service="Shop.Thing.Api.Things.nothing")
async def nothing(ctx: Context) -> None:
    await ctx.db.execute("update website set name = 'Changed' where website_id = 1")


@operation("POST /V1/effects", access=ANONYMOUS, service="Shop.Thing.Api.Things.effects")
async def effects(ctx: Context) -> None:
    await ctx.db.execute("update website set name = 'Changed' where website_id = 1")
    raise SoldOut(1, "x")


class Counted(Unauthorized):
    message = "Refused, and counted."
    keeps_effects = True


@operation("POST /V1/counted", access=ANONYMOUS, service="Shop.Thing.Api.Things.counted")
async def counted(ctx: Context) -> None:
    await ctx.db.execute("update website set name = 'Counted' where website_id = 1")
    raise Counted()


@operation("POST /V1/login", access=ANONYMOUS, service="Shop.Thing.Api.Things.login")
async def login(ctx: Context, user_name: str, password: str) -> str:
    return f"{user_name}:{password}"


@operation("POST /V1/drawings", access=ANONYMOUS, service="Shop.Thing.Api.Things.draw", takes_files=True)
async def draw(ctx: Context, drawing: str) -> int:
    return len(drawing)


@operation("GET /V1/protected", access=MayUse("Shop::a", "Shop::b"), service="Shop.Thing.Api.Things.protected")
@operation("POST /V1/protected", access=MayUse("Shop::a", "Shop::b"), service="Shop.Thing.Api.Things.protect")
async def protected(ctx: Context) -> bool:
    return True


@operation("GET /V1/me", access=SELF, service="Shop.Thing.Api.Things.me", force={"customerId": CUSTOMER_ID})
async def me(ctx: Context, customer_id: int) -> int:
    return customer_id


@operation("PUT /V1/me", access=SELF, service="Shop.Thing.Api.Things.saveMe", force={"thing.id": CUSTOMER_ID})
async def save_me(ctx: Context, thing: Thing) -> Thing:
    return thing


@operation("GET /V1/secure", access=ANONYMOUS, service="Shop.Thing.Api.Things.secure", secure=True)
async def secure(ctx: Context) -> bool:
    return True


@operation("GET /V1/opened", access=MayUse("Shop::a"), service="Shop.Thing.Api.Things.opened", guests_by_setting=True)
async def opened(ctx: Context) -> bool:
    return True


@operation("GET /V1/lists", access=ANONYMOUS, service="Shop.Thing.Api.Things.lists")
async def lists(ctx: Context, store_codes: list[str] | None = None) -> list[str]:
    return store_codes or []


FUNCTIONS = (save, get, store, nothing, effects, counted, login, draw, protected, me, save_me, secure, opened, lists)
ACTORS = {
    "customer": Actor(ActorType.CUSTOMER, 42),
    "admin": Actor(ActorType.ADMIN, 1, frozenset({FULL_ACCESS})),
    "clerk": Actor(ActorType.ADMIN, 2, frozenset({"Shop::a"})),
    "keeper": Actor(ActorType.ADMIN, 3, frozenset({"Shop::a", "Shop::b", "Shop::secret"})),
}


async def by_name(ctx: Context, request: Request) -> Actor | None:
    return ACTORS.get(request.headers.get("authorization", "").removeprefix("Bearer "))


@pytest.fixture
def rest(services, db):
    operations = [declared for function in FUNCTIONS for declared in function.__dict__["__operations__"]]
    return RestClient(Dispatcher(services, operations, callers=[by_name], known_by_head=[by_name]))


def error(message: str) -> dict[str, Any]:
    return {"message": message}


UNPROCESSABLE = error("Specified request cannot be processed.")
NO_ROUTE = error("Request does not match any route.")


@pytest.mark.parametrize(
    ("method", "url", "status", "body"),
    [
        ("GET", "/rest/V1/store", 200, "default"),
        ("GET", "/rest/default/V1/store", 200, "default"),
        ("GET", "/rest/all/V1/store", 200, "admin"),
        ("GET", "/rest/V1/store/", 200, "default"),
        ("GET", "/index.php/rest/all/V1/store", 200, "admin"),
        ("GET", "/default/rest/V1/store", 200, "default"),
        ("GET", "/default/rest/all/V1/store", 200, "admin"),
        ("GET", "/rest/V1/store?&&", 200, "default"),
        ("GET", "/rest/nosuch/V1/store", 400, UNPROCESSABLE),
        ("GET", "/rest/admin/V1/store", 400, UNPROCESSABLE),
        ("GET", "/rest/Default/V1/store", 400, UNPROCESSABLE),
        ("GET", "/rest/v1/store", 400, UNPROCESSABLE),
        ("GET", "/rest/default", 400, UNPROCESSABLE),
        ("GET", "/rest", 400, UNPROCESSABLE),
        ("GET", "/rest/async/V1/things", 400, UNPROCESSABLE),
        ("GET", "/rest/async/bulk/V1/things", 400, UNPROCESSABLE),
        ("GET", "/rest/V2/store", 404, NO_ROUTE),
        ("GET", "/rest/V1/nosuch", 404, NO_ROUTE),
        ("DELETE", "/rest/V1/store", 404, NO_ROUTE),
        ("PATCH", "/rest/V1/store", 400, error("Request method is invalid.")),
        ("OPTIONS", "/rest/V1/store", 400, error("Request method is invalid.")),
    ],
)
async def test_an_address_names_store_and_route_or_is_refused(rest, method, url, status, body):
    reply = await rest.call(method, url)
    assert (reply.status, reply.body) == (status, body)


async def test_an_answer_has_magentos_headers(rest):
    reply = await rest.get("/rest/V1/store")
    assert reply.headers["content-type"] == "application/json; charset=utf-8"
    assert reply.headers["x-frame-options"] == "SAMEORIGIN"


async def test_an_object_keeps_its_order_and_leaves_out_what_is_null(rest):
    reply = await rest.get("/rest/V1/things/5")
    assert reply.text == '{"id":5,"sku":"sku-1","price":10.5,"tags":[],"extension_attributes":{"open":true}}'


async def test_an_extension_attribute_with_a_resource_shows_to_its_holders_only(rest):
    reply = await rest.as_caller("keeper").get("/rest/V1/things/5")
    assert reply.body["extension_attributes"] == {"open": True, "secret": "hidden"}


async def test_a_field_that_is_never_left_out_is_null(rest):
    reply = await rest.post("/rest/V1/things", {"thing": {"price": "3.00"}})
    assert reply.text == '{"sku":null,"price":3}'


async def test_nothing_is_an_empty_list(rest):
    assert (await rest.get("/rest/V1/nothing")).text == "[]"


async def test_both_spellings_of_an_argument_work_and_camel_case_wins(rest):
    assert (await rest.post("/rest/V1/login", {"user_name": "a", "password": "p"})).body == "a:p"
    both = {"user_name": "snake", "userName": "camel", "password": "p"}
    assert (await rest.post("/rest/V1/login", both)).body == "camel:p"
    assert (await rest.post("/rest/V1/login", {"UserName": "a", "password": "p"})).status == 400


async def test_one_missing_argument_is_the_message(rest):
    reply = await rest.post("/rest/V1/login", {"userName": "a", "password": None})
    assert reply.status == 400
    assert reply.body == {
        "message": '"%fieldName" is required. Enter and try again.',
        "parameters": {"fieldName": "password"},
    }


@pytest.mark.parametrize("body", [None, {}, [], "text", 5, b"null"])
async def test_several_missing_arguments_come_together(rest, body):
    reply = await rest.post("/rest/V1/login", body, headers={"content-type": "application/json"})
    template = '"%fieldName" is required. Enter and try again.'
    assert reply.status == 400
    assert reply.body == {
        "message": "One or more input exceptions have occurred.",
        "errors": [
            {"message": template, "parameters": {"fieldName": "userName"}},
            {"message": template, "parameters": {"fieldName": "password"}},
        ],
    }


async def test_the_query_beats_the_body_and_the_path_beats_both(rest):
    reply = await rest.post("/rest/V1/login?password=q", {"userName": "a", "password": "b"})
    assert reply.body == "a:q"
    assert (await rest.get("/rest/V1/things/5?thingId=6")).body["id"] == 5


async def test_the_body_of_a_get_is_not_read(rest):
    reply = await rest.call("GET", "/rest/V1/store", b"{broken", headers={"content-type": "text/nonsense"})
    assert (reply.status, reply.body) == (200, "default")


@pytest.mark.parametrize(
    ("content_type", "body", "message"),
    [
        (None, b"{}", "Content-Type header is empty."),
        ("application/json; charset=latin1", b"{}", "UTF-8 is the only supported charset."),
        ("text/plain", b"{}", "Server cannot understand Content-Type HTTP header media type text/plain"),
        ("application/json", b"{broken", "Decoding error."),
        ("application/json", b"a=1", "Decoding error."),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(rest, content_type, body, message):
    headers = {"content-type": content_type} if content_type else {}
    reply = await rest.post("/rest/V1/login", body, headers=headers)
    assert (reply.status, reply.body) == (400, error(message))


async def test_authorisation_comes_before_the_body(rest):
    reply = await rest.post("/rest/V1/protected", b"{broken", headers={"content-type": "application/json"})
    assert reply.status == 401


@pytest.mark.parametrize("caller", [None, "unknown", "customer", "clerk"])
async def test_all_resources_of_a_route_are_needed(rest, caller):
    reply = await rest.as_caller(caller).get("/rest/V1/protected")
    assert reply.status == 401
    assert reply.body == {
        "message": "The consumer isn't authorized to access %resources.",
        "parameters": {"resources": "Shop::a, Shop::b"},
    }


@pytest.mark.parametrize("caller", ["admin", "keeper"])
async def test_who_holds_them_is_let_in(rest, caller):
    assert (await rest.as_caller(caller).get("/rest/V1/protected")).body is True


async def test_self_is_for_customers(rest):
    assert (await rest.as_caller("customer").get("/rest/V1/me?customerId=1")).body == 42
    for caller in (None, "keeper"):
        reply = await rest.as_caller(caller).get("/rest/V1/me")
        assert (reply.status, reply.body["parameters"]) == (401, {"resources": "self"})


async def test_full_access_passes_self_but_is_no_customer(rest):
    required = {
        "message": '"%fieldName" is required. Enter and try again.',
        "parameters": {"fieldName": "customerId"},
    }
    reply = await rest.as_caller("admin").get("/rest/V1/me?customerId=42")
    assert (reply.status, reply.body) == (400, required)


@pytest.mark.parametrize("given", [{"id": 1}, {"Id": 1}, {"id": 1, "Id": 2}, {"Id": 1, "id": 2}])
async def test_a_forced_value_inside_an_object_cannot_be_overruled(rest, given):
    reply = await rest.as_caller("customer").put("/rest/V1/me", {"thing": {**given, "sku": "x"}})
    assert reply.body == {"id": 42, "sku": "x"}


async def test_a_forced_value_does_not_go_through_a_scalar(rest):
    assert (await rest.as_caller("customer").put("/rest/V1/me", {"thing": "x"})).status == 400


@pytest.mark.parametrize(
    ("url", "body", "expected"),
    [
        ("/rest/V1/things/5", {"thing": {"id": 9, "sku": "x"}}, {"id": 5, "sku": "x"}),
        ("/rest/V1/things/5?fields=id", {"thing": {"id": 9, "sku": "x"}}, {"id": 5}),
        ("/rest/V1/things/5", {"thing": {"sku": "x"}, "note": "second key"}, {"id": 5, "sku": "x"}),
        ("/rest/V1/things/5", {"thing": {"Id": 9, "sku": "x"}}, {"id": 5, "sku": "x"}),
        ("/rest/V1/things/5", {"thing": {"id": 8, "Id": 9, "sku": "x"}}, {"id": 5, "sku": "x"}),
    ],
)
async def test_a_put_takes_the_id_from_the_path(rest, url, body, expected):
    assert (await rest.put(url, body)).body == expected


async def test_https_is_asked_for_where_a_route_needs_it(rest):
    refused = error("Operation allowed only in HTTPS")
    assert (await rest.get("/rest/V1/secure")).body == refused
    assert (await rest.get("/rest/V1/secure", scheme="https")).body is True
    assert (await rest.get("/rest/V1/secure", headers={"x-forwarded-proto": "https"})).body is True


async def test_a_setting_opens_reads_to_guests_at_once(rest, ctx):
    assert (await rest.get("/rest/V1/opened")).status == 401
    await ctx.db.execute(
        "insert into core_config_data (scope, path, value)"
        " values ('default', 'webapi/webapisecurity/allow_insecure', '1')"
    )
    await ctx.changed()
    assert (await rest.get("/rest/V1/opened")).body is True


async def test_a_missing_entity_is_404_with_its_placeholders(rest):
    reply = await rest.get("/rest/V1/things/404")
    assert reply.status == 404
    assert reply.body == {
        "message": "No such entity with %fieldName = %fieldValue",
        "parameters": {"fieldName": "thingId", "fieldValue": 404},
    }


async def test_numbered_placeholders_come_as_a_list_after_the_code(rest):
    reply = await rest.get("/rest/V1/things/7")
    assert reply.text == '{"message":"Only %1 of \\"%2\\" are left.","code":7,"parameters":[2,"24-MB01"]}'


async def test_what_nobody_foresaw_is_masked_and_has_an_id(rest):
    reply = await rest.get("/rest/V1/things/500")
    prefix = "Internal Error. Details are available in Magento log file. Report ID: webapi-"
    assert reply.status == 500
    assert reply.body["message"].startswith(prefix)
    assert len(reply.body["message"]) == len(prefix) + 13
    assert "secret reason" not in reply.text


async def test_a_refused_call_leaves_no_effect(rest, db):
    assert (await rest.post("/rest/V1/effects")).status == 400
    assert await db.value("select name from website where website_id = 1") == "Main Website"


async def test_a_refusal_may_keep_what_counts_it(rest, db):
    assert (await rest.post("/rest/V1/counted")).status == 401
    assert await db.value("select name from website where website_id = 1") == "Counted"


async def test_a_wrong_type_is_said_with_its_values(rest):
    reply = await rest.get("/rest/V1/things/abc")
    sentence = 'The "abc" value\'s type is invalid. The "int" type was expected. Verify and try again.'
    assert (reply.status, reply.body) == (400, error(sentence))


async def test_a_list_in_the_query_needs_brackets(rest):
    assert (await rest.get("/rest/V1/lists?storeCodes[]=default&storeCodes[]=de")).body == ["default", "de"]
    reply = await rest.get("/rest/V1/lists?storeCodes=default")
    sentence = 'The "string" value\'s type is invalid. The "string[]" type was expected. Verify and try again.'
    assert (reply.status, reply.body) == (400, error(sentence))


async def test_xml_goes_in_and_out(rest):
    reply = await rest.post(
        "/rest/V1/things",
        b"<request><thing><sku>a</sku><tags><item>x</item><item>y</item></tags></thing></request>",
        headers={"content-type": "application/xml", "accept": "application/xml"},
    )
    assert reply.headers["content-type"] == "application/xml; charset=utf-8"
    assert reply.text.replace("\n", "") == (
        '<?xml version="1.0"?><response><sku>a</sku><tags><item>x</item><item>y</item></tags></response>'
    )


async def test_an_answer_that_no_one_accepts_is_406_in_json(rest):
    reply = await rest.get("/rest/V1/nosuch", headers={"accept": "image/png"})
    assert reply.status == 406
    assert reply.body["message"].startswith("Server cannot match any of the given Accept HTTP header media type(s)")


@pytest.mark.parametrize(
    ("wanted", "body"),
    [("id", {"id": 5}), ("tags,id", {"id": 5, "tags": []}), ("nosuch", []), ("id;", []), ("", None)],
)
async def test_fields_filter_the_answer(rest, wanted, body):
    reply = await rest.get(f"/rest/V1/things/5?fields={wanted}")
    whole = (await rest.get("/rest/V1/things/5")).body
    assert reply.body == (whole if body is None else body)


async def test_a_body_over_the_limit_is_413(rest, services):
    reply = await rest.as_caller("admin").post("/rest/V1/login", b"x" * (services.settings.max_body + 1))
    assert reply.status == 413
    assert "message" in reply.body


async def test_only_staff_may_send_large_bodies_unless_files_are_taken(rest):
    credentials = {"userName": "ada", "password": "x" * SMALL_BODY}
    assert (await rest.as_caller("admin").post("/rest/V1/login", credentials)).status == 200
    for caller in (None, "customer"):
        reply = await rest.as_caller(caller).post("/rest/V1/login", credentials)
        assert reply.status == 413
        assert reply.body == error(f"The request body is larger than the {SMALL_BODY} bytes that are allowed here.")
        assert (
            await rest.as_caller(caller).post("/rest/V1/drawings", {"drawing": "x" * SMALL_BODY})
        ).body == SMALL_BODY


async def test_who_may_not_call_learns_that_before_a_large_body_is_read(rest):
    reply = await rest.post("/rest/V1/protected", b"x" * (SMALL_BODY + 1))
    assert reply.status == 401
    assert reply.body["message"] == "The consumer isn't authorized to access %resources."
    assert (await rest.post("/rest/V1/nowhere", b"x" * (SMALL_BODY + 1))).status == 404


async def test_when_there_is_too_much_to_do_clients_are_asked_to_come_again(rest, services, monkeypatch):
    monkeypatch.setattr(services, "intake", Intake(services.settings.max_body, requests=0))
    reply = await rest.get("/rest/V1/things/1")
    assert (reply.status, reply.headers["retry-after"]) == (503, "5")
    assert reply.body == error("The shop is busy. Try again in some seconds.")
    reply = await rest.get("/rest/V1/things/1", headers={"accept": "application/xml"})
    assert (reply.status, reply.headers["content-type"]) == (503, "application/xml; charset=utf-8")
    assert "<message>The shop is busy. Try again in some seconds.</message>" in reply.text


async def test_a_number_too_large_for_its_column_is_a_400(rest, services, db):
    @operation("GET /V1/large/{number}", access=ANONYMOUS, service="Shop.Thing.Api.Things.large")
    async def large(ctx: Context, number: int) -> int:
        await ctx.db.execute("update website set sort_order = %(number)s where website_id = 1", number=number)
        return number

    client = RestClient(Dispatcher(services, large.__dict__["__operations__"]))
    assert (await client.get("/rest/V1/large/5")).body == 5
    assert (await client.get("/rest/V1/large/99999999999")).status == 400
