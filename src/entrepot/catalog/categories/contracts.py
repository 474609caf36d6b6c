"""The types of categories as they travel. In a request None means that a field was not sent."""

from __future__ import annotations

from typing import Annotated, Any

from entrepot.kit.rest.contract import Always, AttributeValue, Contract, CustomAttributes, Mark, contract


@contract("Magento.Catalog.Api.Data.CategoryExtensionInterface")
class CategoryExtension(Contract):
    """Nothing extends a category."""


@contract("Magento.Catalog.Api.Data.CategoryInterface", entity="catalog_category")
class Category(Contract):
    """A category as one store view sees it. A request cannot set `level`, `path` and, once it exists, `parent_id`."""

    id: int | None = None
    parent_id: int | None = None
    name: str | None = None
    is_active: bool | None = None
    position: int | None = None
    """Among the children of its parent, from 1; not always without gaps."""
    level: int | None = None
    """0 the root of all, 1 roots of stores, 2 the first level of a menu."""
    children: Annotated[str | None, Mark.READ_ONLY] = None
    """The ids of its direct children that are active, joined by commas."""
    created_at: str | None = None
    """YYYY-MM-DD HH:MM:SS, UTC; so is `updated_at`."""
    updated_at: str | None = None
    path: str | None = None
    """The ids from the root to the category itself: 1/2/42."""
    available_sort_by: list[str] | None = None
    """By what its products can be sorted; empty for what the configuration says."""
    include_in_menu: bool | None = None
    extension_attributes: CategoryExtension | None = None
    custom_attributes: CustomAttributes = None

    def custom_attribute(self, code: str) -> Any:
        """The value of a custom attribute; None without one."""
        return next((one.value for one in self.custom_attributes or () if one.attribute_code == code), None)


@contract("Magento.Catalog.Api.Data.CategoryTreeInterface")
class CategoryTree(Contract):
    """A category with those below it."""

    id: Always[int] = None
    parent_id: Always[int] = None
    name: Always[str] = None
    is_active: Always[bool] = None
    position: Always[int] = None
    level: Always[int] = None
    product_count: Always[int] = None
    """Of the category itself; for an anchor also of those below it, each product once."""
    children_data: Always[list[CategoryTree]] = None


@contract("Magento.Catalog.Api.Data.CategoryProductLinkExtensionInterface")
class CategoryProductLinkExtension(Contract):
    """Nothing extends a product's place in a category."""


@contract("Magento.Catalog.Api.Data.CategoryProductLinkInterface")
class CategoryProductLink(Contract):
    """A product's place in a category."""

    sku: str | None = None
    position: int | None = None
    category_id: Always[str] = None
    extension_attributes: CategoryProductLinkExtension | None = None


__all__ = ["AttributeValue", "Category", "CategoryProductLink", "CategoryTree"]
