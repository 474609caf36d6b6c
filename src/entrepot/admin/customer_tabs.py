"""Tabs that other parts of the program add to the page of a customer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from msgspec import Struct
from starlette.responses import Response

from entrepot.admin.page import AdminPage
from entrepot.customers import Customer


class CustomerTab(Struct, frozen=True):
    """Shown at `customer/index/edit/id/<id>/tab/<key>` by a function that takes `customers.frame_of` for its frame."""

    key: str
    label: str
    resource: str
    show: Callable[[AdminPage, Customer], Awaitable[Response]]


_tabs: dict[str, CustomerTab] = {}


def register_tab(tab: CustomerTab) -> None:
    """A second one of the same key takes the place of the first."""
    _tabs[tab.key] = tab


def tabs_of(page: AdminPage) -> list[CustomerTab]:
    """Those that the administrator may see, in the order of their registration."""
    return [tab for tab in _tabs.values() if page.may(tab.resource)]
