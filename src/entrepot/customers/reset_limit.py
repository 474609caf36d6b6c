"""How often a password reset may be asked for on a page (spec 20-customers, 7.1). The REST route knows no limit.

The Admin's own form uses it too, with its own kind of account and its own settings.
"""

from __future__ import annotations

from datetime import timedelta
from enum import IntEnum

from entrepot.customers.errors import TooManyResetRequests
from entrepot.customers.queries import accounts as queries
from entrepot.customers.queries.accounts import ResetRequests
from entrepot.kit.context import Context

CONTACT = "contact/email/recipient_email"


class AccountKind(IntEnum):
    CUSTOMER = 0
    ADMIN = 1


SETTINGS = {AccountKind.CUSTOMER: "customer/password/", AccountKind.ADMIN: "admin/security/"}
NONE, BY_IP_AND_EMAIL, BY_IP, BY_EMAIL = "0", "1", "2", "3"


async def admit_reset_request(ctx: Context, email: str, kind: AccountKind = AccountKind.CUSTOMER) -> None:
    """Record a request that passes; raises TooManyResetRequests for one that does not, and records nothing.

    Requests count that share the caller's address on the network or the email, as the setting says; unknown emails
    count as well. First the time since the last of them is looked at, then their number in the last hour.
    """
    prefix = SETTINGS[kind]
    protection = ctx.config(prefix + "password_reset_protection_type")
    most = _number(ctx.config(prefix + "max_number_password_reset_requests"))
    wait = timedelta(minutes=_number(ctx.config(prefix + "min_time_between_password_reset_requests")))
    if protection in (BY_IP_AND_EMAIL, BY_IP, BY_EMAIL):
        counted = await ctx.db.one(
            ResetRequests,
            queries.RESET_REQUESTS,
            kind=kind,
            reference=email,
            ip=ctx.remote_address,
            by_email=protection in (BY_IP_AND_EMAIL, BY_EMAIL),
            by_ip=protection in (BY_IP_AND_EMAIL, BY_IP),
            now=ctx.now,
            since=ctx.now - max(wait, timedelta(hours=1)),
        )
        too_soon = bool(wait) and counted.last_at is not None and ctx.now - counted.last_at < wait
        if too_soon or (most and counted.in_last_hour >= most):
            raise TooManyResetRequests(ctx.config(CONTACT) or "")
    await ctx.db.execute(queries.RECORD_RESET_REQUEST, kind=kind, reference=email, now=ctx.now, ip=ctx.remote_address)


def _number(value: str | None) -> int:
    return int(value) if value and value.isdigit() else 0
