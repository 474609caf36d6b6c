"""Where parcels come from, and the shipping policy."""

from entrepot.stores.configuration.declare import DW, DWS, group, section, select, text, textarea, yes_no
from entrepot.stores.configuration.model import OptionSource

SECTION = section(
    "shipping",
    "Shipping Settings",
    group(
        "origin",
        "Origin",
        select("country_id", "Country", DW, OptionSource.COUNTRIES, "US"),
        text("region_id", "Region/State", DW, "12"),
        text("postcode", "ZIP/Postal Code", DW, "90034"),
        text("city", "City", DW),
        text("street_line1", "Street Address", DW),
        text("street_line2", "Street Address Line 2", DW),
    ),
    group(
        "shipping_policy",
        "Shipping Policy Parameters",
        yes_no("enable_shipping_policy", "Apply custom Shipping Policy", DW),
        textarea("shipping_policy_content", "Shipping Policy", DWS, depends={"enable_shipping_policy": "1"}),
    ),
    tab="sales",
    resource="Magento_Shipping::config_shipping",
    sort_order=310,
)
