"""The five senders that mails can bear."""

from entrepot.stores.configuration.checks import EMAIL, SENDER_NAME
from entrepot.stores.configuration.declare import DWS, group, section, text

SECTION = section(
    "trans_email",
    "Store Email Addresses",
    group(
        "ident_general",
        "General Contact",
        text("name", "Sender Name", DWS, "Owner", check=SENDER_NAME),
        text("email", "Sender Email", DWS, "owner@example.com", check=EMAIL),
    ),
    group(
        "ident_sales",
        "Sales Representative",
        text("name", "Sender Name", DWS, "Sales", check=SENDER_NAME),
        text("email", "Sender Email", DWS, "sales@example.com", check=EMAIL),
    ),
    group(
        "ident_support",
        "Customer Support",
        text("name", "Sender Name", DWS, "CustomerSupport", check=SENDER_NAME),
        text("email", "Sender Email", DWS, "support@example.com", check=EMAIL),
    ),
    group(
        "ident_custom1",
        "Custom Email 1",
        text("name", "Sender Name", DWS, "Custom 1", check=SENDER_NAME),
        text("email", "Sender Email", DWS, "custom1@example.com", check=EMAIL),
    ),
    group(
        "ident_custom2",
        "Custom Email 2",
        text("name", "Sender Name", DWS, "Custom 2", check=SENDER_NAME),
        text("email", "Sender Email", DWS, "custom2@example.com", check=EMAIL),
    ),
    tab="general",
    resource="Magento_Config::trans_email",
    sort_order=90,
)
