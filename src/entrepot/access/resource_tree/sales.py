"""Orders, invoices, shipments, credit memos, and what may be done to them."""

from entrepot.access.resource import Resource

SALES = Resource(
    "Magento_Sales::sales",
    "Sales",
    20,
    children=(
        Resource(
            "Magento_Sales::sales_operation",
            "Operations",
            10,
            children=(
                Resource(
                    "Magento_Sales::sales_order",
                    "Orders",
                    10,
                    children=(
                        Resource(
                            "Magento_Sales::actions",
                            "Actions",
                            10,
                            children=(
                                Resource("Magento_Sales::create", "Create", 10),
                                Resource("Magento_Sales::actions_view", "View", 20),
                                Resource("Magento_Sales::email", "Send Order Email", 30),
                                Resource("Magento_Sales::reorder", "Reorder", 40),
                                Resource("Magento_Sales::actions_edit", "Edit", 50),
                                Resource("Magento_Sales::cancel", "Cancel", 60),
                                Resource("Magento_Sales::review_payment", "Accept or Deny Payment", 70),
                                Resource("Magento_Sales::capture", "Capture", 80),
                                Resource("Magento_Sales::invoice", "Invoice", 90),
                                Resource("Magento_Sales::creditmemo", "Credit Memos", 100),
                                Resource("Magento_Sales::hold", "Hold", 110),
                                Resource("Magento_Sales::unhold", "Unhold", 120),
                                Resource("Magento_Sales::ship", "Ship", 130),
                                Resource("Magento_Sales::comment", "Comment", 140),
                                Resource("Magento_Sales::emails", "Send Sales Emails", 150),
                            ),
                        ),
                    ),
                ),
                Resource("Magento_Sales::sales_invoice", "Invoices", 20),
                Resource("Magento_Sales::shipment", "Shipments", 30),
                Resource("Magento_Sales::sales_creditmemo", "Credit Memos", 40),
                Resource(
                    "Magento_Sales::transactions",
                    "Transactions",
                    70,
                    children=(Resource("Magento_Sales::transactions_fetch", "Fetch", 10),),
                ),
            ),
        ),
    ),
)
