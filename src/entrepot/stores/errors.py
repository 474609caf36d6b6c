"""What can go wrong with websites, groups, views and configuration values.

Source of the messages: Magento's `Store/Model/*`, `Backend/Controller/Adminhtml/System/Store/*` and
`Config/Model/Config/PathValidator`, `Framework/App/Scope/Validator`. Those without a source are for situations that
Magento's forms do not offer.
"""

from __future__ import annotations

from entrepot.kit.errors import NotFound, Refused


class WebsiteNotFound(NotFound):
    message = "The website with id %1 that was requested wasn't found. Verify the website and try again."


class WebsiteCodeNotFound(NotFound):
    message = "The website with code %1 that was requested wasn't found. Verify the website and try again."


class GroupNotFound(NotFound):
    message = "The group that was requested wasn't found. Verify the group and try again."


class StoreNotFound(NotFound):
    message = "The store that was requested wasn't found. Verify the store and try again."


class InvalidWebsiteCode(Refused):
    message = (
        "Website code may only contain letters (a-z), numbers (0-9) or underscore (_), "
        "and the first character must be a letter."
    )


class InvalidStoreCode(Refused):
    message = (
        "The store code may contain only letters (a-z), numbers (0-9) or underscore (_), "
        "and the first character must be a letter."
    )


class ReservedStoreCode(Refused):
    """A store view whose code would hide a path that every client uses: `/rest/V1`, `/rest/all`, `/static`."""

    message = 'The "%1" store code is reserved. Use another code and try again.'


class NameRequired(Refused):
    """A store view without a name."""

    message = "Name is required"


class WebsiteCodeTaken(Refused):
    message = "Website with the same code already exists."


class GroupCodeTaken(Refused):
    message = "Group with the same code already exists."


class StoreCodeTaken(Refused):
    message = "Store with the same code already exists."


class WebsiteCannotBeDeleted(Refused):
    """The default website."""

    message = "This website cannot be deleted."


class GroupCannotBeDeleted(Refused):
    """The last group of its website."""

    message = "This store cannot be deleted."


class StoreCannotBeDeleted(Refused):
    """The last view of its group."""

    message = "This store view cannot be deleted."


class LastGroupCannotLeave(Refused):
    """A group that is the only one of its website shall move to another."""

    message = "The last store of a website can't be moved to another website."


class LastViewCannotLeave(Refused):
    """A view that is the only one of its group shall move to another."""

    message = "The last store view of a store can't be moved to another store."


class NotAGroupOfTheWebsite(Refused):
    message = "The default store must be one of the website's own stores."


class NotAViewOfTheGroup(Refused):
    message = "The default store view must be one of the store's own store views."


class DefaultWebsiteNeeded(Refused):
    """The default website shall no longer be the default, but which one is instead?"""

    message = "Make another website the default instead."


class DefaultViewNeeded(Refused):
    """A change would leave calls without a store code with nowhere to take place."""

    message = "The default website must have an active default store view."


class UnknownPath(Refused):
    message = 'The "%1" path doesn\'t exist. Verify and try again.'


class UnknownScope(Refused):
    """Neither `default`, `websites` nor `stores`; or no website or view has the code."""

    message = 'The "%1" value doesn\'t exist. Enter another value and try again.'


class ScopeCodeMissing(Refused):
    message = "A scope code is missing. Enter a code and try again."


class ScopeCodeNotAllowed(Refused):
    """The default scope has no code."""

    message = 'The "%1" scope can\'t include a scope code. Try again without entering a scope code.'


class OutsideItsScopes(Refused):
    """The field can only be set in wider scopes."""

    message = 'The "%1" path can\'t be set in the "%2" scope.'
