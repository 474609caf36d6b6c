"""Statements as they go to PostgreSQL and come back, in one session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import AsyncConnection
from psycopg.abc import Buffer
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import FeatureNotSupported, InvalidSqlStatementName
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGconn, PGresult

Types = tuple[int, ...]


class Statement:
    """One text in one session.

    How its parameters are written and its rows are read is learnt once. From its second use it is prepared, once for
    each combination of types that its parameters have: none has another type than a number, and 1 another than 100,000.
    """

    def __init__(self, connection: AsyncConnection[Any], text: bytes, name: bytes) -> None:
        self.text = text
        self.names: dict[Types, bytes] = {}
        self.columns: tuple[str, ...] = ()
        """The names of its columns, which are the same for every answer."""
        self._transformer = Transformer(connection)
        self._name = name
        self._is_new = True
        self._sent_ahead = 0
        self._read_for: Types | None = None
        """How to read the rows is known for parameters of these types."""

    def call(self, parameters: Sequence[Any]) -> Call:
        """Raises psycopg.Error for a parameter that no type of PostgreSQL holds."""
        transformer = self._transformer
        values = transformer.dump_sequence(parameters, [PyFormat.AUTO] * len(parameters))
        return Call(self, values, transformer.types or (), transformer.formats or ())

    def send(self, to: PGconn, call: Call) -> bytes | None:
        """Send a call. The name under which the text was sent ahead, if it was, which is answered too."""
        types = call.types
        if self._is_new:
            self._is_new = False
            to.send_query_params(self.text, call.values, types, call.formats, Format.TEXT)
            return None
        known = name = self.names.get(types)
        if name is None:
            name = self.names[types] = b"%s%d" % (self._name, self._sent_ahead)
            self._sent_ahead += 1
            to.send_prepare(name, self.text, types)
        to.send_query_prepared(name, call.values, call.formats, Format.TEXT)
        return None if known else name

    def unlearn(self, name: bytes) -> None:
        """PostgreSQL does not know the text under this name."""
        self.names = {types: known for types, known in self.names.items() if known != name}

    def rows(self, result: PGresult, types: Types) -> list[tuple[Any, ...]]:
        """For parameters of these types, on which those of the columns may depend."""
        is_learnt = types == self._read_for
        self._transformer.set_pgresult(result, set_loaders=not is_learnt)
        if not is_learnt:
            self._read_for = types
            self.columns = tuple((result.fname(n) or b"").decode() for n in range(result.nfields))
        return self._transformer.load_rows(0, result.ntuples, tuple)

    def forget(self, error: Exception) -> None:
        """What PostgreSQL no longer knows, or would answer with other columns since a table changed, is sent anew."""
        if isinstance(error, FeatureNotSupported | InvalidSqlStatementName):
            self.forget_names()
            self._read_for = None

    def forget_names(self) -> None:
        """Send the text anew: it may not have arrived. (Under another name: it may have.)"""
        self.names = {}


class Call:
    """A statement with its parameters, and its answer once that is there."""

    __slots__ = ("formats", "result", "statement", "types", "values")

    result: PGresult | None

    def __init__(
        self, statement: Statement, values: Sequence[Buffer | None], types: Types, formats: Sequence[Format]
    ) -> None:
        self.statement, self.values, self.types, self.formats = statement, values, types, formats
        self.result = None

    @property
    def rowcount(self) -> int:
        """How many rows it touched or found."""
        return self._answer.command_tuples or 0

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        answer = self._answer
        return self.statement.rows(answer, self.types) if answer.status == ExecStatus.TUPLES_OK else []

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, to be asked for once the rows were read."""
        return self.statement.columns

    @property
    def _answer(self) -> PGresult:
        if self.result is None:
            raise RuntimeError("the statement was not sent yet: it goes along with the next one")
        return self.result
