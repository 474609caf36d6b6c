"""Texts that a merchant writes: the terms and conditions that buyers agree to."""

from entrepot.content import agreements
from entrepot.content.agreements import MANUAL, agreements_of_store, manual_agreements

OPERATION_MODULES = (agreements,)
"""The modules whose operations the REST API serves."""

__all__ = ["MANUAL", "OPERATION_MODULES", "agreements_of_store", "manual_agreements"]
