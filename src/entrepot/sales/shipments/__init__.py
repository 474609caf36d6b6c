"""Goods sent to who ordered them.

A shipment takes quantities of an order's lines from one source; what an order needs of several sources it gets by
several shipments. Pages show what `draft_of` makes of quantities, and `create` it.
"""

from entrepot.sales.shipments import comments, mail, reading, save, ship, tracks

OPERATION_MODULES = (ship, reading, save, comments, mail, tracks)
"""The modules whose operations the REST API serves."""

__all__ = ["OPERATION_MODULES"]
