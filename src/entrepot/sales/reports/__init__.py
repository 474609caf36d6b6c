"""Reports on orders: what was sold, taxed, invoiced, shipped, refunded and discounted, by day, month or year.

See docs/reports.md. They are computed from the orders when somebody looks, so they are never behind, and the sums are
exact.
"""

from entrepot.sales.reports.contracts import (
    BestsellersLine,
    CouponsLine,
    InvoicedLine,
    OrdersLine,
    Period,
    RefundsLine,
    ReportAsked,
    ShippingLine,
    TaxLine,
    Use,
)
from entrepot.sales.reports.intervals import began_on, intervals
from entrepot.sales.reports.service import (
    bestsellers_report,
    coupons_report,
    invoiced_report,
    orders_report,
    refunds_report,
    shipping_report,
    tax_report,
)

__all__ = [
    "BestsellersLine",
    "CouponsLine",
    "InvoicedLine",
    "OrdersLine",
    "Period",
    "RefundsLine",
    "ReportAsked",
    "ShippingLine",
    "TaxLine",
    "Use",
    "began_on",
    "bestsellers_report",
    "coupons_report",
    "intervals",
    "invoiced_report",
    "orders_report",
    "refunds_report",
    "shipping_report",
    "tax_report",
]
