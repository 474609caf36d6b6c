"""What travels around stock items (spec 40-inventory, 22). A stock item itself is a part of its product."""

from __future__ import annotations

from entrepot.catalog.contracts import StockItem
from entrepot.kit.rest.contract import Always, Contract, ReadOnly, contract


@contract("Magento.Framework.Api.CriteriaInterface")
class Criteria(Contract):
    """Kept for clients that look for the keys."""

    mapper_interface_name: ReadOnly[str] = None
    criteria_list: ReadOnly[list[str]] = None
    filters: ReadOnly[list[str]] = None
    orders: ReadOnly[list[str]] = None
    limit: ReadOnly[list[str]] = None


@contract("Magento.CatalogInventory.Api.StockItemCriteriaInterface")
class StockItemCriteria(Contract):
    """Kept for clients that look for the keys; they mean nothing."""

    mapper_interface_name: ReadOnly[str] = None
    criteria_list: ReadOnly[list[Criteria]] = None
    filters: ReadOnly[list[str]] = None
    orders: ReadOnly[list[str]] = None
    limit: Always[list[str]] = None


@contract("Magento.CatalogInventory.Api.Data.StockItemCollectionInterface")
class StockItemCollection(Contract):
    items: Always[list[StockItem]] = None
    search_criteria: Always[StockItemCriteria] = None
    total_count: Always[int] = None


@contract("Magento.CatalogInventory.Api.Data.StockStatusExtensionInterface")
class StockStatusExtension(Contract):
    """Nothing extends it."""


@contract("Magento.CatalogInventory.Api.Data.StockStatusInterface")
class StockStatus(Contract):
    """What can be sold of a product in the stock of the website of the call."""

    product_id: Always[int] = None
    stock_id: Always[int] = None
    qty: Always[int] = None
    """The salable quantity without its fraction."""
    stock_status: Always[int] = None
    """1 when it is salable."""
    stock_item: ReadOnly[StockItem] = None
    extension_attributes: StockStatusExtension | None = None
