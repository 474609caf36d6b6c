"""What is counted for reports, and where their periods begin."""

from entrepot.stores.configuration.declare import D, group, section, select, special, yes_no
from entrepot.stores.configuration.options import choices

DAYS_OF_MONTH = choices({str(day): str(day) for day in range(1, 32)})

SECTION = section(
    "reports",
    "Reports",
    group(
        "dashboard",
        "Dashboard",
        special("month_day", "ytd_start", "Year-To-Date Starts", D, "1,1"),
        select("mtd_start", "Current Month Starts", D, DAYS_OF_MONTH, "1"),
    ),
    group(
        "options",
        "General Options",
        yes_no("enabled", "Enable Reports", D, "1"),
        yes_no("product_view_enabled", 'Enable "Product View" Report', D, "1", depends={"enabled": "1"}),
        yes_no("product_send_enabled", 'Enable "Send Product Link To Friend" Report', D, "1", depends={"enabled": "1"}),
        yes_no(
            "product_compare_enabled", 'Enable "Add Product To Compare List" Report', D, "1", depends={"enabled": "1"}
        ),
        yes_no("product_to_cart_enabled", 'Enable "Product Added To Cart" Report', D, "1", depends={"enabled": "1"}),
        yes_no(
            "product_to_wishlist_enabled", 'Enable "Product Added To WishList" Report', D, "1", depends={"enabled": "1"}
        ),
        yes_no("wishlist_share_enabled", 'Enable "Share WishList" Report', D, "1", depends={"enabled": "1"}),
    ),
    tab="general",
    resource="Magento_Reports::reports",
    sort_order=1000,
)
