"""What can go wrong with categories, in Magento's words."""

from __future__ import annotations

from entrepot.kit.errors import NoSuchEntity, Refused


class CategoryNotFound(NoSuchEntity):
    def __init__(self, category_id: int | str) -> None:
        super().__init__(field_name="id", field_value=category_id)


class CategoryNotSaved(Refused):
    """`%1` is the reason, in words that are filled in already."""

    message = "Could not save category: %1"


class CategoryCannotBeDeleted(Refused):
    """The root of all, or a store's root lies in what would be deleted."""

    message = "Cannot delete category with id %1"


class MovedBelowItself(Refused):
    message = "Operation do not allow to move a parent category to any of children category"


class CategoryNotMoved(Refused):
    """Another entity answers at an address that it would have at its new place."""

    message = "Could not move category"


class LinkNotSaved(Refused):
    """The product's id, the position, the category's id."""

    message = 'Could not save product "%1" with position %2 to category %3'


class NotInCategory(Refused):
    message = "The category doesn't contain the specified product."
