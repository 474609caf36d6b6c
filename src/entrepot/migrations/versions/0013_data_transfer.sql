-- Imports of CSV files: what was asked for, how far each one got, and which rows were refused.

create table data_transfer (
    transfer_id bigint generated always as identity primary key,
    entity_type text not null,
    behavior text not null check (behavior in ('append', 'replace', 'delete')),
    -- A check: every chunk of rows is rolled back.
    is_dry_run boolean not null,
    -- How many refused rows end the import; null when none does.
    allowed_errors integer check (allowed_errors >= 0),
    field_separator text not null,
    value_separator text not null,
    file_name text not null,
    -- The name of an uploaded file in the folder `import` of the data folder; null for one of the command line.
    stored_as text,
    -- Who asked for it, as of then; 0 is the program itself.
    user_id integer not null,
    user_resources text[] not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    finished_at timestamptz,
    state text not null default 'waiting' check (state in ('waiting', 'running', 'finished', 'stopped', 'failed')),
    -- Why it stopped or failed.
    message text,
    columns text[],
    passed_over text[] not null default '{}',
    bytes_total bigint not null,
    bytes_done bigint not null default 0,
    -- The line on which the last row begins that is dealt with, in the present pass over the file.
    pass integer not null default 0,
    last_line integer not null default 0,
    rows_done integer not null default 0,
    rows_refused integer not null default 0,
    created_count integer not null default 0,
    updated_count integer not null default 0,
    deleted_count integer not null default 0
);

create index data_transfer_created_at on data_transfer (created_at);

-- Rows that were refused, as the file had them.
create table data_transfer_refusal (
    transfer_id bigint not null references data_transfer on delete cascade,
    line integer not null,
    fields text[] not null,
    -- What is wrong: one column and one message each; an empty column is the row itself.
    problem_columns text[] not null,
    messages text[] not null,
    primary key (transfer_id, line)
);
