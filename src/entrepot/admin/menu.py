"""The menu: what the Admin has, in Magento's order and words. An entry without permission is not shown.

Only pages that exist have an entry. `key` is the second key after `g` that goes there.
"""

from __future__ import annotations

from msgspec import Struct

from entrepot.kit.context import Actor


class Entry(Struct, frozen=True):
    label: str
    path: str
    resource: str
    key: str = ""
    also: str = ""
    """Other beginnings of addresses that belong to it, apart by spaces."""


class Group(Struct, frozen=True):
    """Entries under a heading; without a label they stand first in their branch."""

    label: str
    entries: tuple[Entry, ...]


class Branch(Struct, frozen=True):
    """One line of the menu that opens in place; a branch of one entry with its own label is a plain link."""

    label: str
    groups: tuple[Group, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for group in self.groups for entry in group.entries)

    @property
    def is_link(self) -> bool:
        return len(self.entries) == 1 and self.entries[0].label == self.label


MENU = (
    Branch(
        "Dashboard",
        (Group("", (Entry("Dashboard", "adminhtml/dashboard", "Magento_Backend::dashboard", "d"),)),),
    ),
    Branch(
        "Sales",
        (
            Group(
                "Operations",
                (
                    Entry(
                        "Orders",
                        "sales/order",
                        "Magento_Sales::sales_order",
                        "o",
                        "sales/order_create sales/order_reorder sales/order_edit",
                    ),
                    Entry("Invoices", "sales/invoice", "Magento_Sales::sales_invoice", also="sales/order_invoice"),
                    Entry(
                        "Shipments",
                        "sales/shipment",
                        "Magento_Sales::shipment",
                        also="sales/order_shipment inventoryshipping/sourceselection",
                    ),
                    Entry(
                        "Credit Memos",
                        "sales/creditmemo",
                        "Magento_Sales::sales_creditmemo",
                        also="sales/order_creditmemo",
                    ),
                    Entry("Transactions", "sales/transactions", "Magento_Sales::transactions"),
                ),
            ),
        ),
    ),
    Branch(
        "Catalog",
        (
            Group(
                "Inventory",
                (
                    Entry(
                        "Products",
                        "catalog/product",
                        "Magento_Catalog::products",
                        "p",
                        "catalog/product_action_attribute",
                    ),
                    Entry("Categories", "catalog/category", "Magento_Catalog::categories", "k"),
                ),
            ),
        ),
    ),
    Branch(
        "Customers",
        (
            Group(
                "",
                (
                    Entry("All Customers", "customer/index", "Magento_Customer::manage", "c", "customer/address"),
                    Entry("Customer Groups", "customer/group", "Magento_Customer::group"),
                ),
            ),
        ),
    ),
    Branch(
        "Marketing",
        (
            Group(
                "Promotions",
                (Entry("Cart Price Rules", "sales_rule/promo_quote", "Magento_SalesRule::quote"),),
            ),
        ),
    ),
    Branch(
        "Reports",
        (
            Group(
                "Sales",
                (
                    Entry("Orders", "reports/report_sales/sales", "Magento_Reports::salesroot_sales"),
                    Entry("Tax", "reports/report_sales/tax", "Magento_Reports::tax"),
                    Entry("Invoiced", "reports/report_sales/invoiced", "Magento_Reports::invoiced"),
                    Entry("Shipping", "reports/report_sales/shipping", "Magento_Reports::shipping"),
                    Entry("Refunds", "reports/report_sales/refunded", "Magento_Reports::refunded"),
                    Entry("Coupons", "reports/report_sales/coupons", "Magento_Reports::coupons"),
                ),
            ),
            Group(
                "Products",
                (
                    Entry("Bestsellers", "reports/report_sales/bestsellers", "Magento_Reports::bestsellers"),
                    Entry("Low Stock", "reports/report_product/lowstock", "Magento_Reports::lowstock"),
                ),
            ),
        ),
    ),
    Branch(
        "Stores",
        (
            Group(
                "Settings",
                (
                    Entry("All Stores", "adminhtml/system_store", "Magento_Backend::store", "s"),
                    Entry("Configuration", "adminhtml/system_config", "Magento_Config::config", "f"),
                    Entry(
                        "Terms and Conditions",
                        "checkout/agreement",
                        "Magento_CheckoutAgreements::checkoutagreement",
                    ),
                    Entry("Order Status", "sales/order_status", "Magento_Sales::order_statuses"),
                ),
            ),
            Group(
                "Inventory",
                (
                    Entry("Sources", "inventory/source/index", "Magento_InventoryApi::source", "", "inventory/source"),
                    Entry("Stocks", "inventory/stock/index", "Magento_InventoryApi::stock", "", "inventory/stock"),
                ),
            ),
            Group(
                "Taxes",
                (
                    Entry("Tax Rules", "tax/rule", "Magento_Tax::manage_tax"),
                    Entry("Tax Zones and Rates", "tax/rate", "Magento_Tax::manage_tax"),
                ),
            ),
            Group(
                "Currency",
                (Entry("Currency Rates", "adminhtml/system_currency", "Magento_CurrencySymbol::currency_rates"),),
            ),
            Group(
                "Attributes",
                (
                    Entry("Product", "catalog/product_attribute", "Magento_Catalog::attributes_attributes"),
                    Entry("Attribute Set", "catalog/product_set", "Magento_Catalog::sets"),
                ),
            ),
        ),
    ),
    Branch(
        "System",
        (
            Group(
                "Data Transfer",
                (
                    Entry("Import", "adminhtml/import", "Magento_ImportExport::import"),
                    Entry("Export", "adminhtml/export", "Magento_ImportExport::export"),
                    Entry("Import/Export Tax Rates", "tax/rate/importExport", "Magento_TaxImportExport::import_export"),
                    Entry("Import History", "adminhtml/history", "Magento_ImportExport::history"),
                ),
            ),
            Group(
                "Extensions",
                (
                    Entry("Integrations", "adminhtml/integration", "Magento_Integration::integrations", "i"),
                    Entry(
                        "Webhooks",
                        "adminhtml/webhook",
                        "Entrepot_Webhooks::webhooks",
                        "",
                        "adminhtml/webhook_delivery",
                    ),
                ),
            ),
            Group(
                "Permissions",
                (
                    Entry("All Users", "adminhtml/user", "Magento_User::acl_users", "u"),
                    Entry("Locked Users", "adminhtml/locks", "Magento_User::locks"),
                    Entry("User Roles", "adminhtml/user_role", "Magento_User::acl_roles"),
                ),
            ),
            Group(
                "Action Logs",
                (
                    Entry(
                        "Bulk Actions",
                        "bulk/index",
                        "Magento_Logging::system_magento_logging_bulk_operations",
                        "b",
                        "bulk/bulk",
                    ),
                ),
            ),
        ),
    ),
)


def menu_of(actor: Actor, branches: tuple[Branch, ...] = MENU) -> list[Branch]:
    """What this administrator may open."""
    allowed = []
    for branch in branches:
        groups = []
        for group in branch.groups:
            if entries := tuple(entry for entry in group.entries if actor.may(entry.resource)):
                groups.append(Group(group.label, entries))
        if groups:
            allowed.append(Branch(branch.label, tuple(groups)))
    return allowed


def all_entries() -> tuple[Entry, ...]:
    return tuple(entry for branch in MENU for entry in branch.entries)
