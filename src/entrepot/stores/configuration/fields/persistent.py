"""The long-lived cart of a visitor who comes back."""

from entrepot.stores.configuration.checks import digits
from entrepot.stores.configuration.declare import DW, group, section, text, yes_no

SECTION = section(
    "persistent",
    "Persistent Shopping Cart",
    group(
        "options",
        "General Options",
        yes_no("enabled", "Enable Persistence", DW, "0"),
        text(
            "lifetime",
            "Persistence Lifetime (seconds)",
            DW,
            "31536000",
            check=digits(0, 3153600000),
            depends={"enabled": "1"},
        ),
        yes_no("remember_enabled", 'Enable "Remember Me"', DW, "1", depends={"enabled": "1"}),
        yes_no("remember_default", '"Remember Me" Default Value', DW, "1", depends={"enabled": "1"}),
        yes_no("logout_clear", "Clear Persistence on Sign Out", DW, "1", depends={"enabled": "1"}),
        yes_no("shopping_cart", "Persist Shopping Cart", DW, "1", depends={"enabled": "1"}),
    ),
    tab="customer",
    resource="Magento_Persistent::persistent",
    sort_order=500,
)
