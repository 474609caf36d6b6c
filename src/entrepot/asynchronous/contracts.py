"""What clients see of asynchronous calls (spec 00-webapi, 11)."""

from __future__ import annotations

from typing import Annotated

from entrepot.kit.rest.contract import Always, Contract, NeedsResource, ReadOnly, contract

LOGS = "Magento_Logging::system_magento_logging_bulk_operations"
"""The resource of everything here."""


@contract("Magento.AsynchronousOperations.Api.Data.ItemStatusInterface")
class ItemStatus(Contract):
    """What became of one element of a request."""

    id: Always[int] = None
    """Its place in the request."""
    data_hash: Always[str] = None
    """SHA-256, hex, of the operation's serialised data."""
    status: Always[str] = None
    """`accepted` or `rejected`."""
    error_message: str | None = None
    error_code: int | None = None


@contract("Magento.AsynchronousOperations.Api.Data.AsyncResponseExtensionInterface")
class AsyncResponseExtension(Contract):
    """Magento declares none."""


@contract("Magento.AsynchronousOperations.Api.Data.AsyncResponseInterface")
class AsyncResponse(Contract):
    """The answer to an asynchronous call."""

    bulk_uuid: Always[str] = None
    request_items: Always[list[ItemStatus]] = None
    errors: Always[bool] = None
    """Whether an element was rejected."""
    extension_attributes: AsyncResponseExtension | None = None


@contract("Magento.AsynchronousOperations.Api.Data.SummaryOperationStatusInterface")
class SummaryOperationStatus(Contract):
    id: ReadOnly[int] = None
    status: ReadOnly[int] = None
    """1 complete, 2 failed and may be retried, 3 failed, 4 open, 5 rejected."""
    result_message: ReadOnly[str] = None
    error_code: ReadOnly[int] = None


@contract("Magento.AsynchronousOperations.Api.Data.OperationExtensionInterface")
class OperationExtension(Contract):
    start_time: Annotated[str | None, NeedsResource(LOGS)] = None
    """When its bulk was accepted."""


@contract("Magento.AsynchronousOperations.Api.Data.OperationInterface")
class OperationDetails(Contract):
    extension_attributes: OperationExtension | None = None
    id: Always[int] = None
    bulk_uuid: Always[str] = None
    topic_name: Always[str] = None
    serialized_data: Always[str] = None
    """JSON text, with the JSON text of the arguments in `meta_information`; null once the operation is complete."""
    result_serialized_data: Always[str] = None
    """The JSON text of what the synchronous call would have answered."""
    status: Always[int] = None
    result_message: Always[str] = None
    error_code: Always[int] = None


@contract("Magento.AsynchronousOperations.Api.Data.BulkSummaryExtensionInterface")
class BulkExtension(Contract):
    """Magento declares none."""


@contract("Magento.AsynchronousOperations.Api.Data.BulkOperationsStatusInterface")
class BulkOperationsStatus(Contract):
    operations_list: Always[list[SummaryOperationStatus]] = None
    extension_attributes: BulkExtension | None = None
    user_type: Always[int] = None
    """1 integration, 2 administrator, 3 customer, 4 guest."""
    bulk_id: Always[str] = None
    description: Always[str] = None
    start_time: Always[str] = None
    user_id: Always[int] = None
    operation_count: Always[int] = None


@contract("Magento.AsynchronousOperations.Api.Data.DetailedBulkOperationsStatusInterface")
class DetailedBulkOperationsStatus(Contract):
    operations_list: Always[list[OperationDetails]] = None
    extension_attributes: BulkExtension | None = None
    user_type: Always[int] = None
    bulk_id: Always[str] = None
    description: Always[str] = None
    start_time: Always[str] = None
    user_id: Always[int] = None
    operation_count: Always[int] = None
