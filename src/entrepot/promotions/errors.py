"""What can go wrong with rules and coupons, in the caller's words."""

from __future__ import annotations

from collections.abc import Iterable

from entrepot.kit.errors import NotFound, PlainRefusal, Refused


class CouponNotValid(Refused):
    """The coupon, or a rule that was applied with it, was used up or taken away since the cart was looked at."""

    message = "The coupon code isn't valid. Verify the code and try again."


class NoSuchRule(NotFound):
    """Clients know it without the id."""


class NoSuchCoupon(NotFound):
    """Clients know it without the id."""


class RuleInvalid(PlainRefusal):
    """All that is wrong with a rule, each followed by a semicolon."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("".join(f"{problem}; " for problem in self.problems))


class AmountInvalid(Refused):
    """Less than nothing."""

    message = "Please choose a valid discount amount."


class CouponNotSaved(Refused):
    message = "Error occurred when saving coupon: %1"


class CouponExists(Refused):
    """Another coupon has the code, without regard to case."""

    message = "%1 already exists."

    def __init__(self) -> None:
        super().__init__("Coupon with the same code")


class SpecIncomplete(Refused):
    """A quantity, a length or a rule is missing."""

    message = "One or more input exceptions have occurred."


class CouponsNotGenerated(Refused):
    message = "Error occurred when generating coupons: %1"


class CouponsInvalid(Refused):
    """Some of the coupons to delete are unknown; none is deleted."""

    message = "Some coupons are invalid."
