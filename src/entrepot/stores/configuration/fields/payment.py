"""The payment methods that come with the shop."""

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
from entrepot.stores.configuration.model import OptionSource
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
    group(
        "banktransfer",
        "Bank Transfer Payment",
        yes_no("active", "Enabled", DW, "0"),
        text("title", "Title", DWS, "Bank Transfer Payment"),
        select("order_status", "New Order Status", DW, OptionSource.NEW_ORDER_STATUSES, "pending"),
        *COUNTRIES,
        textarea("instructions", "Instructions", DWS),
        *ORDER_TOTALS,
        text("sort_order", "Sort Order", DW, check=number()),
    ),
    group(
        "cashondelivery",
        "Cash On Delivery Payment",
        yes_no("active", "Enabled", DW, "0"),
        text("title", "Title", DWS, "Cash On Delivery"),
        select("order_status", "New Order Status", DW, OptionSource.NEW_ORDER_STATUSES, "pending"),
        *COUNTRIES,
        textarea("instructions", "Instructions", DWS),
        *ORDER_TOTALS,
        text("sort_order", "Sort Order", DW, check=number()),
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
