"""The list of products to put into an order that is being made: searched, paged, and ticked on any page of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from entrepot import catalog
from entrepot.admin import order_choices
from entrepot.admin.form import as_int
from entrepot.admin.grid.address import escaped
from entrepot.admin.order_draft import UPDATE, Draft
from entrepot.admin.product_lines import find_lines
from entrepot.catalog import Goods
from entrepot.catalog.prices import price_of, shop_now
from entrepot.catalog.products.types import LABELS
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SortOrder
from entrepot.quotes import cart_type
from entrepot.quotes.errors import NotAvailable

FOUND = 10
"""So many products are offered at once; a keyword narrows them down."""
ONE = Decimal(1)
TICKED = re.compile(r"add\[(\d{1,9})\]")


class Offer(Struct, frozen=True):
    product_id: int
    name: str
    sku: str
    price: Decimal
    asks: bool
    is_ticked: bool
    qty: str


def ticked_in(draft: Draft) -> list[int]:
    """The products that are to be put in, whichever page of the list they were ticked on."""
    return [int(found[1]) for found in map(TICKED.fullmatch, draft.form) if found]


def typed_quantity(draft: Draft, product_id: int) -> str:
    return draft.form.get(f"qty[{product_id}]") or "1"


async def offers(draft: Draft) -> dict[str, Any]:
    """The variables of the list, while it is open. What was ticked on other pages stands in it, too."""
    form = draft.form
    what = draft.pressed.split(" ")[0]
    is_open = (form.get("finding") == "1" or what == "find") and what != "close"
    if not is_open:
        return {"offers": None, "kept": (), "keyword": "", "found_page": 1, "found_last": 1}
    keyword = form.get("find").strip()
    page = _asked_page(draft, keyword)
    found = await find_lines(draft.ctx, draft.cart.store, _criteria(draft, keyword, page))
    last = max(1, -(-found.total // FOUND))
    here = [line.id for line in found.rows]
    elsewhere = [id for id in ticked_in(draft) if id not in here and id not in draft.taken]
    goods = await catalog.goods_by_id(
        draft.ctx, [*here, *elsewhere], draft.cart.store, draft.cart.customer_group_id
    )  # fmt: skip
    return {
        "offers": _offered(draft, here, goods),
        "kept": _offered(draft, elsewhere, goods),
        "keyword": keyword,
        "found_page": min(page, last),
        "found_last": last,
    }


def _asked_page(draft: Draft, keyword: str) -> int:
    """Another keyword begins with its first page."""
    if keyword != draft.form.get("found_for") and draft.pressed.split(" ")[0] in ("find", UPDATE):
        return 1
    step = {"find next": 1, "find previous": -1}.get(draft.pressed, 0)
    return max(1, max(1, as_int(draft.form.get("found_page")) or 1) + step)


def _criteria(draft: Draft, keyword: str, page: int) -> SearchCriteria:
    groups = [
        FilterGroup(filters=[Filter(field="status", value="1", condition_type="eq")]),
        FilterGroup(filters=[Filter(field="website_id", value=str(draft.cart.store.website_id), condition_type="eq")]),
        FilterGroup(filters=[Filter(field="type_id", value=",".join(_types()), condition_type="in")]),
    ]
    if keyword:
        like = f"%{escaped(keyword)}%"
        groups.append(
            FilterGroup(filters=[Filter(field=f, value=like, condition_type="like") for f in ("name", "sku")])
        )
    return SearchCriteria(
        filter_groups=groups,
        sort_orders=[SortOrder(field="entity_id", direction="DESC")],
        page_size=FOUND,
        current_page=page,
    )


def _offered(draft: Draft, product_ids: Sequence[int], goods: dict[int, Goods]) -> list[Offer]:
    return [_offer(draft, goods[id]) for id in product_ids if id in goods]


def _offer(draft: Draft, goods: Goods) -> Offer:
    id = goods.product_id
    is_taken = id in draft.taken
    return Offer(
        product_id=id,
        name=goods.name,
        sku=goods.sku,
        price=price_of(goods.prices, ONE, shop_now(draft.ctx)).final,
        asks=order_choices.asks(goods),
        is_ticked=f"add[{id}]" in draft.form and not is_taken,
        qty="1" if is_taken else typed_quantity(draft, id),
    )


def _types() -> list[str]:
    """Those that carts take."""
    found = []
    for type_id in LABELS:
        try:
            cart_type(type_id)
        except NotAvailable:
            continue
        found.append(type_id)
    return found
