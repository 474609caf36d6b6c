"""What the catalog tells other domains, in the transaction in which it happens."""

from __future__ import annotations

from msgspec import Struct


class ProductsSaved(Struct, frozen=True):
    """Products were made or changed, with all their parts, in one call."""

    product_ids: tuple[int, ...]
    created_ids: frozenset[int]
    """Those of them that are new."""


class ProductsDeleted(Struct, frozen=True):
    """Products are gone. Published after their rows were deleted."""

    product_ids: tuple[int, ...]
    skus: tuple[str, ...]
    """In the same order, as they were stored."""


class ProductSkuChanged(Struct, frozen=True):
    """A product got another SKU. Published before `ProductsSaved`."""

    product_id: int
    old: str
    new: str


class ProductTypeChanged(Struct, frozen=True):
    """A product became one of another type. Published before `ProductsSaved`."""

    product_id: int
    old: str
    new: str


class CategoriesChanged(Struct, frozen=True):
    """Categories were made, or their values changed."""

    category_ids: tuple[int, ...]
    created_ids: frozenset[int]
    """Those of them that are new."""


class CategoryMoved(Struct, frozen=True):
    """A category has another place, with all below it. The parents are the same if only its position changed."""

    category_id: int
    parent_id: int
    former_parent_id: int


class CategoriesDeleted(Struct, frozen=True):
    """A category and all below it are gone. Published after their rows were deleted."""

    category_ids: tuple[int, ...]
    product_ids: tuple[int, ...]
    """Products that were in one of them."""


class ProductsInCategoryChanged(Struct, frozen=True):
    """Products came into a category, left it, or were given other positions there, without being saved themselves."""

    category_id: int
    product_ids: tuple[int, ...]
