"""Addresses of orders as they travel (spec 60, 4.4)."""

from __future__ import annotations

from entrepot.kit.rest.contract import Always, Contract, contract


@contract("Magento.Sales.Api.Data.OrderAddressExtensionInterface")
class OrderAddressExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.OrderAddressInterface")
class OrderAddress(Contract):
    """Where an order was billed or shipped to."""

    address_type: Always[str] = None
    city: Always[str] = None
    company: str | None = None
    country_id: Always[str] = None
    customer_address_id: int | None = None
    customer_id: int | None = None
    email: str | None = None
    entity_id: int | None = None
    fax: str | None = None
    firstname: Always[str] = None
    lastname: Always[str] = None
    middlename: str | None = None
    parent_id: int | None = None
    postcode: Always[str] = None
    prefix: str | None = None
    region: str | None = None
    region_code: str | None = None
    region_id: int | None = None
    street: list[str] | None = None
    suffix: str | None = None
    telephone: Always[str] = None
    vat_id: str | None = None
    vat_is_valid: int | None = None
    vat_request_date: str | None = None
    vat_request_id: str | None = None
    vat_request_success: int | None = None
    extension_attributes: OrderAddressExtension | None = None
