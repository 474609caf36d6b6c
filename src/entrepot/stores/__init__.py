"""Websites, store groups and store views, and the configuration that is read in their scopes.

Both are kept in memory: `ctx.stores`, `ctx.config(path)`. `levels(ctx)` also has the websites and the groups.
"""

from entrepot.stores import configure, manage_groups, manage_views, manage_websites, service, store_configs
from entrepot.stores.configure import delete_value, get_config, set_config, unset_config, write_value
from entrepot.stores.contracts import (
    ConfigurationChanged,
    ConfigValue,
    ManagedGroup,
    ManagedStore,
    ManagedWebsite,
    StoreGroupChanged,
    StoreGroupCreated,
    StoreGroupDeleted,
    StoreViewChanged,
    StoreViewCreated,
    StoreViewDeleted,
    WebsiteChanged,
    WebsiteCreated,
    WebsiteDeleted,
)
from entrepot.stores.encryption import decrypt, encrypt, secret
from entrepot.stores.levels import Levels, levels, load_levels
from entrepot.stores.manage_groups import create_group, delete_group, update_group
from entrepot.stores.manage_views import create_view, delete_view, update_view
from entrepot.stores.manage_websites import create_website, delete_website, update_website
from entrepot.stores.page_addresses import page_url, warn_of_unknown_address, website_of_host
from entrepot.stores.queries import StoreGroup, Website
from entrepot.stores.service import get_groups, get_modules, get_views, get_websites
from entrepot.stores.store_configs import base_url, get_store_configs, link_url, media_url, static_url
from entrepot.stores.values import Values

OPERATION_MODULES = (service, store_configs, manage_websites, manage_groups, manage_views, configure)
"""The modules whose operations the REST API serves."""

__all__ = [
    "OPERATION_MODULES",
    "ConfigValue",
    "ConfigurationChanged",
    "Levels",
    "ManagedGroup",
    "ManagedStore",
    "ManagedWebsite",
    "StoreGroup",
    "StoreGroupChanged",
    "StoreGroupCreated",
    "StoreGroupDeleted",
    "StoreViewChanged",
    "StoreViewCreated",
    "StoreViewDeleted",
    "Values",
    "Website",
    "WebsiteChanged",
    "WebsiteCreated",
    "WebsiteDeleted",
    "base_url",
    "create_group",
    "create_view",
    "create_website",
    "decrypt",
    "delete_group",
    "delete_value",
    "delete_view",
    "delete_website",
    "encrypt",
    "get_config",
    "get_groups",
    "get_modules",
    "get_store_configs",
    "get_views",
    "get_websites",
    "levels",
    "link_url",
    "load_levels",
    "media_url",
    "page_url",
    "secret",
    "set_config",
    "static_url",
    "unset_config",
    "update_group",
    "update_view",
    "update_website",
    "warn_of_unknown_address",
    "website_of_host",
    "write_value",
]
