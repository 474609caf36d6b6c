"""What is read of accounts, and said about them."""

from tests.customers.makers import a_customer, an_address, as_customer, no_such, us_store

URL = "/rest/V1/customers"


async def test_an_account_is_read_in_any_stores_url(ctx, rest, admin):
    await us_store(ctx)
    jane = await a_customer(ctx)
    me = await as_customer(ctx, rest, jane)
    for prefix in ("/rest/us/V1", "/rest/all/V1", "/rest/V1"):
        assert (await admin.get(f"{prefix}/customers/{jane.id}")).body["id"] == jane.id
        assert (await me.get(f"{prefix}/customers/me")).body["id"] == jane.id


async def test_an_unknown_account_and_what_is_no_id(admin):
    assert (await admin.get(f"{URL}/4711")).body == no_such("customerId", 4711)
    reply = await admin.get(f"{URL}/abc")
    assert (reply.status, reply.body) == (
        400,
        {"message": 'The "abc" value\'s type is invalid. The "int" type was expected. Verify and try again.'},
    )
    assert (await admin.get(f"{URL}/99999999999999999999")).status == 404


async def test_every_account_can_be_changed(ctx, admin):
    jane = await a_customer(ctx)
    reply = await admin.get(f"{URL}/{jane.id}/permissions/readonly")
    assert (reply.status, reply.body) == (200, False)
    reply = await admin.get(f"{URL}/4711/permissions/readonly")
    assert (reply.status, reply.body) == (404, no_such("customerId", 4711))


async def test_whether_an_email_is_free(ctx, rest):
    us = await us_store(ctx)
    await a_customer(ctx)

    async def free(email, prefix="/rest/V1", **more):
        return (await rest.post(f"{prefix}/customers/isEmailAvailable", {"customerEmail": email, **more})).body

    assert await free("JDOE@example.com") is False
    assert await free("other@example.com") is True
    assert await free("no address") is True
    assert await free("jdoe@example.com", websiteId=us.website_id) is True
    assert await free("jdoe@example.com", websiteId=99999999999) is True
    assert await free("jdoe@example.com", "/rest/us/V1") is True


async def test_validation_names_what_is_empty_and_saves_nothing(ctx, admin):
    full = {"email": "no address", "firstname": "Jane", "lastname": "Doe", "website_id": 1, "group_id": 1}
    reply = await admin.put(f"{URL}/validate", {"customer": full})
    assert (reply.status, reply.body) == (200, {"valid": True, "messages": []})

    reply = await admin.put(f"{URL}/validate", {"customer": {"email": ""}})
    labels = ["Associate to Website", "Group", "First Name", "Last Name", "Email"]
    text = 'The "{}" attribute value is empty. Set the attribute and try again.'
    assert (reply.status, reply.body) == (200, {"valid": False, "messages": [text.format(label) for label in labels]})
    assert await ctx.db.value("select count(*) from customer") == 0


async def test_the_default_addresses(ctx, rest, admin):
    jane = await a_customer(
        ctx, addresses=[an_address(city="Bill", default_billing=True), an_address(city="Ship", default_shipping=True)]
    )
    me = await as_customer(ctx, rest, jane)
    for caller, who in ((me, "me"), (admin, jane.id)):
        assert (await caller.get(f"{URL}/{who}/billingAddress")).body["city"] == "Bill"
        assert (await caller.get(f"{URL}/{who}/shippingAddress")).body["city"] == "Ship"


async def test_no_default_is_an_empty_answer(ctx, admin):
    jane = await a_customer(ctx, addresses=[an_address()])
    for kind in ("billingAddress", "shippingAddress"):
        reply = await admin.get(f"{URL}/{jane.id}/{kind}")
        assert (reply.status, reply.body) == (200, [])
        assert (await admin.get(f"{URL}/4711/{kind}")).body == no_such("customerId", 4711)
