"""CSV files, read as a stream: however large a file is, no more of it is in memory than a chunk of rows.

Files are UTF-8, with or without a byte order mark. Fields may be quoted, and have line breaks in quotes.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple

from entrepot.data_transfer.entity import Row
from entrepot.data_transfer.errors import EmptyFile, EmptyHeader, NotCsv, NotUtf8, RepeatedColumns
from entrepot.data_transfer.formulas import unquoted

LARGEST_FIELD = 16 * 1024 * 1024
"""A quote that is never closed would otherwise take the rest of the file into memory."""

ROWS_AT_ONCE = 500
"""Of one transaction. Rows that belong together may make it a little more."""
MOST_TOGETHER = 200

OTHER_ENCODINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

csv.field_size_limit(LARGEST_FIELD)


class Chunk(NamedTuple):
    """Some rows of a file, those that belong together in one list."""

    groups: Sequence[Sequence[Row]]
    bytes_done: int
    """How much of the file is read."""

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group]


class CsvFile:
    """A file with its header. To be used in a `with` block."""

    def __init__(self, path: Path, separator: str = ",") -> None:
        self.size = path.stat().st_size
        self.position = 0
        self._file: BinaryIO = path.open("rb")
        self._reader = csv.reader(self._decoded(), delimiter=separator, strict=True)
        self._line = 0

    def __enter__(self) -> CsvFile:
        self.header = self._header()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def chunks(self, together: str, after: int = 0) -> Iterator[Chunk]:
        """All rows that begin behind line `after`, in chunks. Raises NotUtf8 and NotCsv where the file is broken."""
        groups: list[list[Row]] = []
        rows = 0
        for group in self._groups(together, after):
            if groups and rows + len(group) > ROWS_AT_ONCE:
                yield Chunk(groups, self.position)
                groups, rows = [], 0
            groups.append(group)
            rows += len(group)
        if groups:
            yield Chunk(groups, self.size)

    def _groups(self, together: str, after: int) -> Iterator[list[Row]]:
        rows = (row for row in self._rows() if row.line > after)
        for _, same in groupby(rows, lambda row: row.values.get(together, "").strip().lower()):
            group: list[Row] = []
            for row in same:
                if len(group) == MOST_TOGETHER:
                    yield group
                    group = []
                group.append(row)
            yield group

    def _rows(self) -> Iterator[Row]:
        while (record := self._next()) is not None:
            line, fields = record
            if any(fields):
                values = {column: unquoted(text) for column, text in zip(self.header, fields, strict=False) if text}
                yield Row(line, fields, values)

    def _header(self) -> list[str]:
        first = self._next()
        if first is None:
            raise EmptyFile
        names = [name.strip() for name in first[1]]
        while names and not names[-1]:
            # Spreadsheets leave separators behind where columns were deleted.
            names.pop()
        if empty := [str(number) for number, name in enumerate(names, start=1) if not name]:
            raise EmptyHeader(", ".join(empty))
        if not names:
            raise EmptyFile
        if repeated := sorted({name for name in names if names.count(name) > 1}):
            raise RepeatedColumns(", ".join(repeated))
        return names

    def _next(self) -> tuple[int, list[str]] | None:
        line = self._line + 1
        try:
            fields = next(self._reader, None)
        except csv.Error as error:
            raise NotCsv(line, str(error)) from error
        self._line = self._reader.line_num
        return None if fields is None else (line, fields)

    def _decoded(self) -> Iterator[str]:
        number = 0
        while raw := self._file.readline(2 * LARGEST_FIELD):
            number += 1
            self.position += len(raw)
            if number == 1:
                if raw.startswith(OTHER_ENCODINGS):
                    raise NotUtf8(1)
                raw = raw.removeprefix(codecs.BOM_UTF8)
            try:
                yield raw.decode()
            except UnicodeDecodeError as error:
                raise NotUtf8(number) from error
