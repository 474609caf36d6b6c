"""What clients see of websites, groups, views and configuration values, and what happens to these.

Magento's own types answer its four routes. The types that are ours take and give more: sort orders and defaults.
"""

from __future__ import annotations

from msgspec import Struct

from entrepot.kit.rest.contract import Always, Contract, contract


@contract("Magento.Store.Api.Data.WebsiteExtensionInterface")
class WebsiteExtension(Contract):
    """Magento declares none."""


@contract("Magento.Store.Api.Data.WebsiteInterface")
class Website(Contract):
    id: Always[int] = None
    code: Always[str] = None
    name: Always[str] = None
    default_group_id: Always[int] = None
    """0 while the website has no group."""
    extension_attributes: WebsiteExtension | None = None


@contract("Magento.Store.Api.Data.GroupExtensionInterface")
class GroupExtension(Contract):
    """Magento declares none."""


@contract("Magento.Store.Api.Data.GroupInterface")
class Group(Contract):
    """A store group; the Admin calls it a store."""

    id: Always[int] = None
    website_id: Always[int] = None
    root_category_id: Always[int] = None
    default_store_id: Always[int] = None
    """0 while the group has no view."""
    name: Always[str] = None
    code: Always[str] = None
    extension_attributes: GroupExtension | None = None


@contract("Magento.Store.Api.Data.StoreExtensionInterface")
class StoreExtension(Contract):
    """Magento declares none."""


@contract("Magento.Store.Api.Data.StoreInterface")
class Store(Contract):
    """A store view."""

    id: Always[int] = None
    code: Always[str] = None
    name: Always[str] = None
    website_id: Always[int] = None
    store_group_id: Always[int] = None
    is_active: Always[int] = None
    """0 or 1."""
    extension_attributes: StoreExtension | None = None


@contract("Magento.Store.Api.Data.StoreConfigExtensionInterface")
class StoreConfigExtension(Contract):
    """Magento declares none."""


@contract("Magento.Store.Api.Data.StoreConfigInterface")
class StoreConfig(Contract):
    """Where a view is served and in which language, currencies and units. Each address ends in a slash."""

    id: Always[int] = None
    code: Always[str] = None
    website_id: Always[int] = None
    locale: Always[str] = None
    base_currency_code: Always[str] = None
    default_display_currency_code: Always[str] = None
    timezone: Always[str] = None
    weight_unit: Always[str] = None
    """`lbs` or `kgs`."""
    base_url: Always[str] = None
    base_link_url: Always[str] = None
    base_static_url: Always[str] = None
    base_media_url: Always[str] = None
    secure_base_url: Always[str] = None
    secure_base_link_url: Always[str] = None
    secure_base_static_url: Always[str] = None
    secure_base_media_url: Always[str] = None
    extension_attributes: StoreConfigExtension | None = None


@contract("Entrepot.Store.Api.Data.WebsiteInterface")
class ManagedWebsite(Contract):
    """A website with all that can be set. What a change leaves out stays as it is."""

    id: int | None = None
    """Given by the server."""
    code: Always[str] = None
    """A letter, then letters, digits and underscores; unique without regard to case."""
    name: Always[str] = None
    sort_order: Always[int] = None
    default_group_id: Always[int] = None
    """One of its own groups."""
    is_default: Always[bool] = None
    """One website is: making another one the default ends it for the former."""


@contract("Entrepot.Store.Api.Data.GroupInterface")
class ManagedGroup(Contract):
    """A store group with all that can be set. What a change leaves out stays as it is."""

    id: int | None = None
    """Given by the server."""
    website_id: Always[int] = None
    """Another one than before moves the group there, with its views."""
    root_category_id: Always[int] = None
    """The category whose tree is the group's menu."""
    default_store_id: Always[int] = None
    """One of its own views."""
    name: Always[str] = None
    code: Always[str] = None
    """Unique without regard to case."""


@contract("Entrepot.Store.Api.Data.StoreInterface")
class ManagedStore(Contract):
    """A store view with all that can be set. What a change leaves out stays as it is."""

    id: int | None = None
    """Given by the server."""
    code: Always[str] = None
    """A letter, then letters, digits and underscores; unique without regard to case."""
    name: Always[str] = None
    website_id: Always[int] = None
    """The group's, whatever is sent."""
    store_group_id: Always[int] = None
    is_active: Always[int] = None
    """0 or 1."""
    sort_order: Always[int] = None


@contract("Entrepot.Store.Api.Data.ConfigInterface")
class ConfigValue(Contract):
    """A configuration value as it holds in a scope."""

    path: Always[str] = None
    """section/group/field."""
    value: Always[str] = None
    """`******` for one that is kept encrypted."""
    scope: Always[str] = None
    """`default`, `websites` or `stores`."""
    scope_code: Always[str] = None
    """The website's or the view's; null in the default scope."""
    inherited: Always[bool] = None
    """Whether it comes from a wider scope or is built in, rather than set in this very scope."""


class WebsiteCreated(Struct, frozen=True):
    website_id: int
    code: str


class WebsiteChanged(Struct, frozen=True):
    website_id: int
    code: str
    former_code: str


class WebsiteDeleted(Struct, frozen=True):
    """Published while the website and what belongs to it are still there."""

    website_id: int
    code: str


class StoreGroupCreated(Struct, frozen=True):
    group_id: int
    website_id: int
    root_category_id: int


class StoreGroupChanged(Struct, frozen=True):
    group_id: int
    website_id: int
    former_website_id: int
    root_category_id: int
    former_root_category_id: int


class StoreGroupDeleted(Struct, frozen=True):
    """Published while the group and its views are still there."""

    group_id: int
    website_id: int


class StoreViewCreated(Struct, frozen=True):
    store_id: int
    website_id: int
    group_id: int
    code: str


class StoreViewChanged(Struct, frozen=True):
    store_id: int
    website_id: int
    group_id: int
    code: str
    former_code: str


class StoreViewDeleted(Struct, frozen=True):
    """Published while the view is still there; also for the views that go with their group or website."""

    store_id: int
    website_id: int
    code: str


class ConfigurationChanged(Struct, frozen=True):
    """The value has been written but not committed: `ctx.config` gives the new one. A listener may refuse it."""

    path: str
    value: str | None
    """None also when the row was deleted, so that a wider scope holds again."""
    scope: str
    scope_id: int
