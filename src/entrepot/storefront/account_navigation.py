"""The navigation of a customer's account (spec 20-customers, 16.2). An entry shows as soon as it has a page."""

from __future__ import annotations

from msgspec import Struct

from entrepot.kit.pages import PageTable


class Entry(Struct, frozen=True):
    label: str
    path: str


GROUPS: tuple[tuple[Entry, ...], ...] = (
    (
        Entry("My Account", "customer/account"),
        Entry("My Orders", "sales/order/history"),
        Entry("My Downloadable Products", "downloadable/customer/products"),
        Entry("My Wish List", "wishlist"),
    ),
    (
        Entry("Address Book", "customer/address"),
        Entry("Account Information", "customer/account/edit"),
        Entry("Stored Payment Methods", "vault/cards/listaction"),
    ),
    (
        Entry("My Product Reviews", "review/customer"),
        Entry("Newsletter Subscriptions", "newsletter/manage"),
    ),
)
"""In order, with a line between groups."""

MENU = (
    Entry("My Account", "customer/account"),
    Entry("My Orders", "sales/order/history"),
    Entry("My Wish List", "wishlist"),
    Entry("Address Book", "customer/address"),
    Entry("Sign Out", "customer/account/logout"),
)
"""Under the name of who is signed in."""


def groups(pages: PageTable) -> list[list[Entry]]:
    """Those that have a page, and no empty group."""
    built = [[entry for entry in group if pages.has(entry.path)] for group in GROUPS]
    return [group for group in built if group]


def menu(pages: PageTable) -> list[Entry]:
    return [entry for entry in MENU if pages.has(entry.path)]
