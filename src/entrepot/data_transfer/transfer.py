"""One import, as its record has it."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from entrepot.data_transfer.entity import Behavior, Options
from entrepot.data_transfer.types import entity_type
from entrepot.kit.context import Actor, ActorType

WAITING, RUNNING, FINISHED, STOPPED, FAILED = "waiting", "running", "finished", "stopped", "failed"

SILENCE = timedelta(minutes=2)
"""After which an import of the command line is taken for dead: nothing takes so long between two chunks."""


class Transfer(Struct):
    """A check or an import: what was asked for, and how far it got."""

    transfer_id: int
    entity_type: str
    behavior: str
    is_dry_run: bool
    allowed_errors: int | None
    field_separator: str
    value_separator: str
    file_name: str
    stored_as: str | None
    user_id: int
    user_resources: list[str]
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None
    state: str
    message: str | None
    columns: list[str] | None
    passed_over: list[str]
    bytes_total: int
    bytes_done: int
    pass_number: int
    last_line: int
    rows_done: int
    rows_refused: int
    created_count: int
    updated_count: int
    deleted_count: int

    @property
    def options(self) -> Options:
        return Options(Behavior(self.behavior), self.is_dry_run, self.value_separator)

    @property
    def actor(self) -> Actor:
        """Who asked for it, with what the role allowed then."""
        return Actor(ActorType.ADMIN, self.user_id, frozenset(self.user_resources))

    @property
    def is_over(self) -> bool:
        return self.state in (FINISHED, STOPPED, FAILED)

    @property
    def percent(self) -> int:
        """How much of the work is done, of 100: files with links are read twice."""
        if self.state == FINISHED or not self.bytes_total:
            return 100
        passes = 1 if self.is_dry_run else entity_type(self.entity_type).passes
        read = self.pass_number * self.bytes_total + self.bytes_done
        return min(100, 100 * read // (passes * self.bytes_total))

    @property
    def rows_saved(self) -> int:
        """Rows that are kept; after a check those that would be."""
        return self.rows_done - self.rows_refused

    @property
    def may_be_imported(self) -> bool:
        """Whether a check found what may be imported."""
        within = self.allowed_errors is None or self.rows_refused <= self.allowed_errors
        return self.is_dry_run and self.state == FINISHED and within and self.rows_saved > 0

    def is_interrupted(self, now: datetime) -> bool:
        """Whether the command that did it has died. What a worker does is taken up again, so it never counts."""
        return self.state == RUNNING and self.stored_as is None and now - self.updated_at > SILENCE


class Refusal(Struct, frozen=True):
    """A row that was refused."""

    line: int
    fields: list[str]
    problem_columns: list[str]
    messages: list[str]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Column and message each; an empty column is the row as a whole."""
        return list(zip(self.problem_columns, self.messages, strict=True))

    def sentence(self) -> str:
        """All of it on one line."""
        return "; ".join(f"{column}: {message}" if column else message for column, message in self.problems)
