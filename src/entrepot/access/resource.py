"""One thing that can be allowed to a role or an integration."""

from __future__ import annotations

from msgspec import Struct


class Resource(Struct, frozen=True):
    """Named as Magento names it. Siblings stand in sort order; equal ones keep the order they are declared in."""

    id: str
    title: str
    sort_order: int
    children: tuple[Resource, ...] = ()
