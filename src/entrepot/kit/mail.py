"""Mail: put away in the caller's transaction, delivered by a job after the commit.

    await mail.send(ctx, Mail(to=[("Ada", "ada@example.com")], sender=..., subject="Welcome", text="..."))

Where it goes: to the server of ENTREPOT_SMTP_URL, else to the one that the shop configures (`system/smtp/host` and
`port`, in the store view of the call, once they are not the built-in ones), else into a file in `<home>/mail`. With
`system/smtp/disable` nothing is sent. A mail is delivered at least once; a repeated one has the same Message-ID.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.headerregistry import Address
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import SMTPUTF8, Policy, compat32
from email.utils import format_datetime, formataddr, make_msgid

import structlog
from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.kit.jobs import Queue, Retry, Work, job, stepwise
from entrepot.kit.mail_delivery import Letter, MailRefused, MailServerFailed, deliver_letter, route

log = structlog.get_logger("entrepot.mail")

DELIVERY = Queue("mail", places=4)

Person = tuple[str, str]
"""A name, which may be empty, and an address."""

INSERT = """
    insert into mail (letter, envelope_from, envelope_to, store_id, created_at)
    values (%(letter)s, %(envelope_from)s, %(envelope_to)s, %(store_id)s, %(created_at)s)
    returning id
"""

SELECT = """
    select letter, envelope_from, envelope_to, store_id
    from mail
    where id = %(id)s
"""

DELETE = "delete from mail where id = %(id)s"

SET_ERROR = """
    update mail
    set last_error = %(error)s
    where id = %(id)s
"""

DELETE_OLD = """
    delete from mail
    where created_at < %(now)s - interval '30 days'
"""

IS_DISABLED = "system/smtp/disable"
WIRE = compat32.clone(linesep="\r\n")
"""Writes letters in a third of the time that the newer policies take, which read again all that they are given."""
CHARSET = Charset("utf-8")
CHARSET.body_encoding = QP
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
DELIVERABLE = re.compile(r"""[^\s@<>,;:"()\[\]\\]+@[^\s@<>,;:"()\[\]\\]+""")


class Mail(Struct, frozen=True, kw_only=True):
    """A mail as the shop writes it. Names and subject may hold anything: line breaks in them are taken out."""

    to: Sequence[Person]
    sender: Person
    subject: str
    text: str
    html: str | None = None
    reply_to: Person | None = None
    bcc: Sequence[Person] = ()
    """Who gets it, too, without the others knowing."""


async def send(ctx: Context, mail: Mail) -> None:
    """Have the mail delivered once this transaction has committed.

    Never raises because of an address or a mail server: recipients who cannot be written to are left out.
    """
    if ctx.flag(IS_DISABLED):
        return
    recipients = [address for person in mail.to if (address := _address(person))]
    hidden = [address for person in mail.bcc if (address := _address(person))]
    sender = _address(mail.sender)
    if not recipients or sender is None:
        log.warning("mail without a usable address", subject=_one_line(mail.subject))
        return
    mail_id = await ctx.db.value(
        INSERT,
        letter=_letter(mail, ctx.now, sender, recipients, hidden),
        envelope_from=_return_path(ctx) or sender.addr_spec,
        envelope_to=[address.addr_spec for address in (*recipients, *hidden)],
        store_id=ctx.store.id,
        created_at=ctx.now,
    )
    await deliver.defer(ctx, mail_id=mail_id)


@stepwise(retry=Retry(attempts=10, wait_s=30), queue=DELIVERY)
async def deliver(work: Work, mail_id: int) -> None:
    """Hand one mail over. What the server will never take is kept with its error; all else is tried again."""
    async with work() as ctx:
        letter = await ctx.db.one_or_none(Letter, SELECT, id=mail_id)
        if letter is None:
            return
        store_id = letter.store_id if ctx.stores.by_id(letter.store_id) else ctx.store.id
        is_disabled = ctx.flag(IS_DISABLED, store_id=store_id)
        way = route(ctx, store_id)
        time = ctx.services.clock()
    try:
        if not is_disabled:
            await deliver_letter(letter, way, time)
    except (MailRefused, MailServerFailed) as error:
        log.warning("mail not delivered", mail_id=mail_id, error=str(error), final=isinstance(error, MailRefused))
        async with work() as ctx:
            await ctx.db.execute(SET_ERROR, id=mail_id, error=str(error))
        if isinstance(error, MailServerFailed):
            raise
        return
    async with work() as ctx:
        await ctx.db.execute(DELETE, id=mail_id)


@job(at="17 3 * * *")
async def forget_old_mail(ctx: Context) -> None:
    """What could not be delivered for 30 days is deleted: it holds personal data."""
    await ctx.db.execute(DELETE_OLD, now=ctx.now)


def _letter(
    mail: Mail, date: datetime, sender: Address, recipients: list[Address], hidden: Sequence[Address] = ()
) -> bytes:
    """The mail as it goes over the wire, in ASCII unless an address has other letters before its @."""
    is_ascii = all(address.addr_spec.isascii() for address in (sender, *recipients, *hidden))
    message = _body(mail, WIRE if is_ascii else SMTPUTF8)
    written = _in_ascii if is_ascii else str
    message["From"] = written(sender)
    message["To"] = ", ".join(map(written, recipients))
    if mail.reply_to and (reply_to := _address(mail.reply_to)):
        message["Reply-To"] = written(reply_to)
    subject = _one_line(mail.subject)
    message["Subject"] = Header(subject, CHARSET).encode() if is_ascii and not subject.isascii() else subject
    message["Date"] = format_datetime(date)
    message["Message-ID"] = make_msgid(domain=sender.domain)
    return message.as_bytes()


def _body(mail: Mail, policy: Policy[Message]) -> Message:
    if mail.html is None:
        return _part(mail.text, "plain", policy)
    both = MIMEMultipart("alternative", policy=policy)
    both.attach(_part(mail.text, "plain", policy))
    both.attach(_part(mail.html, "html", policy))
    return both


def _part(text: str, kind: str, policy: Policy[Message]) -> Message:
    part = MIMENonMultipart("text", kind, policy=policy)
    part.set_payload(text, CHARSET)
    return part


def _in_ascii(address: Address) -> str:
    return formataddr((address.display_name, address.addr_spec))


def _return_path(ctx: Context) -> str | None:
    """Where bounces go, when the shop names an address for them (`2`, Specified); else to the sender."""
    if ctx.config("system/smtp/set_return_path") != "2":
        return None
    address = _address(("", ctx.config("system/smtp/return_path_email") or ""))
    return address.addr_spec if address else None


def _address(person: Person) -> Address | None:
    """None for an address that no mail server would take, among them all that try to smuggle in a header."""
    name, address = person
    address = address.strip()
    if not DELIVERABLE.fullmatch(address) or CONTROL_CHARACTERS.search(address):
        return None
    local, _, domain = address.rpartition("@")
    try:
        return Address(_one_line(name), local, domain.encode("idna").decode("ascii"))
    except (UnicodeError, ValueError):
        return None


def _one_line(text: str) -> str:
    return CONTROL_CHARACTERS.sub(" ", text).strip()
