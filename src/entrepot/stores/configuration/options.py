"""Choices that several sections offer."""

from collections.abc import Mapping

from entrepot.stores.configuration.model import Option


def choices(labels: Mapping[str, str]) -> tuple[Option, ...]:
    """Stored values and the labels they are shown by, in the order given."""
    return tuple(Option(value, label) for value, label in labels.items())


YES_NO = choices({"1": "Yes", "0": "No"})
ENABLE_DISABLE = choices({"1": "Enable", "0": "Disable"})
APPLICABLE_COUNTRIES = choices({"0": "All Allowed Countries", "1": "Specific Countries"})
CAPTCHA_MODES = choices({"always": "Always", "after_fail": "After number of attempts to login"})
COPY_METHODS = choices({"bcc": "Bcc", "copy": "Separate Email"})
FREQUENCIES = choices({"D": "Daily", "W": "Weekly", "M": "Monthly"})
RESET_PROTECTION = choices({"1": "By IP and Email", "2": "By IP", "3": "By Email", "0": "None"})
WEEKDAYS = choices(
    {
        "0": "Sunday",
        "1": "Monday",
        "2": "Tuesday",
        "3": "Wednesday",
        "4": "Thursday",
        "5": "Friday",
        "6": "Saturday",
    }
)
EMAIL_SENDERS = choices(
    {
        "general": "General Contact",
        "sales": "Sales Representative",
        "support": "Customer Support",
        "custom1": "Custom Email 1",
        "custom2": "Custom Email 2",
    }
)
