"""Payments of orders as they travel (spec 60, 4.5)."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.rest.contract import Always, Contract, contract


@contract("Magento.Sales.Api.Data.OrderPaymentExtensionInterface")
class OrderPaymentExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.OrderPaymentInterface")
class OrderPayment(Contract):
    """How an order is paid. Everything about cards and checks is for methods that are plugged in."""

    account_status: Always[str] = None
    additional_data: str | None = None
    additional_information: Always[list[str]] = None
    address_status: str | None = None
    amount_authorized: Decimal | None = None
    amount_canceled: Decimal | None = None
    amount_ordered: Decimal | None = None
    amount_paid: Decimal | None = None
    amount_refunded: Decimal | None = None
    anet_trans_method: str | None = None
    base_amount_authorized: Decimal | None = None
    base_amount_canceled: Decimal | None = None
    base_amount_ordered: Decimal | None = None
    base_amount_paid: Decimal | None = None
    base_amount_paid_online: Decimal | None = None
    base_amount_refunded: Decimal | None = None
    base_amount_refunded_online: Decimal | None = None
    base_shipping_amount: Decimal | None = None
    base_shipping_captured: Decimal | None = None
    base_shipping_refunded: Decimal | None = None
    cc_approval: str | None = None
    cc_avs_status: str | None = None
    cc_cid_status: str | None = None
    cc_debug_request_body: str | None = None
    cc_debug_response_body: str | None = None
    cc_debug_response_serialized: str | None = None
    cc_exp_month: str | None = None
    cc_exp_year: str | None = None
    cc_last4: Always[str] = None
    cc_number_enc: str | None = None
    cc_owner: str | None = None
    cc_secure_verify: str | None = None
    cc_ss_issue: str | None = None
    cc_ss_start_month: str | None = None
    cc_ss_start_year: str | None = None
    cc_status: str | None = None
    cc_status_description: str | None = None
    cc_trans_id: str | None = None
    cc_type: str | None = None
    echeck_account_name: str | None = None
    echeck_account_type: str | None = None
    echeck_bank_name: str | None = None
    echeck_routing_number: str | None = None
    echeck_type: str | None = None
    entity_id: int | None = None
    last_trans_id: str | None = None
    method: Always[str] = None
    parent_id: int | None = None
    po_number: str | None = None
    protection_eligibility: str | None = None
    quote_payment_id: int | None = None
    shipping_amount: Decimal | None = None
    shipping_captured: Decimal | None = None
    shipping_refunded: Decimal | None = None
    extension_attributes: OrderPaymentExtension | None = None


@contract("Magento.Payment.Api.Data.PaymentAdditionalInfoInterface")
class PaymentAdditionalInfo(Contract):
    """Something that was noted about a payment."""

    key: Always[str] = None
    value: Always[str] = None
