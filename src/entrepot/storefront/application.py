"""All pages of the storefront put together."""

from __future__ import annotations

from entrepot.kit.context import Services
from entrepot.kit.pages import PageApp, PageTable, pages_of
from entrepot.storefront import (
    address_book,
    address_form,
    cart,
    cart_add,
    cart_estimate,
    category,
    checkout,
    checkout_payment,
    checkout_review,
    checkout_shipping,
    confirmation,
    dashboard,
    edit_account,
    forgotten_password,
    gift_card,
    home,
    magento_version,
    mini_cart,
    newsletter,
    order_again,
    order_pages,
    order_print,
    order_tracking,
    orders_downloads,
    orders_guest,
    orders_history,
    product,
    product_downloads,
    registration,
    search,
    sign_in,
    success,
    switch_store,
)
from entrepot.storefront.face import Storefront
from entrepot.storefront.shop_page import ShopPage

PAGE_MODULES = (
    home,
    magento_version,
    category,
    product,
    product_downloads,
    search,
    switch_store,
    sign_in,
    registration,
    forgotten_password,
    confirmation,
    dashboard,
    address_book,
    address_form,
    edit_account,
    newsletter,
    cart_add,
    cart,
    cart_estimate,
    mini_cart,
    gift_card,
    checkout,
    checkout_shipping,
    checkout_payment,
    checkout_review,
    success,
    orders_history,
    order_pages,
    order_print,
    order_again,
    orders_guest,
    order_tracking,
    orders_downloads,
)


def storefront_app(services: Services) -> PageApp[ShopPage]:
    """An ASGI application for all paths that are not the API's, the Admin's or a file's."""
    return PageApp(services, Storefront(PageTable(pages_of(PAGE_MODULES))))
