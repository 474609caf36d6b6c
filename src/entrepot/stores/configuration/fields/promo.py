"""How coupon codes are generated."""

from entrepot.stores.configuration.declare import D, group, section, select, text
from entrepot.stores.configuration.options import choices

CODE_FORMATS = choices({"alphanum": "Alphanumeric", "alpha": "Alphabetical", "num": "Numeric"})

SECTION = section(
    "promo",
    "Promotions",
    group(
        "auto_generated_coupon_codes",
        "Auto Generated Specific Coupon Codes",
        text("length", "Code Length", D, "12"),
        select("format", "Code Format", D, CODE_FORMATS, "1"),
        text("prefix", "Code Prefix", D),
        text("suffix", "Code Suffix", D),
        text("dash", "Dash Every X Characters", D),
    ),
    tab="customer",
    resource="Magento_SalesRule::config_promo",
    sort_order=400,
)
