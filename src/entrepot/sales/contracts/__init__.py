"""The types of orders as they travel. In a request None means that a field was not sent."""

from entrepot.sales.contracts.addresses import OrderAddress
from entrepot.sales.contracts.assignments import Shipping, ShippingAssignment, ShippingTotal
from entrepot.sales.contracts.items import OrderItem, OrderItemSearchResults, ProductOption
from entrepot.sales.contracts.orders import Order, OrderExtension, OrderSearchResults, OrderStatusHistory
from entrepot.sales.contracts.payments import OrderPayment, PaymentAdditionalInfo
from entrepot.sales.contracts.taxes import OrderAppliedTax, OrderTaxDetailsItem

__all__ = [
    "Order",
    "OrderAddress",
    "OrderAppliedTax",
    "OrderExtension",
    "OrderItem",
    "OrderItemSearchResults",
    "OrderPayment",
    "OrderSearchResults",
    "OrderStatusHistory",
    "OrderTaxDetailsItem",
    "PaymentAdditionalInfo",
    "ProductOption",
    "Shipping",
    "ShippingAssignment",
    "ShippingTotal",
]
