from __future__ import annotations

import asyncio
import email
import re
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiosmtpd.controller import Controller
from hypothesis import given
from hypothesis import strategies as st

from entrepot.kit import mail, mail_delivery
from entrepot.kit.context import Context
from entrepot.kit.jobs import run_due
from entrepot.kit.mail import Mail
from entrepot.kit.mail_delivery import Folder, MailServerFailed, Server, route, server_of

SHOP = ("The Shop", "shop@example.com")


class Postman:
    """An SMTP server's side of the talk: what it was given, and what it answers."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.answer = "250 OK"
        self.answer_to_recipient = "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answer_to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            self.taken.append(envelope)
        return self.answer


@pytest.fixture
def postman() -> Iterator[tuple[Postman, int]]:
    postman = Postman()
    port = _free_port()
    controller = Controller(postman, hostname="127.0.0.1", port=port, decode_data=False, enable_SMTPUTF8=True)
    controller.start()
    yield postman, port
    controller.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def use_server(ctx: Context, monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    settings = msgspec.structs.replace(ctx.settings, smtp_url=f"smtp://127.0.0.1:{port}")
    monkeypatch.setattr(ctx.services, "settings", settings)


@pytest.fixture
def folder(ctx: Context, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(ctx.services, "settings", msgspec.structs.replace(ctx.settings, home=tmp_path))
    return tmp_path / "mail"


def welcome(**changes: Any) -> Mail:
    values = dict(to=[("Ada", "ada@example.com")], sender=SHOP, subject="Welcome", text="Hello Ada.\n")
    return Mail(**(values | changes))


async def letters(ctx: Context) -> list[tuple[Any, ...]]:
    return await ctx.db.all(tuple, "select envelope_from, envelope_to, last_error from mail order by id")


def read(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage) -> str:
    return str(message.get_content()).rstrip()


async def sent(ctx: Context, folder: Path, **changes: Any) -> EmailMessage:
    await mail.send(ctx, welcome(**changes))
    assert await run_due(ctx) == 1
    (path,) = files(folder)
    return read(path.read_bytes())


async def test_without_a_mail_server_a_mail_becomes_a_file_that_only_we_can_read(ctx: Context, folder: Path):
    message = await sent(ctx, folder)
    (path,) = files(folder)
    assert re.fullmatch(r"\d{8}T\d{6}\.\d{6}Z-ada@example\.com\.eml", path.name)
    assert path.stat().st_mode & 0o777 == 0o600
    assert message["From"] == "The Shop <shop@example.com>"
    assert message["To"] == "Ada <ada@example.com>"
    assert message["Subject"] == "Welcome"
    assert message["Message-ID"].endswith("@example.com>")
    assert message["Date"].datetime == ctx.now.replace(microsecond=0)
    assert text_of(message) == "Hello Ada."
    assert await letters(ctx) == []


async def test_nothing_leaves_before_the_job_runs(ctx: Context, folder: Path):
    await mail.send(ctx, welcome())
    assert files(folder) == []
    assert await letters(ctx) == [("shop@example.com", ["ada@example.com"], None)]


async def test_the_job_carries_nothing_that_a_log_must_not_show(ctx: Context, folder: Path):
    await mail.send(ctx, welcome(text="token=secret"))
    (arguments,) = await ctx.db.values("select args from procrastinate_jobs")
    assert list(arguments) == ["mail_id"]


async def test_mails_of_one_moment_to_one_person_are_two_files(
    ctx: Context, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ctx.services, "clock", lambda: ctx.now)
    await mail.send(ctx, welcome(subject="First"))
    await mail.send(ctx, welcome(subject="Second"))
    await run_due(ctx)
    assert [read(path.read_bytes())["Subject"] for path in files(folder)] == ["First", "Second"]


async def test_html_comes_beside_the_text_and_answers_go_where_they_are_wanted(ctx: Context, folder: Path):
    message = await sent(ctx, folder, html="<p>Hello Ada.</p>", reply_to=("Help", "help@example.com"))
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["Reply-To"] == "Help <help@example.com>"


async def test_letters_of_all_scripts_arrive(ctx: Context, folder: Path):
    message = await sent(ctx, folder, to=[('Zoë, "the" 王', "zoe@exämple.com")], subject="Grüße 👋", text="Größe: 王\n")
    assert message["To"].addresses[0].display_name == 'Zoë, "the" 王'
    assert message["To"].addresses[0].addr_spec == "zoe@xn--exmple-cua.com"
    assert message["Subject"] == "Grüße 👋"
    assert text_of(message) == "Größe: 王"


async def test_line_breaks_cannot_add_a_header(ctx: Context, folder: Path):
    message = await sent(
        ctx,
        folder,
        to=[("Ada\r\nBcc: eve@example.com", "ada@example.com")],
        sender=("Shop\nX-Evil: 1", "shop@example.com"),
        subject="Hello\r\n\r\nBcc: eve@example.com",
    )
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    assert message["Subject"] == "Hello Bcc: eve@example.com"
    assert message["To"].addresses[0].display_name == "Ada Bcc: eve@example.com"
    assert text_of(message) == "Hello Ada."


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60), st.text(max_size=30))
def test_whatever_the_names_are_the_headers_are_ours(subject: str, name: str):
    name = name.encode(errors="ignore").decode()
    sender, person = mail._address((name, "shop@example.com")), mail._address((name, "ada@example.com"))
    assert sender is not None
    assert person is not None

    content = mail._letter(welcome(subject=subject, to=[]), datetime(2026, 1, 1, tzinfo=UTC), sender, [person])
    head = content.split(b"\r\n\r\n")[0].decode("ascii")
    names = [line.split(":")[0] for line in head.split("\r\n") if not line.startswith((" ", "\t"))]
    ours = ["Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"]
    assert sorted(names) == ours


@pytest.mark.parametrize(
    "address", ["", "ada", "ada@", "@example.com", "a@b@c", "a b@example.com", "ada@example.com\nBcc: x@y", "a,b@x.y"]
)
async def test_an_address_that_cannot_be_written_to_is_left_out(ctx: Context, folder: Path, address: str):
    await mail.send(ctx, welcome(to=[("Eve", address)]))
    assert await letters(ctx) == []
    await mail.send(ctx, welcome(to=[("Eve", address), ("Ada", "ada@example.com")]))
    assert await letters(ctx) == [("shop@example.com", ["ada@example.com"], None)]


async def test_a_mail_server_gets_the_letter_and_its_envelope(
    ctx: Context, postman: tuple[Postman, int], monkeypatch: pytest.MonkeyPatch
):
    server, port = postman
    use_server(ctx, monkeypatch, port)
    await mail.send(ctx, welcome(to=[("Ada", "ada@example.com"), ("", "bob@example.com")]))
    await run_due(ctx)
    (envelope,) = server.taken
    assert envelope.mail_from == "shop@example.com"
    assert envelope.rcpt_tos == ["ada@example.com", "bob@example.com"]
    assert read(envelope.content)["Subject"] == "Welcome"
    assert await letters(ctx) == []


async def test_a_server_that_is_away_is_tried_again_with_the_same_letter(
    ctx: Context, postman: tuple[Postman, int], monkeypatch: pytest.MonkeyPatch
):
    server, port = postman
    use_server(ctx, monkeypatch, port)
    server.answer = "451 Come back later"
    await mail.send(ctx, welcome())
    mail_id = await ctx.db.value("select id from mail")
    work = ctx.services.work
    with pytest.raises(MailServerFailed):
        await mail.deliver(work, mail_id=mail_id)
    ((_, _, error),) = await letters(ctx)
    assert "Come back later" in error
    message_id = read(await ctx.db.value("select letter from mail"))["Message-ID"]

    server.answer = "250 OK"
    await mail.deliver(work, mail_id=mail_id)
    assert [read(envelope.content)["Message-ID"] for envelope in server.taken] == [message_id]
    await mail.deliver(work, mail_id=mail_id)
    assert len(server.taken) == 1


async def test_a_port_where_nobody_listens_is_tried_again(
    ctx: Context, postman: tuple[Postman, int], monkeypatch: pytest.MonkeyPatch
):
    use_server(ctx, monkeypatch, 1)
    await mail.send(ctx, welcome())
    with pytest.raises(MailServerFailed):
        await mail.deliver(ctx.services.work, mail_id=await ctx.db.value("select id from mail"))


@asynccontextmanager
async def a_slow_server(*, silent_at: bytes) -> AsyncIterator[int]:
    """Takes everything, but says not a word more from this command on; its port."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 slow\r\n")
        in_letter = False
        while line := await reader.readline():
            if line.upper().startswith(silent_at):
                await reader.read()
                break
            if in_letter and line != b".\r\n":
                continue
            in_letter = line == b"DATA\r\n"
            writer.write(b"354 go on\r\n" if in_letter else b"250 OK\r\n")
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def test_a_server_that_hangs_amid_the_talk_is_left_after_a_while(ctx: Context, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(mail_delivery, "DELIVERY_S", 0.3)
    monkeypatch.setattr(mail_delivery, "GOODBYE_S", 0.1)
    async with a_slow_server(silent_at=b"RCPT") as port:
        use_server(ctx, monkeypatch, port)
        await mail.send(ctx, welcome())
        async with asyncio.timeout(20):
            with pytest.raises(MailServerFailed, match="not taken within"):
                await mail.deliver(ctx.services.work, mail_id=await ctx.db.value("select id from mail"))
    assert len(await letters(ctx)) == 1


async def test_a_letter_that_was_taken_is_gone_though_the_server_never_says_goodbye(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(mail_delivery, "GOODBYE_S", 0.1)
    async with a_slow_server(silent_at=b"QUIT") as port:
        use_server(ctx, monkeypatch, port)
        await mail.send(ctx, welcome())
        async with asyncio.timeout(20):
            assert await run_due(ctx) == 1
    assert await letters(ctx) == []


@pytest.mark.parametrize("where", ["answer", "answer_to_recipient"])
async def test_what_a_server_will_never_take_is_kept_with_its_error_and_not_tried_again(
    ctx: Context, postman: tuple[Postman, int], monkeypatch: pytest.MonkeyPatch, where: str
):
    server, port = postman
    use_server(ctx, monkeypatch, port)
    setattr(server, where, "550 No such person")
    await mail.send(ctx, welcome())
    assert await run_due(ctx) == 1
    ((_, _, error),) = await letters(ctx)
    assert "No such person" in error
    assert server.taken == []


async def test_letters_that_never_left_are_forgotten_after_30_days(ctx: Context, folder: Path):
    await mail.send(ctx, welcome())
    await mail.forget_old_mail(ctx)
    assert len(await letters(ctx)) == 1
    await ctx.db.execute("update mail set created_at = created_at - interval '31 days'")
    await mail.forget_old_mail(ctx)
    assert await letters(ctx) == []


def configured(ctx: Context, monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    monkeypatch.setattr(Context, "config", lambda self, path, **_: values.get(path))


async def test_the_shop_may_turn_mail_off(ctx: Context, folder: Path, monkeypatch: pytest.MonkeyPatch):
    configured(ctx, monkeypatch, {"system/smtp/disable": "1"})
    await mail.send(ctx, welcome())
    assert await letters(ctx) == []


async def test_mail_on_its_way_is_dropped_when_the_shop_turns_mail_off(
    ctx: Context, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    await mail.send(ctx, welcome())
    configured(ctx, monkeypatch, {"system/smtp/disable": "1"})
    await run_due(ctx)
    assert files(folder) == []
    assert await letters(ctx) == []


async def test_bounces_go_to_the_address_that_the_shop_names(
    ctx: Context, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    bounces = {"system/smtp/set_return_path": "2", "system/smtp/return_path_email": "bounces@example.com"}
    configured(ctx, monkeypatch, bounces)
    await mail.send(ctx, welcome())
    assert await letters(ctx) == [("bounces@example.com", ["ada@example.com"], None)]


async def test_the_way_is_the_operators_then_the_shops_then_a_folder(ctx: Context, monkeypatch: pytest.MonkeyPatch):
    configured(ctx, monkeypatch, {"system/smtp/host": "localhost", "system/smtp/port": "25"})
    assert route(ctx, 0) == Folder(ctx.settings.home / "mail")
    configured(ctx, monkeypatch, {"system/smtp/host": "mx.example.com", "system/smtp/port": "2525"})
    assert route(ctx, 0) == Server("mx.example.com", 2525)
    use_server(ctx, monkeypatch, 1025)
    assert route(ctx, 0) == Server("127.0.0.1", 1025)


def test_a_password_is_only_sent_encrypted():
    assert server_of("smtp://me:p%40ss@mx.example.com") == Server("mx.example.com", 587, "me", "p@ss")
    assert server_of("smtp://me:p%40ss@mx.example.com").insists_on_tls
    assert server_of("smtps://mx.example.com") == Server("mx.example.com", 465, tls_from_start=True)
    assert not server_of("smtp://mx.example.com").insists_on_tls
    with pytest.raises(ValueError, match="smtp://host:port"):
        server_of("mx.example.com:25")


async def test_who_gets_a_blind_copy_is_on_the_envelope_only(ctx: Context, folder: Path):
    await mail.send(ctx, welcome(bcc=[("Boss", "boss@example.com"), ("", "no address")]))
    ((_, envelope_to, _),) = await letters(ctx)
    assert envelope_to == ["ada@example.com", "boss@example.com"]
    assert await run_due(ctx) == 1
    (path,) = files(folder)
    assert b"boss" not in path.read_bytes().lower()
