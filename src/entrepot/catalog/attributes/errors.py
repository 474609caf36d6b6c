"""What can go wrong with attributes, their options, values and sets, in Magento's words."""

from __future__ import annotations

from entrepot.kit.errors import NotFound, PlainRefusal, Refused

# ---------------------------------------------------------------- values


class InvalidAttributeValue(PlainRefusal):
    """A value of the wrong type, where it does not come through REST, which refuses it itself in these words."""

    @classmethod
    def of(cls, code: str, value: str, expected: str) -> InvalidAttributeValue:
        return cls(
            f'Error occurred during "custom_attributes" processing. Attribute "{code}" has invalid value. '
            f'The "{value}" value\'s type is invalid. The "{expected}" type was expected. Verify and try again.'
        )


class InvalidDate(Refused):
    """A text that says no date."""

    message = "Invalid date"


class AttributeValueEmpty(PlainRefusal):
    """A required attribute without a value."""

    @classmethod
    def of(cls, label: str) -> AttributeValueEmpty:
        return cls(f'The "{label}" attribute value is empty. Set the attribute and try again.')


class AttributeValueNotUnique(PlainRefusal):
    """Another product has this value of a unique attribute."""

    @classmethod
    def of(cls, label: str) -> AttributeValueNotUnique:
        return cls(f'The value of the "{label}" attribute isn\'t unique. Set a unique value and try again.')


class SkuTooLong(Refused):
    message = "SKU length should be 64 characters maximum."


class NegativeAmount(Refused):
    """A price or weight below zero."""

    message = "Please enter a number 0 or greater in this field."


class FromAfterTo(Refused):
    """A period that ends before it begins; refused in forms only, REST stores it."""

    message = "Make sure the To Date is later than or the same as the From Date."


# ---------------------------------------------------------------- attributes


class AttributeNotFound(NotFound):
    message = 'The attribute with a "%1" attributeCode doesn\'t exist. Verify the attribute and try again.'


class AttributeCodeReserved(Refused):
    """A code that the program itself uses for something else of a product."""

    message = "The attribute code '%1' is reserved by system. Please try another attribute code"


class AttributeCodeTaken(Refused):
    message = "%1 already exists."

    def __init__(self) -> None:
        super().__init__("Attribute with the same code")


class SystemAttribute(Refused):
    """An attribute that the program cannot do without."""

    message = "The system attribute can't be deleted."


class AttributeInUse(Refused):
    """Configurable products are chosen by this attribute. Raised by those who listen to AttributeDeleted."""

    message = "This attribute is used in configurable products."


# ---------------------------------------------------------------- options


class OptionWithoutLabel(Refused):
    message = "The default option isn't defined. Set the option and try again."


class TakesNoOptions(Refused):
    message = 'The "%1" attribute doesn\'t work with options.'


class HasNoOptions(Refused):
    message = 'The "%1" attribute has no option.'


class OptionNotFound(NotFound):
    message = 'The "%1" attribute doesn\'t include an option with "%2" ID.'


class AttributeNotSaved(Refused):
    message = 'The "%1" attribute can\'t be saved.'


# ---------------------------------------------------------------- sets


class NotAProductSet(Refused):
    message = "Provided Attribute set non product Attribute set."


class SkeletonNotFound(Refused):
    message = "The attribute set couldn't be created because it's based on a non-existing attribute set."


class SkeletonOfOtherEntity(Refused):
    message = "The attribute set couldn't be created because it's based on a non-product attribute set."


class SetNameEmpty(Refused):
    message = "The attribute set name is empty. Enter the name and try again."


class SetNameTaken(PlainRefusal):
    @classmethod
    def of(cls, name: str) -> SetNameTaken:
        return cls(f'A "{name}" attribute set name already exists. Create a new name and try again.')


class DefaultSet(Refused):
    message = "The default attribute set can't be deleted."


class UnknownEntityType(PlainRefusal):
    @classmethod
    def of(cls, code: str) -> UnknownEntityType:
        return cls(f"Invalid entity_type specified: {code}")


class SetToAssignNotFound(NotFound):
    message = 'The AttributeSet with a "%1" ID doesn\'t exist. Verify the attributeSet and try again.'


class SetToAssignOfOtherEntity(Refused):
    message = "The attribute set ID is incorrect. Verify the ID and try again."


class SetToUnassignNotFound(NotFound):
    message = 'The "%1" attribute set wasn\'t found. Verify and try again.'


class NotInSet(Refused):
    message = 'The "%1" attribute wasn\'t found in the "%2" attribute set. Enter the attribute and try again.'


# ---------------------------------------------------------------- groups


class GroupNotFound(NotFound):
    message = 'The group with the "%1" ID doesn\'t exist. Verify the ID and try again.'


class GroupOfOtherSet(Refused):
    """Raised when an attribute is assigned."""

    message = "The attribute group doesn't belong to the attribute set."


class GroupOfOtherSetSaved(Refused):
    """Raised when a group is saved."""

    message = "The attribute group doesn't belong to the provided attribute set."


class GroupNotSaved(Refused):
    message = "The attributeGroup can't be saved."


class GroupWithSystemAttributes(Refused):
    message = "The attribute group can't be deleted because it contains system attributes."
