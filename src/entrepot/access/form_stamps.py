"""Stamps of forms: whom a form was shown to, for when the session that its key belongs to has ended.

A stamp is the id of a customer or an administrator, 0 for a guest, signed together with the form's key.
"""

from __future__ import annotations

from entrepot.access import signed
from entrepot.kit.context import Context

PURPOSE = "form of"


def stamp(ctx: Context, kind: str, form_key: str, owner: int) -> str:
    return signed.signed(ctx, f"{PURPOSE} {kind} {form_key}", str(owner))


def owner(ctx: Context, kind: str, form_key: str, text: str) -> int | None:
    """None for what was not made for a form with this key."""
    found = signed.read(ctx, f"{PURPOSE} {kind} {form_key}", text)
    return int(found) if found is not None else None
