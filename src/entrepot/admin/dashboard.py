"""The dashboard: what was sold, and what needs a look, each number a link to where it can be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from starlette.responses import Response

from entrepot import access, asynchronous, customers, inventory
from entrepot.admin.access import admin_page
from entrepot.admin.dashboard_sales import RANGES, SalesOfRange, asked_range, sales_of_range, search_terms
from entrepot.admin.inventory_low_stock import HOME as LOW_STOCK_REPORT
from entrepot.admin.inventory_low_stock import LOW_STOCK
from entrepot.admin.page import AdminPage
from entrepot.admin.product_grid import PRODUCTS
from entrepot.admin.report_scope import ReportScope, asked_scope, scope_switch
from entrepot.kit.pages import formats
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SortOrder
from entrepot.sales.overview import OrderLine, figures, search_order_lines
from entrepot.sales.statuses import statuses

HOME = "adminhtml/dashboard"
LATEST = 5
MANAGE_CUSTOMERS = "Magento_Customer::manage"
SALES_ORDER = "Magento_Sales::sales_order"
LOCKS = "Magento_User::locks"
BULKS = "Magento_Logging::system_magento_logging_bulk_operations"
RECENT_BULKS = 50
FAILED_BULKS = f"Bulk actions with failures, last {RECENT_BULKS}"


class Number(Struct, frozen=True):
    label: str
    value: int
    href: str
    tone: str = ""
    amount: str = ""
    """Money, in place of the value."""


@admin_page(HOME, "Magento_Backend::dashboard")
async def dashboard(page: AdminPage) -> Response:
    """Only what the administrator may open is counted."""
    numbers: list[Number] = []
    latest: list[customers.Customer] = []
    last_orders: Sequence[OrderLine] = ()
    scope, period = asked_scope(page), asked_range(page)
    sales: SalesOfRange | None = None
    if page.may(SALES_ORDER):
        last_orders = await _orders(page, numbers, scope)
        sales = await sales_of_range(page, period, scope)
    if page.may(MANAGE_CUSTOMERS):
        latest = await _customers(page, numbers, scope)
    if page.may(LOW_STOCK):
        low = await inventory.count_running_low(page.ctx)
        numbers.append(Number("Low stock", low, page.url(LOW_STOCK_REPORT), "warn" if low else ""))
    if page.may(BULKS):
        failed = await _failed_bulks(page)
        numbers.append(Number(FAILED_BULKS, failed, page.url("bulk/index"), "bad" if failed else ""))
    if page.may(LOCKS):
        locked = len(await access.list_locked_users(page.ctx))
        numbers.append(Number("Locked users", locked, page.url("adminhtml/locks"), "warn" if locked else ""))
    return page.render(
        "dashboard.html",
        title="Dashboard",
        numbers=numbers,
        latest=latest,
        last_orders=last_orders,
        sales=sales,
        terms=await search_terms(page, scope),
        ranges=[(option, _address(page, option.value, dict(scope.pairs))) for option in RANGES],
        period=period,
        switch=scope_switch(page, scope, lambda pairs: _address(page, period, pairs)),
        labels=statuses(page.ctx).label,
        names=full_name,
        products_resource=PRODUCTS,
    )


def _address(page: AdminPage, period: str, pairs: dict[str, Any]) -> str:
    # Pairs stand behind three segments.
    return page.url(f"{HOME}/index", query={"period": period}, **pairs)


def _newest(scope: ReportScope) -> SearchCriteria:
    """The last of what belongs to the store views."""
    store_ids = ",".join(map(str, scope.store_ids or (0,)))
    of_views = FilterGroup(filters=[Filter(field="store_id", value=store_ids, condition_type="in")])
    return SearchCriteria(
        filter_groups=[] if scope.store_ids is None else [of_views],
        sort_orders=[SortOrder(field="created_at", direction="DESC")],
        page_size=LATEST,
        current_page=1,
    )


async def _orders(page: AdminPage, numbers: list[Number], scope: ReportScope) -> Sequence[OrderLine]:
    """The last orders; beside them what all of them came to."""
    lines, total = await search_order_lines(page.ctx, _newest(scope))
    sales = await figures(page.ctx, scope.store_ids)
    href = page.url("sales/order")
    for label, amount in (("Lifetime Sales", sales.sold), ("Average Order", sales.average)):
        numbers.append(Number(label, 0, href, amount=formats.money(amount, sales.currency, page.locale)))
    numbers.append(Number("Orders", total, href))
    return lines


async def _customers(page: AdminPage, numbers: list[Number], scope: ReportScope) -> list[customers.Customer]:
    """The last of those who have an account of these store views; the numbers are of all."""
    found = await customers.search_customers(page.ctx, _newest(scope))
    # Days are days where the shop is; the grid's filter means the same.
    zone: ZoneInfo = formats.known_zone(page.zone)
    first = (page.ctx.now.astimezone(zone) - timedelta(days=6)).date()
    midnight = page.ctx.now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=6)
    since = Filter(
        field="created_at",
        value=midnight.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%d %H:%M:%S"),
        condition_type="gteq",
    )
    recent = await customers.search_customers(
        page.ctx, SearchCriteria(filter_groups=[FilterGroup(filters=[since])], page_size=1, current_page=1)
    )
    everybody = await customers.search_customers(page.ctx, SearchCriteria(page_size=1, current_page=1))
    numbers.append(Number("Customers", everybody.total_count or 0, page.url("customer/index")))
    href = page.url("customer/index", query={"f.created_at.from": first.isoformat()})
    numbers.append(Number("New customers, last 7 days", recent.total_count or 0, href))
    return found.items or []


async def _failed_bulks(page: AdminPage) -> int:
    criteria = SearchCriteria(page_size=RECENT_BULKS, current_page=1)
    bulks, _ = await asynchronous.list_bulks(page.ctx, criteria)
    return sum(bulk.state is asynchronous.BulkState.FINISHED_WITH_FAILURE for bulk in bulks)


def full_name(customer: customers.Customer) -> str:
    parts = (customer.prefix, customer.firstname, customer.middlename, customer.lastname, customer.suffix)
    return " ".join(part for part in parts if part)
