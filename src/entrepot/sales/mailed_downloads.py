"""What mails say of the links that were bought: what they are called, and where they are loaded (docs/downloads.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from entrepot.kit.context import Context
from entrepot.sales import purchased_links
from entrepot.sales.choices import DOWNLOADABLE
from entrepot.sales.contracts import Order
from entrepot.sales.letters import Download, Downloads, view_of
from entrepot.sales.purchased_links import Access
from entrepot.stores import page_url

LINKS_TITLE = "catalog/downloadable/links_title"
PATH = "downloadable/download/link/id/"


async def downloads_of(ctx: Context, order: Order) -> Mapping[int, Downloads]:
    """By lines of the order; those of a part are its line's. One statement, none where there is nothing to load."""
    items = order.items or ()
    if all(item.product_type != DOWNLOADABLE for item in items):
        return {}
    view = view_of(ctx, order)
    address = page_url(ctx.in_store(view), view) + PATH
    lines = {item.item_id: item.parent_item_id or item.item_id for item in items}
    found: defaultdict[int, list[Download]] = defaultdict(list)
    for link in await purchased_links.list_of_order(ctx, order.entity_id or 0):
        is_there = purchased_links.access_to(ctx, link) is Access.AVAILABLE
        line_id = lines.get(link.order_item_id) or link.order_item_id
        found[line_id].append(Download(link.link_title, f"{address}{link.link_hash}/" if is_there else ""))
    label = ctx.config(LINKS_TITLE, store_id=view.id) or "Links"
    return {line_id: Downloads(label, links) for line_id, links in found.items()}
