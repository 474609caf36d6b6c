"""The page of a product (spec 30-catalog, 9; 80-admin-storefront, 11)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct, structs
from starlette.responses import Response

from entrepot.catalog import Document, breadcrumbs, browsing, facts_for, find_shown_category, price_of
from entrepot.catalog.attributes import ATTRIBUTES, Attribute, shown_value
from entrepot.catalog.prices.shop_time import shop_now
from entrepot.catalog.products.types import has_own_price
from entrepot.kit.pages import formats, page, unsent
from entrepot.quotes.buying import Request
from entrepot.storefront import buy_request, merchant_html, pictures, product_downloads, product_options, shown_prices
from entrepot.storefront.addresses import address, canonical
from entrepot.storefront.breadcrumbs import Crumb
from entrepot.storefront.product_cards import ADD_TO_CART, card_views
from entrepot.storefront.shop_page import ShopPage
from entrepot.storefront.shown_prices import ShownPrice, TierLine

CANONICAL = "catalog/seo/product_canonical_tag"
STOCK_STATUS = "cataloginventory/options/display_product_stock_status"
RELATED, UP_SELL = 1, 4
"""Kinds of links whose products the page shows."""
KEPT = "buy"
"""The name under which a refused form is kept."""
MOST_LINKED = 8
LONGEST_DETAIL = 1000
ONE = Decimal(1)


class Detail(Struct, frozen=True):
    label: str
    value: str


class Buying(Struct, frozen=True):
    """What the form that buys the product begins with."""

    action: str
    """Where it is sent; empty where nothing can be bought."""
    request: Request | None = None
    """What was typed or chosen before; None for a fresh form."""
    is_in_cart: bool = False
    """Whether the form changes a line of the cart."""
    typed_qty: str = ""
    """The quantity as it was typed, which may be none."""


@page("catalog/product/view")
async def view(page: ShopPage) -> Response:
    """`/catalog/product/view/id/<id>`; the addresses of a product lead here too."""
    return await show(page, page.number("id") or 0)


def keep(page: ShopPage) -> None:
    """Have the product's page show again what was typed into its form, which was refused."""
    page.keep_form(KEPT, *(name for name in page.form if name not in unsent.OF_ONE_SENDING))


async def show(page: ShopPage, product_id: int, buying: Buying | None = None) -> Response:
    """The page of a product; without `buying` its form puts it into the cart."""
    product = await browsing.find_shown_product(page.ctx, product_id)
    if product is None:
        return page.render("not_found.html", status=404)
    values, attributes = product.attributes, page.ctx.shared(ATTRIBUTES)
    name = values.get("name", product.sku)
    group = shown_prices.customer_group(page)
    stock = (await browsing.availability().states(page.ctx, [product.sku], group))[product.sku.lower()]
    price, tiers = await _prices(page, product, group)
    path = (await browsing.request_paths(page.ctx, [product.product_id]))[product.product_id]
    buying = _typed(page, product, buying or Buying(page.url(ADD_TO_CART, product=product.product_id)))
    downloads = await product_downloads.shown(page, product, buying.request.links if buying.request else ())
    if downloads is not None and not downloads.links:
        stock = structs.replace(stock, is_salable=False)
    linked = await browsing.product_links_of(page.ctx, product.product_id, [RELATED, UP_SELL])
    ids = [*linked[RELATED][:MOST_LINKED], *linked[UP_SELL][:MOST_LINKED]]
    cards = dict(zip(dict.fromkeys(ids), await card_views(page, list(dict.fromkeys(ids))), strict=True))
    return page.render(
        "product.html",
        product=product,
        name=name,
        meta_title=values.get("meta_title") or name,
        meta_description=values.get("meta_description") or merchant_html.plain(values.get("short_description"), 160),
        meta_keywords=values.get("meta_keyword") or "",
        canonical=canonical(page, path) if page.ctx.flag(CANONICAL) else "",
        crumbs=await _crumbs(page, product),
        gallery=await _gallery(page, product, name),
        initial=pictures.initial(name),
        price=price,
        tiers=tiers,
        currency=shown_prices.currency_of(page.ctx),
        stock=stock,
        shows_stock=page.ctx.flag(STOCK_STATUS),
        summary=_text(attributes.product("short_description"), values),
        description=_text(attributes.product("description"), values),
        details=[
            Detail(one.label(page.ctx.store.id), _told(page, one, values))
            for one in browsing.details_of(page.ctx, product)
        ],
        options=product_options.fields(
            page.ctx,
            browsing.options_of(page.ctx, product),
            price.final if price else None,
            buying.request.options if buying.request else None,
        ),
        downloads=downloads,
        buying=buying,
        first_qty=buying.request.qty if buying.request else max(stock.min_qty or ONE, stock.increment or ONE),
        related=[cards[id] for id in linked[RELATED][:MOST_LINKED]],
        up_sell=[cards[id] for id in linked[UP_SELL][:MOST_LINKED]],
    )


def _typed(page: ShopPage, product: Document, buying: Buying) -> Buying:
    """With what was typed into the form, when it was refused a moment ago."""
    typed = page.take_form(KEPT)
    if typed is None or typed.get("product") != str(product.product_id):
        return buying
    request = buy_request.read(typed, buy_request.quantity(typed.get("qty")) or ONE)
    return Buying(buying.action, request, buying.is_in_cart, typed.get("qty"))


async def _prices(page: ShopPage, product: Document, group: int) -> tuple[ShownPrice | None, list[TierLine]]:
    """Nothing for a product whose price is what its parts cost."""
    if not has_own_price(product.type_id, product.attributes):
        return None, []
    facts = (await facts_for(page.ctx, [product.product_id], page.view.website_id, group))[product.product_id]
    price = price_of(facts, ONE, shop_now(page.ctx))
    return shown_prices.shown_price(page.ctx, price), list(shown_prices.tier_lines(page.ctx, facts, price))


async def _crumbs(page: ShopPage, product: Document) -> list[Crumb]:
    """The category that the address names, if the product is in it or below it."""
    category_id = page.number("category")
    category = await find_shown_category(page.ctx, category_id) if category_id else None
    if category is None:
        return []
    return [Crumb(one.name, address(page, one.request_path)) for one in await breadcrumbs(page.ctx, category)]


async def _gallery(page: ShopPage, product: Document, name: str) -> list[pictures.Picture]:
    entries = await browsing.gallery_of(page.ctx, product)
    found = (pictures.large(page.ctx, entry.file, entry.label or name) for entry in entries)
    return [picture for picture in found if picture is not None]


def _text(attribute: Attribute | None, values: dict[str, str]) -> str:
    return merchant_html.shown(attribute, values.get(attribute.attribute_code)) if attribute else ""


def _told(page: ShopPage, attribute: Attribute, values: dict[str, str]) -> str:
    """A value in the words of the shop."""
    value = shown_value(page.ctx, attribute, values[attribute.attribute_code])
    if attribute.frontend_input == "price":
        amount = shown_prices.amount(page.ctx, Decimal(value))
        return formats.money(amount, shown_prices.currency_of(page.ctx), page.locale)
    if attribute.backend_type == "decimal":
        return formats.number(Decimal(value), page.locale)
    if attribute.backend_type == "datetime":
        return formats.day(date.fromisoformat(value[:10]), page.zone, page.locale)
    return merchant_html.plain(value, LONGEST_DETAIL) if attribute.is_html_allowed_on_front else value
