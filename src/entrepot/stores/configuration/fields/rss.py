"""Which feeds the storefront offers."""

from entrepot.stores.configuration.declare import DWS, group, section, select
from entrepot.stores.configuration.options import ENABLE_DISABLE

SECTION = section(
    "rss",
    "RSS Feeds",
    group(
        "config",
        "Rss Config",
        select("active", "Enable RSS", DWS, ENABLE_DISABLE),
    ),
    group(
        "wishlist",
        "Wish List",
        select("active", "Enable RSS", DWS, ENABLE_DISABLE),
    ),
    group(
        "catalog",
        "Catalog",
        select("new", "New Products", DWS, ENABLE_DISABLE),
        select("special", "Special Products", DWS, ENABLE_DISABLE),
        select("discounts", "Coupons/Discounts", DWS, ENABLE_DISABLE),
        select("category", "Top Level Category", DWS, ENABLE_DISABLE),
    ),
    group(
        "order",
        "Order",
        select("status", "Customer Order Status Notification", DWS, ENABLE_DISABLE),
    ),
    tab="catalog",
    resource="Magento_Rss::rss",
    sort_order=80,
)
