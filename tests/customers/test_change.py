"""PUT and DELETE of customers."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.access import SessionKind, sessions
from entrepot.customers import Customer, CustomerChanged, CustomerDeleted, save
from tests.customers.makers import (
    JANE,
    a_customer,
    an_address,
    as_clerk,
    as_customer,
    configure,
    mails,
    may_not,
    no_such,
    read,
    required,
    sent_address,
    us_store,
)

URL = "/rest/V1/customers"


def changes(**customer):
    return {
        "customer": {"email": JANE, "firstname": "Jane", "lastname": "Doe", "website_id": 1, **customer},
    }


async def test_what_is_not_sent_stays_and_an_empty_text_clears(ctx, admin):
    jane = await a_customer(
        ctx, prefix="Dr", middlename="M", taxvat="DE1", dob="1970-02-03", gender=2, group_id=2,
        disable_auto_group_change=1, confirmation="key", created_at="2019-01-02 03:04:05",
    )  # fmt: skip
    reply = await admin.put(
        f"{URL}/{jane.id}", changes(firstname="Janet", prefix="", taxvat=None, dob="", gender=None, group_id=None)
    )
    assert reply.status == 200
    expected = {
        "id": jane.id, "group_id": 2, "confirmation": "key", "created_at": "2019-01-02 03:04:05",
        "updated_at": reply.body["updated_at"], "created_in": "Default Store View", "email": JANE,
        "firstname": "Janet", "lastname": "Doe", "middlename": "M", "gender": 2, "store_id": 1, "taxvat": "DE1",
        "website_id": 1, "addresses": [], "disable_auto_group_change": 1,
        "extension_attributes": {"is_subscribed": False},
    }  # fmt: skip
    assert list(reply.body.items()) == list(expected.items())


async def test_an_empty_confirmation_confirms(ctx, admin):
    jane = await a_customer(ctx, confirmation="key")
    reply = await admin.put(f"{URL}/{jane.id}", changes(confirmation=""))
    assert "confirmation" not in reply.body


async def test_the_path_names_the_account_whatever_the_body_says(ctx, admin):
    jane = await a_customer(ctx)
    joe = await a_customer(ctx, "joe@example.com")
    reply = await admin.put(f"{URL}/{jane.id}", changes(id=joe.id, firstname="Janet"))
    assert (reply.body["id"], reply.body["firstname"]) == (jane.id, "Janet")
    assert (await admin.get(f"{URL}/{joe.id}")).body["firstname"] == "Jane"


async def test_an_unknown_account_is_not_made(ctx, admin):
    reply = await admin.put(f"{URL}/4711", changes())
    assert (reply.status, reply.body) == (404, no_such("customerId", 4711))
    assert await ctx.db.value("select count(*) from customer") == 0


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"email": None}, "The customer email is missing. Enter and try again."),
        ({"website_id": None}, '"Associate to Website" is a required value.'),
        (
            {"website_id": None, "firstname": "", "lastname": None},
            '"Associate to Website" is a required value.\n"First Name" is a required value.\n'
            '"Last Name" is a required value.',
        ),
        ({"email": "x@nodot"}, '"Email" is not a valid hostname.'),
        ({"group_id": 99}, "The specified customer group id does not exist."),
    ],
)
async def test_what_has_to_be_sent_each_time_is_named(ctx, admin, sent, message):
    jane = await a_customer(ctx)
    reply = await admin.put(f"{URL}/{jane.id}", changes(middlename="M", **sent))
    assert (reply.status, reply.body) == (400, {"message": message})
    assert "middlename" not in (await admin.get(f"{URL}/{jane.id}")).body


async def test_an_address_of_another_account_is_refused(ctx, admin):
    jane = await a_customer(ctx)
    await a_customer(ctx, "joe@example.com")
    reply = await admin.put(f"{URL}/{jane.id}", changes(email="JOE@example.com"))
    assert reply.body == {"message": "A customer with the same email address already exists in an associated website."}
    assert (await admin.put(f"{URL}/{jane.id}", changes(email="JDoe@example.com"))).body["email"] == "JDoe@example.com"


async def test_a_changed_email_ends_the_reset_link_and_takes_the_newsletter_along(ctx, admin):
    jane = await a_customer(ctx, subscribed=True)
    before = await mails(ctx)
    assert await ctx.db.value("select rp_token from customer") is not None
    reply = await admin.put(f"{URL}/{jane.id}", changes(email="new@example.com"))
    assert reply.body["extension_attributes"] == {"is_subscribed": True}
    assert await ctx.db.value("select rp_token from customer") is None
    assert await ctx.db.values("select subscriber_email from newsletter_subscriber") == ["new@example.com"]
    assert await mails(ctx) == before


async def test_a_password_hash_is_stored_for_those_who_manage_and_the_password_ignored(ctx, admin, rest):
    jane = await a_customer(ctx)
    imported = "5f4dcc3b5aa765d61d8327deb882cf99:x"
    await admin.put(f"{URL}/{jane.id}", changes() | {"passwordHash": imported, "password": "Another1"})
    assert await ctx.db.one(tuple, "select password_hash, rp_token from customer") == (imported, None)

    me = await as_customer(ctx, rest, jane)
    await me.put(f"{URL}/me", changes() | {"passwordHash": "mine"})
    assert await ctx.db.value("select password_hash from customer") == imported


async def test_customers_cannot_set_what_is_not_theirs(ctx, rest, admin):
    us = await us_store(ctx)
    jane = await a_customer(ctx, confirmation="key")
    me = await as_customer(ctx, rest, jane)
    reply = await me.put(
        f"{URL}/me",
        changes(
            id=4711, website_id=us.website_id, store_id=us.id, confirmation="", created_at="2001-01-01 00:00:00",
            firstname="Janet", group_id=1,
        ),
    )  # fmt: skip
    body = reply.body
    assert (reply.status, body["id"], body["firstname"]) == (200, jane.id, "Janet")
    assert (body["website_id"], body["store_id"], body["confirmation"]) == (1, 1, "key")
    assert body["created_at"] == jane.created_at


async def test_customers_cannot_choose_their_group(ctx, rest):
    jane = await a_customer(ctx)
    me = await as_customer(ctx, rest, jane)
    reply = await me.put(f"{URL}/me", changes(group_id=2, firstname="Janet"))
    assert (reply.status, reply.body) == (401, may_not("Magento_Customer::manage"))
    assert (await me.get(f"{URL}/me")).body["firstname"] == "Jane"


async def test_customers_have_to_send_their_website(ctx, rest):
    me = await as_customer(ctx, rest, await a_customer(ctx))
    reply = await me.put(f"{URL}/me", changes(website_id=None))
    assert (reply.status, reply.body) == (400, {"message": '"Associate to Website" is a required value.'})


async def test_those_who_manage_move_accounts(ctx, admin):
    us = await us_store(ctx)
    jane = await a_customer(ctx)
    reply = await admin.put(f"{URL}/{jane.id}", changes(website_id=us.website_id, store_id=us.id, created_in="US"))
    body = reply.body
    assert (body["website_id"], body["store_id"], body["created_in"]) == (us.website_id, us.id, "US")
    reply = await admin.put(f"{URL}/{jane.id}", changes(website_id=88))
    assert reply.status == 404


async def test_an_administrator_is_no_customer(admin, rest, ctx):
    for call in (admin.get(f"{URL}/me"), admin.put(f"{URL}/me", changes()), admin.get(f"{URL}/me/billingAddress")):
        reply = await call
        assert (reply.status, reply.body) == (400, required("customerId"))
    clerk = await as_clerk(ctx, rest, "Magento_Customer::manage", "Magento_Customer::customer")
    assert (await clerk.put(f"{URL}/me", changes())).body == may_not("self")


async def test_rights_are_not_inherited(ctx, rest):
    jane = await a_customer(ctx)
    guest, me = rest, await as_customer(ctx, rest, jane)
    clerk = await as_clerk(ctx, rest, "Magento_Customer::customer")
    for caller in (guest, me, clerk):
        for method, body in (("PUT", changes()), ("DELETE", None)):
            reply = await caller.call(method, f"{URL}/{jane.id}", body)
            assert (reply.status, reply.body) == (401, may_not("Magento_Customer::manage"))
    assert (await clerk.get(f"{URL}/{jane.id}")).status == 200
    assert (await me.get(f"{URL}/{jane.id}")).body == may_not("Magento_Customer::customer")
    assert (await guest.get(f"{URL}/me")).body == may_not("self")


async def test_a_list_of_addresses_is_the_new_set(ctx, admin):
    jane = await a_customer(
        ctx, addresses=[an_address(city="Gone", default_billing=True), an_address(city="Kept", company="Acme")]
    )
    gone, kept = jane.addresses
    reply = await admin.put(
        f"{URL}/{jane.id}",
        changes(
            addresses=[
                {"id": kept.id, "postcode": "10001", "company": "", "telephone": " 1 "},
                sent_address(id=0, city="New", default_shipping=True),
            ]
        ),
    )
    first, second = reply.body["addresses"]
    assert (first["id"], first["city"], first["postcode"], first["telephone"]) == (kept.id, "Kept", "10001", "1")
    assert "company" not in first
    assert (second["city"], second["default_shipping"]) == ("New", True)
    assert reply.body["default_shipping"] == str(second["id"])
    assert "default_billing" not in reply.body
    assert (await admin.get(f"{URL}/addresses/{gone.id}")).status == 404


async def test_no_list_leaves_the_addresses_and_an_empty_one_deletes_them(ctx, admin):
    jane = await a_customer(ctx, addresses=[an_address(default_billing=True)])
    for body in (changes(default_billing="0"), changes(addresses=None, default_billing=None)):
        reply = await admin.put(f"{URL}/{jane.id}", body)
        assert reply.body["default_billing"] == jane.default_billing
        assert len(reply.body["addresses"]) == 1
    reply = await admin.put(f"{URL}/{jane.id}", changes(addresses=[]))
    assert reply.body["addresses"] == []
    assert "default_billing" not in reply.body


async def test_an_answer_sent_back_changes_nothing_but_the_time(ctx, admin):
    jane = await a_customer(ctx, addresses=[an_address(default_billing=True), an_address(default_shipping=True)])
    before = (await admin.get(f"{URL}/{jane.id}")).body
    after = (await admin.put(f"{URL}/{jane.id}", {"customer": before})).body
    assert after | {"updated_at": ""} == before | {"updated_at": ""}


async def test_another_customers_address_is_not_found_and_nothing_changes(ctx, rest):
    jane = await a_customer(ctx)
    joe = await a_customer(ctx, "joe@example.com", addresses=[an_address(city="Joe's")])
    stolen = joe.addresses[0].id
    me = await as_customer(ctx, rest, jane)
    reply = await me.put(f"{URL}/me", changes(firstname="Janet", addresses=[sent_address(id=stolen)]))
    assert (reply.status, reply.body) == (404, no_such("addressId", stolen))
    assert (await me.get(f"{URL}/me")).body["firstname"] == "Jane"
    assert await ctx.db.one(tuple, "select customer_id, city from customer_address") == (joe.id, "Joe's")


async def test_a_failing_address_leaves_everything_as_it_was(ctx, admin):
    jane = await a_customer(ctx, addresses=[an_address()])
    reply = await admin.put(
        f"{URL}/{jane.id}", changes(firstname="Janet", addresses=[sent_address(), sent_address(country_id="XX")])
    )
    assert (reply.status, reply.body) == (
        400,
        {
            "message": 'Invalid value of "%value" provided for the %fieldName field.',
            "parameters": {"value": "XX", "fieldName": "countryId"},
        },
    )
    after = (await admin.get(f"{URL}/{jane.id}")).body
    assert (after["firstname"], [address["id"] for address in after["addresses"]]) == ("Jane", [jane.addresses[0].id])


async def test_the_number_of_statements_does_not_depend_on_the_number_of_addresses(ctx):
    counts = []
    for number, email in ((1, "a@example.com"), (30, "b@example.com")):
        made = await a_customer(ctx, email, addresses=[an_address() for _ in range(3 * number)])
        kept = [an_address(id=address.id, city="Changed") for address in made.addresses[:number]]
        new = [an_address() for _ in range(number)]
        before = ctx.db.statements
        customer = Customer(email=email, firstname="J", lastname="D", website_id=1, addresses=kept + new)
        await save(ctx, customer, customer_id=made.id)
        counts.append(ctx.db.statements - before)
    assert counts[0] == counts[1]


async def test_a_change_is_announced(ctx, admin, published):
    jane = await a_customer(ctx)
    published.clear()
    await admin.put(f"{URL}/{jane.id}", changes())
    assert published == [CustomerChanged(jane.id)]


async def test_a_deleted_account_takes_everything_with_it(ctx, rest, admin, published):
    jane = await a_customer(ctx, addresses=[an_address(default_billing=True)], subscribed=True)
    me = await as_customer(ctx, rest, jane)
    session = await sessions.open(ctx, SessionKind.STOREFRONT, actor_id=jane.id, website_id=1)
    published.clear()

    reply = await admin.delete(f"{URL}/{jane.id}")
    assert (reply.status, reply.body) == (200, True)
    assert published == [CustomerDeleted(jane.id, 1, JANE)]
    for table in ("customer", "customer_address", "newsletter_subscriber"):
        assert await ctx.db.values(f"select 1 from {table}") == []  # noqa: S608 -- a constant
    assert (await me.get(f"{URL}/me")).body == may_not("self")
    assert await sessions.find(ctx, SessionKind.STOREFRONT, session.cookie) is None


async def test_an_unknown_account_cannot_be_deleted(admin):
    for customer_id in (4711, -1):
        reply = await admin.delete(f"{URL}/{customer_id}")
        assert (reply.status, reply.body) == (404, no_such("customerId", customer_id))


async def test_the_newsletter_flag_subscribes_and_unsubscribes(ctx, admin):
    jane = await a_customer(ctx)
    for flag, shown in ((True, True), (None, True), (False, False), (None, False), (True, True)):
        extension = {} if flag is None else {"is_subscribed": flag}
        reply = await admin.put(f"{URL}/{jane.id}", changes(extension_attributes=extension))
        assert reply.body["extension_attributes"] == {"is_subscribed": shown}


FLAGS = st.sampled_from([None, True, False])
ITEMS = st.tuples(st.integers(0, 3), FLAGS, FLAGS)
"""The place of a stored address or, beyond them, a new one; its flags for billing and shipping."""
PUTS = st.tuples(st.none() | st.lists(ITEMS, max_size=4), st.none() | st.integers(0, 4), st.none() | st.integers(0, 4))


@given(puts=st.lists(PUTS, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_defaults_after_any_sequence_of_puts_equal_the_model(ctx, puts):
    async with ctx.savepoint():
        others = await ctx.db.value("select count(*) from customer")
        email = f"model{others}@example.com"
        customer = await a_customer(ctx, email)
        model: dict[str, str | None] = {"billing": None, "shipping": None}
        for items, billing, shipping in puts:
            stored = [address.id for address in customer.addresses]
            asked = {"billing": _pick(stored, billing), "shipping": _pick(stored, shipping)}
            used, sent = set(), []
            for place, *flags in items or []:
                address_id = stored[place] if place < len(stored) and place not in used else None
                used.add(place)
                sent.append(an_address(id=address_id, default_billing=flags[0], default_shipping=flags[1]))
            await save(
                ctx,
                Customer(
                    email=email, firstname="J", lastname="D", website_id=1,
                    addresses=None if items is None else sent,
                    default_billing=asked["billing"], default_shipping=asked["shipping"],
                ),
                customer_id=customer.id,
            )  # fmt: skip
            customer = await read(ctx, customer.id)
            if items is not None:
                new = iter([a.id for a in customer.addresses if a.id not in stored])
                ids = [address.id or next(new) for address in sent]
                for kind in model:
                    flags = [getattr(address, f"default_{kind}") for address in sent]
                    model[kind] = _model(asked[kind], list(zip(ids, flags, strict=True)))
            for kind, expected in model.items():
                assert getattr(customer, f"default_{kind}") == expected
                flagged = [str(a.id) for a in customer.addresses if getattr(a, f"default_{kind}")]
                assert flagged == ([expected] if expected else [])


def _pick(stored, place):
    """An address id as text; one that is no address of the customer beyond the stored ones."""
    if place is None:
        return None
    return str(stored[place]) if place < len(stored) else "999999999"


def _model(asked, flagged):
    """The spec's (a), (b), (c), word for word."""
    default = asked
    for address_id, flag in flagged:
        if flag is False and str(address_id) == asked:
            default = None
    for address_id, flag in flagged:
        if flag:
            default = str(address_id)
    return default if default in [str(address_id) for address_id, _ in flagged] else None


async def test_shared_accounts_refuse_an_address_of_any_website(ctx, admin):
    us = await us_store(ctx)
    await a_customer(ctx, "us@example.com", website_id=us.website_id)
    jane = await a_customer(ctx)
    await configure(ctx, "customer/account_share/scope", "0")
    reply = await admin.put(f"{URL}/{jane.id}", changes(email="us@example.com"))
    assert reply.body == {"message": "A customer with the same email address already exists in an associated website."}
