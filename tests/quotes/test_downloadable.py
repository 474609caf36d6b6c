"""Downloadable products in carts."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from entrepot.catalog import downloadable_links
from entrepot.catalog.contracts import DownloadableLink, ProductExtension
from entrepot.catalog.downloadable import domains
from entrepot.stores import write_value
from tests.catalog.downloadable.makers import HOST, a_link, link_ids
from tests.catalog.products.makers import a_view
from tests.quotes.makers import NEW_YORK, a_guest_cart, a_product, add, ship

NOT_AVAILABLE = "Product that you are trying to add is not available."


async def a_download(ctx, sku, price, *links: DownloadableLink, separately: bool = False, **attributes) -> list[int]:
    """In stock; the ids of its links."""
    await domains.add_domains(ctx, [HOST])
    product = await a_product(
        ctx,
        sku,
        price,
        type_id="downloadable",
        name=attributes.pop("name", "Yoga Adventure"),
        attributes={"links_purchased_separately": str(int(separately)), **attributes},
        extension_attributes=ProductExtension(downloadable_product_links=list(links)),
    )
    return link_ids(product)


def choice(*ids: int) -> dict[str, Any]:
    return {"extension_attributes": {"downloadable_option": {"downloadable_links": list(ids)}}}


async def episodes(ctx) -> list[int]:
    links = [a_link(f"Episode {number}", sort_order=number, price=Decimal(9)) for number in (1, 2, 3)]
    return await a_download(ctx, "240-LV09", "0", *links, separately=True, name="Luma Yoga For Life")


async def test_all_links_come_with_a_product_whose_links_are_not_sold_separately(ctx, rest):
    """The inventory tutorial's: 22.00, whatever its link would cost alone."""
    [link] = await a_download(ctx, "240-LV06", "22", a_link(price=Decimal(5)), links_title="Downloads")
    mask = await a_guest_cart(rest)
    reply = await add(rest, f"guest-carts/{mask}", "240-LV06", 1, quote_id=mask)
    assert reply.status == 200, reply.body
    assert reply.body == {
        "item_id": reply.body["item_id"],
        "sku": "240-LV06",
        "qty": 1,
        "name": "Yoga Adventure",
        "price": 22,
        "product_type": "downloadable",
        "quote_id": reply.body["quote_id"],
        "product_option": choice(link),
    }
    cart = (await rest.get(f"/rest/default/V1/guest-carts/{mask}")).body
    assert cart["is_virtual"] is True


async def test_the_cart_of_the_tutorial(ctx, rest):
    """Spec 50, 17: 20 x 32 + 50 x 36 + 22 = 2462; 70 pieces travel at 5 each, and the download not at all."""
    await a_product(ctx, "24-WB01", "32")
    await a_product(ctx, "24-WB03", "36")
    await a_download(ctx, "240-LV06", "22", a_link(), links_title="Downloads")
    mask = await a_guest_cart(rest, ("24-WB01", 20), ("24-WB03", 50), ("240-LV06", 1))
    reply = await ship(rest, f"guest-carts/{mask}")
    assert reply.status == 200, reply.body
    totals = reply.body["totals"]
    assert (totals["subtotal"], totals["shipping_amount"], totals["grand_total"]) == (2462, 350, 2812)
    assert totals["items_qty"] == 71
    [of_download] = [item for item in totals["items"] if item["name"] == "Yoga Adventure"]
    assert json.loads(of_download["options"]) == [{"value": "Yoga Adventure", "label": "Downloads"}]


async def test_the_configured_title_stands_for_a_product_without_its_own(ctx, rest):
    await write_value(ctx, "catalog/downloadable/links_title", "Files")
    await a_download(ctx, "240-LV06", "22", a_link("One"), a_link("Two"))
    mask = await a_guest_cart(rest, ("240-LV06", 1))
    [item] = (await rest.get(f"/rest/default/V1/guest-carts/{mask}/totals")).body["items"]
    assert json.loads(item["options"]) == [{"value": "One, Two", "label": "Files"}]


async def test_links_sold_separately_are_chosen_and_paid_for(ctx, rest):
    """The orders tutorial's: product price 0 + 9 for the chosen link."""
    first, second, _ = await episodes(ctx)
    mask = await a_guest_cart(rest)
    one = await add(rest, f"guest-carts/{mask}", "240-LV09", 1, product_option=choice(first))
    assert (one.body["price"], one.body["product_option"]) == (9, choice(first))
    two = await add(rest, f"guest-carts/{mask}", "240-LV09", 2, product_option=choice(second, first))
    assert (two.body["price"], two.body["product_option"]) == (18, choice(first, second))
    totals = (await rest.get(f"/rest/default/V1/guest-carts/{mask}/totals")).body
    assert totals["subtotal"] == 45
    assert [json.loads(item["options"])[0] for item in totals["items"]] == [
        {"value": "Episode 1", "label": "Links"},
        {"value": "Episode 1, Episode 2", "label": "Links"},
    ]


async def test_equal_links_are_one_line(ctx, rest):
    first, *_ = await episodes(ctx)
    mask = await a_guest_cart(rest)
    for _ in range(2):
        reply = await add(rest, f"guest-carts/{mask}", "240-LV09", 1, product_option=choice(first))
    assert reply.body["qty"] == 2


async def test_links_sold_separately_have_to_be_chosen(ctx, rest):
    await episodes(ctx)
    mask = await a_guest_cart(rest)
    for chosen in ({}, {"product_option": choice()}, {"product_option": choice(999_999)}):
        reply = await add(rest, f"guest-carts/{mask}", "240-LV09", 1, **chosen)
        assert (reply.status, reply.body) == (400, {"message": "Please specify product link(s)."})
    assert (await rest.get(f"/rest/default/V1/guest-carts/{mask}/items")).body == []


async def test_a_download_without_links_is_not_sold(ctx, rest):
    await a_download(ctx, "240-LV06", "22")
    mask = await a_guest_cart(rest)
    reply = await add(rest, f"guest-carts/{mask}", "240-LV06", 1)
    assert (reply.status, reply.body) == (400, {"message": NOT_AVAILABLE})


async def test_other_links_are_chosen_for_a_line_that_is_there(ctx, rest):
    first, second, third = await episodes(ctx)
    mask = await a_guest_cart(rest)
    item = (await add(rest, f"guest-carts/{mask}", "240-LV09", 1, product_option=choice(first))).body
    reply = await rest.put(
        f"/rest/default/V1/guest-carts/{mask}/items/{item['item_id']}",
        {"cartItem": {"qty": 1, "quote_id": mask, "product_option": choice(second, third)}},
    )
    assert (reply.body["price"], reply.body["product_option"]) == (18, choice(second, third))


async def test_a_price_that_changes_changes_the_line(ctx, rest):
    first, *_ = await episodes(ctx)
    mask = await a_guest_cart(rest)
    await add(rest, f"guest-carts/{mask}", "240-LV09", 1, product_option=choice(first))
    await downloadable_links.save_link(ctx, "240-LV09", a_link("Episode 1", id=first, price=Decimal(7)))
    [item] = (await rest.get(f"/rest/default/V1/guest-carts/{mask}/items")).body
    assert item["price"] == 7


async def test_a_link_of_a_website_has_its_price_there(ctx, rest):
    await write_value(ctx, "catalog/price/scope", "1")
    await a_view(ctx, "fr", website="france")
    first, *_ = await episodes(ctx)
    default = ctx.stores.by_code("default")
    own = a_link("Episode 1", id=first, price=Decimal(6))
    await downloadable_links.save_link(ctx.in_store(default), "240-LV09", own, False)
    mask = await a_guest_cart(rest)
    assert (await add(rest, f"guest-carts/{mask}", "240-LV09", 1, product_option=choice(first))).body["price"] == 6


async def test_what_is_chosen_costs_one_further_statement(ctx, rest):
    await a_product(ctx, "plain", "22", type_id="virtual")
    await a_download(ctx, "240-LV06", "22", a_link())
    counts = []
    for sku in ("plain", "240-LV06", "plain", "240-LV06"):
        mask = await a_guest_cart(rest)
        before = ctx.db.statements
        assert (await add(rest, f"guest-carts/{mask}", sku, 1)).status == 200
        counts.append(ctx.db.statements - before)
    assert counts[3] == counts[2] + 1


async def test_a_cart_of_downloads_ships_nothing(ctx, rest):
    await a_download(ctx, "240-LV06", "22", a_link())
    mask = await a_guest_cart(rest, ("240-LV06", 2))
    reply = await rest.post(f"/rest/default/V1/guest-carts/{mask}/estimate-shipping-methods", {"address": NEW_YORK})
    assert reply.body == []
    totals = (await rest.get(f"/rest/default/V1/guest-carts/{mask}/totals")).body
    assert (totals["grand_total"], totals["shipping_amount"]) == (44, 0)
