"""Sessions: their cookies, their lifetime, and what they remember."""

from datetime import timedelta

import pytest

from entrepot.access import (
    ADMIN_COOKIE,
    STOREFRONT_COOKIE,
    Message,
    SessionKind,
    by_session,
    deactivate_user,
    form_keys,
    sessions,
)
from entrepot.kit.context import Actor, ActorType
from entrepot.kit.rest.request import Request
from tests.access.makers import an_administrator, configure

STOREFRONT, ADMIN = SessionKind.STOREFRONT, SessionKind.ADMIN


async def found_again(ctx, session):
    """The session as the next request finds it."""
    found = await sessions.find(ctx, session.kind, session.cookie)
    assert found is not None
    return found


async def test_a_session_is_found_by_its_cookie_in_one_statement(ctx):
    opened = await sessions.open(ctx, STOREFRONT, actor_id=7, website_id=1, data={"cart": "abc"})
    before = ctx.db.statements

    found = await sessions.find(ctx, STOREFRONT, opened.cookie)

    assert ctx.db.statements - before == 1
    assert found is not None
    assert (found.id, found.actor_id, found.website_id, found.data) == (opened.id, 7, 1, {"cart": "abc"})
    assert found.form_key == opened.form_key
    assert found.cookie == ""


async def test_neither_another_cookie_nor_another_kind_finds_it(ctx):
    opened = await sessions.open(ctx, STOREFRONT, actor_id=7)

    for cookie in (None, "", opened.cookie + "x", "\ud800"):
        assert await sessions.find(ctx, STOREFRONT, cookie) is None
    assert await sessions.find(ctx, ADMIN, opened.cookie) is None


async def test_the_cookie_itself_is_not_stored(ctx):
    opened = await sessions.open(ctx, STOREFRONT)
    assert await ctx.db.value("select cookie_hash = sha256(convert_to(%(c)s, 'UTF8')) from session", c=opened.cookie)


@pytest.mark.parametrize(
    ("kind", "seconds"), [(STOREFRONT, 3600), (ADMIN, 900)], ids=["web/cookie/cookie_lifetime", "session_lifetime"]
)
async def test_a_session_ends_when_it_is_not_used_for_its_lifetime(ctx, kind, seconds):
    ada = await an_administrator(ctx)
    session = await sessions.open(ctx, kind, actor_id=ada.user_id)
    for _ in range(3):
        ctx.now += timedelta(seconds=seconds - 1)
        assert await sessions.find(ctx, kind, session.cookie) is not None

    ctx.now += timedelta(seconds=seconds)

    assert await sessions.find(ctx, kind, session.cookie) is None
    assert await sessions.delete_expired(ctx) == 1
    assert await ctx.db.value("select count(*) from session") == 0


async def test_the_lifetimes_can_be_set_and_never_are_endless(ctx):
    for path, kind, value, expected in (
        ("web/cookie/cookie_lifetime", STOREFRONT, "60", timedelta(seconds=60)),
        ("web/cookie/cookie_lifetime", STOREFRONT, "0", timedelta(days=1)),
        ("admin/security/session_lifetime", ADMIN, "60", timedelta(seconds=60)),
        ("admin/security/session_lifetime", ADMIN, "", timedelta(minutes=15)),
    ):
        await configure(ctx, path, value)
        session = await sessions.open(ctx, kind)
        assert session.expires_at == ctx.now + expected


async def test_using_a_session_again_at_once_writes_nothing(ctx):
    session = await sessions.open(ctx, STOREFRONT)
    written = await ctx.db.value("select xmin::text || ctid::text from session")
    ctx.now += timedelta(seconds=30)

    found = await sessions.find(ctx, STOREFRONT, session.cookie)

    assert await ctx.db.value("select xmin::text || ctid::text from session") == written
    assert found is not None
    assert found.expires_at == session.expires_at


async def test_signing_in_changes_cookie_and_form_key_and_keeps_the_rest(ctx):
    guest = await sessions.open(ctx, STOREFRONT, website_id=1, data={"cart": "abc"})
    await sessions.add_message(ctx, guest, Message("success", "Hello"))

    customer = await sessions.rotate(ctx, guest, actor_id=7)

    assert customer.cookie not in ("", guest.cookie)
    assert customer.form_key != guest.form_key
    assert await sessions.find(ctx, STOREFRONT, guest.cookie) is None
    found = await sessions.find(ctx, STOREFRONT, customer.cookie)
    assert found is not None
    assert (found.id, found.actor_id, found.website_id, found.data) == (guest.id, 7, 1, {"cart": "abc"})
    assert await sessions.take_messages(ctx, found) == [Message("success", "Hello")]


async def test_a_session_closed_meanwhile_is_opened_anew_at_sign_in(ctx):
    guest = await sessions.open(ctx, STOREFRONT, website_id=1)
    await sessions.close(ctx, guest)

    customer = await sessions.rotate(ctx, guest, actor_id=7)

    assert customer.id != guest.id
    assert (await found_again(ctx, customer)).actor_id == 7


async def test_signing_out_ends_the_session(ctx):
    session = await sessions.open(ctx, STOREFRONT, actor_id=7)
    await sessions.close(ctx, session)
    assert await sessions.find(ctx, STOREFRONT, session.cookie) is None


async def test_all_sessions_of_a_customer_end_but_the_one_to_keep(ctx):
    kept, *_ = [await sessions.open(ctx, STOREFRONT, actor_id=7) for _ in range(3)]
    other = await sessions.open(ctx, STOREFRONT, actor_id=8)
    guest = await sessions.open(ctx, STOREFRONT)

    assert await sessions.close_all(ctx, STOREFRONT, 7, except_=kept) == 2
    assert await sessions.find(ctx, STOREFRONT, kept.cookie) is not None
    assert await sessions.close_all(ctx, STOREFRONT, 7) == 1

    for session in (other, guest):
        assert await sessions.find(ctx, STOREFRONT, session.cookie) is not None


async def test_an_administrator_has_one_session_unless_accounts_are_shared(ctx):
    ada = await an_administrator(ctx)
    first = await sessions.open(ctx, ADMIN, actor_id=ada.user_id)
    second = await sessions.open(ctx, ADMIN, actor_id=ada.user_id)
    assert await sessions.find(ctx, ADMIN, first.cookie) is None

    await configure(ctx, "admin/security/admin_account_sharing", "1")
    third = await sessions.open(ctx, ADMIN, actor_id=ada.user_id)

    assert await sessions.find(ctx, ADMIN, second.cookie) is not None
    assert await sessions.find(ctx, ADMIN, third.cookie) is not None


async def test_messages_are_shown_once_and_in_order(ctx):
    session = await sessions.open(ctx, STOREFRONT)
    await sessions.add_message(ctx, session, Message("success", "Saved."))
    await sessions.add_message(ctx, session, Message("error", "But."))

    found = await found_again(ctx, session)
    assert await sessions.take_messages(ctx, found) == [Message("success", "Saved."), Message("error", "But.")]

    before = ctx.db.statements
    assert await sessions.take_messages(ctx, found) == []
    assert ctx.db.statements == before
    assert (await found_again(ctx, session)).has_messages is False


async def test_small_things_are_remembered_and_forgotten(ctx):
    session = await sessions.open(ctx, STOREFRONT, data={"a": 1})
    await sessions.put(ctx, session, b={"c": [1, 2]}, d="x")
    await sessions.put(ctx, session, a=None, d="y")

    found = await found_again(ctx, session)
    assert found.data == session.data == {"b": {"c": [1, 2]}, "d": "y"}


async def test_a_form_must_bring_the_sessions_key(ctx):
    session = await sessions.open(ctx, STOREFRONT)

    assert len(session.form_key) == 16
    assert session.accepts(session.form_key)
    for wrong in (None, "", session.form_key[:-1], "é", "\ud800"):
        assert not session.accepts(wrong)


async def test_a_guests_form_key_fits_the_guests_cookie_only_and_needs_no_row(ctx):
    visitor, other = form_keys.new_visitor(), form_keys.new_visitor()
    before = ctx.db.statements
    key = form_keys.for_visitor(ctx, visitor)

    assert len(key) == 16
    assert form_keys.visitor_accepts(ctx, visitor, key)
    assert not form_keys.visitor_accepts(ctx, other, key)
    assert not form_keys.visitor_accepts(ctx, None, key)
    assert not form_keys.visitor_accepts(ctx, "", form_keys.for_visitor(ctx, ""))
    assert not form_keys.visitor_accepts(ctx, visitor, None)
    assert ctx.db.statements == before

    session = await sessions.open(ctx, STOREFRONT, form_key=key)
    assert session.accepts(key), "pages that are open stay valid when the guest gets a session"


def request(*, customer="", admin="", script=False):
    headers = {"cookie": f"{STOREFRONT_COOKIE}={customer}; {ADMIN_COOKIE}={admin}"}
    if script:
        headers["x-requested-with"] = "XMLHttpRequest"
    return Request("GET", "/rest/V1/customers/me", headers=headers)


async def test_a_customers_session_calls_the_api_from_scripts_only(ctx):
    session = await sessions.open(ctx, STOREFRONT, actor_id=7)

    assert await by_session(ctx, request(customer=session.cookie)) is None
    assert await by_session(ctx, request(customer=session.cookie, script=True)) == Actor(ActorType.CUSTOMER, 7)


async def test_an_administrators_session_calls_the_api_with_the_role(ctx):
    ada = await an_administrator(ctx)
    session = await sessions.open(ctx, ADMIN, actor_id=ada.user_id)
    expected = Actor(ActorType.ADMIN, ada.user_id, frozenset({"Magento_Backend::all"}))

    assert await by_session(ctx, request(admin=session.cookie)) == expected

    await deactivate_user(ctx, ada.user_id)
    assert await by_session(ctx, request(admin=session.cookie)) is None


async def test_the_customer_comes_before_the_administrator_and_a_guest_is_nobody(ctx):
    ada = await an_administrator(ctx)
    admin = await sessions.open(ctx, ADMIN, actor_id=ada.user_id)
    customer = await sessions.open(ctx, STOREFRONT, actor_id=7)
    guest = await sessions.open(ctx, STOREFRONT)

    both = request(customer=customer.cookie, admin=admin.cookie, script=True)
    assert await by_session(ctx, both) == Actor(ActorType.CUSTOMER, 7)
    with_guest = request(customer=guest.cookie, admin=admin.cookie, script=True)
    assert await by_session(ctx, with_guest) == await by_session(ctx, request(admin=admin.cookie)) is not None
    assert await by_session(ctx, request(customer=guest.cookie, script=True)) is None
    assert await by_session(ctx, Request("GET", "/rest/V1/x")) is None


async def test_an_inactive_administrators_session_is_not_found(ctx):
    ada = await an_administrator(ctx)
    session = await sessions.open(ctx, ADMIN, actor_id=ada.user_id)
    await ctx.db.execute("update admin_user set is_active = false")
    assert await sessions.find(ctx, ADMIN, session.cookie) is None
