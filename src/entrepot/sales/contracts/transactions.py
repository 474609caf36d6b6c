"""Payment transactions as they travel (spec 60, 9.2)."""

from __future__ import annotations

from entrepot.kit.rest.contract import Always, Contract, contract
from entrepot.kit.search_criteria import SearchCriteria


@contract("Magento.Sales.Api.Data.TransactionExtensionInterface")
class TransactionExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.TransactionInterface")
class Transaction(Contract):
    """What a payment gateway did. Type: `payment`, `order`, `authorization`, `capture`, `void` or `refund`."""

    transaction_id: Always[int] = None
    parent_id: int | None = None
    order_id: Always[int] = None
    payment_id: Always[int] = None
    txn_id: Always[str] = None
    """As the gateway calls it."""
    parent_txn_id: Always[str] = None
    txn_type: Always[str] = None
    is_closed: Always[int] = None
    additional_information: list[str] | None = None
    created_at: Always[str] = None
    child_transactions: list[Transaction] | None = None
    extension_attributes: TransactionExtension | None = None


@contract("Magento.Sales.Api.Data.TransactionSearchResultInterface")
class TransactionSearchResults(Contract):
    """A page of transactions."""

    items: list[Transaction] | None = None
    search_criteria: SearchCriteria | None = None
    total_count: int | None = None
