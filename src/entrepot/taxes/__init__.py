"""Taxes: classes of goods and customers, rates by place, rules, and the computation itself."""

from entrepot.taxes import classes, rate_service, rules
from entrepot.taxes.amounts import (
    NO_TAX,
    Algorithm,
    AppliedRate,
    AppliedTax,
    Entry,
    EntryTax,
    Place,
    TaxGroup,
    TaxRate,
)
from entrepot.taxes.calculation import calculate
from entrepot.taxes.rates import has_rules, rates_for
from entrepot.taxes.rounding import Remainders, round_price
from entrepot.taxes.settings import TaxSettings, default_destination, origin, settings_of
from entrepot.taxes.shown_prices import ShownPrices
from entrepot.taxes.warnings import warnings

OPERATION_MODULES = (classes, rate_service, rules)
"""The modules whose operations the REST API serves."""

__all__ = [
    "NO_TAX",
    "OPERATION_MODULES",
    "Algorithm",
    "AppliedRate",
    "AppliedTax",
    "Entry",
    "EntryTax",
    "Place",
    "Remainders",
    "ShownPrices",
    "TaxGroup",
    "TaxRate",
    "TaxSettings",
    "calculate",
    "default_destination",
    "has_rules",
    "origin",
    "rates_for",
    "round_price",
    "settings_of",
    "warnings",
]
