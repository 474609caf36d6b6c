"""The page of a category (spec 30-catalog, 9)."""

from __future__ import annotations

from starlette.responses import Response

from entrepot.catalog import CategoryDocument, breadcrumbs, find_shown_category
from entrepot.catalog.media import single_picture_url
from entrepot.catalog.media.single_files import CATEGORIES
from entrepot.kit.pages import page
from entrepot.storefront import merchant_html, product_list
from entrepot.storefront import navigation as layered
from entrepot.storefront.addresses import address, canonical
from entrepot.storefront.breadcrumbs import Crumb
from entrepot.storefront.shop_page import ShopPage
from entrepot.storefront.toolbar import sort_orders, wishes

CANONICAL = "catalog/seo/category_canonical_tag"
DEFAULT_ORDER = "catalog/frontend/default_sort_by"
DESCRIPTION_LENGTH = 160
LANDING_PAGE, PRODUCTS_AND_PAGE = "PAGE", "PRODUCTS_AND_PAGE"


@page("catalog/category/view")
async def view(page: ShopPage) -> Response:
    """`/catalog/category/view/id/<id>`; the address of a category leads here too."""
    category = await find_shown_category(page.ctx, page.number("id") or 0)
    if category is None:
        return page.render("not_found.html", status=404)
    values = category.attributes
    crumbs = await breadcrumbs(page.ctx, category)
    own_path = crumbs[-1].request_path if crumbs else ""
    mode = values.get("display_mode")
    picked = await layered.chosen(page, category, in_search=False) if category.is_anchor else layered.NOTHING
    shown = None
    if mode != LANDING_PAGE or picked.labels:
        orders = sort_orders(page, values.get("available_sort_by"), in_search=False)
        wanted = wishes(page, orders, _default_order(page, category, orders))
        found = await product_list.find(page, wanted, picked, category=category)
        shown = await product_list.view(page, wanted, picked, found, category_id=category.category_id)
    name = values.get("name", "")
    return page.render(
        "category.html",
        name=name,
        meta_title=values.get("meta_title") or name,
        meta_description=values.get("meta_description") or merchant_html.plain(values.get("description"), 160),
        meta_keywords=values.get("meta_keywords") or "",
        canonical=canonical(page, own_path) if own_path and page.ctx.flag(CANONICAL) else "",
        crumbs=[Crumb(one.name, address(page, one.request_path)) for one in crumbs[:-1]],
        description=merchant_html.markup(values.get("description")),
        picture=single_picture_url(page.ctx, CATEGORIES, values.get("image")),
        tiles=_tiles(page, picked) if mode in (LANDING_PAGE, PRODUCTS_AND_PAGE) and not picked.labels else [],
        list=shown,
    )


def _default_order(page: ShopPage, category: CategoryDocument, orders: list[tuple[str, str]]) -> str:
    codes = [code for code, _ in orders]
    for code in (category.attributes.get("default_sort_by"), page.ctx.config(DEFAULT_ORDER)):
        if code in codes:
            return str(code)
    return codes[0]


def _tiles(page: ShopPage, picked: layered.Chosen) -> list[Crumb]:
    """The categories below, as a landing page offers them."""
    suffix = page.ctx.config("catalog/seo/category_url_suffix") or ""
    return [
        Crumb(
            child.attributes.get("name", ""),
            address(
                page,
                child.attributes["url_path"] + suffix
                if child.attributes.get("url_path")
                else f"catalog/category/view/id/{child.category_id}",
            ),
        )
        for child in picked.children
    ]
