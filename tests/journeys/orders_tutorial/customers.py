"""Steps 2 and 3: the tokens of an administrator and of a new customer."""

from __future__ import annotations

from tests.journeys.caller import Caller, Shop
from tests.journeys.inventory_tutorial.customers import ACCOUNT, EMAIL, PASSWORD

ROUTE = "default/V1/customers"
NO_PASSWORD = "later@example.com"


def play(shop: Shop) -> Caller:
    """Jane, with her token. No ids are sent: the store view of the address decides, which is the default one."""
    answer = shop.guest.do(ROUTE, {"customer": ACCOUNT, "password": PASSWORD})
    assert (answer["id"], answer["store_id"], answer["website_id"]) == (1, 1, 1)
    assert (answer["created_in"], answer["disable_auto_group_change"]) == ("Default Store View", 0)
    assert answer["extension_attributes"] == {"is_subscribed": False}
    return shop.signed_in("default", EMAIL, PASSWORD)


def verify(shop: Shop, jane: Caller) -> None:
    she = jane.read(f"{ROUTE}/me")
    assert (she["email"], she["default_billing"], she["default_shipping"]) == (EMAIL, "1", "1")
    [address] = she["addresses"]
    assert (address["postcode"], address["city"], address["region_id"]) == ("10755", "Purchase", 43)
    # Without a password an account is made too; a letter asks for one.
    other = {"email": NO_PASSWORD, "firstname": "Jane", "lastname": "Later"}
    assert shop.guest.do(ROUTE, {"customer": other})["id"] == 2
    answer = shop.guest.post("default/V1/integration/customer/token", {"username": NO_PASSWORD, "password": PASSWORD})
    assert answer.status == 401
