"""The cookie by which a guest's cart is known again: `guest_cart_<website>`, signed, for 30 days.

It has the cart's masked id and the day on which it was given out. The session ends after an hour without a visit, and
with it all else that is known of a guest; what is in the cart, and the addresses that were typed for it, must not.
The cookie is given out anew on each further day with a visit, and goes when the cart is ordered or becomes a
customer's, and at signing out. One of a cart that is gone is as good as none, and is replaced with the next cart's:
taking it back could take back that of a cart that another tab has made meanwhile.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from entrepot.access import signed
from entrepot.kit.pages import Cookie

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

COOKIE = "guest_cart_"
LASTS = timedelta(days=30)
"""As long as persistent carts of other shops; a cart itself is never deleted while it can be ordered."""
VALUE = re.compile(r"([0-9A-Za-z]{32})-(\d{4}-\d\d-\d\d)")


def recognise(page: ShopPage) -> None:
    """Set `page.guest_cart` from the cookie; one that is forged, another website's or too old is none."""
    value = signed.read(page.ctx, _name(page), page.request.cookies.get(_name(page)))
    found = VALUE.fullmatch(value or "")
    if found is None:
        return
    given, today = date.fromisoformat(found[2]), page.ctx.now.date()
    if today - given > LASTS:
        return
    page.guest_cart = found[1]
    if given != today:
        remember(page, found[1])


def remember(page: ShopPage, mask: str) -> None:
    page.guest_cart = mask
    value = signed.signed(page.ctx, _name(page), f"{mask}-{page.ctx.now.date().isoformat()}")
    _set(page, Cookie(_name(page), value, int(LASTS.total_seconds())))


def forget(page: ShopPage) -> None:
    page.guest_cart = None
    _set(page, Cookie(_name(page), ""))


def forget_all(page: ShopPage) -> None:
    """On all websites: who signs out leaves nothing behind for who uses the browser next."""
    page.guest_cart = None
    for name in page.request.cookies:
        if name.startswith(COOKIE):
            _set(page, Cookie(name, ""))


def _name(page: ShopPage) -> str:
    return f"{COOKIE}{page.view.website_id}"


def _set(page: ShopPage, cookie: Cookie) -> None:
    """In the place of what the page would have set before."""
    page.cookies = [*(one for one in page.cookies if one.name != cookie.name), cookie]
