"""How orders can be paid. Found through the entry points `entrepot.payment_methods`."""

from entrepot.quotes.payment_methods.method import PaymentMethod, Settings, applicable_methods, check_method, methods

__all__ = ["PaymentMethod", "Settings", "applicable_methods", "check_method", "methods"]
