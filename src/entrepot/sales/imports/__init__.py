"""Orders that come from elsewhere, and orders that are changed as a whole (docs/orders.md).

What is sent is stored as it is: nothing is computed, reserved, mailed or charged. None in a contract means that the
field was not sent, and what was not sent does not change.
"""

from entrepot.sales.imports import order_address, saving

OPERATION_MODULES = (saving, order_address)
"""The modules whose operations the REST API serves."""

__all__ = ["OPERATION_MODULES"]
