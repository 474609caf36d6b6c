"""The types of accounts, addresses, groups and attribute metadata as they travel, and the events of this domain."""

from __future__ import annotations

from msgspec import Struct

from entrepot.kit.rest.contract import Always, Contract, CustomAttributes, contract
from entrepot.kit.search_criteria import SearchCriteria


@contract("Magento.Customer.Api.Data.RegionExtensionInterface")
class RegionExtension(Contract):
    """Nothing extends a region."""


@contract("Magento.Customer.Api.Data.RegionInterface")
class Region(Contract):
    """The region of an address: a known one by its id, or free text with id 0."""

    region_code: Always[str] = None
    region: Always[str] = None
    region_id: Always[int] = None
    extension_attributes: RegionExtension | None = None


@contract("Magento.Customer.Api.Data.AddressExtensionInterface")
class AddressExtension(Contract):
    """Nothing extends an address."""


@contract("Magento.Customer.Api.Data.AddressInterface", entity="customer_address")
class Address(Contract):
    """A postal address in a customer's address book."""

    id: int | None = None
    customer_id: int | None = None
    region: Region | None = None
    region_id: int | None = None
    """0 when the region is only text; None when no region was ever given."""
    country_id: str | None = None
    """ISO 3166-1 alpha-2."""
    street: list[str] | None = None
    company: str | None = None
    telephone: str | None = None
    fax: str | None = None
    postcode: str | None = None
    city: str | None = None
    firstname: str | None = None
    lastname: str | None = None
    middlename: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    vat_id: str | None = None
    default_shipping: bool | None = None
    """In answers True or left out, never False."""
    default_billing: bool | None = None
    extension_attributes: AddressExtension | None = None
    custom_attributes: CustomAttributes = None


@contract("Magento.Customer.Api.Data.CustomerExtensionInterface")
class CustomerExtension(Contract):
    """What the newsletter adds to a customer."""

    is_subscribed: bool | None = None


@contract("Magento.Customer.Api.Data.CustomerInterface", entity="customer")
class Customer(Contract):
    """An account. In a request None means that a field was not sent, and an empty text clears it."""

    id: int | None = None
    group_id: int | None = None
    default_billing: str | None = None
    """The id of the default billing address, as text."""
    default_shipping: str | None = None
    confirmation: str | None = None
    """The key that still has to be confirmed."""
    created_at: str | None = None
    updated_at: str | None = None
    created_in: str | None = None
    """The name of the store view in which the account was made."""
    dob: str | None = None
    """`YYYY-MM-DD`."""
    email: Always[str] = None
    firstname: Always[str] = None
    lastname: Always[str] = None
    middlename: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    gender: int | None = None
    """1 male, 2 female, 3 not specified."""
    store_id: int | None = None
    taxvat: str | None = None
    website_id: int | None = None
    addresses: list[Address] | None = None
    """In a PUT the list is the new set of addresses."""
    disable_auto_group_change: int | None = None
    extension_attributes: CustomerExtension | None = None
    custom_attributes: CustomAttributes = None


@contract("Magento.Customer.Api.Data.CustomerSearchResultsInterface")
class CustomerSearchResults(Contract):
    """One page of customers."""

    items: Always[list[Customer]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.Customer.Api.Data.ValidationResultsInterface")
class ValidationResults(Contract):
    """What `validate` found."""

    valid: Always[bool] = None
    messages: Always[list[str]] = None


@contract("Magento.Customer.Api.Data.GroupExtensionInterface")
class GroupExtension(Contract):
    """Nothing extends a group."""


@contract("Magento.Customer.Api.Data.GroupInterface")
class Group(Contract):
    """A customer group; its tax class takes part in every tax rule."""

    id: int | None = None
    code: Always[str] = None
    tax_class_id: Always[int] = None
    tax_class_name: str | None = None
    extension_attributes: GroupExtension | None = None


@contract("Magento.Customer.Api.Data.GroupSearchResultsInterface")
class GroupSearchResults(Contract):
    """One page of groups."""

    items: Always[list[Group]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.Customer.Api.Data.ValidationRuleInterface")
class ValidationRule(Contract):
    name: Always[str] = None
    value: Always[str] = None


@contract("Magento.Customer.Api.Data.OptionInterface")
class Option(Contract):
    """A choice, or a named group of choices: the latter has `options` instead of a value."""

    label: Always[str] = None
    value: str | None = None
    options: list[Option] | None = None


@contract("Magento.Customer.Api.Data.AttributeMetadataInterface")
class AttributeMetadata(Contract):
    """How an attribute of customers or addresses is labelled, entered and validated."""

    frontend_input: Always[str] = None
    input_filter: Always[str] = None
    store_label: Always[str] = None
    validation_rules: Always[list[ValidationRule]] = None
    multiline_count: Always[int] = None
    visible: Always[bool] = None
    required: Always[bool] = None
    data_model: Always[str] = None
    options: Always[list[Option]] = None
    frontend_class: Always[str] = None
    user_defined: Always[bool] = None
    sort_order: Always[int] = None
    frontend_label: Always[str] = None
    note: Always[str] = None
    system: Always[bool] = None
    backend_type: Always[str] = None
    is_used_in_grid: bool | None = None
    is_visible_in_grid: bool | None = None
    is_filterable_in_grid: bool | None = None
    is_searchable_in_grid: bool | None = None
    attribute_code: Always[str] = None


class CustomerCreated(Struct, frozen=True):
    """An account was made, its addresses included."""

    customer_id: int


class CustomerChanged(Struct, frozen=True):
    """An account, one of its addresses or a default of it was changed."""

    customer_id: int


class CustomerDeleted(Struct, frozen=True):
    """An account is gone; what names it must forget it. Published in the transaction that deletes it."""

    customer_id: int
    website_id: int
    email: str


class CustomerSignedIn(Struct, frozen=True):
    """A customer gave the right password, on a page or to the token service."""

    customer_id: int
