"""Sessions as pages use them."""

import pytest

from entrepot.access import SessionKind
from entrepot.access.page_sessions import PageSessions
from entrepot.kit.pages import Message

SESSIONS = PageSessions(SessionKind.STOREFRONT, "session", lasts=True)


async def request(ctx, jar, work=None):
    """One request of a browser whose cookies are in the jar; the session as it was left."""
    session = await SESSIONS.open(ctx, jar)
    if work:
        result = work(session)
        if result is not None:
            await result
    for cookie in await SESSIONS.close(ctx, session):
        jar[cookie.name] = cookie.value
    return session


async def rows(ctx):
    return await ctx.db.value("select count(*) from session")


@pytest.fixture
def jar():
    return {}


async def test_a_guest_who_sees_a_form_has_a_key_and_no_session(ctx, jar):
    first = await request(ctx, jar, lambda session: session.form_key and None)
    again = await request(ctx, jar)

    assert list(jar) == ["session_visitor"]
    assert again.form_key == first.form_key
    assert await rows(ctx) == 0


async def test_a_guest_who_sees_no_form_gets_no_cookie(ctx, jar):
    await request(ctx, jar)

    assert jar == {}


async def test_what_a_guest_is_told_starts_a_session_with_the_same_form_key(ctx, jar):
    def tell(session):
        session.form_key  # noqa: B018 -- the page shows a form
        session.messages = [Message("error", "No."), Message("notice", "<b>See</b>", is_html=True)]
        session.data = {"typed": "x"}

    first = await request(ctx, jar, tell)
    second = await SESSIONS.open(ctx, jar)

    assert second.form_key == first.form_key
    assert [(message.kind, message.text, message.is_html) for message in second.messages] == [
        ("error", "No.", False),
        ("notice", "<b>See</b>", True),
    ]
    assert second.data == {"typed": "x"}
    assert await rows(ctx) == 1


async def test_messages_that_were_not_shown_wait_on(ctx, jar):
    await request(ctx, jar, lambda session: setattr(session, "messages", [Message("success", "Done.")]))
    await request(ctx, jar)
    shown = await request(ctx, jar, lambda session: setattr(session, "shown", session.messages))
    assert [message.text for message in shown.shown] == ["Done."]

    await request(ctx, jar, lambda session: setattr(session, "messages", []))
    assert (await SESSIONS.open(ctx, jar)).messages == []


async def test_data_that_is_taken_out_is_forgotten(ctx, jar):
    await request(ctx, jar, lambda session: session.data.update(a=1, b=2))
    await request(ctx, jar, lambda session: session.data.pop("a") and None)

    assert (await SESSIONS.open(ctx, jar)).data == {"b": 2}


async def test_signing_in_changes_cookie_and_key_and_keeps_what_waits(ctx, jar):
    before = await request(ctx, jar, lambda session: session.data.update(a=1))
    old = dict(jar)
    after = await request(ctx, jar, lambda session: SESSIONS.sign_in(ctx, session, 7, 1))

    assert (after.actor_id, after.website_id, after.data) == (7, 1, {"a": 1})
    assert after.form_key != before.form_key
    assert jar["session"] != old["session"]
    assert (await SESSIONS.open(ctx, old)).actor_id is None
    assert (await SESSIONS.open(ctx, jar)).actor_id == 7


async def test_signing_out_takes_the_cookie_and_the_row(ctx, jar):
    await request(ctx, jar, lambda session: SESSIONS.sign_in(ctx, session, 7, 1))
    kept = dict(jar)
    await request(ctx, jar, lambda session: SESSIONS.sign_out(ctx, session))

    assert jar["session"] == ""
    assert (await SESSIONS.open(ctx, kept)).actor_id is None
    assert await rows(ctx) == 0
