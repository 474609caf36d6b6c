"""Tax classes, how tax is calculated, and how prices are shown."""

from entrepot.stores.configuration.declare import DW, DWS, D, group, section, select, text, yes_no
from entrepot.stores.configuration.model import OptionSource
from entrepot.stores.configuration.options import choices

ALGORITHMS = choices(
    {"UNIT_BASE_CALCULATION": "Unit Price", "ROW_BASE_CALCULATION": "Row Total", "TOTAL_BASE_CALCULATION": "Total"}
)
BASED_ON = choices({"shipping": "Shipping Address", "billing": "Billing Address", "origin": "Shipping Origin"})
EXCLUDING_INCLUDING = choices({"0": "Excluding Tax", "1": "Including Tax"})
BEFORE_AFTER_DISCOUNT = choices({"0": "Before Discount", "1": "After Discount"})
TAXED_PRICE = choices({"0": "Custom price if available", "1": "Original price only"})
PRICE_DISPLAY = choices({"1": "Excluding Tax", "2": "Including Tax", "3": "Including and Excluding Tax"})
FPT_DISPLAY = choices(
    {
        "0": "Including FPT only",
        "1": "Including FPT and FPT description",
        "2": "Excluding FPT. Including FPT description and final price",
        "3": "Excluding FPT",
    }
)

SECTION = section(
    "tax",
    "Tax",
    group(
        "classes",
        "Tax Classes",
        select("shipping_tax_class", "Tax Class for Shipping", DW, OptionSource.PRODUCT_TAX_CLASSES, "0"),
        select("default_product_tax_class", "Default Tax Class for Product", D, OptionSource.PRODUCT_TAX_CLASSES, "2"),
        select(
            "default_customer_tax_class", "Default Tax Class for Customer", D, OptionSource.CUSTOMER_TAX_CLASSES, "3"
        ),
    ),
    group(
        "calculation",
        "Calculation Settings",
        select("algorithm", "Tax Calculation Method Based On", DW, ALGORITHMS, "TOTAL_BASE_CALCULATION"),
        select("based_on", "Tax Calculation Based On", DW, BASED_ON, "shipping"),
        select("price_includes_tax", "Catalog Prices", DW, EXCLUDING_INCLUDING, "0"),
        select("shipping_includes_tax", "Shipping Prices", DW, EXCLUDING_INCLUDING, "0"),
        select("apply_after_discount", "Apply Customer Tax", DW, BEFORE_AFTER_DISCOUNT, "1"),
        select("discount_tax", "Apply Discount On Prices", DW, EXCLUDING_INCLUDING, "0"),
        select("apply_tax_on", "Apply Tax On", DW, TAXED_PRICE, "0"),
        yes_no("cross_border_trade_enabled", "Enable Cross Border Trade", DW),
    ),
    group(
        "defaults",
        "Default Tax Destination Calculation",
        select("country", "Default Country", DWS, OptionSource.COUNTRIES, "US"),
        select("region", "Default State", DWS, OptionSource.REGIONS, "0"),
        text("postcode", "Default Post Code", DWS),
    ),
    group(
        "display",
        "Price Display Settings",
        select("type", "Display Product Prices In Catalog", DWS, PRICE_DISPLAY, "1"),
        select("shipping", "Display Shipping Prices", DWS, PRICE_DISPLAY, "1"),
    ),
    group(
        "cart_display",
        "Shopping Cart Display Settings",
        select("price", "Display Prices", DWS, PRICE_DISPLAY, "1"),
        select("subtotal", "Display Subtotal", DWS, PRICE_DISPLAY, "1"),
        select("shipping", "Display Shipping Amount", DWS, PRICE_DISPLAY, "1"),
        yes_no("grandtotal", "Include Tax In Order Total", DWS, "0"),
        yes_no("full_summary", "Display Full Tax Summary", DWS, "0"),
        yes_no("zero_tax", "Display Zero Tax Subtotal", DWS, "0"),
    ),
    group(
        "sales_display",
        "Orders, Invoices, Credit Memos Display Settings",
        select("price", "Display Prices", DWS, PRICE_DISPLAY, "1"),
        select("subtotal", "Display Subtotal", DWS, PRICE_DISPLAY, "1"),
        select("shipping", "Display Shipping Amount", DWS, PRICE_DISPLAY, "1"),
        yes_no("grandtotal", "Include Tax In Order Total", DWS, "0"),
        yes_no("full_summary", "Display Full Tax Summary", DWS, "0"),
        yes_no("zero_tax", "Display Zero Tax Subtotal", DWS, "0"),
    ),
    group(
        "weee",
        "Fixed Product Taxes",
        yes_no("enable", "Enable FPT", DW, "0"),
        select("display_list", "Display Prices In Product Lists", DW, FPT_DISPLAY, "1"),
        select("display", "Display Prices On Product View Page", DW, FPT_DISPLAY, "1"),
        select("display_sales", "Display Prices In Sales Modules", DW, FPT_DISPLAY, "1"),
        select("display_email", "Display Prices In Emails", DW, FPT_DISPLAY, "1"),
        yes_no("apply_vat", "Apply Tax To FPT", DW, "0"),
        yes_no("include_in_subtotal", "Include FPT In Subtotal", DW, "0"),
    ),
    tab="sales",
    resource="Magento_Tax::config_tax",
    sort_order=303,
)
