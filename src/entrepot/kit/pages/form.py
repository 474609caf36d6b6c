"""A posted form: fields by the names they have in the page, `login[username]` and `street[]` included."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Mapping
from urllib.parse import parse_qsl

from msgspec import Struct
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from entrepot.kit.errors import WebapiError

MOST_FIELDS = 5000
"""More than any page of ours has, source selection of 500 lines included."""

UNREADABLE = "The form could not be read."


class Upload(Struct, frozen=True):
    """A file that came with a form."""

    name: str
    content_type: str
    content: bytes


class Form:
    """The fields of a form, in the order they were sent. Empty for a GET."""

    def __init__(self, fields: Mapping[str, list[str]], files: Mapping[str, list[Upload]] | None = None) -> None:
        self._fields = fields
        self._files = files or {}

    def get(self, name: str, default: str = "") -> str:
        """The last value of a field: a checkbox after its hidden field wins when it is ticked."""
        return self._fields[name][-1] if name in self._fields else default

    def all(self, name: str) -> list[str]:
        return list(self._fields.get(name, ()))

    def is_ticked(self, name: str) -> bool:
        return self.get(name) not in ("", "0")

    def file(self, name: str) -> Upload | None:
        """The file, or None when none was chosen."""
        return next((upload for upload in self._files.get(name, ()) if upload.name), None)

    def files(self, name: str) -> list[Upload]:
        """All files of a field that takes several."""
        return [upload for upload in self._files.get(name, ()) if upload.name]

    @property
    def file_names(self) -> tuple[str, ...]:
        """The names of the fields that came with a file."""
        return tuple(name for name in self._files if self.files(name))

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)


def parse_query(query: str) -> dict[str, list[str]]:
    """The fields of a query or of a urlencoded body. Raises a 400 for more fields than a page can have."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise WebapiError(UNREADABLE) from error
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(_clean(name), []).append(_clean(value))
    return fields


async def parse_form(content_type: str, body: bytes) -> Form:
    """A body that was read already. Other content types than a form's give an empty form."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return Form(parse_query(body.decode("utf-8", errors="replace")))
    if kind == "multipart/form-data":
        return await _parse_multipart(content_type, body)
    return Form({})


async def _parse_multipart(content_type: str, body: bytes) -> Form:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    fields: dict[str, list[str]] = {}
    files: dict[str, list[Upload]] = {}
    # The size of each part is bounded by that of the body.
    parser = MultiPartParser(
        Headers({"content-type": content_type}),
        stream(),
        max_files=1000,
        max_fields=MOST_FIELDS,
        max_part_size=len(body) + 1,
    )
    try:
        parsed = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise WebapiError(UNREADABLE) from error
    for name, value in parsed.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            upload = Upload(_clean(value.filename or ""), value.content_type or "", content)
            files.setdefault(_clean(name), []).append(upload)
        else:
            fields.setdefault(_clean(name), []).append(_clean(value))
    await parsed.close()
    return Form(fields, files)


def _clean(text: str) -> str:
    """PostgreSQL's text has no place for NUL, and no person types one."""
    return text.replace("\0", "")
