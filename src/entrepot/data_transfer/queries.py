"""Statements about the record of imports."""

from __future__ import annotations

from typing import LiteralString

from psycopg.sql import SQL

from entrepot.data_transfer.transfer import Transfer
from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing

COLUMNS: LiteralString = """
    transfer_id, entity_type, behavior, is_dry_run, allowed_errors, field_separator, value_separator, file_name,
    stored_as, user_id, user_resources, created_at, updated_at, finished_at, state, message, columns, passed_over,
    bytes_total, bytes_done, pass as pass_number, last_line, rows_done, rows_refused, created_count, updated_count,
    deleted_count
"""

# A command that died has nobody who would note it. What a worker does is taken up again.
SHOWN_STATE: LiteralString = """
    case
        when state = 'running' and stored_as is null and updated_at < now() - interval '2 minutes' then 'interrupted'
        else state
    end
"""

TRANSFERS = Listing(
    row=Transfer,
    columns=COLUMNS.replace(" state,", SHOWN_STATE + " as state,"),
    source="data_transfer",
    fields=Fields(
        {
            "transfer_id": Field("transfer_id", "number"),
            "entity_type": Field("entity_type"),
            "behavior": Field("behavior"),
            "is_dry_run": Field("is_dry_run::int", "number"),
            "file_name": Field("file_name"),
            "state": Field(SHOWN_STATE),
            "created_at": Field("created_at", "datetime"),
            "rows_done": Field("rows_done", "number"),
            "rows_refused": Field("rows_refused", "number"),
        }
    ),
    default_order="transfer_id desc",
)

INSERT = """
    insert into data_transfer (
        entity_type, behavior, is_dry_run, allowed_errors, field_separator, value_separator, file_name, stored_as,
        user_id, user_resources, created_at, updated_at, bytes_total
    )
    values (
        %(entity_type)s, %(behavior)s, %(is_dry_run)s, %(allowed_errors)s, %(field_separator)s, %(value_separator)s,
        %(file_name)s, %(stored_as)s, %(user_id)s, %(user_resources)s, %(now)s, %(now)s, %(bytes_total)s
    )
    returning transfer_id
"""

FIND = SQL("select {} from data_transfer where transfer_id = %(transfer_id)s").format(SQL(COLUMNS))

LOCK = FIND + SQL(" for update")

BEGIN = """
    update data_transfer
    set state = 'running',
        updated_at = %(now)s,
        columns = %(columns)s,
        passed_over = %(passed_over)s
    where transfer_id = %(transfer_id)s
    and state in ('waiting', 'running')
"""

ADVANCE = """
    update data_transfer
    set updated_at = %(now)s,
        bytes_done = %(bytes_done)s,
        pass = %(pass_number)s,
        last_line = %(last_line)s,
        rows_done = rows_done + %(rows)s,
        rows_refused = rows_refused + %(refused)s,
        created_count = created_count + %(created)s,
        updated_count = updated_count + %(updated)s,
        deleted_count = deleted_count + %(deleted)s
    where transfer_id = %(transfer_id)s
"""

# A row whose links are refused may have been refused itself before: then it is in the report already.
INSERT_REFUSALS = """
    insert into data_transfer_refusal (transfer_id, line, fields, problem_columns, messages)
    select %(transfer_id)s, w.line, w.fields, w.problem_columns, w.messages
    from jsonb_to_recordset(%(rows)s::jsonb) as w (line int, fields text[], problem_columns text[], messages text[])
    on conflict do nothing
"""

END = """
    update data_transfer
    set state = %(state)s,
        message = %(message)s,
        updated_at = %(now)s,
        finished_at = %(now)s
    where transfer_id = %(transfer_id)s
    and state in ('waiting', 'running')
"""

REFUSALS = """
    select line, fields, problem_columns, messages
    from data_transfer_refusal
    where transfer_id = %(transfer_id)s
    and line > %(after)s
    order by line
    limit %(count)s
"""

# Refused rows are shown for a month; the entry in the history stays.
OLD_FILES = """
    select stored_as
    from data_transfer
    where stored_as is not null
    group by stored_as
    having max(updated_at) < %(now)s - interval '30 days'
"""

FORGET_FILES = """
    update data_transfer
    set stored_as = null
    where stored_as = any(%(names)s::text[])
"""

FORGET_REFUSALS = """
    delete from data_transfer_refusal r
    using data_transfer t
    where t.transfer_id = r.transfer_id
    and t.updated_at < %(now)s - interval '30 days'
"""
