"""Mails of documents that a job sends, where the shop wants none to be sent by the calls (spec 60, 12)."""

from __future__ import annotations

from entrepot.kit.jobs import ONCE, Work, stepwise
from entrepot.kit.scope import is_flag_set
from entrepot.sales.creditmemos.mail import CREDITMEMO
from entrepot.sales.document_mail import Kind, tell_due
from entrepot.sales.invoices.mail import INVOICE
from entrepot.sales.mail_jobs import ASYNCHRONOUS, LETTERS, LIMIT, USUAL_LIMIT
from entrepot.sales.shipments.mail import SHIPMENT

KINDS: list[Kind] = [INVOICE, SHIPMENT, CREDITMEMO]
AT_ONCE = 10
"""So many documents are locked together while their mails are written."""


@stepwise(at="* * * * *", retry=ONCE, queue=LETTERS)
async def send_due_documents(work: Work) -> None:
    """Mail what is due of each kind, the oldest first and no more than the shop's limit."""
    async with work() as ctx:
        if not is_flag_set(ctx.config_default(ASYNCHRONOUS)):
            return
        configured = ctx.config_default(LIMIT) or ""
    limit = int(configured) if configured.isdecimal() and int(configured) else USUAL_LIMIT
    for kind in KINDS:
        await _send(work, kind, limit)


async def _send(work: Work, kind: Kind, limit: int) -> None:
    sent = 0
    while sent < limit:
        async with work() as ctx:
            taken = await tell_due(ctx, kind, min(AT_ONCE, limit - sent))
        if not taken:
            return
        sent += taken
