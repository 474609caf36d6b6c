"""The kinds of links (spec 30-catalog, 3)."""

from __future__ import annotations

RELATED, CROSSSELL, UPSELL, ASSOCIATED = "related", "crosssell", "upsell", "associated"

CODES = {RELATED: 1, CROSSSELL: 5, UPSELL: 4, ASSOCIATED: 3}
"""By name, in the order in which a product shows its links. The codes are those of the table."""

NAMES = {code: name for name, code in CODES.items()}
