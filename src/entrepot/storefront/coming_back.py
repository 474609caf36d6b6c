"""Coming back after signing in: `customer/account/login/referer/<address>/`, and never to another host."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from entrepot.kit.pages import PageTable

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

SIGN_IN = "customer/account/login"
REFERER = "referer"

WITHOUT_RETURN = frozenset(
    PageTable.route(path)
    for path in (
        "customer/account/login",
        "customer/account/loginPost",
        "customer/account/create",
        "customer/account/createpost",
        "customer/account/forgotpassword",
        "customer/account/forgotpasswordpost",
        "customer/account/createpassword",
        "customer/account/resetpasswordpost",
        "customer/account/confirm",
        "customer/account/confirmation",
        "customer/account/logout",
        "customer/account/logoutSuccess",
    )
)
"""Pages of which nobody wants to see more after signing in."""


def encode(address: str) -> str:
    return base64.urlsafe_b64encode(address.encode()).decode().rstrip("=")


def decode(text: str) -> str | None:
    """None for what nobody can have encoded. Magento writes `~` and `,` where others have `=`."""
    plain = text.replace("~", "=").replace(",", "=").rstrip("=")
    try:
        return base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4)).decode()
    except (binascii.Error, ValueError):
        return None


def sign_in_path(page: ShopPage) -> str:
    """The sign-in page that leads back to this one, or to the account from a page that was only on the way."""
    if page.request.method not in ("GET", "HEAD") or PageTable.route(page.path) in WITHOUT_RETURN or not page.path:
        return SIGN_IN
    return f"{SIGN_IN}/{REFERER}/{encode(page.current_address)}"


def carried(page: ShopPage) -> dict[str, Any]:
    """The pair that takes the address along from a form to its target."""
    referer = page.parameter(REFERER)
    return {REFERER: referer} if referer else {}


def address_to_return_to(page: ShopPage) -> str | None:
    return decode(page.parameter(REFERER))
