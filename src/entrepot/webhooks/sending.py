"""One message to one webhook: signed, with the headers that tell what it is."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from entrepot import stores
from entrepot.kit.context import Context
from entrepot.webhooks import settings
from entrepot.webhooks.posting import Post
from entrepot.webhooks.queries import subscriptions as queries
from entrepot.webhooks.queries.subscriptions import Secrets
from entrepot.webhooks.signing import signature
from entrepot.webhooks.wire import Message


class Way(Struct, frozen=True):
    """Where to, and what the configuration says about it: what is known before the network is used."""

    url: str
    secrets: tuple[str, ...]
    timeout_s: float
    allows_private: bool


async def way_to(ctx: Context, webhook_id: int, url: str) -> Way:
    """One statement. Raises LookupError where the secret was encrypted with another key."""
    stored = await ctx.db.one(Secrets, queries.SECRETS, webhook_id=webhook_id)
    valid = [stored.secret]
    if stored.former_secret and stored.former_secret_until and stored.former_secret_until > ctx.now:
        valid.append(stored.former_secret)
    return Way(
        url,
        tuple(stores.decrypt(ctx.settings.home, one) for one in valid),
        settings.timeout_s(ctx),
        settings.allows_private(ctx),
    )


def signed_post(way: Way, message: Message, now: datetime, *, delivery_id: int | None = None) -> Post:
    """The request. The time of the attempt is signed with the body, so that an old one cannot be played again."""
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "entrepot",
        "Entrepot-Event": message.type,
        "Entrepot-Signature": signature(way.secrets, int(now.timestamp()), message.body),
    }
    if message.event_id is not None:
        headers["Entrepot-Event-Id"] = str(message.event_id)
    if delivery_id is not None:
        headers["Entrepot-Delivery"] = str(delivery_id)
    return Post(way.url, message.body, headers, way.timeout_s, way.allows_private)
