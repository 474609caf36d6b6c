"""Wish lists and how they are shared."""

from entrepot.stores.configuration.checks import digits
from entrepot.stores.configuration.declare import DW, DWS, email_template, group, section, select, sender, text, yes_no
from entrepot.stores.configuration.options import choices

LINK_COUNTS = choices({"0": "Display number of items in wish list", "1": "Display item quantities"})

SECTION = section(
    "wishlist",
    "Wish List",
    group(
        "general",
        "General Options",
        yes_no("active", "Enabled", DWS, "1"),
        yes_no("show_in_sidebar", "Show in Sidebar", DWS, "1"),
    ),
    group(
        "email",
        "Share Options",
        sender("email_identity", "Email Sender", DWS, "general"),
        email_template("email_template", "Email Template", DWS, "wishlist_email_email_template"),
        text("number_limit", "Max Emails Allowed to be Sent", DWS, "10", check=digits(1, 10000)),
        text("text_limit", "Email Text Length Limit", DWS, "255", check=digits(1, 10000)),
    ),
    group(
        "wishlist_link",
        "My Wish List Link",
        select("use_qty", "Display Wish List Summary", DW, LINK_COUNTS),
    ),
    tab="customer",
    resource="Magento_Wishlist::config_wishlist",
    sort_order=140,
)
