"""Orders: how carts become them, and everything that happens to them afterwards.

An order's rows are written once, in one statement, and read in sets. `OrdersOfCarts` is the desk that carts are ordered
at; `BookOfOrders` tells the inventory what orders still claim.
"""

from entrepot.sales import (
    cancel,
    creditmemos,
    document_mail_jobs,
    expiring,
    hold,
    imports,
    invoices,
    items,
    mail_jobs,
    order_comments,
    orders,
    shipments,
    transactions,
)
from entrepot.sales.book import BookOfOrders
from entrepot.sales.events import OrderCancelled, OrderPaid, OrderRefunded, OrderShipped
from entrepot.sales.invoices import invoice_what_is_free
from entrepot.sales.mail_jobs import ring
from entrepot.sales.placing import OrdersOfCarts
from entrepot.sales.store_views import forget_view, open_view

OPERATION_MODULES = (
    items,
    orders,
    cancel,
    hold,
    order_comments,
    *imports.OPERATION_MODULES,
    *invoices.OPERATION_MODULES,
    *shipments.OPERATION_MODULES,
    *creditmemos.OPERATION_MODULES,
    transactions,
)
"""The modules whose operations the REST API serves."""

JOB_MODULES = (expiring, mail_jobs, document_mail_jobs)
"""The modules whose jobs a worker runs."""

__all__ = [
    "JOB_MODULES",
    "OPERATION_MODULES",
    "BookOfOrders",
    "OrderCancelled",
    "OrderPaid",
    "OrderRefunded",
    "OrderShipped",
    "OrdersOfCarts",
    "forget_view",
    "invoice_what_is_free",
    "open_view",
    "ring",
]
