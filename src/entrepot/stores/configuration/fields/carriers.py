"""The shipping methods that come with the shop, and how other packages declare the settings of theirs."""

from entrepot.stores.configuration.checks import NOT_NEGATIVE
from entrepot.stores.configuration.declare import (
    DW,
    DWS,
    W,
    group,
    multiselect,
    section,
    select,
    special,
    text,
    textarea,
    yes_no,
)
from entrepot.stores.configuration.model import Field, Group, OptionSource
from entrepot.stores.configuration.options import APPLICABLE_COUNTRIES, choices

FLAT_RATE_TYPES = choices({"": "None", "O": "Per Order", "I": "Per Item"})
HANDLING_TYPES = choices({"F": "Fixed", "P": "Percent"})
CONDITIONS = choices(
    {
        "package_weight": "Weight vs. Destination",
        "package_value_with_discount": "Price vs. Destination",
        "package_qty": "# of Items vs. Destination",
    }
)

NOT_AVAILABLE = "This shipping method is not available. To use this shipping method, please contact us."

DESTINATIONS = (
    textarea("specificerrmsg", "Displayed Error Message", DWS, NOT_AVAILABLE),
    select("sallowspecific", "Ship to Applicable Countries", DW, APPLICABLE_COUNTRIES, "0"),
    multiselect("specificcountry", "Ship to Specific Countries", DW, OptionSource.COUNTRIES, can_be_empty=True),
    yes_no("showmethod", "Show Method if Not Applicable", DW),
    text("sort_order", "Sort Order", DW),
)


def carrier(code: str, label: str, *own: Field, title: str, name: str) -> Group:
    """The settings that the shop reads of every carrier, and what one has besides; off until it is switched on."""
    return group(
        code,
        label,
        yes_no("active", "Enabled", DW, "0"),
        text("title", "Title", DWS, title),
        text("name", "Method Name", DWS, name),
        *own,
        *DESTINATIONS,
    )


SECTION = section(
    "carriers",
    "Shipping Methods",
    group(
        "flatrate",
        "Flat Rate",
        yes_no("active", "Enabled", DW, "1"),
        text("title", "Title", DWS, "Flat Rate"),
        text("name", "Method Name", DWS, "Fixed"),
        select("type", "Type", DW, FLAT_RATE_TYPES, "I"),
        text("price", "Price", DW, "5.00", check=NOT_NEGATIVE),
        select("handling_type", "Calculate Handling Fee", DW, HANDLING_TYPES, "F"),
        text("handling_fee", "Handling Fee", DW, check=NOT_NEGATIVE),
        *DESTINATIONS,
    ),
    carrier(
        "freeshipping",
        "Free Shipping",
        text("free_shipping_subtotal", "Minimum Order Amount", DW, check=NOT_NEGATIVE),
        title="Free Shipping",
        name="Free",
    ),
    group(
        "tablerate",
        "Table Rates",
        yes_no("active", "Enabled", DW, "0"),
        text("title", "Title", DWS, "Best Way"),
        text("name", "Method Name", DWS, "Table Rate"),
        select("condition_name", "Condition", DW, CONDITIONS, "package_weight"),
        yes_no("include_virtual_price", "Include Virtual Products in Price Calculation", DW, "1"),
        special("tablerate_export", "export", "Export", W),
        special("tablerate_import", "import", "Import", W),
        select("handling_type", "Calculate Handling Fee", DW, HANDLING_TYPES, "F"),
        text("handling_fee", "Handling Fee", DW, check=NOT_NEGATIVE),
        *DESTINATIONS,
    ),
    tab="sales",
    resource="Magento_Shipping::carriers",
    sort_order=320,
)
