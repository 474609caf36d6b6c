"""Administrators: what an account must be like, and what happens when one is changed."""

import pytest
from msgspec import structs

from entrepot.access import (
    NoSuchRole,
    NoSuchUser,
    OwnAccount,
    OwnPasswordInvalid,
    PasswordAlreadyUsed,
    SessionKind,
    UserDraft,
    UserExists,
    delete_user,
    find_user_by_name,
    get_user,
    list_users,
    save_user,
    sessions,
    sign_in,
)
from entrepot.access.rules import is_email
from entrepot.access.users import draft_of
from entrepot.kit.errors import Invalid
from tests.access.makers import PASSWORD, a_role, acting, an_administrator

VALID = UserDraft(username="bea", firstname="Bea", lastname="Ng", email="bea@example.com", password="abc1234")


async def test_a_saved_user_is_read_as_it_was_saved(ctx):
    role = await a_role(ctx)
    user_id = await save_user(ctx, structs.replace(VALID, role_id=role.id, username=" bea "))

    user = await get_user(ctx, user_id)
    assert (user.username, user.firstname, user.lastname, user.email) == ("bea", "Bea", "Ng", "bea@example.com")
    assert (user.is_active, user.interface_locale, user.role_id, user.role_name) == (True, "en_US", role.id, role.name)
    assert (user.lognum, user.logdate, user.failures_num, user.lock_expires) == (0, None, 0, None)
    assert user.created_at == user.modified_at == user.password_changed_at == ctx.now
    assert await list_users(ctx) == [user]
    assert await find_user_by_name(ctx, "BEA") == user
    assert await find_user_by_name(ctx, "ada") is None


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        ({"username": ""}, ['"User Name" is required. Enter and try again.']),
        ({"firstname": " "}, ['"First Name" is required. Enter and try again.']),
        ({"lastname": ""}, ['"Last Name" is required. Enter and try again.']),
        ({"username": "x" * 41}, ['Please enter at most 40 characters for "User Name".']),
        ({"email": ""}, ["Please enter a valid email."]),
        ({"email": "bea"}, ["Please enter a valid email."]),
        ({"password": ""}, ["Password is required field."]),
        ({"password": None}, ["Password is required field."]),
        ({"password": "abc123"}, ["Your password must be at least 7 characters."]),
        ({"password": "abcdefg"}, ["Your password must include both numeric and alphabetic characters."]),
        ({"password": "1234567"}, ["Your password must include both numeric and alphabetic characters."]),
        (
            {"password": "abc", "password_confirmation": "abd"},
            [
                "Your password must be at least 7 characters.",
                "Your password must include both numeric and alphabetic characters.",
                "Your password confirmation must match your password.",
            ],
        ),
        ({"password_confirmation": "abc12345"}, ["Your password confirmation must match your password."]),
        (
            {"username": "", "firstname": "", "lastname": "", "email": "@"},
            [
                '"User Name" is required. Enter and try again.',
                '"First Name" is required. Enter and try again.',
                '"Last Name" is required. Enter and try again.',
                "Please enter a valid email.",
            ],
        ),
    ],
)
async def test_what_is_wrong_with_a_user_is_told_together(ctx, change, messages):
    with pytest.raises(Invalid) as refusal:
        await save_user(ctx, structs.replace(VALID, **change))

    assert [error.rendered() for error in refusal.value.errors] == messages
    assert await list_users(ctx) == []


@pytest.mark.parametrize(
    "email", ["bea@example.com", "b.e+a@mail.example.co.uk", "o'hara@example.com", "é@example.com"]
)
def test_an_address_is_accepted(email):
    assert is_email(email)


@pytest.mark.parametrize(
    "email",
    ["", "bea", "@example.com", "bea@", "bea@localhost", "b ea@example.com", "bea@-x.com", ".a@x.com", "a..b@x.com"],
)
def test_what_is_no_address_is_refused(email):
    assert not is_email(email)


@pytest.mark.parametrize("change", [{"username": "ADA", "email": "new@example.com"}, {"email": "Ada@Example.com"}])
async def test_name_and_address_belong_to_one_user(ctx, change):
    ada = await an_administrator(ctx)
    bea = await save_user(ctx, VALID)

    for draft in (structs.replace(VALID, **change), structs.replace(VALID, user_id=bea, password=None, **change)):
        with pytest.raises(UserExists) as refusal:
            await save_user(ctx, draft)
        assert refusal.value.rendered() == "A user with the same user name or email already exists."

    assert [user.username for user in await list_users(ctx)] == [ada.username, "bea"]


async def test_an_unknown_role_or_user_is_refused(ctx):
    with pytest.raises(NoSuchRole):
        await save_user(ctx, structs.replace(VALID, role_id=99))
    with pytest.raises(NoSuchUser) as refusal:
        await save_user(ctx, structs.replace(VALID, user_id=99))
    with pytest.raises(NoSuchUser):
        await delete_user(ctx, 99)

    assert refusal.value.rendered() == "No such entity with userId = 99"
    assert await list_users(ctx) == []


async def test_a_user_is_changed_without_a_new_password(ctx):
    ada = await an_administrator(ctx)

    await save_user(ctx, structs.replace(draft_of(ada, is_active=True), lastname="King", password=""))

    assert (await get_user(ctx, ada.user_id)).lastname == "King"
    assert await sign_in(ctx, "ada", PASSWORD)


async def test_no_password_is_taken_a_second_time(ctx):
    ada = await an_administrator(ctx)
    draft = draft_of(ada, is_active=True)
    await save_user(ctx, structs.replace(draft, password="second 2"))
    await save_user(ctx, structs.replace(draft, password="third 33"))

    for former in (PASSWORD, "second 2", "third 33"):
        with pytest.raises(PasswordAlreadyUsed) as refusal:
            await save_user(ctx, structs.replace(draft, password=former))
        assert refusal.value.rendered() == ("Sorry, but this password has already been used. Please create another.")

    assert (await sign_in(ctx, "ada", "third 33")).user_id == ada.user_id


async def test_an_imported_password_counts_as_used_too(ctx):
    ada = await an_administrator(ctx)
    await ctx.db.execute("update admin_user set password_hash = md5('xyPassword1') || ':xy:0'")

    with pytest.raises(PasswordAlreadyUsed):
        await save_user(ctx, structs.replace(draft_of(ada, is_active=True), password="Password1"))


async def test_a_user_saved_inactive_loses_the_sessions(ctx):
    ada = await an_administrator(ctx)
    session = await sessions.open(ctx, SessionKind.ADMIN, actor_id=ada.user_id)

    await save_user(ctx, draft_of(ada, is_active=False))

    assert await sessions.find(ctx, SessionKind.ADMIN, session.cookie) is None
    assert await ctx.db.value("select count(*) from session") == 0


async def test_a_new_password_ends_the_other_sessions(ctx):
    ada = await an_administrator(ctx)
    await ctx.db.execute(
        "insert into core_config_data (path, scope, value) values (%(p)s, 'default', '1')", p=sessions.ACCOUNT_SHARING
    )
    await ctx.changed()
    own = await sessions.open(ctx, SessionKind.ADMIN, actor_id=ada.user_id)
    other = await sessions.open(ctx, SessionKind.ADMIN, actor_id=ada.user_id)

    await save_user(
        acting(ctx, ada),
        structs.replace(draft_of(ada, is_active=True), password="second 2", password_confirmation="second 2"),
        current_password=PASSWORD,
        keep_session=own,
    )

    assert await sessions.find(ctx, SessionKind.ADMIN, own.cookie) is not None
    assert await sessions.find(ctx, SessionKind.ADMIN, other.cookie) is None


async def test_nobody_deletes_the_own_account(ctx):
    ada = await an_administrator(ctx)

    with pytest.raises(OwnAccount) as refusal:
        await delete_user(acting(ctx, ada), ada.user_id, current_password=PASSWORD)

    assert refusal.value.rendered() == "You cannot delete your own account."
    assert await get_user(ctx, ada.user_id)


async def test_a_deleted_user_is_gone_with_sessions_and_passwords(ctx):
    ada = await an_administrator(ctx)
    bea = await an_administrator(ctx, "bea")
    await sessions.open(ctx, SessionKind.ADMIN, actor_id=bea.user_id)

    await delete_user(acting(ctx, ada), bea.user_id, current_password=PASSWORD)

    assert await list_users(ctx) == [ada]
    assert await ctx.db.value("select count(*) from session") == 0
    assert await ctx.db.value("select count(*) from admin_user_password") == 1


async def test_an_administrator_confirms_changes_with_the_own_password(ctx):
    ada = await an_administrator(ctx)
    bea = await an_administrator(ctx, "bea", password="of bea 1")

    for password in ("wrong", "of bea 1", None):
        with pytest.raises(OwnPasswordInvalid):
            await save_user(acting(ctx, ada), VALID, current_password=password)
    with pytest.raises(OwnPasswordInvalid) as refusal:
        await delete_user(acting(ctx, ada), bea.user_id, current_password="wrong")

    assert refusal.value.keeps_effects
    assert [user.username for user in await list_users(ctx)] == ["ada", "bea"]
    assert (await get_user(ctx, ada.user_id)).failures_num == 4


async def test_a_locked_administrator_cannot_confirm_anything(ctx):
    ada = await an_administrator(ctx)
    for _ in range(6):
        with pytest.raises(OwnPasswordInvalid):
            await save_user(acting(ctx, ada), VALID, current_password="wrong")

    with pytest.raises(OwnPasswordInvalid):
        await save_user(acting(ctx, ada), VALID, current_password=PASSWORD)

    assert [user.username for user in await list_users(ctx)] == ["ada"]


async def test_a_guest_or_customer_cannot_save_a_user(ctx):
    from entrepot.kit.context import GUEST, Actor, ActorType

    for actor in (GUEST, Actor(ActorType.CUSTOMER, 1), Actor(ActorType.INTEGRATION, 1)):
        with pytest.raises(OwnPasswordInvalid):
            await save_user(ctx.in_store(ctx.store, actor=actor), VALID, current_password="x")
    assert await list_users(ctx) == []
