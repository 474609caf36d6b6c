"""What can go wrong with accounts, addresses and groups, in the caller's words."""

from __future__ import annotations

from entrepot.kit.errors import NoSuchEntity, NotFound, PlainRefusal, Refused, Unauthorized


class AttributeRulesBroken(PlainRefusal):
    """Every broken attribute rule of one customer or address, already rendered, one a line.

    Unlike other refusals it has no parameters (Magento's `Validator\\Exception`).
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


class NoSuchCustomer(NoSuchEntity):
    """No account has this id."""

    def __init__(self, customer_id: int) -> None:
        super().__init__(field_name="customerId", field_value=customer_id)


class NoSuchAddress(NoSuchEntity):
    """No address has this id, or it is another customer's."""

    def __init__(self, address_id: int) -> None:
        super().__init__(field_name="addressId", field_value=address_id)


class WebsiteNotFound(NotFound):
    """The id stands inside the text, as Magento sends it."""

    def __init__(self, website_id: int) -> None:
        self.message = (
            f"The website with id {website_id} that was requested wasn't found. Verify the website and try again."
        )
        super().__init__()


class StoreNotFound(NotFound):
    message = "The store that was requested wasn't found. Verify the store and try again."


class StoreNotInWebsite(Refused):
    message = "The store view is not in the associated website."


class EmailMissing(Refused):
    message = "The customer email is missing. Enter and try again."


class EmailTaken(Refused):
    """Another account of the website (of any website, when accounts are shared) has this address."""

    message = "A customer with the same email address already exists in an associated website."


class AlreadyInStore(Refused):
    """A client sent an id with an account that exists."""

    message = "This customer already exists in this store."


class GroupUnknown(Refused):
    message = "The specified customer group id does not exist."


class InvalidDate(Refused):
    message = "Invalid date"


class PasswordTooLong(Refused):
    message = "Please enter a password with at most %1 characters."


class PasswordTooShort(Refused):
    message = "The password needs at least %1 characters. Create a new password and try again."


class PasswordHasOuterSpace(Refused):
    message = "The password can't begin or end with a space. Verify the password and try again."


class PasswordTooSimple(Refused):
    message = (
        "Minimum of different classes of characters in password is %1. "
        "Classes of characters: Lower Case, Upper Case, Digits, Special Characters."
    )


class PasswordIsEmail(Refused):
    message = "The password can't be the same as the email address. Create a new password and try again."


class WrongPassword(Unauthorized):
    """A wrong current password. The failure stays counted."""

    keeps_effects = True
    message = "The password doesn't match this account. Verify the password and try again."


class AccountLocked(Unauthorized):
    """Too many wrong passwords. The failure stays counted."""

    keeps_effects = True
    message = "The account is locked."


class InvalidLogin(Unauthorized):
    """An unknown address or a wrong password: which of them is not told. The failure stays counted."""

    keeps_effects = True
    message = "Invalid login or password."


class NotConfirmed(Unauthorized):
    """The right password of an account that still has to be confirmed."""

    message = "This account isn't confirmed. Verify and try again."


class UnknownTemplate(Refused):
    message = 'Invalid value of "%value" provided for the %fieldName field. Possible values: %template1 or %template2.'


class ResetTokenMismatch(Refused):
    message = "The password token is mismatched. Reset and try again."


class ResetTokenExpired(Refused):
    message = "The password token is expired. Reset and try again."


class NoSuchResetToken(NotFound):
    message = "No such entity with rp_token = %value"


class ResetTokenAmbiguous(Refused):
    message = "Reset password token expired."


class TooManyResetRequests(Refused):
    """The limiter of the pages; `%1` is the shop's contact address."""

    message = "We received too many requests for password resets. Please wait and try again later or contact %1."


class AlreadyActive(Refused):
    message = "The account is already active."


class ConfirmationMismatch(Refused):
    message = "The confirmation token is invalid. Verify the token and try again."


class ConfirmationNotNeeded(Refused):
    message = "Confirmation isn't needed."


class GroupExists(Refused):
    message = "Customer Group already exists."


class GroupCannotBeDeleted(Refused):
    message = "Cannot delete group."


class SharedEmails(Refused):
    """Accounts of several websites have the same address, so they cannot be shared."""

    message = (
        "We can't share customer accounts globally when the accounts share identical email addresses on more than "
        "one website."
    )


class InvalidSubscriberEmail(Refused):
    message = "Please enter a valid email address."


class GuestsMayNotSubscribe(Refused):
    """`%1` is the address of the page for new accounts; the page fills it in."""

    message = 'Sorry, but the administrator denied subscription for guests. Please <a href="%1">register</a>.'


class EmailOfAnotherUser(Refused):
    message = "This email address is already assigned to another user."


class AlreadySubscribed(Refused):
    message = "This email address is already subscribed."


class InvalidSubscriptionCode(Refused):
    message = "This is an invalid subscription confirmation code."


class InvalidSubscriptionId(Refused):
    message = "This is an invalid subscription ID."


class PasswordsDiffer(Refused):
    message = "Password confirmation doesn't match entered password."
