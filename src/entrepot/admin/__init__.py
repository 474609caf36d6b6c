"""The Admin: what a merchant's people do with the shop, as pages over the domains' operations.

`frame`, `grid` and `form` are the mechanisms; the other modules have the pages of one part of the menu each. A page
names the resources that its visitor needs, so that one that is forgotten is open to nobody.
"""

from entrepot.admin import (
    account,
    agreements,
    all_stores,
    attribute_sets,
    bulk_actions,
    cart_price_rule_coupons,
    cart_price_rule_form,
    cart_price_rules,
    categories,
    categories_moving,
    categories_products,
    configuration,
    configuration_tablerates,
    creditmemo_form,
    currency_rates,
    customer_addresses,
    customer_groups,
    customers,
    dashboard,
    data_transfer_export,
    data_transfer_history,
    data_transfer_import,
    documents,
    integrations,
    inventory_low_stock,
    inventory_mass_actions,
    inventory_source_form,
    inventory_sources,
    inventory_stock_form,
    inventory_stocks,
    invoice_form,
    invoices,
    order_actions,
    order_address,
    order_again,
    order_create,
    order_customer,
    order_history,
    order_mass_actions,
    order_payment,
    order_statuses,
    order_view,
    orders,
    product_attributes,
    product_downloads,
    product_mass_actions,
    product_update,
    products,
    report_sales,
    search,
    shipment_form,
    shipments,
    sign_in,
    source_selection,
    tax_rates,
    tax_rates_exchange,
    tax_rule_form,
    tax_rules,
    transactions,
    user_roles,
    users,
    webhook_deliveries,
    webhooks,
)
from entrepot.admin.customer_tabs import register_tab
from entrepot.admin.face import AdminFace
from entrepot.admin.grid import choose
from entrepot.admin.page import AdminPage
from entrepot.admin.product_panels import register_panel
from entrepot.admin.product_types import register_type
from entrepot.catalog.products.types import DOWNLOADABLE
from entrepot.kit.context import Services
from entrepot.kit.pages import PageApp

PAGES = (
    sign_in,
    account,
    dashboard,
    search,
    choose,
    orders,
    order_view,
    order_actions,
    order_address,
    order_history,
    order_mass_actions,
    order_create,
    order_again,
    order_payment,
    documents,
    invoices,
    invoice_form,
    shipments,
    source_selection,
    shipment_form,
    creditmemo_form,
    transactions,
    order_statuses,
    products,
    product_mass_actions,
    product_update,
    categories,
    categories_moving,
    categories_products,
    customers,
    customer_addresses,
    customer_groups,
    product_attributes,
    attribute_sets,
    all_stores,
    configuration,
    configuration_tablerates,
    agreements,
    inventory_sources,
    inventory_source_form,
    inventory_stocks,
    inventory_stock_form,
    inventory_mass_actions,
    inventory_low_stock,
    report_sales,
    currency_rates,
    cart_price_rules,
    cart_price_rule_form,
    cart_price_rule_coupons,
    tax_rules,
    tax_rule_form,
    tax_rates,
    tax_rates_exchange,
    integrations,
    webhooks,
    webhook_deliveries,
    users,
    user_roles,
    data_transfer_import,
    data_transfer_export,
    data_transfer_history,
    bulk_actions,
)

register_tab(order_customer.ORDERS_TAB)
register_tab(order_customer.CART_TAB)
register_panel(product_downloads.DOWNLOADS)
register_type(DOWNLOADABLE)

__all__ = ["admin_app"]


def admin_app(services: Services, root: str = "/admin") -> PageApp[AdminPage]:
    """All pages of the Admin as an ASGI application, for the addresses that begin with `root`."""
    return PageApp(services, AdminFace(PAGES, root))
