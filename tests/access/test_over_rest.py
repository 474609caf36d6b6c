"""Tokens and sessions as a client of the REST API meets them."""

import json

import pytest

from entrepot.access import ADMIN_COOKIE, STOREFRONT_COOKIE, SessionKind, issue, sessions
from entrepot.app import rest
from entrepot.kit.context import ActorType
from entrepot.kit.rest.request import Request
from tests.access.makers import PASSWORD, a_role, an_administrator

REFUSAL = "The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."
UNAUTHORISED = {
    "message": "The consumer isn't authorized to access %resources.",
    "parameters": {"resources": "Magento_Backend::store"},
}


async def post_token(services, **body):
    headers = {"content-type": "application/json"}
    request = Request("POST", "/rest/V1/integration/admin/token", headers=headers, body=json.dumps(body).encode())
    answer, _ = await rest(services).answer(request)
    return answer.status, answer.body


async def get_websites(services, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer, _ = await rest(services).answer(Request("GET", "/rest/V1/store/websites", headers=named))
    return answer.status, answer.body


async def test_a_token_opens_the_routes_of_its_role(services, ctx):
    await an_administrator(ctx)
    status, token = await post_token(services, username="ada", password=PASSWORD)

    assert (status, type(token), len(token)) == (200, str, 32)
    assert (await get_websites(services, authorization=f"bearer {token}"))[0] == 200


async def test_what_is_missing_is_named(services, ctx):
    assert await post_token(services, username="ada") == (
        400,
        {"message": '"%fieldName" is required. Enter and try again.', "parameters": {"fieldName": "password"}},
    )
    one = {"message": '"%fieldName" is required. Enter and try again.', "parameters": {"fieldName": "username"}}
    two = {"message": '"%fieldName" is required. Enter and try again.', "parameters": {"fieldName": "password"}}
    for body in ({}, {"username": "", "password": ""}, {"username": None, "password": None}):
        status, answer = await post_token(services, **body)
        assert (status, answer["message"]) == (400, "One or more input exceptions have occurred.")
        assert answer["errors"] == [one, two]
    assert await post_token(services, username="", password="x") == (400, one)


async def test_failures_are_kept_though_the_call_is_refused(services, ctx):
    await an_administrator(ctx)
    for password in ["wrong"] * 6 + [PASSWORD]:
        assert await post_token(services, username="ada", password=password) == (401, {"message": REFUSAL})
    assert await ctx.db.value("select failures from token_request_failure") == 6


@pytest.mark.parametrize(
    "authorization", ["Bearer nonsense", "Bearer  {token}", 'Bearer "{token}"', "{token}", "Bearer"]
)
async def test_a_broken_bearer_header_makes_a_guest(services, ctx, authorization):
    ada = await an_administrator(ctx)
    token = await issue(ctx, ActorType.ADMIN, ada.user_id)

    answer = await get_websites(services, authorization=authorization.format(token=token))

    assert answer == (401, UNAUTHORISED)


async def test_the_role_decides_resource_by_resource(services, ctx):
    role = await a_role(ctx, resources=("Magento_Backend::stores",))
    ada = await an_administrator(ctx, role=role)
    token = await issue(ctx, ActorType.ADMIN, ada.user_id)

    assert await get_websites(services, authorization=f"Bearer {token}") == (401, UNAUTHORISED)


async def test_a_bad_token_does_not_stand_in_the_way_of_a_session(services, ctx):
    ada = await an_administrator(ctx)
    session = await sessions.open(ctx, SessionKind.ADMIN, actor_id=ada.user_id)

    status, _ = await get_websites(services, authorization="Bearer nonsense", cookie=f"{ADMIN_COOKIE}={session.cookie}")

    assert status == 200


async def test_a_customer_may_not_use_the_routes_of_administrators(services, ctx):
    session = await sessions.open(ctx, SessionKind.STOREFRONT, actor_id=7)
    by_cookie = {"cookie": f"{STOREFRONT_COOKIE}={session.cookie}", "x_requested_with": "XMLHttpRequest"}
    token = await issue(ctx, ActorType.CUSTOMER, 7)

    assert await get_websites(services, **by_cookie) == (401, UNAUTHORISED)
    assert await get_websites(services, authorization=f"Bearer {token}") == (401, UNAUTHORISED)
