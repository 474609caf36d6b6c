"""Why a whole file, or a request for one, is refused. What is wrong with single rows are `Problem`s, no errors."""

from __future__ import annotations

from entrepot.kit.errors import NotFound, Refused


class FileRefused(Refused):
    """Nothing of the file can be imported, or nothing from the line on that it names."""


class EmptyFile(FileRefused):
    message = "The file is empty."


class NotUtf8(FileRefused):
    """`line` is where the first bytes are that cannot be read."""

    message = "The file is not encoded in UTF-8 (line %1). Save it as CSV UTF-8 and try again."


class NotCsv(FileRefused):
    message = "The file cannot be read as CSV (line %1): %2."


class EmptyHeader(FileRefused):
    """Counted from 1."""

    message = 'Columns number: "%1" have empty headers'


class RepeatedColumns(FileRefused):
    message = 'Columns "%1" are there more than once.'


class ColumnsMissing(FileRefused):
    message = "We can't find required columns: %1."


class ColumnsInvalid(FileRefused):
    message = 'Column names: "%1" are invalid'


class FileGone(FileRefused):
    """The upload is not in the data folder of the process that works on it."""

    message = "The file %1 is not in the data folder any more. Upload it again."


class UnknownEntityType(NotFound):
    message = "There is no entity type %1. Known are: %2."


class InvalidSeparator(Refused):
    message = "A separator is one character, and none of quote, backslash and line break."


class TransferNotFound(NotFound):
    message = "The import with id %1 does not exist."


class ImportNotReady(Refused):
    """Only what was checked, and may be imported after that check, can be imported."""

    message = "The file was not checked, or the check found more errors than are allowed."


class NothingToExport(Refused):
    message = "There is no data for the export."
