"""The rules for new passwords, for the meter that shows them while one is typed. The server's word is what counts."""

from __future__ import annotations

from msgspec import Struct

from entrepot.kit.context import Context


class PasswordRules(Struct, frozen=True):
    min_length: str
    required_classes: str

    @classmethod
    def of(cls, ctx: Context) -> PasswordRules:
        return cls(
            ctx.config_default("customer/password/minimum_password_length") or "8",
            ctx.config_default("customer/password/required_character_classes_number") or "3",
        )
