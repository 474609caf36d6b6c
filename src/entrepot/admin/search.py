"""The search in the bar: pages, configuration fields, orders, customers, products."""

from __future__ import annotations

from msgspec import Struct
from starlette.responses import Response

from entrepot import customers
from entrepot.admin.access import admin_page
from entrepot.admin.configuration_sections import allowed_sections
from entrepot.admin.dashboard import full_name
from entrepot.admin.grid.address import escaped
from entrepot.admin.menu import menu_of
from entrepot.admin.page import AdminPage
from entrepot.admin.product_grid import HOME as CATALOG
from entrepot.admin.product_grid import PRODUCTS
from entrepot.admin.product_lines import find_lines
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria
from entrepot.sales.overview import search_order_lines

MOST = 20
CUSTOMERS = "Magento_Customer::manage"
ORDERS = "Magento_Sales::actions_view"


class Hit(Struct, frozen=True):
    kind: str
    label: str
    detail: str
    href: str


@admin_page("adminhtml/index/globalSearch", "Magento_Backend::global_search")
async def search(page: AdminPage) -> Response:
    query = page.parameter("query").strip()
    hits = (
        [
            *_pages(page, query),
            *await _orders(page, query),
            *await _customers(page, query),
            *await _products(page, query),
            *_settings(page, query),
        ]
        if query
        else []
    )
    return page.render("search.html", title="Search", query=query, hits=hits)


def _pages(page: AdminPage, query: str) -> list[Hit]:
    return [
        Hit("Page", entry.label, branch.label if branch.label != entry.label else "", page.url(entry.path))
        for branch in menu_of(page.actor)
        for entry in branch.entries
        if query.casefold() in entry.label.casefold()
    ]


async def _orders(page: AdminPage, query: str) -> list[Hit]:
    if not page.may(ORDERS):
        return []
    like = f"%{escaped(query)}%"
    filters = [Filter(field="increment_id", value=like, condition_type="like")]
    criteria = SearchCriteria(filter_groups=[FilterGroup(filters=filters)], page_size=MOST, current_page=1)
    lines, _ = await search_order_lines(page.ctx, criteria)
    return [
        Hit("Order", f"#{line.increment_id}", line.billing_name, page.url("sales/order/view", order_id=line.entity_id))
        for line in lines
    ]


async def _customers(page: AdminPage, query: str) -> list[Hit]:
    if not page.may(CUSTOMERS):
        return []
    like = f"%{escaped(query)}%"
    filters = [Filter(field=field, value=like, condition_type="like") for field in ("name", "email")]
    criteria = SearchCriteria(filter_groups=[FilterGroup(filters=filters)], page_size=MOST, current_page=1)
    found = await customers.search_customers(page.ctx, criteria)
    return [
        Hit("Customer", full_name(customer), customer.email or "", page.url("customer/index/edit", id=customer.id))
        for customer in found.items or []
    ]


async def _products(page: AdminPage, query: str) -> list[Hit]:
    if not page.may(PRODUCTS):
        return []
    like = f"%{escaped(query)}%"
    filters = [Filter(field=field, value=like, condition_type="like") for field in ("name", "sku")]
    criteria = SearchCriteria(filter_groups=[FilterGroup(filters=filters)], page_size=MOST, current_page=1)
    found = await find_lines(page.ctx, page.ctx.stores.admin, criteria)
    return [Hit("Product", line.name, line.sku, page.url(f"{CATALOG}/edit", id=line.id)) for line in found.rows]


def _settings(page: AdminPage, query: str) -> list[Hit]:
    wanted = query.casefold()
    hits = [
        Hit(
            "Setting",
            field.label,
            f"{section.label} / {group.label}",
            page.url("adminhtml/system_config/edit", section=section.id) + f"#{section.id}_{group.id}",
        )
        for section in allowed_sections(page.actor)
        for group in section.groups
        for field in group.fields
        if wanted in field.label.casefold()
        or wanted == f"{section.id}/{group.id}/{field.id}"
        or wanted in (group.label.casefold(), section.label.casefold())
    ]
    return hits[:MOST]
