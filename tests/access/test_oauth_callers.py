"""Spec 00-webapi, 8 and 10: integrations that call the REST API, by signature or with a bearer token."""

import time
from datetime import timedelta

import pytest

from entrepot.access import (
    deactivate_integration,
    delete_integration,
    delete_old_nonces,
    get_integration_by_name,
    reauthorize,
)
from entrepot.access.resources import ALL
from entrepot.kit.intake import SMALL_BODY
from tests.access.integration_makers import a_signer, an_active_signer, an_integration, callers_api
from tests.access.makers import configure
from tests.access.oauth_client import Signer
from tests.rest_client import RestClient

REFUSED = {
    "message": "The consumer isn't authorized to access %resources.",
    "parameters": {"resources": "Magento_Sales::sales"},
}
COUNT_NONCES = "select count(*) from oauth_nonce"


@pytest.fixture
def rest(ctx, services):
    return RestClient(callers_api(services))


async def signed(rest, signer, target="/rest/V1/callers/a", verb="GET", **options):
    return await rest.call(verb, target, headers={"authorization": signer.header(verb, target, **options)})


@pytest.mark.parametrize("method", ["HMAC-SHA1", "HMAC-SHA256"])
@pytest.mark.parametrize(
    ("target", "sku"),
    [
        ("/rest/V1/callers/24-MB01", "24-MB01"),
        ("/rest/default/V1/callers/24-MB01", "24-MB01"),
        ("/index.php/rest/V1/callers/24-MB01", "24-MB01"),
        ("/rest/V1/callers/24-MB01/", "24-MB01"),
        ("/rest/V1/callers/a%2Fb", "a/b"),
        ("/rest/V1/callers/a%2fb%20c", "a/b c"),
        ("/rest/V1/callers/(a)*!", "(a)*!"),
        ("/rest/V1/callers/a?searchCriteria[pageSize]=2&searchCriteria[filter_groups][0][filters][0][value]=x%25", "a"),
        ("/rest/V1/callers/a?searchCriteria%5BpageSize%5D=2&&b", "a"),
        ("/rest/V1/callers/a?", "a"),
        ("/rest/V1/callers/a?b=%C3%A4%7E~", "a"),
        ("/rest/V1/callers/a?b[]=2&b[]=1&b==", "a"),
    ],
)
async def test_a_signed_call_is_the_integrations(ctx, rest, method, target, sku):
    signer = await an_active_signer(ctx)
    signer.method = method
    integration = await get_integration_by_name(ctx, "Connector")

    reply = await signed(rest, signer, target)

    assert (reply.status, reply.body) == (200, ["INTEGRATION", str(integration.integration_id), sku])


@pytest.mark.parametrize("plus_is_space", [True, False])
async def test_clients_may_sign_a_plus_sign_as_a_space_or_as_it_stands(ctx, rest, plus_is_space):
    signer = await an_active_signer(ctx)
    signer.plus_is_space = plus_is_space

    assert (await signed(rest, signer, "/rest/V1/callers/a?name=Joust+Bag")).status == 200


async def test_a_json_body_is_not_signed(ctx, rest):
    signer = await an_active_signer(ctx)
    header = signer.header("POST", "/rest/V1/callers")

    reply = await rest.post("/rest/V1/callers", {"name": "Ada"}, headers={"authorization": header})

    assert (reply.status, reply.body) == (200, "Ada")


async def test_an_integration_may_send_a_large_body_and_a_forged_token_may_not(ctx, rest):
    signer = await an_active_signer(ctx)
    large = {"name": "x" * SMALL_BODY}
    for authorization in (signer.header("POST", "/rest/V1/callers"), f"Bearer {signer.token}"):
        assert (await rest.post("/rest/V1/callers", large, headers={"authorization": authorization})).status == 200

    signer.token = "x" * 32
    for authorization in (signer.header("POST", "/rest/V1/callers"), f"Bearer {signer.token}"):
        reply = await rest.post("/rest/V1/callers", large, headers={"authorization": authorization})
        assert (reply.status, reply.body) == (401, REFUSED)


async def test_a_form_body_is_signed(ctx, rest):
    signer = await an_active_signer(ctx)
    form = {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}
    good = form | {"authorization": signer.header("POST", "/rest/V1/callers", form="name=Ada+L&x=%2B")}
    bad = form | {"authorization": signer.header("POST", "/rest/V1/callers", form="name=Bob")}

    admitted = await rest.post("/rest/V1/callers", b"name=Ada+L&x=%2B", headers=good)
    refused = await rest.post("/rest/V1/callers", b"name=Ada+L&x=%2B", headers=bad)

    # Admitted, and then refused for what it is: the REST interface does not read forms.
    assert admitted.status == 400
    assert (refused.status, refused.body) == (401, {"message": "The signature is invalid. Verify and try again."})


async def test_host_and_scheme_are_those_that_the_client_addressed(ctx, rest):
    signer = await an_active_signer(ctx)
    target = "/rest/V1/callers/a"

    async def call(signed_for, sent, **options):
        header = signer.header("GET", target, **signed_for)
        return (await rest.get(target, headers={"authorization": header, **sent}, **options)).status

    assert await call({"host": "shop.test"}, {"host": "SHOP.test:80"}) == 200
    assert await call({"host": "shop.test:8080"}, {"host": "shop.test:8080"}) == 200
    assert await call({"host": "other.test"}, {"host": "shop.test"}) == 401
    assert await call({"scheme": "https"}, {"host": "shop.test:443"}, scheme="https") == 200
    assert await call({"scheme": "https"}, {"x-forwarded-proto": "https"}) == 200
    assert await call({"scheme": "https"}, {}) == 401


async def test_the_version_and_a_realm_may_be_left_out_or_given(ctx, rest):
    signer = await an_active_signer(ctx)
    target = "/rest/V1/callers/a"
    without = signer.header("GET", target, changed={"oauth_version": None})
    with_realm = signer.header("GET", target).replace("OAuth ", 'oauth realm="http://shop.test/", ')

    assert (await rest.get(target, headers={"authorization": without})).status == 200
    assert (await rest.get(target, headers={"authorization": with_realm})).status == 200


REQUIRED = '"%fieldName" is required. Enter and try again.'


def ahead(seconds):
    return str(int(time.time()) + seconds)


@pytest.mark.parametrize(
    ("changed", "status", "body"),
    [
        (
            {"oauth_version": "1.0a", "oauth_nonce": None},
            400,
            {"message": 'The "%1" Oauth version isn\'t supported.', "parameters": ["1.0a"]},
        ),
        (
            {"oauth_nonce": None, "oauth_token": "short"},
            400,
            {"message": REQUIRED, "parameters": {"fieldName": "oauth_nonce"}},
        ),
        ({"oauth_token": None}, 400, {"message": REQUIRED, "parameters": {"fieldName": "oauth_token"}}),
        (
            {"oauth_consumer_key": None, "oauth_signature": None, "oauth_timestamp": None},
            400,
            {
                "message": "One or more input exceptions have occurred.",
                "errors": [
                    {"message": REQUIRED, "parameters": {"fieldName": "oauth_consumer_key"}},
                    {"message": REQUIRED, "parameters": {"fieldName": "oauth_signature"}},
                    {"message": REQUIRED, "parameters": {"fieldName": "oauth_timestamp"}},
                ],
            },
        ),
        (
            {"oauth_token": "short", "oauth_signature_method": "PLAINTEXT"},
            400,
            {"message": "The token length is invalid. Check the length and try again."},
        ),
        (
            {"oauth_signature_method": "PLAINTEXT", "oauth_consumer_key": "short"},
            400,
            {"message": "Signature method %1 is not supported", "parameters": ["PLAINTEXT"]},
        ),
        (
            {"oauth_consumer_key": "short", "oauth_timestamp": "0"},
            401,
            {"message": "Consumer key is not the correct length"},
        ),
        (
            {"oauth_consumer_key": "x" * 32, "oauth_timestamp": "0"},
            401,
            {"message": "A consumer having the specified key does not exist"},
        ),
        (
            {"oauth_consumer_key": "\0" * 32},
            401,
            {"message": "A consumer having the specified key does not exist"},
        ),
        (
            {"oauth_timestamp": "0", "oauth_token": "x" * 32},
            401,
            {"message": "An error occurred validating the nonce"},
        ),
        ({"oauth_timestamp": "soon"}, 401, {"message": "An error occurred validating the nonce"}),
        ({"oauth_timestamp": ahead(3600)}, 401, {"message": "An error occurred validating the nonce"}),
        ({"oauth_token": "x" * 32}, 401, {"message": "Specified token does not exist"}),
    ],
)
async def test_what_is_wrong_with_a_call_is_said_in_the_order_of_the_checks(ctx, rest, changed, status, body):
    signer = await an_active_signer(ctx)

    reply = await signed(rest, signer, changed=changed)

    assert (reply.status, reply.body) == (status, body)
    assert await ctx.db.value(COUNT_NONCES) == 0


async def test_timestamps_may_be_old_and_ten_minutes_ahead(ctx, rest):
    signer = await an_active_signer(ctx)

    assert (await signed(rest, signer, changed={"oauth_timestamp": "1"})).status == 200
    assert (await signed(rest, signer, changed={"oauth_timestamp": ahead(550)})).status == 200


async def test_a_nonce_can_be_used_once_by_each_consumer(ctx, rest):
    signer = await an_active_signer(ctx)
    other = await an_active_signer(ctx, "Other")
    consumer_id = (await get_integration_by_name(ctx, "Connector")).consumer_id

    assert (await signed(rest, signer, oauth_nonce="n" * 5000)).status == 200
    again = await signed(rest, signer, oauth_nonce="n" * 5000)

    assert (again.status, again.body) == (
        401,
        {"message": "The nonce is already being used by the consumer with ID %1", "parameters": [str(consumer_id)]},
    )
    assert (await signed(rest, other, oauth_nonce="n" * 5000)).status == 200


async def test_a_used_nonce_is_told_before_the_token_is_looked_at(ctx, rest):
    signer = await an_active_signer(ctx)
    assert (await signed(rest, signer, oauth_nonce="1")).status == 200

    reply = await signed(rest, signer, oauth_nonce="1", changed={"oauth_token": "x" * 32})

    assert reply.body["message"] == "The nonce is already being used by the consumer with ID %1"


async def test_a_wrong_signature_is_refused_and_uses_no_nonce(ctx, rest):
    signer = await an_active_signer(ctx)
    thief = Signer(signer.key, "x" * 32, signer.token, signer.token_secret)

    reply = await signed(rest, thief, oauth_nonce="1")

    assert (reply.status, reply.body) == (401, {"message": "The signature is invalid. Verify and try again."})
    assert await ctx.db.value(COUNT_NONCES) == 0
    assert (await signed(rest, signer, oauth_nonce="1")).status == 200


@pytest.mark.parametrize("target", ["/rest/V1/callers/b", "/rest/V1/callers/a?x=1", "/rest/V1/callers/a/"])
async def test_a_signature_holds_for_one_address_only(ctx, rest, target):
    signer = await an_active_signer(ctx)
    header = signer.header("GET", "/rest/V1/callers/a")

    assert (await rest.get(target, headers={"authorization": header})).status == 401


async def test_the_token_must_be_an_access_token_of_the_consumer(ctx, rest):
    signer = await an_active_signer(ctx)
    other = await an_active_signer(ctx, "Other")
    mixed = Signer(signer.key, signer.secret, other.token, other.token_secret)

    reply = await signed(rest, mixed)
    assert (reply.status, reply.body) == (401, {"message": "Token is not associated with the specified consumer"})

    await ctx.db.execute("update oauth_token set type = 'request', revoked = true")
    reply = await signed(rest, signer)
    assert (reply.status, reply.body) == (401, {"message": "Token is not an access token"})

    await ctx.db.execute("update oauth_token set type = 'access'")
    reply = await signed(rest, signer)
    assert (reply.status, reply.body) == (401, {"message": "Access token has been revoked"})
    assert (await rest.as_caller(signer.token).get("/rest/V1/callers/a")).status == 401


async def test_a_broken_signature_is_an_error_on_an_open_route_too(ctx, rest):
    signer = await an_active_signer(ctx)
    open_route = "/rest/V1/callers"

    assert (await rest.get(open_route)).body == "GUEST"
    assert (await signed(rest, signer, open_route)).body == "INTEGRATION"
    reply = await signed(rest, signer, open_route, unsigned={"oauth_signature": "AAAA"})
    assert reply.status == 401


async def test_an_integration_that_is_not_active_calls_as_a_guest(ctx, rest):
    signer = await an_active_signer(ctx)
    await deactivate_integration(ctx, (await get_integration_by_name(ctx, "Connector")).integration_id)

    reply = await signed(rest, signer)
    assert (reply.status, reply.body) == (401, REFUSED)
    assert (await signed(rest, signer, "/rest/V1/callers")).body == "GUEST"
    bearer = rest.as_caller(signer.token)
    assert (await bearer.get("/rest/V1/callers/a")).body == REFUSED
    assert (await bearer.get("/rest/V1/callers")).body == "GUEST"


async def test_the_access_token_is_a_bearer_token_too(ctx, rest):
    signer = await an_active_signer(ctx)
    integration = await get_integration_by_name(ctx, "Connector")

    reply = await rest.as_caller(signer.token).get("/rest/V1/callers/a")

    assert (reply.status, reply.body) == (200, ["INTEGRATION", str(integration.integration_id), "a"])
    assert (await rest.as_caller(signer.token_secret).get("/rest/V1/callers/a")).status == 401


async def test_an_integration_may_use_what_was_chosen_for_it(ctx, rest):
    clerk = await an_active_signer(ctx, "Clerk", resources=("Magento_Catalog::products",))
    master = await an_active_signer(ctx, "Master", resources=(ALL, "Magento_Catalog::products"))

    reply = await signed(rest, clerk)
    assert (reply.status, reply.body) == (401, REFUSED)
    assert (await signed(rest, master)).status == 200


async def test_reauthorising_and_deleting_end_the_token(ctx, rest, services):
    signer = await an_active_signer(ctx)
    integration = await get_integration_by_name(ctx, "Connector")

    activation = await reauthorize(services, integration.integration_id)

    assert (await signed(rest, signer)).body == {"message": "Specified token does not exist"}
    assert (await rest.as_caller(signer.token).get("/rest/V1/callers/a")).status == 401
    assert activation.access_token is not None
    renewed = Signer(signer.key, signer.secret, activation.access_token.token, activation.access_token.secret)
    assert (await signed(rest, renewed)).status == 200

    await delete_integration(ctx, integration.integration_id)
    assert (await signed(rest, renewed)).body == {"message": "A consumer having the specified key does not exist"}
    assert (await rest.as_caller(renewed.token).get("/rest/V1/callers/a")).status == 401


async def test_a_call_costs_two_statements_more_than_a_guests(ctx, services, rest):
    from entrepot.access import identify_by_oauth
    from entrepot.kit.rest.request import Request

    signer = await an_active_signer(ctx)
    header = signer.header("GET", "/rest/V1/callers/a")
    request = Request("GET", "/rest/V1/callers/a", "", {"authorization": header, "host": "shop.test"})
    before = ctx.db.statements

    assert await identify_by_oauth(ctx, request) is not None
    assert ctx.db.statements - before == 2
    # The dispatcher runs a call again when the database asks for it: that is no second call.
    assert await identify_by_oauth(ctx, request) is not None


async def test_old_nonces_are_forgotten_after_the_configured_time(ctx, rest):
    signer = await an_active_signer(ctx)
    await signed(rest, signer, oauth_nonce="1")

    assert await delete_old_nonces(ctx) == 0
    ctx.now += timedelta(minutes=119)
    assert await delete_old_nonces(ctx) == 0
    await configure(ctx, "oauth/cleanup/expiration_period", "60")
    await configure(ctx, "oauth/cleanup/cleanup_probability", "0")
    assert await delete_old_nonces(ctx) == 0
    await configure(ctx, "oauth/cleanup/cleanup_probability", "100")
    assert await delete_old_nonces(ctx) == 1
    assert await ctx.db.value(COUNT_NONCES) == 0


async def test_the_secrets_cannot_be_read_in_the_database(ctx):
    signer = await an_active_signer(ctx)
    stored = str(await ctx.db.all(dict, "select * from oauth_token cross join oauth_consumer"))

    assert signer.key in stored
    assert [
        secret for secret in (signer.secret, signer.token, signer.token_secret) if secret is None or secret in stored
    ] == []
    assert await a_signer(ctx, await get_integration_by_name(ctx, "Connector")) == Signer(signer.key, signer.secret)


async def test_a_verifier_token_cannot_call(ctx, rest):
    integration = await an_integration(
        ctx, endpoint="https://erp.test/callback", identity_link_url="https://erp.test/login"
    )
    signer = await a_signer(ctx, integration)
    signer.token = "v" * 32

    assert (await signed(rest, signer)).body == {"message": "Specified token does not exist"}
