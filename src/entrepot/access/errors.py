"""What can go wrong with administrators, roles and signing in, in Magento's words where it has some."""

from __future__ import annotations

from entrepot.kit.errors import NoSuchEntity, Refused, Unauthorized


class SignInRefused(Unauthorized):
    """Whatever the reason: a client must not learn whether the name, the password or a lock was it."""

    message = (
        "The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."
    )
    keeps_effects = True


class NoRole(Unauthorized):
    """The right password of an administrator who has no role."""

    message = "More permissions are needed to access this."


class OwnPasswordInvalid(Unauthorized):
    """Who changes users or roles in the Admin confirms it with the own password; a wrong one counts as a sign-in."""

    message = "The password entered for the current user is invalid. Verify the password and try again."
    keeps_effects = True


class InvalidEmail(Refused):
    message = "Please enter a valid email."


class TooLong(Refused):
    message = 'Please enter at most %1 characters for "%2".'


class PasswordRequired(Refused):
    message = "Password is required field."


class PasswordTooShort(Refused):
    message = "Your password must be at least %1 characters."


class PasswordTooSimple(Refused):
    message = "Your password must include both numeric and alphabetic characters."


class PasswordsDiffer(Refused):
    message = "Your password confirmation must match your password."


class PasswordAlreadyUsed(Refused):
    """The current password or an earlier one."""

    message = "Sorry, but this password has already been used. Please create another."


class UserExists(Refused):
    message = "A user with the same user name or email already exists."


class NoSuchUser(NoSuchEntity):
    """By `userId` or `username`."""


class NoSuchRole(NoSuchEntity):
    """By `roleId` or `roleName`."""


class OwnAccount(Refused):
    message = "You cannot delete your own account."


class OwnRole(Refused):
    message = "You cannot delete self-assigned roles."


class RoleExists(Refused):
    message = 'A role with the name "%1" already exists.'


class UnknownResource(Refused):
    message = 'There is no resource "%1".'
