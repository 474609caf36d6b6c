"""Reports > Sales, and the bestsellers: what was sold, and what became of it."""

from __future__ import annotations

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage
from entrepot.admin.report import Report, ReportColumn
from entrepot.sales import reports

HOME = "reports/report_sales"
CREATED = Option("created", "Order Created")

ORDERS = Report(
    name="report_orders",
    path=f"{HOME}/sales",
    title="Orders Report",
    lines=reports.orders_report,
    columns=(
        ReportColumn("orders", "Orders", "number"),
        ReportColumn("items", "Sales Items", "number"),
        ReportColumn("items_actual", "Items", "number", is_actual=True),
        ReportColumn("total", "Sales Total"),
        ReportColumn("revenue", "Revenue", is_actual=True),
        ReportColumn("profit", "Profit", is_actual=True),
        ReportColumn("invoiced", "Invoiced"),
        ReportColumn("paid", "Paid", is_actual=True),
        ReportColumn("refunded", "Refunded"),
        ReportColumn("tax", "Sales Tax"),
        ReportColumn("tax_actual", "Tax", is_actual=True),
        ReportColumn("shipping", "Sales Shipping"),
        ReportColumn("shipping_actual", "Shipping", is_actual=True),
        ReportColumn("discount", "Sales Discount"),
        ReportColumn("discount_actual", "Discount", is_actual=True),
        ReportColumn("canceled", "Canceled"),
    ),
)

TAX = Report(
    name="report_tax",
    path=f"{HOME}/tax",
    title="Tax Report",
    lines=reports.tax_report,
    columns=(
        ReportColumn("code", "Tax", "text"),
        ReportColumn("percent", "Rate", "percent"),
        # An order with two rates stands in two lines.
        ReportColumn("orders", "Orders", "number", is_added=False),
        ReportColumn("tax", "Tax Amount"),
    ),
)

INVOICED = Report(
    name="report_invoiced",
    path=f"{HOME}/invoiced",
    title="Invoice Report",
    lines=reports.invoiced_report,
    columns=(
        ReportColumn("orders", "Orders", "number"),
        ReportColumn("orders_invoiced", "Invoiced Orders", "number"),
        ReportColumn("invoiced", "Total Invoiced"),
        ReportColumn("paid", "Paid Invoices"),
        ReportColumn("unpaid", "Unpaid Invoices"),
    ),
    uses=(CREATED, Option("document", "Last Invoice Created")),
)

SHIPPING = Report(
    name="report_shipping",
    path=f"{HOME}/shipping",
    title="Shipping Report",
    lines=reports.shipping_report,
    columns=(
        ReportColumn("method", "Carrier/Method", "text"),
        ReportColumn("orders", "Orders", "number"),
        ReportColumn("shipping", "Total Sales Shipping"),
        ReportColumn("shipping_actual", "Total Shipping", is_actual=True),
    ),
    uses=(CREATED, Option("document", "Last Shipment Created")),
)

REFUNDS = Report(
    name="report_refunds",
    path=f"{HOME}/refunded",
    title="Refunds Report",
    lines=reports.refunds_report,
    columns=(
        ReportColumn("orders", "Refunded Orders", "number"),
        ReportColumn("refunded", "Total Refunded"),
        ReportColumn("online", "Online Refunds"),
        ReportColumn("offline", "Offline Refunds"),
    ),
    uses=(CREATED, Option("document", "Last Credit Memo Created")),
)

COUPONS = Report(
    name="report_coupons",
    path=f"{HOME}/coupons",
    title="Coupons Report",
    lines=reports.coupons_report,
    columns=(
        ReportColumn("code", "Coupon Code", "text"),
        ReportColumn("rule", "Price Rule", "text"),
        ReportColumn("uses", "Uses", "number"),
        ReportColumn("subtotal", "Sales Subtotal"),
        ReportColumn("discount", "Sales Discount"),
        ReportColumn("total", "Sales Total"),
        ReportColumn("subtotal_actual", "Subtotal", is_actual=True),
        ReportColumn("discount_actual", "Discount", is_actual=True),
        ReportColumn("total_actual", "Total", is_actual=True),
    ),
)

BESTSELLERS = Report(
    name="report_bestsellers",
    path=f"{HOME}/bestsellers",
    title="Bestsellers Report",
    lines=reports.bestsellers_report,
    columns=(
        ReportColumn("name", "Product", "text"),
        ReportColumn("sku", "SKU", "text"),
        ReportColumn("price", "Price", is_added=False),
        ReportColumn("qty", "Order Quantity", "number"),
    ),
    uses=(CREATED,),
    has_statuses=False,
)


@admin_page(ORDERS.path, "Magento_Reports::salesroot_sales")
async def orders(page: AdminPage) -> Response:
    return await ORDERS.show(page)


@admin_page(TAX.path, "Magento_Reports::tax")
async def tax(page: AdminPage) -> Response:
    return await TAX.show(page)


@admin_page(INVOICED.path, "Magento_Reports::invoiced")
async def invoiced(page: AdminPage) -> Response:
    return await INVOICED.show(page)


@admin_page(SHIPPING.path, "Magento_Reports::shipping")
async def shipping(page: AdminPage) -> Response:
    return await SHIPPING.show(page)


@admin_page(REFUNDS.path, "Magento_Reports::refunded")
async def refunds(page: AdminPage) -> Response:
    return await REFUNDS.show(page)


@admin_page(COUPONS.path, "Magento_Reports::coupons")
async def coupons(page: AdminPage) -> Response:
    return await COUPONS.show(page)


@admin_page(BESTSELLERS.path, "Magento_Reports::bestsellers")
async def bestsellers(page: AdminPage) -> Response:
    return await BESTSELLERS.show(page)
