"""How a letter leaves the house: over SMTP, or into a file when no mail server is known."""

from __future__ import annotations

import asyncio
import os
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.kit.errors import EntrepotError

if TYPE_CHECKING:
    import aiosmtplib

BUILT_IN = ("localhost", "25")

CONNECT_S = 15
"""How long a mail server has to take a connection, and again to greet."""
STEP_S = 30
"""How long it has for each answer."""
DELIVERY_S = 60
"""How long it has to take a letter, all in all: one that says a word now and then must not hold its place for ever."""
GOODBYE_S = 5


class Letter(Struct, frozen=True):
    """A mail ready to go: the whole message, and the addresses on its envelope."""

    letter: bytes
    envelope_from: str
    envelope_to: list[str]
    store_id: int


class MailServerFailed(EntrepotError):
    """The server could not be reached or asks to come back later."""


class MailRefused(EntrepotError):
    """The server will not take this letter, now or later."""


class Folder(Struct, frozen=True):
    """Letters are laid down as files."""

    path: Path


class Server(Struct, frozen=True):
    """A mail server. Encryption is used when it is offered, and insisted on where a password is sent."""

    host: str
    port: int
    username: str | None = None
    password: str | None = None
    tls_from_start: bool = False

    @property
    def insists_on_tls(self) -> bool:
        return self.username is not None and self.host not in ("localhost", "127.0.0.1", "::1")


Route = Folder | Server


def route(ctx: Context, store_id: int) -> Route:
    """The way that mail of a store view goes. What the operator sets comes before what the shop configures."""
    if ctx.settings.smtp_url:
        return server_of(ctx.settings.smtp_url)
    host = ctx.config("system/smtp/host", store_id=store_id) or BUILT_IN[0]
    port = ctx.config("system/smtp/port", store_id=store_id) or BUILT_IN[1]
    if (host, port) == BUILT_IN:
        return Folder(ctx.settings.home / "mail")
    return Server(host, int(port) if port.isdigit() else int(BUILT_IN[1]))


def server_of(url: str) -> Server:
    """`smtp://user:password@host:port`, or `smtps:` for encryption from the first byte. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("ENTREPOT_SMTP_URL must look like smtp://host:port or smtps://user:password@host")
    is_tls = parts.scheme == "smtps"
    return Server(
        parts.hostname,
        parts.port or (465 if is_tls else 587 if parts.username else 25),
        unquote(parts.username) if parts.username else None,
        unquote(parts.password) if parts.password else None,
        is_tls,
    )


async def deliver_letter(letter: Letter, way: Route, time: datetime) -> None:
    """Raises MailServerFailed when it may work later, MailRefused when it will not."""
    if isinstance(way, Folder):
        await asyncio.to_thread(_lay_down, letter, way.path, time)
    else:
        await _hand_over(letter, way)


async def _hand_over(letter: Letter, server: Server) -> None:
    import aiosmtplib

    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.username,
        password=server.password,
        use_tls=server.tls_from_start,
        start_tls=None if not server.insists_on_tls else not server.tls_from_start,
        validate_certs=server.tls_from_start or server.insists_on_tls,
        timeout=STEP_S,
    )
    is_ascii = all(address.isascii() for address in (letter.envelope_from, *letter.envelope_to))
    try:
        async with asyncio.timeout(DELIVERY_S):
            await client.connect(timeout=CONNECT_S)
            await client.sendmail(
                letter.envelope_from,
                letter.envelope_to,
                letter.letter,
                mail_options=[] if is_ascii else ["SMTPUTF8", "BODY=8BITMIME"],
                timeout=STEP_S,
            )
    except aiosmtplib.SMTPRecipientsRefused as error:
        is_final = all(500 <= recipient.code < 600 for recipient in error.recipients)
        raise (MailRefused if is_final else MailServerFailed)(str(error)) from error
    except (aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPDataError) as error:
        raise (MailRefused if error.code >= 500 else MailServerFailed)(str(error)) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        is_late = type(error) is TimeoutError
        reason = f"the letter was not taken within {DELIVERY_S} seconds" if is_late else str(error)
        raise MailServerFailed(reason or type(error).__name__) from error
    except asyncio.CancelledError:
        client.close()
        raise
    finally:
        await _say_goodbye(client)


async def _say_goodbye(client: aiosmtplib.SMTP) -> None:
    """Whatever comes of it: the letter was taken, or was not."""
    import aiosmtplib

    with suppress(aiosmtplib.SMTPException, OSError):
        async with asyncio.timeout(GOODBYE_S):
            await client.quit()
    client.close()


def _lay_down(letter: Letter, folder: Path, time: datetime) -> None:
    """A file appears whole or not at all, under a name that no other has; only we can read it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f".{os.getpid()}-{time.timestamp()}-{os.urandom(4).hex()}.part"
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(letter.letter)
    addressee = re.sub(r"[^A-Za-z0-9@._+-]", "_", letter.envelope_to[0])[:100]
    try:
        while True:
            try:
                os.link(part, folder / f"{time.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{addressee}.eml")
                return
            except FileExistsError:
                time += timedelta(microseconds=1)
    finally:
        part.unlink()
