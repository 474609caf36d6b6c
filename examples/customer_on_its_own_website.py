#!/usr/bin/env python3
"""Create a customer on a website of its own, and act as that customer: step 7 of "Order processing with MSI".

    python examples/customer_on_its_own_website.py --password ADMIN_PASSWORD [--user admin] [--url http://127.0.0.1:8080]

The websites are made with the `entrepot` command beside the running server, everything else is called over REST. Only
the standard library is used. The script stops with a sentence at the first answer that is not the documented one.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

SITES = [
    ("na_site", "North America Site", "na_store", "North America Store", "us", "US Store View"),
    ("eu_site", "Europe Site", "eu_store", "Europe Store", "de", "Germany Store View"),
]
DEFAULT_CATEGORY = "2"

ADDRESS = {
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

CUSTOMER_FIELDS = [
    "id",
    "group_id",
    "default_billing",
    "default_shipping",
    "created_at",
    "updated_at",
    "created_in",
    "email",
    "firstname",
    "lastname",
    "store_id",
    "website_id",
    "addresses",
    "disable_auto_group_change",
    "extension_attributes",
]
ADDRESS_FIELDS = [
    "id",
    "customer_id",
    "region",
    "region_id",
    "country_id",
    "street",
    "telephone",
    "postcode",
    "city",
    "firstname",
    "lastname",
    "default_shipping",
    "default_billing",
]
SIGN_IN_FAILED = (
    "The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."
)


def main() -> None:
    options = read_options()
    shop = Shop(options.url)

    step("Websites, stores and store views, by the command line")
    for site in SITES:
        create_site(options.entrepot, *site)

    step("An administrator's token")
    admin = shop.post("all", "integration/admin/token", {"username": options.user, "password": options.password})
    check(re.fullmatch("[a-z0-9]{32}", admin), "an administrator's token", admin)

    views = {view["code"]: view for view in shop.get("all", "store/storeViews", admin)}
    us = views["us"]
    check(us["name"] == "US Store View", "the store view us", us)

    step("A customer on the store view us")
    payload = {
        "customer": {"lastname": "Doe", "firstname": "Jane", "email": options.email, "addresses": [ADDRESS]},
        "password": "Password1",
    }
    customer = shop.post("us", "customers", payload, admin)
    check_customer(customer, us, options.email)

    step("The customer's token, on its own website only")
    credentials = {"username": options.email, "password": "Password1"}
    token = shop.post("us", "integration/customer/token", credentials)
    check(re.fullmatch("[a-z0-9]{32}", token), "a customer's token", token)
    for scope in ("default", "de", "all"):
        refused = shop.post(scope, "integration/customer/token", credentials, expected=401)
        check(refused == {"message": SIGN_IN_FAILED}, f"no token on {scope}", refused)

    step("The customer's own data")
    me = shop.get("us", "customers/me", token)
    check(me == customer, "the same customer", me)
    for which in ("billingAddress", "shippingAddress"):
        check(shop.get("us", f"customers/me/{which}", token) == customer["addresses"][0], which, me)
    seen = shop.get("all", f"customers/{customer['id']}", admin)
    check(seen == customer, "what the administrator sees", seen)
    refused = shop.get("all", "store/websites", token, expected=401)
    check(refused["parameters"] == {"resources": "Magento_Backend::store"}, "no right to the stores", refused)

    step("The same address again is refused, and is another customer elsewhere")
    again = shop.post("us", "customers", payload, admin, expected=400)
    taken = "A customer with the same email address already exists in an associated website."
    check(again == {"message": taken}, "a taken address", again)

    print(f"\nSign in at {options.url}/us/customer/account/login as {options.email} with Password1.")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--user", default="admin")
    parser.add_argument("--password", required=True, help="the administrator's")
    parser.add_argument("--email", default="jdoe@example.com", help="of the customer who is made")
    beside = Path(__file__).resolve().parent.parent / ".venv" / "bin" / "entrepot"
    parser.add_argument("--entrepot", default=str(beside), help="the command")
    return parser.parse_args()


def create_site(entrepot: str, website: str, name: str, group: str, group_name: str, view: str, view_name: str) -> None:
    """What exists already is left as it is."""
    run(entrepot, "store", "create-website", "--code", website, "--name", name)
    run(
        entrepot, "store", "create-group", "--website", website, "--code", group, "--name", group_name,
        "--root-category-id", DEFAULT_CATEGORY,
    )  # fmt: skip
    run(entrepot, "store", "create-view", "--group", group, "--code", view, "--name", view_name)


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode and "already exists" not in done.stderr:
        sys.exit(f"{' '.join(command)}: {done.stderr.strip()}")


def check_customer(customer: dict[str, Any], us: dict[str, Any], email: str) -> None:
    check(list(customer) == CUSTOMER_FIELDS, "the customer's fields in their order", customer)
    (address,) = customer["addresses"]
    check(list(address) == ADDRESS_FIELDS, "the address's fields in their order", address)
    expected = {
        "group_id": 1,
        "default_billing": str(address["id"]),
        "default_shipping": str(address["id"]),
        "created_in": "US Store View",
        "email": email,
        "firstname": "Jane",
        "lastname": "Doe",
        "store_id": us["id"],
        "website_id": us["website_id"],
        "disable_auto_group_change": 0,
        "extension_attributes": {"is_subscribed": False},
    }
    check({key: customer[key] for key in expected} == expected, "the customer", customer)
    check(
        address
        == {
            "id": address["id"],
            "customer_id": customer["id"],
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
        },
        "the address",
        address,
    )


class Shop:
    """The REST interface of one server."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    def get(self, scope: str, route: str, token: str | None = None, *, expected: int = 200) -> Any:
        return self._call("GET", scope, route, None, token, expected)

    def post(self, scope: str, route: str, body: Any, token: str | None = None, *, expected: int = 200) -> Any:
        return self._call("POST", scope, route, body, token, expected)

    def _call(self, method: str, scope: str, route: str, body: Any, token: str | None, expected: int) -> Any:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        sent = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/rest/{scope}/V1/{route}", sent, headers, method=method)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        decoded = json.loads(text)
        check(status == expected, f"{method} {scope}/V1/{route} with status {expected}", (status, decoded))
        print(f"  {method:5} /rest/{scope}/V1/{route} {status}")
        return decoded


def step(title: str) -> None:
    print(f"\n{title}")


def check(holds: Any, what: str, seen: Any) -> None:
    if not holds:
        sys.exit(f"Expected {what}, but the server answered:\n{json.dumps(seen, indent=2, default=str)}")


if __name__ == "__main__":
    main()
