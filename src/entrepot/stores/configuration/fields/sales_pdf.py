"""What printed documents show of an order."""

from entrepot.stores.configuration.declare import DWS, group, section, yes_no

SECTION = section(
    "sales_pdf",
    "PDF Print-outs",
    group(
        "invoice",
        "Invoice",
        yes_no("put_order_id", "Display Order ID in Header", DWS, "1"),
    ),
    group(
        "shipment",
        "Shipment",
        yes_no("put_order_id", "Display Order ID in Header", DWS, "1"),
    ),
    group(
        "creditmemo",
        "Credit Memo",
        yes_no("put_order_id", "Display Order ID in Header", DWS, "1"),
    ),
    tab="sales",
    resource="Magento_Sales::sales_pdf",
    sort_order=302,
)
