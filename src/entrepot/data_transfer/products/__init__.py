"""Products as CSV: Magento's columns, saved by `catalog.save_many` and read as the catalog stores them."""

from entrepot.data_transfer.products.entity import Products

__all__ = ["Products"]
