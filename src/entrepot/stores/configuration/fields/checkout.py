"""Checkout, the cart, and mails about failed payments."""

from entrepot.stores.configuration.declare import DW, DWS, email_template, group, section, select, sender, text, yes_no
from entrepot.stores.configuration.options import COPY_METHODS, choices

BILLING_ADDRESS_ON = choices({"0": "Payment Method", "1": "Payment Page"})
CART_IMAGES = choices({"itself": "Product Thumbnail Itself", "parent": "Parent Product Thumbnail"})
LINK_COUNTS = choices({"0": "Display number of items in cart", "1": "Display item quantities"})

SECTION = section(
    "checkout",
    "Checkout",
    group(
        "options",
        "Checkout Options",
        yes_no("onepage_checkout_enabled", "Enable Onepage Checkout", DWS, "1"),
        yes_no("guest_checkout", "Allow Guest Checkout", DWS, "1"),
        select("display_billing_address_on", "Display Billing Address On", DWS, BILLING_ADDRESS_ON),
        yes_no("enable_agreements", "Enable Terms and Conditions", DWS),
        text("max_items_display_count", "Maximum Number of Items to Display in Order Summary", DWS, "10"),
    ),
    group(
        "cart",
        "Shopping Cart",
        text("delete_quote_after", "Quote Lifetime (days)", DW, "30"),
        yes_no("redirect_to_cart", "After Adding a Product Redirect to Shopping Cart", DWS, "0"),
        text("number_items_to_display_pager", "Number of Items to Display Pager", DWS, "20"),
        yes_no("crosssell_enabled", "Show Cross-sell Items in the Shopping Cart", DWS, "1"),
        select("grouped_product_image", "Grouped Product Image", DWS, CART_IMAGES, "itself"),
        select("configurable_product_image", "Configurable Product Image", DWS, CART_IMAGES, "parent"),
    ),
    group(
        "cart_link",
        "My Cart Link",
        select("use_qty", "Display Cart Summary", DW, LINK_COUNTS, "1"),
    ),
    group(
        "sidebar",
        "Shopping Cart Sidebar",
        yes_no("display", "Display Shopping Cart Sidebar", DWS, "1"),
        text("count", "Number of Items to Display Scrollbar", DWS, "5"),
        text("max_items_display_count", "Maximum Number of Items to Display", DWS, "10"),
    ),
    group(
        "payment_failed",
        "Payment Failed Emails",
        sender("identity", "Payment Failed Email Sender", DWS, "general"),
        sender("receiver", "Payment Failed Email Receiver", DWS, "general"),
        email_template("template", "Payment Failed Template", DWS, "checkout_payment_failed_template"),
        text("copy_to", "Send Payment Failed Email Copy To", DWS),
        select("copy_method", "Send Payment Failed Email Copy Method", DWS, COPY_METHODS),
    ),
    tab="sales",
    resource="Magento_Checkout::checkout",
    sort_order=305,
)
