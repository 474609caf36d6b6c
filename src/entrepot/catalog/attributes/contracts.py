"""What clients see of attributes, their options, and the sets and groups that they stand in."""

from __future__ import annotations

from entrepot.kit.rest.contract import Always, Contract, CustomAttributes, contract
from entrepot.kit.search_criteria import SearchCriteria


@contract("Magento.Eav.Api.Data.AttributeOptionLabelInterface")
class OptionLabel(Contract):
    """What an option is called in a store view; 0 is the default."""

    store_id: int | None = None
    label: str | None = None


@contract("Magento.Eav.Api.Data.AttributeOptionInterface")
class AttributeOption(Contract):
    """One choice of an attribute. Answers have the first two fields only; the others are for requests."""

    label: Always[str] = None
    value: Always[str] = None
    """In answers what a product's value says: the option's id for options that are kept in tables."""
    sort_order: int | None = None
    is_default: bool | None = None
    store_labels: list[OptionLabel] | None = None


@contract("Magento.Eav.Api.Data.AttributeFrontendLabelInterface")
class FrontendLabel(Contract):
    """What an attribute is called in a store view."""

    store_id: int | None = None
    label: str | None = None


@contract("Magento.Eav.Api.Data.AttributeValidationRuleInterface")
class ValidationRule(Contract):
    key: Always[str] = None
    value: Always[str] = None


@contract("Magento.Catalog.Api.Data.EavAttributeExtensionInterface")
class AttributeExtension(Contract):
    """Magento declares none."""


class CatalogAttribute(Contract):
    """What attributes of products and of categories have in common, which is everything."""

    extension_attributes: AttributeExtension | None = None
    is_wysiwyg_enabled: bool | None = None
    is_html_allowed_on_front: bool | None = None
    used_for_sort_by: bool | None = None
    is_filterable: bool | None = None
    is_filterable_in_search: bool | None = None
    is_used_in_grid: bool | None = None
    is_visible_in_grid: bool | None = None
    is_filterable_in_grid: bool | None = None
    position: int | None = None
    apply_to: list[str] | None = None
    """Types of products; empty for all of them."""
    is_searchable: str | None = None
    """`0` or `1`, as are the next five."""
    is_visible_in_advanced_search: str | None = None
    is_comparable: str | None = None
    is_used_for_promo_rules: str | None = None
    is_visible_on_front: str | None = None
    used_in_product_listing: str | None = None
    is_visible: bool | None = None
    scope: str | None = None
    """`store`, `website` or `global`."""
    attribute_id: int | None = None
    attribute_code: Always[str] = None
    frontend_input: Always[str] = None
    entity_type_id: Always[str] = None
    is_required: Always[bool] = None
    options: list[AttributeOption] | None = None
    is_user_defined: bool | None = None
    default_frontend_label: str | None = None
    frontend_labels: Always[list[FrontendLabel]] = None
    """Those of store views; the default is `default_frontend_label`."""
    note: str | None = None
    backend_type: str | None = None
    backend_model: str | None = None
    source_model: str | None = None
    default_value: str | None = None
    is_unique: str | None = None
    """`0` or `1`."""
    frontend_class: str | None = None
    validation_rules: list[ValidationRule] | None = None
    custom_attributes: CustomAttributes = None


@contract("Magento.Catalog.Api.Data.ProductAttributeInterface")
class ProductAttribute(CatalogAttribute):
    """An attribute that products may have."""


@contract("Magento.Catalog.Api.Data.CategoryAttributeInterface")
class CategoryAttribute(CatalogAttribute):
    """An attribute of categories."""


@contract("Magento.Catalog.Api.Data.ProductAttributeTypeExtensionInterface")
class AttributeTypeExtension(Contract):
    """Magento declares none."""


@contract("Magento.Catalog.Api.Data.ProductAttributeTypeInterface")
class AttributeType(Contract):
    """A kind of input that an attribute may have."""

    value: Always[str] = None
    label: Always[str] = None
    extension_attributes: AttributeTypeExtension | None = None


@contract("Magento.Eav.Api.Data.AttributeSetExtensionInterface")
class AttributeSetExtension(Contract):
    """Magento declares none."""


@contract("Magento.Eav.Api.Data.AttributeSetInterface")
class AttributeSet(Contract):
    attribute_set_id: int | None = None
    attribute_set_name: Always[str] = None
    sort_order: Always[int] = None
    entity_type_id: int | None = None
    extension_attributes: AttributeSetExtension | None = None


@contract("Magento.Eav.Api.Data.AttributeGroupExtensionInterface")
class AttributeGroupExtension(Contract):
    attribute_group_code: str | None = None
    sort_order: str | None = None


@contract("Magento.Eav.Api.Data.AttributeGroupInterface")
class AttributeGroup(Contract):
    """A part of a set, under which forms show some of its attributes."""

    attribute_group_id: str | None = None
    attribute_group_name: str | None = None
    attribute_set_id: int | None = None
    extension_attributes: AttributeGroupExtension | None = None


@contract("Magento.Catalog.Api.Data.ProductAttributeSearchResultsInterface")
class ProductAttributeSearchResults(Contract):
    """One page of attributes of products."""

    items: Always[list[ProductAttribute]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.Catalog.Api.Data.CategoryAttributeSearchResultsInterface")
class CategoryAttributeSearchResults(Contract):
    """One page of attributes of categories."""

    items: Always[list[CategoryAttribute]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.Eav.Api.Data.AttributeSetSearchResultsInterface")
class AttributeSetSearchResults(Contract):
    """One page of attribute sets."""

    items: Always[list[AttributeSet]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.Eav.Api.Data.AttributeGroupSearchResultsInterface")
class AttributeGroupSearchResults(Contract):
    """One page of groups of attribute sets."""

    items: Always[list[AttributeGroup]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None
