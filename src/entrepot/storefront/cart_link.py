"""The cart as every page shows it: how much is in it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from entrepot.quotes.counting import Counted
from entrepot.storefront import session_cart

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

BY_PIECES = "checkout/cart_link/use_qty"
PANEL = "checkout/sidebar/display"


class CartLink(Struct, frozen=True):
    count: Decimal
    """Pieces, or lines, as the shop counts."""
    has_panel: bool
    """Whether its lines open below it."""


async def link(page: ShopPage) -> CartLink:
    return of(page, await session_cart.counted(page))


def of(page: ShopPage, counted: Counted) -> CartLink:
    by_pieces = page.ctx.flag(BY_PIECES)
    return CartLink(counted.pieces if by_pieces else Decimal(counted.lines), page.ctx.flag(PANEL))
