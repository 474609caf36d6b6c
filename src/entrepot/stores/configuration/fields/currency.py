"""Base, display and allowed currencies, and where rates come from."""

from entrepot.stores.configuration.checks import EMAIL
from entrepot.stores.configuration.declare import (
    DW,
    DWS,
    D,
    email_template,
    group,
    multiselect,
    section,
    select,
    sender,
    special,
    text,
    yes_no,
)
from entrepot.stores.configuration.model import OptionSource
from entrepot.stores.configuration.options import FREQUENCIES

SECTION = section(
    "currency",
    "Currency Setup",
    group(
        "options",
        "Currency Options",
        select("base", "Base Currency", DW, OptionSource.CURRENCIES, "USD"),
        select("default", "Default Display Currency", DWS, OptionSource.CURRENCIES, "USD"),
        multiselect("allow", "Allowed Currencies", DWS, OptionSource.CURRENCIES, "USD,EUR", can_be_empty=True),
    ),
    group(
        "fixerio",
        "Fixer.io",
        special("obscure", "api_key", "API Key", D, "", encrypted=True),
        text("timeout", "Connection Timeout in Seconds", D, "100"),
    ),
    group(
        "currencyconverterapi",
        "Currency Converter API",
        text("timeout", "Connection Timeout in Seconds", D, "100"),
    ),
    group(
        "import",
        "Scheduled Import Settings",
        yes_no("enabled", "Enabled", D, "0"),
        select("service", "Service", D, OptionSource.CURRENCY_SERVICES),
        special("time", "time", "Start Time", D),
        select("frequency", "Frequency", D, FREQUENCIES),
        text("error_email", "Error Email Recipient", D, "", check=EMAIL),
        sender("error_email_identity", "Error Email Sender", D, "general"),
        email_template("error_email_template", "Error Email Template", D, "currency_import_error_email_template"),
    ),
    tab="general",
    resource="Magento_Config::currency",
    sort_order=60,
)
