"""Order of totals, reorders, minimum amounts, printed documents, gift options, minimum advertised price."""

from entrepot.stores.configuration.checks import NOT_NEGATIVE, number
from entrepot.stores.configuration.declare import DW, DWS, D, group, section, select, special, text, textarea, yes_no
from entrepot.stores.configuration.options import choices

SHOW_PRICE = choices({"1": "On Gesture", "2": "In Cart", "3": "Before Order Confirmation"})

WHY_NO_PRICE = (
    'Our price is lower than the manufacturer\'s "minimum advertised price." As a result, we cannot show you the '
    "price in catalog or the product page. <br /><br /> You have no obligation to purchase the product once you "
    "know the price. You can simply remove the item from your cart."
)

SECTION = section(
    "sales",
    "Sales",
    group(
        "general",
        "General",
        yes_no("hide_customer_ip", "Hide Customer IP", DWS),
    ),
    group(
        "totals_sort",
        "Checkout Totals Sort Order",
        text("subtotal", "Subtotal", DW, "10", check=number(required=True)),
        text("discount", "Discount", DW, "20", check=number(required=True)),
        text("shipping", "Shipping", DW, "30", check=number(required=True)),
        text("tax", "Tax", DW, "40", check=number(required=True)),
        text("weee", "Fixed Product Tax", DW, "35", check=number(required=True)),
        text("grand_total", "Grand Total", DW, "100", check=number(required=True)),
    ),
    group(
        "reorder",
        "Reorder",
        yes_no("allow", "Allow Reorder", DWS, "1"),
    ),
    group(
        "zerograndtotal_creditmemo",
        "Allow Zero GrandTotal",
        yes_no("allow_zero_grandtotal", "Allow Zero GrandTotal for Creditmemo", DWS, "1"),
    ),
    group(
        "identity",
        "Invoice and Packing Slip Design",
        special("image", "logo", "Logo for PDF Print-outs (200x50)", DWS),
        special("image", "logo_html", "Logo for HTML Print View", DWS),
        textarea("address", "Address", DWS),
    ),
    group(
        "minimum_order",
        "Minimum Order Amount",
        yes_no("active", "Enable", DW),
        text("amount", "Minimum Amount", DW, check=NOT_NEGATIVE),
        yes_no("include_discount_amount", "Include Discount Amount", DW, "1"),
        yes_no("tax_including", "Include Tax to Amount", DW, "1"),
        textarea("description", "Description Message", DWS),
        textarea("error_message", "Error to Show in Shopping Cart", DWS),
        yes_no("multi_address", "Validate Each Address Separately in Multi-address Checkout", DW),
        textarea("multi_address_description", "Multi-address Description Message", DWS),
        textarea("multi_address_error_message", "Multi-address Error to Show in Shopping Cart", DWS),
    ),
    group(
        "dashboard",
        "Dashboard",
        yes_no("use_aggregated_data", "Use Aggregated Data", D),
    ),
    group(
        "orders",
        "Orders Cron Settings",
        text("delete_pending_after", "Pending Payment Order Lifetime (minutes)", DW, "480"),
    ),
    group(
        "gift_options",
        "Gift Options",
        yes_no("allow_order", "Allow Gift Messages on Order Level", DW),
        yes_no("allow_items", "Allow Gift Messages for Order Items", DW),
    ),
    group(
        "msrp",
        "Minimum Advertised Price",
        yes_no("enabled", "Enable MAP", DW, "0"),
        select("display_price_type", "Display Actual Price", DW, SHOW_PRICE, "1"),
        textarea("explanation_message", "Default Popup Text Message", DW, WHY_NO_PRICE),
        textarea("explanation_message_whats_this", 'Default "What\'s This" Text Message', DW, WHY_NO_PRICE),
    ),
    tab="sales",
    resource="Magento_Sales::config_sales",
    sort_order=300,
)
