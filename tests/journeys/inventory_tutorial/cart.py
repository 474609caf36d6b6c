"""Step 8, in the second edition step 7: Jane fills a cart, as far as North America has it."""

from __future__ import annotations

from typing import Any

from tests.journeys.caller import Caller, Reply, Shop, unauthorized
from tests.journeys.inventory_tutorial.editions import NORTH_AMERICA, Edition, Line
from tests.journeys.inventory_tutorial.source_items import salable

ROUTE = "us/V1/carts/mine"
NOT_SO_MANY = Reply(400, {"message": "The requested qty is not available"})


def play(shop: Shop, jane: Caller, edition: Edition) -> int:
    """The id of the cart."""
    quote_id: int = jane.do(ROUTE)
    assert isinstance(quote_id, int)
    assert jane.do(ROUTE) == quote_id
    for sku, by_stock in edition.salable.items():
        assert salable(shop, sku, NORTH_AMERICA) == by_stock[NORTH_AMERICA]
    for line in edition.purchase.lines:
        answer = put_in(jane, quote_id, line.sku, line.qty)
        assert answer.status == 200, answer
        _check(edition, line, quote_id, answer.body)
    return quote_id


def verify(jane: Caller, quote_id: int, edition: Edition) -> None:
    lines = jane.read(f"{ROUTE}/items")
    for line, answer in zip(edition.purchase.lines, lines, strict=True):
        _check(edition, line, quote_id, answer)
    cart = jane.read(ROUTE)
    assert (cart["id"], cart["is_active"], cart["is_virtual"], cart["store_id"]) == (quote_id, True, False, 2)
    assert (cart["items_count"], cart["items_qty"]) == (3, edition.purchase.items_qty)
    assert (cart["currency"]["base_currency_code"], cart["currency"]["quote_currency_code"]) == ("USD", "USD")
    assert cart["customer"]["email"] == "jdoe@example.com"
    # Options are told by the list of items alone.
    for line in lines:
        line.pop("product_option", None)
    assert cart["items"] == lines


def refuse(shop: Shop, customer: Caller, jane: Caller, quote_id: int, rivals_id: int, edition: Edition) -> None:
    before = jane.read(f"{ROUTE}/items")
    _refuse_callers(shop, customer, edition)
    first, second, _ = edition.purchase.lines
    available = {sku: by_stock[NORTH_AMERICA] for sku, by_stock in edition.salable.items()}
    for sku, qty, expected in (
        # One more than there are, and those of the other continent do not count.
        (first.sku, available[first.sku] + 1 - first.qty, NOT_SO_MANY),
        (second.sku, available[second.sku] + 1 - second.qty, NOT_SO_MANY),
        (second.sku, 20, NOT_SO_MANY),
        (first.sku, 10001, _refusal("The requested qty exceeds the maximum qty allowed in shopping cart")),
        (first.sku, 1.5, _refusal("You cannot use decimal quantity for this product.")),
        ("nosuch", 1, _gone()),
    ):
        assert put_in(jane, quote_id, sku, qty) == expected
    # Whether there is such a cart at all is nobody's business.
    no_cart = {
        "message": "No such entity with %fieldName = %fieldValue",
        "parameters": {"fieldName": "cartId", "fieldValue": None},
    }
    assert put_in(jane, rivals_id, first.sku, 1) == Reply(404, no_cart)
    assert jane.read(f"{ROUTE}/items") == before


def refuse_when_empty(buyer: Caller, quote_id: int, edition: Edition) -> None:
    """What a cart without that product is refused."""
    first, second, _ = edition.purchase.lines
    for line in (first, second):
        too_many = edition.salable[line.sku][NORTH_AMERICA] + 1
        assert put_in(buyer, quote_id, line.sku, too_many) == NOT_SO_MANY
    assert put_in(buyer, quote_id, first.sku, 0.5) == _refusal("The fewest you may purchase is 1")
    assert buyer.read(f"{ROUTE}/items") == []


def put_in(buyer: Caller, quote_id: int, sku: str, qty: float) -> Reply:
    return buyer.post(f"{ROUTE}/items", {"cartItem": {"sku": sku, "qty": qty, "quote_id": str(quote_id)}})


def _refuse_callers(shop: Shop, customer: Caller, edition: Edition) -> None:
    assert shop.guest.post(ROUTE) == unauthorized("self")
    message = '"%fieldName" is required. Enter and try again.'
    no_customer = {"message": message, "parameters": {"fieldName": "customerId"}}
    assert shop.admin.post(ROUTE) == Reply(400, no_customer)
    sku = edition.products[0].sku
    may_not = unauthorized("Magento_InventorySalesApi::stock")
    assert customer.get(f"us/V1/inventory/get-product-salable-quantity/{sku}/{NORTH_AMERICA}") == may_not
    answer = shop.admin.get(f"us/V1/inventory/get-product-salable-quantity/nosuch/{NORTH_AMERICA}")
    assert answer == _gone()


def _check(edition: Edition, line: Line, quote_id: int, answer: dict[str, Any]) -> None:
    product = edition.product(line.sku)
    expected: dict[str, Any] = {
        "item_id": answer["item_id"],
        "sku": line.sku,
        "qty": line.qty,
        "name": product.name,
        "price": product.price,
        "product_type": product.type_id,
        "quote_id": str(quote_id),
    }
    if product.type_id == "downloadable":
        # Nobody chose them: who buys it buys all.
        downloads = {"downloadable_option": {"downloadable_links": [1]}}
        expected["product_option"] = {"extension_attributes": downloads}
    assert answer == expected
    assert list(answer) == list(expected)
    assert isinstance(answer["item_id"], int)


def _refusal(message: str) -> Reply:
    return Reply(400, {"message": message})


def _gone() -> Reply:
    return Reply(404, {"message": "The product that was requested doesn't exist. Verify the product and try again."})
