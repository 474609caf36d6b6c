"""Mails of documents that a job sends, where the shop wants none to be sent by the calls (spec 60, 12)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.jobs import ONCE, Retry, Work, job, stepwise
from entrepot.kit.outages import OUTAGE
from entrepot.kit.scope import is_flag_set
from entrepot.sales.creditmemos.mail import CREDITMEMO
from entrepot.sales.document_mail import Kind, tell_due, tell_put_off
from entrepot.sales.invoices.mail import INVOICE
from entrepot.sales.mail_jobs import ASYNCHRONOUS, LETTERS, LIMIT, USUAL_LIMIT
from entrepot.sales.shipments.mail import SHIPMENT

KINDS: list[Kind] = [INVOICE, SHIPMENT, CREDITMEMO]
AT_ONCE = 10
"""So many documents are locked together while their mails are written."""


@stepwise(at="* * * * *", retry=ONCE, queue=LETTERS)
async def send_due_documents(work: Work) -> None:
    """Mail what is due of each kind, the oldest first and no more than the shop's limit.

    What the database causes ends the mails of one kind, which stay due, and is raised behind the others.
    """
    async with work() as ctx:
        if not is_flag_set(ctx.config_default(ASYNCHRONOUS)):
            return
        configured = ctx.config_default(LIMIT) or ""
    limit = int(configured) if configured.isdecimal() and int(configured) else USUAL_LIMIT
    failure: Exception | None = None
    for kind in KINDS:
        try:
            await _send(work, kind, limit)
        except OUTAGE as error:
            failure = error
    if failure:
        raise failure


@job(retry=Retry(attempts=10, wait_s=30), queue=LETTERS)
async def send_document(ctx: Context, kind: str, document_id: int) -> None:
    """Mail a document whose mail the database kept a call from writing; once. `kind` is its `entity_name`."""
    for each in KINDS:
        if each.entity_name == kind:
            await tell_put_off(ctx, each, document_id)


async def _send(work: Work, kind: Kind, limit: int) -> None:
    sent = 0
    while sent < limit:
        async with work() as ctx:
            taken = await tell_due(ctx, kind, min(AT_ONCE, limit - sent))
        if not taken:
            return
        sent += taken
