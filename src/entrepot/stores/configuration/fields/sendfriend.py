"""Product recommendations by mail, and how many a visitor may send."""

from entrepot.stores.configuration.declare import DWS, email_template, group, section, select, text, yes_no
from entrepot.stores.configuration.options import choices

LIMIT_BY = choices({"1": "IP Address", "0": "Cookie (unsafe)"})

SECTION = section(
    "sendfriend",
    "Email to a Friend",
    group(
        "email",
        "Email Templates",
        yes_no("enabled", "Enabled", DWS, "0"),
        email_template("template", "Select Email Template", DWS, "sendfriend_email_template"),
        yes_no("allow_guest", "Allow for Guests", DWS, "0"),
        text("max_recipients", "Max Recipients", DWS, "5"),
        text("max_per_hour", "Max Products Sent in 1 Hour", DWS, "5"),
        select("check_by", "Limit Sending By", DWS, LIMIT_BY, "0"),
    ),
    tab="catalog",
    resource="Magento_Config::sendfriend",
    sort_order=120,
)
