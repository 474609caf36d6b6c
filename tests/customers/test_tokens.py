"""POST /V1/integration/customer/token, and the lock of accounts."""

import hashlib
from datetime import timedelta

import pytest

from entrepot.customers import CustomerSignedIn, unlock, visits
from entrepot.customers.tokens import create_customer_access_token
from tests.customers.makers import JANE, PASSWORD, a_customer, configure, required, us_store

URL = "/rest/V1/integration/customer/token"
REFUSAL = {
    "message": "The account sign-in was incorrect or your account is disabled temporarily. "
    "Please wait and try again later."
}


def body(username=JANE, password=PASSWORD):
    return {"username": username, "password": password}


async def test_a_token_opens_the_customers_own_routes(ctx, rest, published):
    jane = await a_customer(ctx)
    published.clear()
    reply = await rest.post(URL, body("JDOE@example.com"))
    assert (reply.status, len(reply.body), reply.body.isalnum(), reply.body.lower()) == (200, 32, True, reply.body)
    assert published == [CustomerSignedIn(jane.id)]
    assert (await visits(ctx, jane.id)).last_login_at is not None

    second = await rest.post(URL, body())
    for token in (reply.body, second.body):
        assert (await rest.as_caller(token).get("/rest/V1/customers/me")).body["id"] == jane.id
    assert (await rest.as_caller(token).get("/rest/all/V1/customers/me")).body["id"] == jane.id
    assert (await rest.as_caller(token).get("/rest/V1/store/websites")).status == 401


@pytest.mark.parametrize(
    ("sent", "missing"),
    [
        ({}, ("username", "password")),
        ({"username": JANE}, ("password",)),
        (body(None, None), ("username", "password")),
        (body("", ""), ("username", "password")),
        (body("", "x"), ("username",)),
    ],
)
async def test_what_is_missing_is_named(rest, sent, missing):
    reply = await rest.post(URL, sent)
    assert (reply.status, reply.body) == (400, required(*missing))


async def test_every_failure_has_one_answer_and_counts(ctx, rest):
    await us_store(ctx)
    await a_customer(ctx)
    await a_customer(ctx, "nobody@example.com", password=None)
    cases = [
        ("/rest/V1", JANE, "wrong"),
        ("/rest/us/V1", JANE, PASSWORD),
        ("/rest/all/V1", JANE, PASSWORD),
        ("/rest/V1", "unknown@example.com", PASSWORD),
        ("/rest/V1", "nobody@example.com", PASSWORD),
    ]
    for prefix, username, password in cases:
        reply = await rest.post(f"{prefix}/integration/customer/token", body(username, password))
        assert (reply.status, reply.body) == (401, REFUSAL)
    assert sorted(await ctx.db.values("select failures from token_request_failure")) == [1, 1, 3]
    assert await ctx.db.value("select failures_num from customer where email = %(e)s", e=JANE) == 1


async def test_a_success_clears_both_counters(ctx, rest):
    await a_customer(ctx)
    for _ in range(5):
        await rest.post(URL, body(password="wrong"))
    assert await ctx.db.value("select failures_num from customer") == 5
    assert (await rest.post(URL, body())).status == 200
    assert await ctx.db.one(tuple, "select failures_num, first_failure, lock_expires from customer") == (0, None, None)
    assert await ctx.db.values("select failures from token_request_failure") == []


async def test_six_failures_of_a_name_lock_it_at_the_token_service(ctx, rest):
    await a_customer(ctx)
    for _ in range(6):
        await rest.post(URL, body(password="wrong"))
    assert (await rest.post(URL, body())).body == REFUSAL
    assert (await rest.post(URL, body("JDOE@EXAMPLE.COM"))).body == REFUSAL


async def test_ten_wrong_passwords_lock_the_account_itself(ctx, rest):
    await configure(ctx, "oauth/authentication_lock/max_failures_count", "0")
    jane = await a_customer(ctx)
    for _ in range(10):
        assert (await rest.post(URL, body(password="wrong"))).body == REFUSAL
    assert await ctx.db.value("select lock_expires > now() + interval '9 minutes' from customer")
    assert (await rest.post(URL, body())).body == REFUSAL

    await unlock(ctx, jane.id)
    assert (await rest.post(URL, body())).status == 200


async def test_a_lock_ends_by_itself(ctx, rest):
    await a_customer(ctx)
    await ctx.db.execute(
        "update customer set failures_num = 10, first_failure = %(t)s, lock_expires = %(t)s",
        t=ctx.now - timedelta(seconds=1),
    )
    assert (await rest.post(URL, body())).status == 200


async def test_an_account_that_waits_for_its_confirmation_gets_no_token(ctx, rest):
    await configure(ctx, "customer/create_account/confirm", "1")
    await a_customer(ctx)
    assert (await rest.post(URL, body())).body == REFUSAL
    await configure(ctx, "customer/create_account/confirm", "0")
    assert (await rest.post(URL, body())).status == 200


async def test_shared_accounts_get_tokens_in_any_website(ctx, rest):
    await us_store(ctx)
    await a_customer(ctx)
    await configure(ctx, "customer/account_share/scope", "0")
    assert (await rest.post("/rest/us/V1/integration/customer/token", body())).status == 200


async def test_an_imported_hash_serves_once_and_is_renewed(ctx, rest):
    await a_customer(ctx)
    md5_of_salt_and_password = hashlib.md5(b"salt" + PASSWORD.encode()).hexdigest()  # noqa: S324 -- Magento's old form
    await ctx.db.execute("update customer set password_hash = %(h)s", h=f"{md5_of_salt_and_password}:salt:0")
    assert (await rest.post(URL, body())).status == 200
    assert (await ctx.db.value("select password_hash from customer")).startswith("$argon2id$")
    assert (await rest.post(URL, body())).status == 200


async def test_a_token_takes_four_statements(ctx):
    await a_customer(ctx)
    call = ctx.in_store(ctx.stores.default)
    before = ctx.db.statements
    await create_customer_access_token(call, JANE, PASSWORD)
    assert ctx.db.statements - before == 4


async def test_a_locked_name_is_refused_without_counting_further(ctx, rest):
    await a_customer(ctx)
    for _ in range(8):
        assert (await rest.post(URL, body(password="wrong"))).body == REFUSAL
    assert await ctx.db.value("select failures from token_request_failure") == 6
    assert await ctx.db.value("select failures_num from customer") == 6
