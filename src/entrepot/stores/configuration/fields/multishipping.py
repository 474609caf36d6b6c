"""One checkout to several addresses."""

from entrepot.stores.configuration.checks import number
from entrepot.stores.configuration.declare import DW, group, section, text, yes_no

SECTION = section(
    "multishipping",
    "Multishipping Settings",
    group(
        "options",
        "Options",
        yes_no("checkout_multiple", "Allow Shipping to Multiple Addresses", DW, "1"),
        text(
            "checkout_multiple_maximum_qty",
            "Maximum Qty Allowed for Shipping to Multiple Addresses",
            DW,
            "100",
            check=number(),
        ),
    ),
    tab="sales",
    resource="Magento_Multishipping::config_multishipping",
    sort_order=311,
)
