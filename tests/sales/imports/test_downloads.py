"""What can be loaded of orders that are brought in (docs/downloads.md)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from entrepot.sales import purchased_links
from entrepot.sales.purchased_links import Access
from tests.catalog.downloadable.makers import a_link
from tests.quotes.makers import a_customer
from tests.quotes.test_downloadable import a_download, choice, episodes
from tests.sales.imports.orders import a_line, bring_in, change

KEPT = """
    select order_item_id, link_id, link_title, downloads_bought, link_url
    from sales_purchased_link
    where order_id = %(order_id)s
    order by purchased_id
"""


async def kept(ctx, order: dict[str, Any]) -> list[dict[str, Any]]:
    return list(await ctx.db.all(dict, KEPT, order_id=order["entity_id"]))


async def titles(ctx, order: dict[str, Any]) -> list[str]:
    return [link["link_title"] for link in await kept(ctx, order)]


def a_download_of(sku: str, *links: int, **fields: Any) -> dict[str, Any]:
    """A line of two pieces, with the links that were chosen."""
    chosen = {"product_option": choice(*links)} if links else {}
    return a_line(sku=sku, product_type="downloadable", is_virtual=1, **chosen, **fields)


async def product_id(ctx, sku: str) -> int:
    found: int = await ctx.db.value("select product_id from product where sku = %(sku)s", sku=sku)
    return found


async def test_the_links_that_a_line_names_are_its_customers(ctx, admin):
    jane = await a_customer(ctx)
    _, second, third = await episodes(ctx)
    await ctx.db.execute("update downloadable_link set number_of_downloads = 3 where link_id = %(id)s", id=third)
    lines = [a_line(), a_download_of("240-LV09", third, second, product_id=await product_id(ctx, "240-LV09"))]

    order = await bring_in(admin, items=lines, customer_id=jane.id, state="complete", status="complete")

    item_id = order["items"][1]["item_id"]
    common = {"order_item_id": item_id, "link_url": "https://cdn.example.com/yoga.mp4"}
    assert await kept(ctx, order) == [
        common | {"link_id": second, "link_title": "Episode 2", "downloads_bought": 0},
        # Three times for each of two pieces.
        common | {"link_id": third, "link_title": "Episode 3", "downloads_bought": 6},
    ]
    links = await purchased_links.list_of_customer(ctx, jane.id or 0, limit=9, offset=0)
    assert [(link.link_title, purchased_links.access_to(ctx, link)) for link in links] == [
        ("Episode 2", Access.AVAILABLE),
        ("Episode 3", Access.AVAILABLE),
    ]
    assert len({link.link_hash for link in links}) == 2


async def test_a_link_waits_until_the_line_is_paid(ctx, admin):
    await a_download(ctx, "240-LV06", "22", a_link())
    order = await bring_in(admin, items=[a_download_of("240-LV06")])
    link_hash = await ctx.db.value("select link_hash from sales_purchased_link")

    link = await purchased_links.find(ctx, link_hash)
    assert link is not None
    assert purchased_links.access_to(ctx, link) is Access.PENDING
    await change(admin, order["entity_id"], items=[{"item_id": order["items"][0]["item_id"], "qty_invoiced": 2}])
    link = await purchased_links.find(ctx, link_hash)
    assert link is not None
    assert purchased_links.access_to(ctx, link) is Access.AVAILABLE


async def test_all_links_come_with_a_line_that_names_none(ctx, admin):
    """A product that is only told of by its sku, in any letter case."""
    await a_download(ctx, "240-LV06", "22", a_link("First"), a_link("Second", sort_order=2))
    order = await bring_in(admin, items=[a_download_of("240-lv06")])
    assert await titles(ctx, order) == ["First", "Second"]


async def test_links_that_are_sold_one_by_one_must_be_named(ctx, admin):
    await episodes(ctx)
    order = await bring_in(admin, items=[a_download_of("240-LV09")])
    assert await kept(ctx, order) == []


@pytest.mark.parametrize("product_type", ["simple", None])
async def test_only_lines_of_downloads_have_links(ctx, admin, product_type):
    [link] = await a_download(ctx, "240-LV06", "22", a_link())
    line = a_download_of("240-LV06", link) | {"product_type": product_type}
    order = await bring_in(admin, items=[{name: value for name, value in line.items() if value is not None}])
    assert await kept(ctx, order) == []


async def test_nobody_gets_links_of_another_product(ctx, admin):
    await a_download(ctx, "240-LV06", "22", a_link(price=Decimal(5)))
    first, *_ = await episodes(ctx)
    lines = [a_download_of("240-LV06", first), a_download_of("gone", first), a_download_of("240-LV06", 4711)]
    order = await bring_in(admin, items=lines)
    assert len(order["items"]) == 3
    assert await kept(ctx, order) == []


async def test_lines_that_come_later_have_links_and_the_others_no_second_ones(ctx, admin):
    await a_download(ctx, "240-LV06", "22", a_link("Yoga"))
    order = await bring_in(admin, items=[a_download_of("240-LV06")])
    first, *_ = await episodes(ctx)

    order = await change(admin, order["entity_id"], items=[*order["items"], a_download_of("240-LV09", first)])
    order = await change(admin, order["entity_id"], items=order["items"])

    assert await titles(ctx, order) == ["Yoga", "Episode 1"]
    assert [link["order_item_id"] for link in await kept(ctx, order)] == [item["item_id"] for item in order["items"]]


async def test_downloads_cost_as_many_statements_for_many_lines_as_for_one(ctx, admin):
    await a_download(ctx, "240-LV06", "22", a_link("Yoga"))
    await bring_in(admin)
    counts = []
    for count in (1, 20):
        before = ctx.db.statements
        order = await bring_in(admin, items=[a_download_of("240-LV06")] * count)
        counts.append(ctx.db.statements - before)
        assert await titles(ctx, order) == ["Yoga"] * count
    assert counts[0] == counts[1]
