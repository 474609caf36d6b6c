"""Files as answers to custom options (spec 50, 6.4): checked, stored below the data folder, removed with their cart.

A line keeps a description of its file as JSON; the file has a name that nobody can guess and is served by no address.
Its row in `quote_option_file` says whose it is: without a cart, and not ordered, it is removed by a job. A file without
a row is what a call that failed has left.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import msgspec
from msgspec import Struct
from PIL import Image

from entrepot.catalog import CustomOption, Goods, ImageContent
from entrepot.catalog.media import folder, names
from entrepot.catalog.media.errors import ContentNotDecoded, NameForbidden, WrongMimeType
from entrepot.catalog.media.pictures import MIME_TYPES, RECOGNISED, decoded, in_thread
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.jobs import FILES, Work, stepwise
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.quote import Item
from entrepot.settings import Settings

FILE = "file"
FOLDER = "custom_options/quote"
LARGEST_MB = 7
"""With the letters of base64 still within the largest body."""
LONGEST_TITLE = 150
NEVER = frozenset(
    {
        "php", "php3", "php4", "php5", "php7", "phtml", "pht", "phar", "htaccess", "jsp", "pl", "py", "asp", "aspx",
        "sh", "cgi", "htm", "html", "xhtml", "shtml", "xml", "svg", "js", "exe", "bat", "cmd", "com", "dll", "msi",
        "vbs",
    }
)  # fmt: skip
"""What a browser or a server might run. No option can allow it."""
EXTENSION = re.compile(r"[a-z0-9]{1,10}")
ABANDONED_AFTER = timedelta(days=1)
BATCH = 500

INVALID_EXTENSION = "The file '%1' for '%2' has an invalid extension."
TOO_MANY_PIXELS = "The maximum allowed image size for '%1' is %2x%3 px."
TOO_LARGE = "The file '%1' you uploaded is larger than the %2 megabytes allowed by our server."
NO_PICTURE = 'The file "%1" is empty. Select another file and try again.'

INSERT = """
    insert into quote_option_file (path, quote_id, created_at)
    select unnest(%(paths)s::text[]), %(quote_id)s, %(now)s
"""

MOVE = """
    update quote_option_file
    set quote_id = %(target_id)s
    where quote_id = %(source_id)s
"""

ORDERED = """
    update quote_option_file
    set is_ordered = true
    where path = any(%(paths)s)
"""

TAKE_UNUSED = """
    delete from quote_option_file
    where path in (
        select path
        from quote_option_file
        where quote_id is null
        and not is_ordered
        limit %(batch)s
        for update skip locked
    )
    returning path
"""

KNOWN = "select path from quote_option_file where path = any(%(paths)s)"


class Description(Struct, omit_defaults=True):
    """What a line says of its file, by Magento's names."""

    type: str
    title: str
    quote_path: str
    size: int
    secret_key: str
    width: int = 0
    height: int = 0


class FileAnswer(Struct):
    """An answer to an option: new, or kept from before; or why it cannot be one."""

    text: str = ""
    """As a line keeps it."""
    path: str = ""
    """Where a new one is to be stored."""
    content: bytes = b""
    problem: str = ""


Answers = Mapping[int, FileAnswer]
"""By the ids of options."""
NO_ANSWERS: Answers = {}


async def answers_of(goods: Goods, files: Mapping[int, ImageContent], kept: Mapping[int, str] | None = None) -> Answers:
    """Check what was sent for the options of a product; answers that are kept stand where nothing was sent."""
    found: dict[int, FileAnswer] = {}
    for option in goods.options:
        option_id = option.option_id or 0
        if option.type != FILE:
            continue
        if (sent := files.get(option_id)) is not None:
            found[option_id] = await in_thread(_checked, option, sent)
        elif kept and option_id in kept:
            found[option_id] = FileAnswer(kept[option_id])
    return found


def kept_of(goods: Goods, item: Item) -> dict[int, str]:
    """The files that a line has."""
    of_files = (option.option_id or 0 for option in goods.options if option.type == FILE)
    return {id: item.options[f"option_{id}"] for id in of_files if f"option_{id}" in item.options}


def _checked(option: CustomOption, sent: ImageContent) -> FileAnswer:
    try:
        return _answer(option, sent)
    except Refused as refusal:
        return FileAnswer(problem=refusal.rendered())
    except ValueError as problem:
        return FileAnswer(problem=str(problem))


def _answer(option: CustomOption, sent: ImageContent) -> FileAnswer:
    name = (sent.name or "").strip()
    if not name or names.FORBIDDEN.search(name) or not name.isprintable():
        raise NameForbidden
    # Longer than what is refused by its size need not be decoded.
    if len(sent.base64_encoded_data or "") > LARGEST_MB * 1024**2 * 3 // 2:
        raise ValueError(_said(TOO_LARGE, name, LARGEST_MB))
    content = decoded(sent)
    if len(content) > LARGEST_MB * 1024**2:
        raise ValueError(_said(TOO_LARGE, name, LARGEST_MB))
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if not _is_allowed(option, extension):
        raise ValueError(_said(INVALID_EXTENSION, name, option.title))
    picture = _picture(content)
    declared = (sent.type or "").lower()
    if (declared.startswith("image/") or extension in names.EXTENSIONS) and (
        picture is None or declared != picture.type
    ):
        raise WrongMimeType
    _check_size(option, name, picture)
    token = secrets.token_hex(16)
    path = f"{FOLDER}/{token[0]}/{token[1]}/{token}.{extension}"
    description = Description(
        type=declared or "application/octet-stream",
        title=name[-LONGEST_TITLE:],
        quote_path=path,
        size=len(content),
        secret_key=secrets.token_hex(10),
        width=picture.width if picture else 0,
        height=picture.height if picture else 0,
    )
    return FileAnswer(msgspec.json.encode(description).decode(), path, content)


def _is_allowed(option: CustomOption, extension: str) -> bool:
    if extension in NEVER or EXTENSION.fullmatch(extension) is None:
        return False
    allowed = re.findall(r"[a-z0-9]+", (option.file_extension or "").lower())
    return not allowed or extension in allowed


class _Picture(Struct):
    type: str
    width: int
    height: int


def _picture(content: bytes) -> _Picture | None:
    """What the beginning of the content says; nothing is decoded, since nobody is shown it."""
    try:
        with Image.open(BytesIO(content), formats=RECOGNISED) as image:
            kind = MIME_TYPES.get(image.format or "", f"image/{(image.format or '').lower()}")
            return _Picture(kind, *image.size)
    except Image.DecompressionBombError:
        raise ContentNotDecoded from None
    except Exception:
        # Whatever a decoder stumbles over, it is no picture.
        return None


def _check_size(option: CustomOption, name: str, picture: _Picture | None) -> None:
    most_x, most_y = option.image_size_x or 0, option.image_size_y or 0
    if not most_x and not most_y:
        return
    if picture is None:
        raise ValueError(_said(NO_PICTURE, name))
    if (most_x and picture.width > most_x) or (most_y and picture.height > most_y):
        raise ValueError(_said(TOO_MANY_PIXELS, option.title, most_x, most_y))


def _said(message: str, *values: object) -> str:
    for number, value in enumerate(values, start=1):
        message = message.replace(f"%{number}", str(value))
    return message


async def store(ctx: Context, cart: OpenCart, answers: Answers) -> None:
    """Keep the new files for a cart. One statement, none without files."""
    new = [answer for answer in answers.values() if answer.path]
    if not new:
        return
    await ctx.db.execute(INSERT, paths=[answer.path for answer in new], quote_id=cart.id, now=ctx.now)
    for answer in new:
        await asyncio.to_thread(folder.write, root(ctx.settings) / answer.path, answer.content)


async def keep(ctx: Context, cart: OpenCart) -> None:
    """The cart has become an order, which keeps its files. One statement, none without files."""
    if paths := _paths(cart):
        await ctx.db.execute(ORDERED, paths=paths)


async def move(ctx: Context, source: OpenCart, target: OpenCart) -> None:
    """The lines of a cart are another one's now. One statement, none without files."""
    if _paths(source):
        await ctx.db.execute(MOVE, source_id=source.id, target_id=target.id)


def _paths(cart: OpenCart) -> list[str]:
    answers = [
        answer
        for item in cart.content.items
        if "option_ids" in item.options
        for answer in kept_of(cart.goods[item.product_id], item).values()
    ]
    return [description.quote_path for answer in answers if (description := described(answer))]


def described(answer: str) -> Description | None:
    """What an answer says of its file; None for a text that says nothing."""
    try:
        return msgspec.json.decode(answer, type=Description)
    except msgspec.MsgspecError:
        return None


def printed(answer: str) -> str:
    """As people read it: the name, and of a picture its size."""
    description = described(answer)
    if description is None:
        return answer
    size = f" {description.width} x {description.height} px." if description.width else ""
    return description.title + size


def root(settings: Settings) -> Path:
    return settings.home / "media"


def location(settings: Settings, description: Description) -> Path:
    """Where the file of a line lies, for who may hand it out."""
    return root(settings) / description.quote_path


@stepwise(at="31 4 * * *", queue=FILES)
async def remove_option_files(work: Work) -> None:
    """Remove the files of carts that are gone, and those of calls that failed. What was ordered stays."""
    more = True
    while more:
        async with work() as ctx:
            paths = await ctx.db.values(TAKE_UNUSED, batch=BATCH)
            await asyncio.to_thread(_remove, root(ctx.settings), paths)
            more = len(paths) == BATCH
    async with work() as ctx:
        before = (ctx.now - ABANDONED_AFTER).timestamp()
        old = await asyncio.to_thread(_older_than, root(ctx.settings), before)
    for start in range(0, len(old), BATCH):
        batch = old[start : start + BATCH]
        async with work() as ctx:
            known = set(await ctx.db.values(KNOWN, paths=batch))
            await asyncio.to_thread(_remove, root(ctx.settings), [path for path in batch if path not in known])


def _remove(home: Path, paths: Iterable[str]) -> None:
    for path in paths:
        (home / path).unlink(missing_ok=True)


def _older_than(home: Path, timestamp: float) -> Sequence[str]:
    """Files below the folder that were written before, as their paths in the table."""
    found = (path for path in (home / FOLDER).rglob("*") if path.is_file())
    return [path.relative_to(home).as_posix() for path in found if path.stat().st_mtime < timestamp]
