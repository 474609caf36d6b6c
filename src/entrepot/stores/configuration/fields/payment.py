"""The payment methods that come with the shop, and how other packages declare the settings of theirs."""

from entrepot.stores.configuration.checks import NOT_NEGATIVE, number
from entrepot.stores.configuration.declare import (
    DW,
    DWS,
    NOWHERE,
    group,
    multiselect,
    section,
    select,
    text,
    textarea,
    yes_no,
)
from entrepot.stores.configuration.model import Field, Group, OptionSource
from entrepot.stores.configuration.options import APPLICABLE_COUNTRIES, choices

INVOICE_ALL = choices({"authorize_capture": "Yes", "": "No"})

COUNTRIES = (
    select("allowspecific", "Payment from Applicable Countries", DW, APPLICABLE_COUNTRIES, "0"),
    multiselect("specificcountry", "Payment from Specific Countries", DW, OptionSource.COUNTRIES, can_be_empty=True),
)
ORDER_TOTALS = (
    text("min_order_total", "Minimum Order Total", DW, check=NOT_NEGATIVE),
    text("max_order_total", "Maximum Order Total", DW, check=NOT_NEGATIVE),
)


def payment_method(code: str, label: str, *own: Field, title: str) -> Group:
    """The settings that the shop reads of every method, and what one has besides; off until it is switched on."""
    return group(
        code,
        label,
        yes_no("active", "Enabled", DW, "0"),
        text("title", "Title", DWS, title),
        select("order_status", "New Order Status", DW, OptionSource.NEW_ORDER_STATUSES, "pending"),
        *COUNTRIES,
        *own,
        *ORDER_TOTALS,
        text("sort_order", "Sort Order", DW, check=number()),
    )


SECTION = section(
    "payment",
    "Payment Methods",
    group(
        "free",
        "Zero Subtotal Checkout",
        text("model", "", NOWHERE, "Magento\\Payment\\Model\\Method\\Free"),
        yes_no("active", "Enabled", DW, "1"),
        text("title", "Title", DWS, "No Payment Information Required"),
        select("order_status", "New Order Status", DW, OptionSource.PROCESSING_ORDER_STATUSES, "pending"),
        select(
            "payment_action",
            "Automatically Invoice All Items",
            DW,
            INVOICE_ALL,
            "authorize_capture",
            depends={"order_status": "processing"},
        ),
        *COUNTRIES,
        text("sort_order", "Sort Order", DW, "1"),
    ),
    group(
        "checkmo",
        "Check / Money Order",
        text("model", "", NOWHERE, "Magento\\OfflinePayments\\Model\\Checkmo"),
        yes_no("active", "Enabled", DW, "1"),
        text("title", "Title", DWS, "Check / Money order"),
        select("order_status", "New Order Status", DW, OptionSource.NEW_ORDER_STATUSES, "pending"),
        *COUNTRIES,
        text("payable_to", "Make Check Payable to", DWS),
        textarea("mailing_address", "Send Check to", DWS),
        *ORDER_TOTALS,
        text("sort_order", "Sort Order", DW),
    ),
    payment_method(
        "banktransfer",
        "Bank Transfer Payment",
        textarea("instructions", "Instructions", DWS),
        title="Bank Transfer Payment",
    ),
    payment_method(
        "cashondelivery",
        "Cash On Delivery Payment",
        textarea("instructions", "Instructions", DWS),
        title="Cash On Delivery",
    ),
    group(
        "purchaseorder",
        "Purchase Order",
        text("model", "", NOWHERE, "Magento\\OfflinePayments\\Model\\Purchaseorder"),
        yes_no("active", "Enabled", DW, "0"),
        text("title", "Title", DWS, "Purchase Order"),
        select("order_status", "New Order Status", DW, OptionSource.NEW_ORDER_STATUSES, "pending"),
        *COUNTRIES,
        *ORDER_TOTALS,
        text("sort_order", "Sort Order", DW),
    ),
    tab="sales",
    resource="Magento_Payment::payment",
    sort_order=400,
)
