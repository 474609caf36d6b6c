"""The shop's rules for new passwords."""

from __future__ import annotations

from entrepot.customers.rules import passwords as rules
from entrepot.kit.context import Context

MIN_LENGTH = "customer/password/minimum_password_length"
REQUIRED_CLASSES = "customer/password/required_character_classes_number"


def check_password(ctx: Context, password: str, email: str) -> None:
    """For a new account: first the strength, then that it is not the address. Raises the first broken rule."""
    _check_strength(ctx, password)
    rules.check_is_not_email(password, email)


def check_new_password(ctx: Context, password: str, email: str) -> None:
    """For an existing account Magento asks in the other order."""
    rules.check_is_not_email(password, email)
    _check_strength(ctx, password)


def _check_strength(ctx: Context, password: str) -> None:
    rules.check_strength(password, ctx.config_default(MIN_LENGTH), ctx.config_default(REQUIRED_CLASSES))
