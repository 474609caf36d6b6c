"""A webhook that is paused is told to the shop, beside being shown in the Admin."""

from __future__ import annotations

from entrepot.kit import mail
from entrepot.kit.context import Context
from entrepot.kit.mail import Mail
from entrepot.webhooks.queries.subscriptions import WebhookRow

OWNER_NAME = "trans_email/ident_general/name"
OWNER_EMAIL = "trans_email/ident_general/email"

TEXT = """\
Nothing that was sent to this address since {since} UTC was taken:

{url}

The last attempt: {error}

So nothing is sent there any more. What happens meanwhile is kept for as long as events are. Once the other side works
again, save the webhook with Active = Yes under System > Extensions > Webhooks: it goes on where it stopped.
"""


async def tell_of_pause(ctx: Context, webhook: WebhookRow, error: str) -> None:
    """Mail the shop's general contact, once for each pause."""
    owner = (ctx.config_default(OWNER_NAME) or "", ctx.config_default(OWNER_EMAIL) or "")
    since = webhook.failing_since or ctx.now
    text = TEXT.format(since=since.strftime("%Y-%m-%d %H:%M"), url=webhook.url, error=error)
    await mail.send(ctx, Mail(to=[owner], sender=owner, subject=f"Webhook {webhook.webhook_id} is paused", text=text))
