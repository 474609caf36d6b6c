"""Steps 4 and 5: a cart, and what is put into it."""

from __future__ import annotations

from typing import Any

from tests.journeys.caller import Caller, Reply, Shop
from tests.journeys.orders_tutorial.shop_setup import EPISODES, PILATES, TEE, Product, links_of

ROUTE = "default/V1/carts/mine"


def play(shop: Shop, jane: Caller) -> int:
    """The id of the cart."""
    quote_id: int = jane.do(ROUTE)
    assert isinstance(quote_id, int)
    assert jane.do(ROUTE) == quote_id
    empty = jane.read(ROUTE)
    assert (empty["items_count"], empty["items_qty"], empty["customer"]["email"]) == (0, 0, "jdoe@example.com")

    _check(jane.do(f"{ROUTE}/items", line(quote_id, TEE)), quote_id, TEE, 22)
    pilates = jane.do(f"{ROUTE}/items", line(quote_id, PILATES))
    _check(pilates, quote_id, PILATES, 18, links_of(shop, PILATES))
    _try_episodes(shop, jane, quote_id)
    return quote_id


def verify(shop: Shop, jane: Caller, quote_id: int) -> None:
    tee, pilates = jane.read(f"{ROUTE}/items")
    _check(tee, quote_id, TEE, 22)
    _check(pilates, quote_id, PILATES, 18, links_of(shop, PILATES))
    cart = jane.read(ROUTE)
    assert (cart["items_count"], cart["items_qty"], cart["is_virtual"]) == (2, 2, False)


def refuse(jane: Caller, quote_id: int) -> None:
    before = jane.read(f"{ROUTE}/items")
    for chosen in (None, [], [4711]):
        answer = jane.post(f"{ROUTE}/items", line(quote_id, EPISODES, chosen))
        assert answer == Reply(400, {"message": "Please specify product link(s)."})
    gone = {"message": "The product that was requested doesn't exist. Verify the product and try again."}
    unknown = {"cartItem": {"sku": "nosuch", "qty": 1, "quote_id": str(quote_id)}}
    assert jane.post(f"{ROUTE}/items", unknown) == Reply(404, gone)
    assert jane.read(f"{ROUTE}/items") == before


def line(quote_id: int | str, product: Product, links: list[int] | None = None) -> dict[str, Any]:
    """One piece of it, as it is put into a cart."""
    item: dict[str, Any] = {"sku": product.sku, "qty": 1, "quote_id": str(quote_id)}
    if links is not None:
        item["product_option"] = _chosen(links)
    return {"cartItem": item}


def _try_episodes(shop: Shop, jane: Caller, quote_id: int) -> None:
    """One of three links, which costs 9 beside a product that costs nothing; twice. It is not ordered afterwards."""
    first, *_ = links_of(shop, EPISODES)
    answer = jane.do(f"{ROUTE}/items", line(quote_id, EPISODES, [first]))
    _check(answer, quote_id, EPISODES, 9, [first])
    again = jane.do(f"{ROUTE}/items", line(quote_id, EPISODES, [first]))
    assert again == answer | {"qty": 2}
    assert jane.delete(f"{ROUTE}/items/{answer['item_id']}") == Reply(200, True)


def _check(answer: dict[str, Any], quote_id: int, product: Product, price: int, links: list[int] | None = None) -> None:
    expected = {
        "item_id": answer["item_id"],
        "sku": product.sku,
        "qty": 1,
        "name": product.name,
        "price": price,
        "product_type": "downloadable" if product.links else "simple",
        "quote_id": str(quote_id),
    }
    if links is not None:
        expected["product_option"] = _chosen(links)
    assert answer == expected
    assert list(answer) == list(expected)


def _chosen(links: list[int]) -> dict[str, Any]:
    return {"extension_attributes": {"downloadable_option": {"downloadable_links": links}}}
