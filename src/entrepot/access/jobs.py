"""What nobody waits for: forgetting what has expired. None of it works any more when it is still there."""

from __future__ import annotations

from entrepot.access import sessions, throttle, tokens
from entrepot.access.oauth.checks import delete_old_nonces
from entrepot.kit.context import Context
from entrepot.kit.jobs import ONCE, job


@job(at="7 * * * *", retry=ONCE)
async def forget_expired(ctx: Context) -> None:
    """Delete expired tokens, counters of failed token requests, sessions, and old nonces."""
    await tokens.delete_expired(ctx)
    await throttle.delete_expired(ctx)
    await sessions.delete_expired(ctx)
    await delete_old_nonces(ctx)
