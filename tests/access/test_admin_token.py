"""POST /V1/integration/admin/token, its lock, and what a token opens."""

from datetime import timedelta

import pytest

from entrepot.access import (
    NoRole,
    SignInRefused,
    by_token,
    create_admin_access_token,
    deactivate_user,
    delete_expired_tokens,
    delete_role,
    delete_user,
    issue,
    revoke_all,
    save_role,
    throttle,
)
from entrepot.access.callers import bearer_token
from entrepot.kit.context import Actor, ActorType
from entrepot.kit.errors import Invalid
from entrepot.kit.rest.request import Request
from tests.access.makers import PASSWORD, a_role, an_administrator, configure

REFUSAL = "The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."


async def caller(ctx, token):
    return await by_token(ctx, Request("GET", "/rest/V1/x", headers={"authorization": f"Bearer {token}"}))


async def failures(ctx):
    return await ctx.db.value("select coalesce(sum(failures), 0) from token_request_failure")


async def tokens(ctx):
    return await ctx.db.value("select count(*) from access_token")


async def refused(ctx, username="ada", password="wrong"):
    with pytest.raises(SignInRefused) as refusal:
        await create_admin_access_token(ctx, username, password)
    assert (refusal.value.status, refusal.value.rendered(), refusal.value.parameters) == (401, REFUSAL, None)
    assert refusal.value.keeps_effects


async def test_the_right_password_gives_a_token_of_the_administrators_role(ctx):
    role = await a_role(ctx, resources=("Magento_Sales::sales",))
    ada = await an_administrator(ctx, role=role)

    token = await create_admin_access_token(ctx, "ada", PASSWORD)

    assert len(token) == 32
    assert set(token) <= set("0123456789abcdefghijklmnopqrstuvwxyz")
    assert await caller(ctx, token) == Actor(
        ActorType.ADMIN, ada.user_id, frozenset({"Magento_Sales::sales", "Magento_Backend::admin"})
    )


async def test_a_token_costs_four_statements_and_its_use_one(ctx):
    await an_administrator(ctx)
    before = ctx.db.statements
    token = await create_admin_access_token(ctx, "ada", PASSWORD)
    issued = ctx.db.statements

    await caller(ctx, token)

    assert (issued - before, ctx.db.statements - issued) == (4, 1)


async def test_the_token_itself_is_not_stored(ctx):
    await an_administrator(ctx)
    token = await create_admin_access_token(ctx, "ada", PASSWORD)
    assert await ctx.db.value(
        "select token_hash = sha256(convert_to(%(token)s, 'UTF8')) from access_token", token=token
    )


async def test_each_call_makes_a_new_token_and_earlier_ones_stay_valid(ctx):
    await an_administrator(ctx)
    first = await create_admin_access_token(ctx, "ada", PASSWORD)
    second = await create_admin_access_token(ctx, "ada", PASSWORD)

    assert first != second
    assert await caller(ctx, first) == await caller(ctx, second) is not None


@pytest.mark.parametrize(
    ("username", "password", "fields"),
    [("", "x", ["username"]), ("ada", "", ["password"]), ("", "", ["username", "password"])],
)
async def test_empty_fields_are_named_and_not_counted(ctx, username, password, fields):
    with pytest.raises(Invalid) as refusal:
        await create_admin_access_token(ctx, username, password)

    assert [error.rendered() for error in refusal.value.errors] == [
        f'"{name}" is required. Enter and try again.' for name in fields
    ]
    assert await failures(ctx) == 0


@pytest.mark.parametrize("username", ["ADA", "Ada", "áda", "ada "])
async def test_user_names_are_compared_like_magento_does(ctx, username):
    await an_administrator(ctx)
    assert await create_admin_access_token(ctx, username, PASSWORD)


async def test_case_counts_when_the_shop_wants_it(ctx):
    await an_administrator(ctx)
    await configure(ctx, "admin/security/use_case_sensitive_login", "1")

    await refused(ctx, "ADA", PASSWORD)
    assert await create_admin_access_token(ctx, "ada", PASSWORD)


@pytest.mark.parametrize("username", ["nobody", "ada", "\0", "\ud800", "x" * 100_000])
async def test_a_wrong_password_and_an_unknown_name_are_refused_alike_and_counted(ctx, username):
    await an_administrator(ctx)

    await refused(ctx, username, "wrong")

    assert await failures(ctx) == 1
    assert await tokens(ctx) == 0


async def test_six_failures_lock_the_name_out_even_with_the_right_password(ctx):
    await an_administrator(ctx)
    for name in ("ada", "ADA", "Ada", "ada ", "ada"):
        await refused(ctx, name)
    assert await create_admin_access_token(ctx, "ada", PASSWORD), "five failures do not lock"

    for _ in range(6):
        await refused(ctx)
    await refused(ctx, "ada", PASSWORD)

    assert await failures(ctx) == 6, "requests while locked out are not counted"
    assert await tokens(ctx) == 1


async def test_a_lock_ends_when_its_time_has_passed(ctx):
    await an_administrator(ctx)
    for _ in range(6):
        await refused(ctx)
    ctx.now += timedelta(seconds=1799)
    await refused(ctx, "ada", PASSWORD)

    ctx.now += timedelta(seconds=1)

    assert await create_admin_access_token(ctx, "ada", PASSWORD)


async def test_each_failure_moves_the_expiry_and_an_expired_counter_starts_anew(ctx):
    await an_administrator(ctx)
    for _ in range(4):
        await refused(ctx)
        ctx.now += timedelta(seconds=1700)
    await refused(ctx)
    assert await failures(ctx) == 5

    ctx.now += timedelta(seconds=1800)
    await refused(ctx)

    assert await failures(ctx) == 1


@pytest.mark.parametrize("maximum", ["0", "", None])
async def test_without_a_maximum_nobody_is_locked_out(ctx, maximum):
    await an_administrator(ctx)
    await configure(ctx, "oauth/authentication_lock/max_failures_count", maximum)
    for _ in range(7):
        await refused(ctx)

    assert await create_admin_access_token(ctx, "ada", PASSWORD)
    assert await failures(ctx) == 0


async def test_the_limits_can_be_set(ctx):
    await an_administrator(ctx)
    await configure(ctx, "oauth/authentication_lock/max_failures_count", "2")
    await configure(ctx, "oauth/authentication_lock/timeout", "10")
    await refused(ctx)
    await refused(ctx)
    await refused(ctx, "ada", PASSWORD)

    ctx.now += timedelta(seconds=10)

    assert await create_admin_access_token(ctx, "ada", PASSWORD)


async def test_customers_of_the_same_name_have_a_counter_of_their_own(ctx):
    for _ in range(6):
        await throttle.record_failure(ctx, "ada", ActorType.CUSTOMER)

    await throttle.check(ctx, "ada", ActorType.ADMIN)
    with pytest.raises(SignInRefused):
        await throttle.check(ctx, "ADA", ActorType.CUSTOMER)


async def test_failures_that_arrive_during_the_check_refuse_the_right_password_too(ctx):
    for _ in range(6):
        await throttle.record_failure(ctx, "ada", ActorType.ADMIN)

    with pytest.raises(SignInRefused):
        await throttle.clear(ctx, "ada", ActorType.ADMIN)

    assert await failures(ctx) == 6


async def test_expired_counters_are_forgotten(ctx):
    await throttle.record_failure(ctx, "old", ActorType.ADMIN)
    ctx.now += timedelta(seconds=1800)
    await throttle.record_failure(ctx, "new", ActorType.ADMIN)

    assert await throttle.delete_expired(ctx) == 1
    assert await failures(ctx) == 1


async def test_an_inactive_administrator_is_refused_without_counting(ctx):
    await an_administrator(ctx, is_active=False)

    await refused(ctx, "ada", PASSWORD)
    assert await failures(ctx) == 0

    await refused(ctx, "ada", "wrong")
    assert await failures(ctx) == 1


async def test_an_administrator_without_a_role_is_told_so(ctx):
    role = await a_role(ctx)
    await an_administrator(ctx, role=role)
    await delete_role(ctx, role.id)

    with pytest.raises(NoRole) as refusal:
        await create_admin_access_token(ctx, "ada", PASSWORD)

    assert (refusal.value.status, refusal.value.rendered()) == (401, "More permissions are needed to access this.")
    assert await tokens(ctx) == 0


async def test_an_old_hash_is_replaced_when_the_password_is_known(ctx):
    await an_administrator(ctx)
    await ctx.db.execute("update admin_user set password_hash = md5('xyPassword1') || ':xy:0'")

    await create_admin_access_token(ctx, "ada", "Password1")

    assert (await ctx.db.value("select password_hash from admin_user")).startswith("$argon2id$")
    assert await create_admin_access_token(ctx, "ada", "Password1")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("oauth/access_token_lifetime/admin", ActorType.ADMIN),
        ("oauth/access_token_lifetime/customer", ActorType.CUSTOMER),
    ],
)
async def test_a_token_lives_as_long_as_the_setting_says_when_it_is_used(ctx, path, kind):
    ada = await an_administrator(ctx)
    token = await issue(ctx, kind, ada.user_id)
    default = timedelta(hours=4 if kind is ActorType.ADMIN else 1)
    issued = ctx.now

    ctx.now = issued + default - timedelta(microseconds=1)
    assert await caller(ctx, token) is not None
    ctx.now = issued + default
    assert await caller(ctx, token) is None

    await configure(ctx, path, "0.001")
    ctx.now = issued + timedelta(seconds=3.5)
    assert await caller(ctx, token) is not None
    ctx.now = issued + timedelta(seconds=3.6)
    assert await caller(ctx, token) is None

    for never in ("", "0", "-1", None):
        await configure(ctx, path, never)
        ctx.now = issued + timedelta(days=10_000)
        assert await caller(ctx, token) is not None


async def test_expired_tokens_are_deleted_and_those_that_never_expire_are_kept(ctx):
    await configure(ctx, "oauth/access_token_lifetime/customer", "")
    for kind in (ActorType.ADMIN, ActorType.CUSTOMER, ActorType.INTEGRATION):
        await issue(ctx, kind, 1)
    ctx.now += timedelta(hours=4)
    await issue(ctx, ActorType.ADMIN, 1)

    assert await delete_expired_tokens(ctx) == 1
    assert await tokens(ctx) == 3


async def test_a_customers_token_names_the_customer(ctx):
    assert await caller(ctx, await issue(ctx, ActorType.CUSTOMER, 7)) == Actor(ActorType.CUSTOMER, 7)


async def test_revoking_ends_all_tokens_of_one_actor_only(ctx):
    await issue(ctx, ActorType.CUSTOMER, 7)
    await issue(ctx, ActorType.CUSTOMER, 7)
    other = await issue(ctx, ActorType.CUSTOMER, 8)

    assert await revoke_all(ctx, ActorType.CUSTOMER, 7) == 2
    assert await tokens(ctx) == 1
    assert await caller(ctx, other) is not None


@pytest.mark.parametrize("end", [deactivate_user, delete_user])
async def test_tokens_end_with_the_administrator(ctx, end):
    ada = await an_administrator(ctx)
    token = await create_admin_access_token(ctx, "ada", PASSWORD)

    await end(ctx, ada.user_id)

    assert await caller(ctx, token) is None
    assert await tokens(ctx) == 0


async def test_a_changed_role_acts_on_existing_tokens_at_once(ctx):
    role = await a_role(ctx, resources=("Magento_Sales::sales",))
    await an_administrator(ctx, role=role)
    token = await create_admin_access_token(ctx, "ada", PASSWORD)

    await save_role(ctx, role.name, ["Magento_Cart::cart"], role_id=role.id)
    assert (await caller(ctx, token)).resources == {"Magento_Cart::cart", "Magento_Backend::admin"}

    await delete_role(ctx, role.id)
    assert (await caller(ctx, token)).resources == frozenset()


@pytest.mark.parametrize(
    ("header", "token"),
    [
        ("Bearer abc", "abc"),
        ("bearer abc", "abc"),
        ("BEARER abc", "abc"),
        ("Bearer  abc", None),
        ("Bearer abc def", None),
        ("Bearer abc ", None),
        ("Bearer", None),
        ("Basic abc", None),
        ("OAuth abc", None),
        ("", None),
        (None, None),
    ],
)
def test_a_bearer_header_has_exactly_one_space(header, token):
    assert bearer_token(header) == token


async def test_what_is_no_token_identifies_nobody(ctx):
    await an_administrator(ctx)
    token = await create_admin_access_token(ctx, "ada", PASSWORD)

    for other in (f'"{token}"', token.upper() + "A", "0" * 32, token[:-1], "", "é" * 32):
        assert await caller(ctx, other) is None
    assert await by_token(ctx, Request("GET", "/rest/V1/x")) is None
