"""POST /V1/customers."""

import pytest

from entrepot.customers import CustomerCreated
from tests.customers.makers import (
    JANE,
    PASSWORD,
    a_customer,
    as_clerk,
    configure,
    last_letter,
    mails,
    may_not,
    no_such_email,
    refusal,
    required,
    sent_address,
    us_store,
)

URL = "/rest/V1/customers"
TUTORIAL = {
    "customer": {
        "lastname": "Doe",
        "firstname": "Jane",
        "email": JANE,
        "addresses": [
            {
                "defaultBilling": True,
                "defaultShipping": True,
                "firstname": "Jane",
                "lastname": "Doe",
                "region": {"regionCode": "NY", "regionId": 43, "region": "New York"},
                "countryId": "US",
                "postcode": "10755",
                "city": "Purchase",
                "street": ["123 Oak Ave"],
                "telephone": "512-555-1111",
            }
        ],
    },
    "password": PASSWORD,
}


def sent(password=PASSWORD, **customer):
    return {"customer": {"email": JANE, "firstname": "Jane", "lastname": "Doe", **customer}, "password": password}


async def accounts(ctx):
    return await ctx.db.value("select count(*) from customer")


async def test_the_tutorials_customer_is_made_in_the_store_view_of_the_url(ctx, rest, services):
    us = await us_store(ctx)
    now = ctx.now.replace(microsecond=0)
    services.clock, clock = (lambda: now), services.clock
    try:
        reply = await rest.post("/rest/us/V1/customers", TUTORIAL)
    finally:
        services.clock = clock

    stamp = now.strftime("%Y-%m-%d %H:%M:%S")
    customer_id, address_id = reply.body["id"], reply.body["addresses"][0]["id"]
    assert (reply.status, list(reply.body.items())) == (
        200,
        list(
            {
                "id": customer_id,
                "group_id": 1,
                "default_billing": str(address_id),
                "default_shipping": str(address_id),
                "created_at": stamp,
                "updated_at": stamp,
                "created_in": "US Store View",
                "email": JANE,
                "firstname": "Jane",
                "lastname": "Doe",
                "store_id": us.id,
                "website_id": us.website_id,
                "addresses": [
                    {
                        "id": address_id,
                        "customer_id": customer_id,
                        "region": {"region_code": "NY", "region": "New York", "region_id": 43},
                        "region_id": 43,
                        "country_id": "US",
                        "street": ["123 Oak Ave"],
                        "telephone": "512-555-1111",
                        "postcode": "10755",
                        "city": "Purchase",
                        "firstname": "Jane",
                        "lastname": "Doe",
                        "default_shipping": True,
                        "default_billing": True,
                    }
                ],
                "disable_auto_group_change": 0,
                "extension_attributes": {"is_subscribed": False},
            }.items()
        ),
    )
    assert list(reply.body["addresses"][0]) == [
        "id", "customer_id", "region", "region_id", "country_id", "street", "telephone", "postcode", "city",
        "firstname", "lastname", "default_shipping", "default_billing",
    ]  # fmt: skip
    assert await mails(ctx) == [([JANE], "Welcome to US Store")]


async def test_without_a_store_code_and_in_all_the_default_view_is_taken(ctx, rest):
    for url, email in (("/rest/V1/customers", "a@example.com"), ("/rest/all/V1/customers", "b@example.com")):
        reply = await rest.post(url, sent(email=email))
        assert (reply.body["store_id"], reply.body["website_id"], reply.body["created_in"]) == (
            1, 1, "Default Store View"
        )  # fmt: skip


async def test_a_website_without_a_store_takes_its_default_view(ctx, rest):
    us = await us_store(ctx)
    reply = await rest.post(URL, sent(website_id=us.website_id, store_id=0))
    assert (reply.body["store_id"], reply.body["website_id"]) == (us.id, us.website_id)


@pytest.mark.parametrize(
    ("given", "status", "message"),
    [
        (
            {"website_id": 77},
            404,
            "The website with id 77 that was requested wasn't found. Verify the website and try again.",
        ),
        ({"store_id": 77}, 404, "The store that was requested wasn't found. Verify the store and try again."),
        ({"store_id": 77, "website_id": 1}, 400, "The store view is not in the associated website."),
    ],
)  # fmt: skip
async def test_a_place_that_does_not_exist_is_refused(ctx, rest, given, status, message):
    reply = await rest.post(URL, sent(**given))
    assert (reply.status, reply.body) == (status, {"message": message})
    assert await accounts(ctx) == 0


async def test_a_store_view_of_another_website_is_refused_unless_accounts_are_shared(ctx, rest):
    us = await us_store(ctx)
    body = sent(website_id=1, store_id=us.id)
    assert (await rest.post(URL, body)).body == {"message": "The store view is not in the associated website."}

    await configure(ctx, "customer/account_share/scope", "0")
    reply = await rest.post(URL, body)
    assert (reply.body["website_id"], reply.body["store_id"]) == (1, us.id)


@pytest.mark.parametrize(
    ("password", "answer"),
    [
        ("a" * 257, refusal("Please enter a password with at most %1 characters.") | {"parameters": [256]}),
        (
            "Aa1",
            refusal("The password needs at least %1 characters. Create a new password and try again.")
            | {"parameters": ["8"]},
        ),
        (
            " Password1",
            refusal("The password can't begin or end with a space. Verify the password and try again."),
        ),
        (
            "password",
            refusal(
                "Minimum of different classes of characters in password is %1. Classes of characters: "
                "Lower Case, Upper Case, Digits, Special Characters."
            )
            | {"parameters": ["3"]},
        ),
        (
            "JDOE2@Example.com",
            refusal("The password can't be the same as the email address. Create a new password and try again."),
        ),
    ],
)
async def test_a_weak_password_is_refused_before_anything_else(ctx, rest, password, answer):
    reply = await rest.post(URL, sent(password, email="jdoe2@example.com", store_id=77))
    assert (reply.status, reply.body) == (400, answer)
    assert await accounts(ctx) == 0


async def test_an_id_with_an_address_that_has_an_account_is_refused(ctx, rest):
    await a_customer(ctx)
    assert (await rest.post(URL, sent(id=9))).body == {"message": "This customer already exists in this store."}
    reply = await rest.post(URL, sent(id=9, email="new@example.com"))
    assert (reply.status, reply.body) == (404, no_such_email("new@example.com", 1))


async def test_an_id_of_zero_counts_as_none(rest):
    assert (await rest.post(URL, sent(id=0))).status == 200


async def test_without_an_email_the_account_is_refused(ctx, rest):
    for email in (None, "", "  "):
        reply = await rest.post(URL, sent(email=email))
        assert (reply.status, reply.body) == (400, {"message": "The customer email is missing. Enter and try again."})
    assert await accounts(ctx) == 0


async def test_an_address_is_taken_once_in_a_website_in_any_letter_case(ctx, rest):
    us = await us_store(ctx)
    await a_customer(ctx)
    taken = {"message": "A customer with the same email address already exists in an associated website."}

    assert (await rest.post(URL, sent(email="JDoe@Example.COM"))).body == taken
    other = await rest.post("/rest/us/V1/customers", sent(email="JDoe@Example.COM"))
    assert (other.status, other.body["email"], other.body["website_id"]) == (200, "JDoe@Example.COM", us.website_id)


async def test_shared_accounts_have_an_address_once_in_all_websites(ctx, rest):
    await us_store(ctx)
    await a_customer(ctx)
    await configure(ctx, "customer/account_share/scope", "0")
    reply = await rest.post("/rest/us/V1/customers", sent())
    assert reply.body == {"message": "A customer with the same email address already exists in an associated website."}
    assert await accounts(ctx) == 1


async def test_all_broken_attribute_rules_are_one_message(ctx, rest):
    reply = await rest.post(URL, sent(firstname="", lastname=None, email="jane.example.com"))
    assert (reply.status, reply.body) == (
        400,
        {
            "message": '"First Name" is a required value.\n"Last Name" is a required value.\n'
            '"Email" is not a valid email address.'
        },
    )
    assert await accounts(ctx) == 0


async def test_names_longer_than_their_column_are_refused(ctx, rest):
    reply = await rest.post(URL, sent(firstname="x" * 256, suffix="y" * 41))
    assert reply.body == {
        "message": '"First Name" length must be equal or less than 255 characters.\n'
        '"Name Suffix" length must be equal or less than 40 characters.'
    }


async def test_a_date_of_birth_is_read_or_refused(rest):
    assert (await rest.post(URL, sent(dob="1970-02-03 11:00:00"))).body["dob"] == "1970-02-03"
    reply = await rest.post(URL, sent(email="b@example.com", dob="yesterday"))
    assert (reply.status, reply.body) == (400, {"message": "Invalid date"})


async def test_a_visible_date_of_birth_is_named_when_it_is_none(ctx, rest):
    await configure(ctx, "customer/address/dob_show", "opt")
    assert (await rest.post(URL, sent(dob="yesterday"))).body == {"message": '"Date of Birth" is not a valid date.'}


async def test_a_bad_address_leaves_no_account(ctx, rest):
    reply = await rest.post(URL, sent(addresses=[sent_address(), sent_address(firstname=" ", city=None, postcode="")]))
    assert (reply.status, reply.body) == (400, required("firstname", "city", "postcode"))
    assert await accounts(ctx) == 0
    assert await mails(ctx) == []


async def test_addresses_in_countries_that_are_not_allowed_are_left_out(ctx, rest):
    await configure(ctx, "general/country/allow", "US,CA")
    reply = await rest.post(
        URL,
        sent(
            addresses=[
                sent_address(country_id="DE", default_billing=True),
                sent_address(country_id=None, city=None),
                sent_address(id=999, city="Kept", default_shipping=True),
            ]
        ),
    )
    (address,) = reply.body["addresses"]
    assert (address["city"], address["id"] != 999) == ("Kept", True)
    assert reply.body["default_shipping"] == str(address["id"])
    assert "default_billing" not in reply.body


async def test_the_last_address_flagged_as_default_is_the_default(rest):
    addresses = [sent_address(default_billing=True), sent_address(default_billing=True, default_shipping=False)]
    reply = await rest.post(URL, sent(addresses=addresses))
    first, second = reply.body["addresses"]
    assert reply.body["default_billing"] == str(second["id"])
    assert "default_billing" not in first
    assert "default_shipping" not in reply.body


async def test_only_those_who_manage_customers_choose_a_group(ctx, rest, admin):
    reply = await rest.post(URL, sent(group_id=2))
    assert (reply.status, reply.body) == (401, may_not("Magento_Customer::manage"))
    assert await accounts(ctx) == 0

    clerk = await as_clerk(ctx, rest, "Magento_Customer::customer")
    assert (await clerk.post(URL, sent(group_id=2))).status == 401
    assert (await rest.post(URL, sent(group_id=1))).status == 200
    reply = await admin.post(URL, sent(email="w@example.com", group_id=2))
    assert reply.body["group_id"] == 2
    reply = await admin.post(URL, sent(email="x@example.com", group_id=99))
    assert (reply.status, reply.body) == (400, {"message": "The specified customer group id does not exist."})


async def test_the_default_group_is_the_stores(ctx, rest):
    us = await us_store(ctx)
    await configure(ctx, "customer/create_account/default_group", "3", "stores", us.id)
    assert (await rest.post("/rest/us/V1/customers", sent())).body["group_id"] == 3
    assert (await rest.post(URL, sent())).body["group_id"] == 1


async def test_an_account_without_password_is_asked_to_choose_one(ctx, rest):
    reply = await rest.post(URL, sent(password=None))
    assert reply.status == 200
    assert await mails(ctx) == [([JANE], "Welcome to Main Website Store")]
    token = await ctx.db.value("select rp_token from customer")
    link = f"customer/account/createPassword/?id={reply.body['id']}&token={token}"
    assert link in await last_letter(ctx)
    login = await rest.post("/rest/V1/integration/customer/token", {"username": JANE, "password": "anything"})
    assert login.status == 401


async def test_an_account_waits_for_its_confirmation_where_that_is_required(ctx, rest):
    await configure(ctx, "customer/create_account/confirm", "1", "websites", 1)
    reply = await rest.post(URL, sent() | {"redirectUrl": "http://shop.test/back"})
    assert "confirmation" not in reply.body
    key = await ctx.db.value("select confirmation from customer")
    assert (len(key), key.isalnum()) == (32, True)
    assert await mails(ctx) == [([JANE], "Please confirm your Main Website Store account")]
    link = f"customer/account/confirm/?id={reply.body['id']}&key={key}&back_url=http%3A%2F%2Fshop.test%2Fback"
    assert link in await last_letter(ctx)


async def test_a_confirmation_that_is_sent_is_stored_but_not_shown(ctx, rest, admin):
    reply = await rest.post(URL, sent(confirmation="abc"))
    assert "confirmation" not in reply.body
    assert (await admin.get(f"{URL}/{reply.body['id']}")).body["confirmation"] == "abc"


async def test_optional_fields_are_stored_and_empty_ones_left_out(rest):
    reply = await rest.post(
        URL,
        sent(
            prefix="Dr", middlename="", suffix="Jr", taxvat="DE1", gender=2, created_at="2019-01-02 03:04:05",
            disable_auto_group_change=7, created_in="Elsewhere", custom_attributes={"nickname": "J"},
        ),
    )  # fmt: skip
    body = reply.body
    assert (body["prefix"], body["suffix"], body["taxvat"], body["gender"]) == ("Dr", "Jr", "DE1", 2)
    assert (body["created_at"], body["disable_auto_group_change"]) == ("2019-01-02 03:04:05", 1)
    assert body["created_in"] == "Default Store View"
    assert "middlename" not in body
    assert "custom_attributes" not in body


async def test_user_defined_attributes_are_kept(ctx, rest):
    await ctx.db.execute(
        "insert into customer_user_attribute (entity_type, attribute_code, frontend_label)"
        " values ('customer', 'nickname', 'Nickname')"
    )
    await ctx.changed()
    reply = await rest.post(URL, sent(custom_attributes={"nickname": "J", "unknown": "x"}))
    assert reply.body["custom_attributes"] == [{"attribute_code": "nickname", "value": "J"}]


async def test_the_number_of_statements_does_not_depend_on_the_number_of_addresses(ctx):
    from tests.customers.makers import an_address

    counts = []
    for number, email in ((1, "a@example.com"), (30, "b@example.com")):
        before = ctx.db.statements
        await a_customer(ctx, email, addresses=[an_address() for _ in range(number)])
        counts.append(ctx.db.statements - before)
    assert counts[0] == counts[1]


async def test_accounts_are_numbered_where_that_is_wanted(ctx):
    await a_customer(ctx)
    await configure(ctx, "customer/create_account/generate_human_friendly_id", "1")
    await a_customer(ctx, "b@example.com")
    await a_customer(ctx, "c@example.com")
    numbers = await ctx.db.values("select increment_id from customer order by entity_id")
    assert numbers[0] is None
    assert [len(number) for number in numbers[1:]] == [9, 9]
    assert int(numbers[2]) == int(numbers[1]) + 1


async def test_a_new_account_is_announced(ctx, rest, published):
    reply = await rest.post(URL, sent())
    assert published == [CustomerCreated(reply.body["id"])]


async def test_a_missing_customer_is_named(rest):
    reply = await rest.post(URL, {"password": PASSWORD})
    assert (reply.status, reply.body) == (400, required("customer"))
