"""Where a call takes place: its store view, and the configuration that holds there.

The kit only knows these shapes. The `stores` domain fills them: it gives the two shared states below their loader.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from entrepot.kit.shared import Shared

ADMIN_STORE_ID = 0


class StoreView(Struct, frozen=True):
    """A store view with the codes of what it belongs to. Id 0 is the admin store, the scope of `/rest/all`."""

    id: int
    code: str
    name: str
    website_id: int
    website_code: str
    group_id: int
    is_active: bool = True
    sort_order: int = 0

    @property
    def is_admin(self) -> bool:
        return self.id == ADMIN_STORE_ID


class StoreDirectory(Protocol):
    """All store views of the installation."""

    @property
    def admin(self) -> StoreView:
        """The admin store (id 0)."""

    @property
    def default(self) -> StoreView:
        """The default view of the default group of the default website."""

    @property
    def views(self) -> Sequence[StoreView]:
        """All views, the admin store included, by id."""

    def by_code(self, code: str) -> StoreView | None: ...

    def by_id(self, store_id: int) -> StoreView | None: ...

    def default_of_website(self, website_id: int) -> StoreView | None: ...


class Configuration(Protocol):
    """The configuration values, each as text or None when there is none."""

    def in_store(self, path: str, store_id: int) -> str | None: ...

    def in_website(self, path: str, website_id: int) -> str | None: ...

    def in_default(self, path: str) -> str | None: ...


STORES: Shared[StoreDirectory] = Shared("stores")
CONFIGURATION: Shared[Configuration] = Shared("configuration")


def is_flag_set(value: str | None) -> bool:
    """How Magento reads a yes/no value: absent, empty, `0` and `false` are no (spec 10-platform, 2)."""
    return bool(value) and value not in ("0", "false")
