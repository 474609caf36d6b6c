"""How orders can be paid. Found through the entry points `entrepot.payment_methods`."""

from entrepot.quotes.payment_methods.method import (
    EditableMethod,
    PaymentMethod,
    Settings,
    applicable_methods,
    check_method,
    methods,
)

__all__ = ["EditableMethod", "PaymentMethod", "Settings", "applicable_methods", "check_method", "methods"]
