"""Events and their deliveries to other programs. entrepot's own: Magento has neither."""

from entrepot.stores.configuration.checks import digits
from entrepot.stores.configuration.declare import D, group, section, text, yes_no

SECTION = section(
    "webhooks",
    "Webhooks",
    group(
        "events",
        "Events",
        yes_no("enabled", "Record Events", D, "1"),
        text("lifetime", "Keep Events (days)", D, "30", check=digits(1, 3650)),
    ),
    group(
        "delivery",
        "Deliveries",
        text("timeout", "Wait for an Answer (seconds)", D, "10", check=digits(1, 30)),
        yes_no("allow_private", "Allow Private Addresses", D, "0"),
    ),
    tab="service",
    resource="Entrepot_Webhooks::config_webhooks",
    sort_order=103,
)
