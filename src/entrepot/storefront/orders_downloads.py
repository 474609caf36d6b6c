"""My Downloadable Products, and the links that were bought (spec 31-product-types, 4)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from starlette.responses import RedirectResponse, Response

from entrepot import catalog
from entrepot.kit.pages import page
from entrepot.sales import purchased_links
from entrepot.sales.purchased_links import Access, PurchasedRow
from entrepot.storefront.access import Visitor
from entrepot.storefront.coming_back import sign_in_path
from entrepot.storefront.paging import Paging
from entrepot.storefront.sent_files import sent_file
from entrepot.storefront.shop_page import ShopPage

LIST = "downloadable/customer/products"
DOWNLOAD = "downloadable/download/link"
NEW_WINDOW = "catalog/downloadable/links_target_new_window"
NOT_FOUND = "We can't find the link you requested."
SIGN_IN = "Please sign in to download your product."
EXPIRED, NOT_AVAILABLE = "The link has expired.", "The link is not available."
FAILED = "Something went wrong while getting the requested content."


class DownloadView(Struct, frozen=True):
    number: str
    """Of the order."""
    order_url: str
    placed_at: datetime
    product: str
    title: str
    url: str
    """Empty while it cannot be loaded."""
    access: str
    status: str
    remaining: str


@page(LIST, access=Visitor.SIGNED_IN)
async def products(page: ShopPage) -> Response:
    paging = Paging.of(page, await purchased_links.count_of_customer(page.ctx, page.customer_id))
    links = await purchased_links.list_of_customer(page.ctx, page.customer_id, limit=paging.size, offset=paging.first)
    return page.render(
        "orders/downloads.html",
        links=[_view(page, link) for link in links],
        paging=paging,
        in_new_window=page.ctx.flag(NEW_WINDOW),
    )


def _view(page: ShopPage, link: PurchasedRow) -> DownloadView:
    access, left = purchased_links.access_to(page.ctx, link), purchased_links.left(link)
    return DownloadView(
        number=link.increment_id,
        order_url=page.url("sales/order/view", order_id=link.order_id),
        placed_at=link.created_at,
        product=link.product_name,
        title=link.link_title,
        url=page.url(DOWNLOAD, id=link.link_hash) if access is Access.AVAILABLE else "",
        access=access.name.lower(),
        status=page.text(access.value),
        remaining=page.text("Unlimited") if left is None else str(left),
    )


@page(DOWNLOAD)
async def download(page: ShopPage) -> Response:
    """`/downloadable/download/link/id/<hash>`: the file, or the address that was bought. Each time counts."""
    link = await purchased_links.find(page.ctx, page.parameter("id"))
    if link is None:
        page.notice(NOT_FOUND)
        return page.redirect(LIST)
    if not purchased_links.is_for_everybody(page.ctx, link):
        if page.signed_in is None:
            page.notice(SIGN_IN)
            return page.redirect(sign_in_path(page))
        if link.customer_id != page.customer_id:
            page.notice(NOT_FOUND)
            return page.redirect(LIST)
    return await _loaded(page, link)


async def _loaded(page: ShopPage, link: PurchasedRow) -> Response:
    access = purchased_links.access_to(page.ctx, link)
    if access is not Access.AVAILABLE:
        page.notice(EXPIRED if access is Access.EXPIRED else NOT_AVAILABLE)
        return page.redirect(LIST)
    answer = await _answer(page, link)
    if answer is None:
        page.error(FAILED)
        return page.redirect(LIST)
    # Only a look at what there is (HEAD) is for nothing.
    if page.request.method == "GET" and not await purchased_links.use(page.ctx, link):
        page.notice(EXPIRED)
        return page.redirect(LIST)
    return answer


async def _answer(page: ShopPage, link: PurchasedRow) -> Response | None:
    if link.link_type == purchased_links.URL:
        return RedirectResponse(link.link_url, 302) if link.link_url else None
    path = await catalog.file_of_link(page.ctx, link.link_file or "")
    return sent_file(page, path) if path else None
