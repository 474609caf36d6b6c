"""Accounts, groups, and who is online."""

from entrepot.access.resource import Resource

CUSTOMERS = Resource(
    "Magento_Customer::customer",
    "Customers",
    40,
    children=(
        Resource(
            "Magento_Customer::manage",
            "All Customers",
            10,
            children=(
                Resource(
                    "Magento_Customer::actions",
                    "Actions",
                    10,
                    children=(
                        Resource("Magento_Customer::delete", "Delete", 10),
                        Resource("Magento_Customer::reset_password", "Reset password", 20),
                        Resource("Magento_Customer::invalidate_tokens", "Invalidate tokens", 30),
                    ),
                ),
            ),
        ),
        Resource("Magento_Customer::online", "Now Online", 20),
        Resource("Magento_Customer::group", "Customer Groups", 30),
    ),
)
