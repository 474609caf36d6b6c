-- What happens later: mail on its way, and the log of asynchronous calls. The queue's own tables are procrastinate's.

-- A letter stands here until the mail server has taken it. Jobs carry its id only, so that no text gets into logs.
create table mail (
    id bigint generated always as identity primary key,
    letter bytea not null,
    envelope_from text not null,
    envelope_to text[] not null,
    store_id integer not null,
    created_at timestamptz not null,
    last_error text
);

create index mail_created_at on mail (created_at);

-- One asynchronous request: who made it, where, and what it called.
create table bulk (
    uuid uuid primary key,
    -- The operation, by its HTTP method and path: several routes may share a topic.
    route text not null,
    topic_name text not null,
    description text not null,
    operation_count integer not null,
    start_time timestamptz not null,
    -- The caller as of acceptance, since execution needs none.
    user_type smallint not null,
    user_id integer not null,
    user_resources text[] not null,
    store_id integer not null,
    remote_address text not null,
    base_url text not null
);

create index bulk_start_time on bulk (start_time);

-- One element of it.
create table bulk_operation (
    id bigint generated always as identity primary key,
    bulk_uuid uuid not null references bulk (uuid) on delete cascade,
    -- JSON of the arguments by name; dropped when it has been executed with success.
    meta_information text,
    result_serialized_data text,
    -- 1 complete, 2 failed and may be retried, 3 failed, 4 open, 5 rejected.
    status smallint not null default 4 check (status between 1 and 5),
    result_message text,
    error_code integer
);

create index bulk_operation_bulk_uuid on bulk_operation (bulk_uuid, id);
