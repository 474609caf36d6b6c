"""Step 7, in the second edition step 6: a customer of the North American website, and a token."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

from tests.journeys.caller import Caller, Reply, Shop, unauthorized
from tests.journeys.inventory_tutorial.editions import SECOND, Edition

ROUTE = "us/V1/customers"
TOKEN = "V1/integration/customer/token"
EMAIL, PASSWORD = "jdoe@example.com", "Password1"
TO_SEND = {
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
ACCOUNT = {"lastname": "Doe", "firstname": "Jane", "email": EMAIL, "addresses": [TO_SEND]}


def play(shop: Shop, edition: Edition) -> Caller:
    """Jane, with her token."""
    # The first edition sends no ids: the store view of the address decides.
    ids = {"store_id": 2, "website_id": 2} if edition is SECOND else {}
    _check(shop.admin.do(ROUTE, {"customer": ACCOUNT | ids, "password": PASSWORD}))
    return shop.signed_in("us", EMAIL, PASSWORD)


def verify(shop: Shop, jane: Caller) -> None:
    she = jane.read(f"{ROUTE}/me")
    _check(she)
    assert shop.admin.read(f"all/V1/customers/{she['id']}") == she
    for which in ("billingAddress", "shippingAddress"):
        assert jane.read(f"{ROUTE}/me/{which}") == she["addresses"][0]


def refuse(shop: Shop, jane: Caller) -> None:
    taken = {"message": "A customer with the same email address already exists in an associated website."}
    assert shop.guest.post(ROUTE, {"customer": ACCOUNT, "password": PASSWORD}) == Reply(400, taken)
    _refuse_passwords(shop)
    _refuse_pairs(shop)
    _refuse_addresses(shop)
    assert _emails(shop) == ["curious@example.com", EMAIL]
    _refuse_tokens(shop)
    for route, resource in {
        "us/V1/inventory/sources": "Magento_InventoryApi::source",
        "all/V1/customers/1": "Magento_Customer::customer",
    }.items():
        assert jane.get(route) == unauthorized(resource)


def _refuse_passwords(shop: Shop) -> None:
    other = ACCOUNT | {"email": "Other1@example.com"}
    classes = (
        "Minimum of different classes of characters in password is %1. "
        "Classes of characters: Lower Case, Upper Case, Digits, Special Characters."
    )
    for password, expected in (
        ("password", {"message": classes, "parameters": ["3"]}),
        (
            "Pass1",
            {
                "message": "The password needs at least %1 characters. Create a new password and try again.",
                "parameters": ["8"],
            },
        ),
        (
            "Other1@example.com",
            {"message": "The password can't be the same as the email address. Create a new password and try again."},
        ),
    ):
        assert shop.guest.post(ROUTE, {"customer": other, "password": password}) == Reply(400, expected)


def _refuse_pairs(shop: Shop) -> None:
    elsewhere = ACCOUNT | {"email": "other@example.com", "store_id": 2, "website_id": 3}
    message = {"message": "The store view is not in the associated website."}
    assert shop.guest.post(ROUTE, {"customer": elsewhere, "password": PASSWORD}) == Reply(400, message)


def _refuse_addresses(shop: Shop) -> None:
    address = copy.copy(TO_SEND)
    other = ACCOUNT | {"email": "other@example.com", "addresses": [address]}
    del address["city"]
    message = '"%fieldName" is required. Enter and try again.'
    missing = {"message": message, "parameters": {"fieldName": "city"}}
    assert shop.guest.post(ROUTE, {"customer": other, "password": PASSWORD}) == Reply(400, missing)
    del address["street"]
    status, answer = shop.guest.post(ROUTE, {"customer": other, "password": PASSWORD})
    assert status == 400
    assert [error["parameters"]["fieldName"] for error in answer["errors"]] == ["street", "city"]


def _refuse_tokens(shop: Shop) -> None:
    message = (
        "The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."
    )
    wrong = Reply(401, {"message": message})
    assert shop.guest.post(f"us/{TOKEN}", {"username": EMAIL, "password": "Password2"}) == wrong
    for view in ("default", "de", "all"):
        assert shop.guest.post(f"{view}/{TOKEN}", {"username": EMAIL, "password": PASSWORD}) == wrong
    for field in ("username", "password"):
        login = {"username": EMAIL, "password": PASSWORD, field: ""}
        message = '"%fieldName" is required. Enter and try again.'
        empty = Reply(400, {"message": message, "parameters": {"fieldName": field}})
        assert shop.guest.post(f"us/{TOKEN}", login) == empty


def _check(answer: dict[str, Any]) -> None:
    moments = {name: answer[name] for name in ("created_at", "updated_at")}
    for moment in moments.values():
        datetime.strptime(moment, "%Y-%m-%d %H:%M:%S")
    expected = _customer(answer["id"]) | moments
    assert answer == expected
    assert list(answer) == list(expected)
    assert list(answer["addresses"][0]) == list(expected["addresses"][0])


def _customer(id: int) -> dict[str, Any]:
    """As answered, in this order. Hers is the first address of the shop."""
    address = {
        "id": 1,
        "customer_id": id,
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
    return {
        "id": id,
        "group_id": 1,
        "default_billing": "1",
        "default_shipping": "1",
        "created_at": "",
        "updated_at": "",
        "created_in": "US Store View",
        "email": EMAIL,
        "firstname": "Jane",
        "lastname": "Doe",
        "store_id": 2,
        "website_id": 2,
        "addresses": [address],
        "disable_auto_group_change": 0,
        "extension_attributes": {"is_subscribed": False},
    }


def _emails(shop: Shop) -> list[str]:
    found = shop.admin.read("all/V1/customers/search?searchCriteria")
    return sorted(customer["email"] for customer in found["items"])
