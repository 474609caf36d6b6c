"""Orders: how carts become them, and everything that happens to them afterwards.

An order's rows are written once, in one statement, and read in sets. `OrdersOfCarts` is the desk that carts are ordered
at; `BookOfOrders` tells the inventory what orders still claim.
"""

from entrepot.sales import items, orders
from entrepot.sales.placing import OrdersOfCarts
from entrepot.sales.store_views import forget_view, open_view

OPERATION_MODULES = (items, orders)
"""The modules whose operations the REST API serves."""

JOB_MODULES = ()
"""The modules whose jobs a worker runs."""

__all__ = ["JOB_MODULES", "OPERATION_MODULES", "OrdersOfCarts", "forget_view", "open_view"]
