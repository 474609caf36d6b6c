"""The address of a list of products, which says all that was chosen: it can be kept, shared and gone back to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

MODE, LIMIT, ORDER, DIRECTION = (
    "product_list_mode",
    "product_list_limit",
    "product_list_order",
    "product_list_dir",
)
PAGE = "p"
CATEGORY = "cat"
PRICE = "price"
TOOLBAR = (MODE, LIMIT, ORDER, DIRECTION)


class ListAddress:
    """The path of the page with what is chosen on it. Only what has a meaning is kept."""

    def __init__(self, page: ShopPage, chosen: Mapping[str, str]) -> None:
        self._path = page.request.url.path
        self._chosen = dict(chosen)

    def with_(self, **changes: str | None) -> str:
        """The same list with something chosen otherwise, or (None) no longer; it begins at its first page."""
        merged = {**self._chosen, PAGE: None, **changes}
        return self._written({name: value for name, value in merged.items() if value is not None})

    def on_page(self, number: int) -> str:
        return self.with_(**{PAGE: str(number) if number > 1 else None})

    def without(self, names: Sequence[str]) -> str:
        return self.with_(**dict.fromkeys(names, None))

    def _written(self, parameters: Mapping[str, str]) -> str:
        return f"{self._path}?{urlencode(parameters)}" if parameters else self._path
