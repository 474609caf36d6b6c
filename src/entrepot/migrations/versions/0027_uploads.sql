-- Pictures are sent to the Admin one by one, before the form is saved that names them, so that no form grows by them. Until
-- then they wait here: in the database, since the form may be saved by another machine than the one that took them.

create table media_upload (
    -- What the form says; cannot be guessed.
    reference text primary key,
    -- Nobody else can use it.
    user_id integer not null references admin_user on delete cascade,
    name text not null,
    mime_type text not null,
    content bytea not null,
    -- The same, small enough to stand in a page.
    preview bytea not null,
    preview_type text not null,
    uploaded_at timestamptz not null
);

-- Pictures are compressed already.
alter table media_upload alter column content set storage external;

create index media_upload_user_id on media_upload (user_id);
create index media_upload_uploaded_at on media_upload (uploaded_at);

-- Pictures below media that belong to no product: of categories, logos. Those that were put there by hand are not known.
create table media_file (
    -- catalog/category/shirts.jpg. Compared byte by byte, so that names with one beginning are a range.
    file text collate "C" primary key,
    -- What was uploaded, until it lies in the folder.
    content bytea
);

alter table media_file alter column content set storage external;

create index media_file_pending on media_file (file) where content is not null;
