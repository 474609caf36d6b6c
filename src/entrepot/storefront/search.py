"""Quick search: the box of every page, its results, and what it suggests (spec 31-product-types, 7)."""

from __future__ import annotations

import msgspec
from starlette.responses import RedirectResponse, Response

from entrepot.catalog import CategoryDocument, categories, root_category_id
from entrepot.catalog.browsing import RELEVANCE, Found, terms, words
from entrepot.kit.pages import page
from entrepot.kit.pages.security import own_path
from entrepot.storefront import navigation as layered
from entrepot.storefront import product_list
from entrepot.storefront.shop_page import ShopPage
from entrepot.storefront.toolbar import Wishes, sort_orders, wishes

PATH = "catalogsearch/result"
QUERY = "q"
JSON = "application/json"


@page(PATH)
async def results(page: ShopPage) -> Response:
    text = " ".join(page.parameter(QUERY).split())
    if not text:
        return page.redirect("")
    longest, shortest = words.longest(page.ctx), words.shortest(page.ctx)
    if longest and len(text) > longest:
        text = text[:longest].strip()
        page.notice("Your search query can't be longer than %1, so we shortened your query.", longest)
    if len(text) < shortest:
        page.notice("Minimum Search query length is %1", shortest)
        return _render(page, text, None, [])
    if (elsewhere := await terms.redirect(page.ctx, text)) is not None:
        return _sent(page, elsewhere)
    typed = await words.typed_words(page.ctx, text)
    root = await _root(page)
    picked = await layered.chosen(page, root, in_search=True)
    wanted = wishes(page, sort_orders(page, None, in_search=True), RELEVANCE)
    found = await _find(page, wanted, picked, typed, shortest)
    meant: list[str] = []
    if not found.total and not picked.labels:
        meant = await words.probably_meant(page.ctx, typed) or []
        if meant:
            found = await _find(page, wanted, picked, meant, shortest)
    if not picked.labels and wanted.page == 1:
        await terms.record(page.ctx, text, 0 if meant else found.total)
    shown = await product_list.view(page, wanted, picked, found, keep={QUERY: text})
    return _render(page, text, shown, meant)


@page("search/ajax/suggest")
async def suggest(page: ShopPage) -> Response:
    """`[{"title","num_results"}]` for what is typed so far."""
    text = " ".join(page.parameter(QUERY).split())[: words.longest(page.ctx) or None]
    shortest = words.shortest(page.ctx)
    found = []
    if len(text) >= shortest:
        typed = await words.typed_words(page.ctx, text)
        found = await terms.suggest(page.ctx, text, words.words_query(typed, shortest))
    return Response(msgspec.json.encode(found), media_type=JSON)


async def _find(page: ShopPage, wanted: Wishes, picked: layered.Chosen, typed: list[str], shortest: int) -> Found:
    query = words.words_query(typed, shortest)
    return await product_list.find(page, wanted, picked, words=query) if query else Found(0, 1, [])


async def _root(page: ShopPage) -> CategoryDocument:
    """The category under which all others of the view lie."""
    return (await categories.documents.read(page.ctx, [root_category_id(page.ctx)]))[0]


def _render(page: ShopPage, text: str, shown: product_list.ProductList | None, meant: list[str]) -> Response:
    suggestion = " ".join(meant)
    return page.render(
        "search.html",
        query=text,
        list=shown,
        meant=suggestion,
        meant_url=page.url(PATH, query={QUERY: suggestion}) if meant else "",
    )


def _sent(page: ShopPage, target: str) -> Response:
    """Where the merchant sends this search: a page of the shop, or wherever the address leads."""
    if target.startswith(("https://", "http://")):
        return RedirectResponse(target, 302)
    return RedirectResponse(own_path(page.request, target) or page.url(target), 302)
