"""Addresses: their validation, regions, reading and deleting."""

import pytest

from entrepot.customers import (
    Address,
    CustomerChanged,
    delete_address_of,
    get_address_of,
    save_address,
)
from entrepot.customers.errors import NoSuchAddress
from tests.customers.makers import (
    JANE,
    a_customer,
    an_address,
    configure,
    no_such,
    read,
    required,
    sent_address,
    us_store,
)

URL = "/rest/V1/customers"


def changes(*addresses):
    return {
        "customer": {
            "email": JANE, "firstname": "Jane", "lastname": "Doe", "website_id": 1, "addresses": list(addresses)
        }
    }  # fmt: skip


async def put(ctx, admin, **address):
    """The answer about a single new address."""
    jane = await a_customer(ctx)
    return await admin.put(f"{URL}/{jane.id}", changes(sent_address(**address)))


def invalid(field, value):
    return {
        "message": 'Invalid value of "%value" provided for the %fieldName field.',
        "parameters": {"value": value, "fieldName": field},
    }


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"firstname": " "}, required("firstname")),
        (
            {
                "firstname": None, "lastname": "", "street": [], "city": "\t", "telephone": "", "postcode": None,
                "country_id": None,
            },
            required("firstname", "lastname", "street", "city", "telephone", "postcode", "countryId"),
        ),
        ({"street": [" ", ""]}, required("street")),
        ({"country_id": "XX"}, invalid("countryId", "XX")),
        ({"region": {"region_id": 4711}}, invalid("regionId", "4711")),
        ({"region_id": 4711}, invalid("regionId", "4711")),
        ({"country_id": "XX", "postcode": ""}, {**required("postcode", "x"), "errors": [
            required("postcode"), invalid("countryId", "XX")
        ]}),
        ({"street": ["1", "2", "3"]}, {"message": '"Street Address" cannot contain more than 2 lines.'}),
        ({"street": ["x" * 256]}, {"message": '"Street Address" length must be equal or less than 255 characters.'}),
        ({"suffix": "x" * 41, "city": "y" * 256}, {
            "message": '"Name Suffix" length must be equal or less than 40 characters.\n'
            '"City" length must be equal or less than 255 characters.'
        }),
    ],
)  # fmt: skip
async def test_a_bad_address_is_refused(ctx, admin, given, answer):
    reply = await put(ctx, admin, **given)
    assert (reply.status, reply.body) == (400, answer)
    assert await ctx.db.value("select count(*) from customer_address") == 0


async def test_a_region_may_be_required_as_text_where_none_are_known(ctx, admin):
    await configure(ctx, "general/region/state_required", "US,GB")
    assert (await put(ctx, admin, country_id="GB", region=None)).body == required("region")
    assert await ctx.db.value("select count(*) from customer_address") == 0


@pytest.mark.parametrize(
    "given",
    [
        {"firstname": "0", "city": "0", "postcode": "0"},
        {"country_id": "GB", "region": None, "postcode": None},
        {"region": None},
        {"region": {"region_id": 0}},
        {"country_id": "HR", "region": {"region": "Istria"}},
        {"street": ["a", "b"]},
        {"fax": None, "company": None},
    ],
)
async def test_a_good_address_is_taken(ctx, admin, given):
    assert (await put(ctx, admin, **given)).status == 200


async def test_configuration_says_what_is_required(ctx, admin):
    await configure(ctx, "customer/address/telephone_show", "opt")
    await configure(ctx, "customer/address/company_show", "req", "websites", 1)
    await configure(ctx, "customer/address/fax_show", "req")
    await configure(ctx, "customer/address/prefix_show", "req")
    await configure(ctx, "customer/address/street_lines", "1")
    await configure(ctx, "general/country/optional_zip_countries", "US")
    jane = await a_customer(ctx, prefix="Dr")
    given = changes(sent_address(telephone=None, postcode=None))
    given["customer"]["prefix"] = "Dr"
    assert (await admin.put(f"{URL}/{jane.id}", given)).body == required("fax", "company")
    given["customer"]["addresses"] = [sent_address(telephone="", fax="1", company="A", postcode="", street=["1", "2"])]
    assert (await admin.put(f"{URL}/{jane.id}", given)).body == {
        "message": '"Name Prefix" is a required value.\n"Street Address" cannot contain more than 1 lines.'
    }


async def test_the_customers_store_says_which_countries_are_allowed(ctx, admin):
    us = await us_store(ctx)
    await configure(ctx, "general/country/allow", "US", "websites", us.website_id)
    joe = await a_customer(ctx, "joe@example.com", website_id=us.website_id)
    body = changes(sent_address(country_id="DE", region=None))
    body["customer"] |= {"email": "joe@example.com", "website_id": us.website_id}
    assert (await admin.put(f"{URL}/{joe.id}", body)).body == invalid("countryId", "DE")

    await configure(ctx, "customer/account_share/scope", "0")
    assert (await admin.put(f"{URL}/{joe.id}", body)).status == 200


CALIFORNIA = {"region_code": "CA", "region": "California", "region_id": 12}
NEW_YORK = {"region_code": "NY", "region": "New York", "region_id": 43}


@pytest.mark.parametrize(
    ("given", "region", "region_id"),
    [
        ({"region": {"region_id": 43, "region": "Anything", "region_code": "XX"}}, NEW_YORK, 43),
        ({"region": {"region_id": 12}, "region_id": 43}, NEW_YORK, 43),
        ({"region": None, "region_id": 43}, NEW_YORK, 43),
        ({"region": {"region_code": "NY"}}, NEW_YORK, 43),
        ({"region": {"region_code": "ny"}}, NEW_YORK, 43),
        ({"region": {"region": "43"}}, NEW_YORK, 43),
        ({"region": {"region": "Nowhere"}}, {"region_code": "Nowhere", "region": "Nowhere", "region_id": 0}, 0),
        ({"region": {"region_code": "ZZ"}}, {"region_code": "ZZ", "region": "ZZ", "region_id": 0}, 0),
        (
            {"country_id": "GB", "region": {"region_id": 43, "region": "Kent"}},
            {"region_code": "Kent", "region": "Kent", "region_id": 0},
            0,
        ),
        ({"region": None}, {"region_code": None, "region": None, "region_id": 0}, None),
        ({"region": "New York"}, {"region_code": None, "region": None, "region_id": 0}, None),
        ({"region": None, "region_id": 0}, {"region_code": None, "region": None, "region_id": 0}, 0),
    ],
)
async def test_the_region_of_a_new_address(ctx, admin, given, region, region_id):
    (address,) = (await put(ctx, admin, **given)).body["addresses"]
    assert list(address["region"].items()) == list(region.items())
    assert address.get("region_id") == region_id
    assert ("region_id" in address) == (region_id is not None)


@pytest.mark.parametrize(
    ("change", "region", "region_id"),
    [
        ({}, NEW_YORK, 43),
        ({"region": {}}, {"region_code": None, "region": None, "region_id": 0}, 0),
        ({"region": {"region": "Text"}}, {"region_code": "Text", "region": "Text", "region_id": 0}, 0),
        ({"region": {"region": "Text"}, "region_id": 12}, CALIFORNIA, 12),
        ({"region_id": 12}, CALIFORNIA, 12),
    ],
)  # fmt: skip
async def test_the_region_of_a_changed_address(ctx, admin, change, region, region_id):
    jane = await a_customer(ctx, addresses=[an_address()])
    reply = await admin.put(f"{URL}/{jane.id}", changes({"id": jane.addresses[0].id, **change}))
    (address,) = reply.body["addresses"]
    assert (address["region"], address["region_id"]) == (region, region_id)


async def test_the_street_is_trimmed_and_stays_a_list(ctx, admin):
    (address,) = (await put(ctx, admin, street=["123 Oak Ave", ""])).body["addresses"]
    assert address["street"] == ["123 Oak Ave"]
    jane = await a_customer(ctx, "b@example.com")
    reply = await admin.put(f"{URL}/{jane.id}", changes(sent_address(street="123 Oak Ave")))
    assert (reply.status, reply.body["message"]) == (
        400,
        'Error occurred during "addresses" processing. Error occurred during "street" processing. '
        'The "string" value\'s type is invalid. The "string[]" type was expected. Verify and try again.',
    )


async def test_an_address_is_read_and_deleted_with_its_defaults(ctx, admin, published):
    jane = await a_customer(ctx, addresses=[an_address(default_billing=True), an_address(default_shipping=True)])
    billing, shipping = jane.addresses
    reply = await admin.get(f"{URL}/addresses/{billing.id}")
    assert list(reply.body) == [
        "id", "customer_id", "region", "region_id", "country_id", "street", "telephone", "postcode", "city",
        "firstname", "lastname", "default_billing",
    ]  # fmt: skip
    assert (reply.body["customer_id"], reply.body["default_billing"]) == (jane.id, True)

    published.clear()
    reply = await admin.delete(f"/rest/V1/addresses/{billing.id}")
    assert (reply.status, reply.body) == (200, True)
    assert published == [CustomerChanged(jane.id)]
    after = await read(ctx, jane.id)
    assert (after.default_billing, after.default_shipping) == (None, str(shipping.id))
    assert [address.id for address in after.addresses] == [shipping.id]


async def test_an_unknown_address(admin):
    assert (await admin.get(f"{URL}/addresses/4711")).body == no_such("addressId", 4711)
    reply = await admin.delete("/rest/V1/addresses/4711")
    assert (reply.status, reply.body) == (404, no_such("addressId", 4711))


async def test_a_page_saves_one_address_and_leaves_the_others(ctx):
    jane = await a_customer(ctx, addresses=[an_address(default_billing=True, default_shipping=True)])
    first = jane.addresses[0]
    second = await save_address(ctx, jane.id, an_address(city="Second", default_billing=True))
    changed = await save_address(ctx, jane.id, Address(id=first.id, city="First", default_shipping=False))
    after = await read(ctx, jane.id)
    assert [address.city for address in after.addresses] == ["First", "Second"]
    assert (after.default_billing, after.default_shipping) == (str(second.id), None)
    assert (changed.id, changed.postcode) == (first.id, "10755")


async def test_a_page_touches_no_other_customers_address(ctx):
    jane = await a_customer(ctx)
    joe = await a_customer(ctx, "joe@example.com", addresses=[an_address()])
    foreign = joe.addresses[0].id
    for call in (
        save_address(ctx, jane.id, an_address(id=foreign)),
        get_address_of(ctx, jane.id, foreign),
        delete_address_of(ctx, jane.id, foreign),
    ):
        with pytest.raises(NoSuchAddress):
            await call
    assert len((await read(ctx, joe.id)).addresses) == 1
    await delete_address_of(ctx, joe.id, foreign)
    assert (await read(ctx, joe.id)).addresses == []
