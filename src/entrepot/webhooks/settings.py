"""What the configuration says about events and deliveries."""

from __future__ import annotations

from datetime import timedelta

from entrepot.kit.context import Context
from entrepot.kit.scope import is_flag_set

ENABLED = "webhooks/events/enabled"
LIFETIME = "webhooks/events/lifetime"
TIMEOUT = "webhooks/delivery/timeout"
ALLOW_PRIVATE = "webhooks/delivery/allow_private"

USUAL_LIFETIME_DAYS = 30
USUAL_TIMEOUT_S = 10
LONGEST_TIMEOUT_S = 30


def is_enabled(ctx: Context) -> bool:
    return is_flag_set(ctx.config_default(ENABLED))


def lifetime(ctx: Context) -> timedelta:
    """How long events and the log of deliveries are kept."""
    return timedelta(days=_number(ctx.config_default(LIFETIME), USUAL_LIFETIME_DAYS))


def timeout_s(ctx: Context) -> int:
    """How long the other side may take to answer."""
    return min(_number(ctx.config_default(TIMEOUT), USUAL_TIMEOUT_S), LONGEST_TIMEOUT_S)


def allows_private(ctx: Context) -> bool:
    return is_flag_set(ctx.config_default(ALLOW_PRIVATE))


def _number(configured: str | None, usual: int) -> int:
    return int(configured) if configured and configured.isdecimal() and int(configured) else usual
