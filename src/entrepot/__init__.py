"""A commerce backend on PostgreSQL that speaks Magento Open Source 2.3's REST API with Multi-Source Inventory.

`docs/architecture.md` says which package owns what. Domains are used through the names their packages export.
"""

__version__ = "0.1.0"
