"""What can go wrong with classes, rates and rules, in the caller's words."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.kit.errors import NoSuchEntity, PlainRefusal, Refused


class NoSuchTaxClass(NoSuchEntity):
    def __init__(self, class_id: int) -> None:
        super().__init__(field_name="class_id", field_value=class_id)


class ClassTypeFixed(Refused):
    """Goods do not become customers."""

    message = "Updating classType is not allowed."


class ClassExists(Refused):
    """Another class of the type has the name, without regard to case."""

    message = "A class with the same name already exists for ClassType %1."


class ClassInRules(Refused):
    message = (
        "You cannot delete this tax class because it is used in Tax Rules. "
        "You have to delete the rules it is used in first."
    )


class ClassInUse(Refused):
    """Products or customer groups have the class."""

    message = "You cannot delete this tax class because it is used in existing %1(s)."


class NoSuchTaxRate(NoSuchEntity):
    def __init__(self, rate_id: int) -> None:
        super().__init__(field_name="taxRateId", field_value=rate_id)


class CodeExists(Refused):
    """Another rate, or another rule, has the code, without regard to case."""

    message = "%1 already exists."

    def __init__(self) -> None:
        super().__init__("Code")


class RangeReversed(Refused):
    message = "Range To should be equal or greater than Range From."


class PostcodeTooLong(Refused):
    message = "The ZIP Code length is invalid. Verify that the length is nine characters or fewer and try again."


class RateInRule(Refused):
    message = "The tax rate can't be removed because it exists in a tax rule."


class NoSuchTaxRule(NoSuchEntity):
    def __init__(self, rule_id: int) -> None:
        super().__init__(field_name="taxRuleId", field_value=rule_id)


class RuleInvalid(PlainRefusal):
    """Everything that is wrong with a rule, already rendered, one a line. Unlike other refusals without parameters."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = list(lines)
        super().__init__("\n".join(lines))
