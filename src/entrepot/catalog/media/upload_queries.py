"""The SQL of pictures that wait for their form, and of those that belong to no product."""

from __future__ import annotations

from msgspec import Struct

# ---------------------------------------------------------------- uploads

INSERT = """
    insert into media_upload (
        reference, user_id, name, mime_type, content, preview, preview_type, uploaded_at
    )
    select
        %(reference)s, %(user_id)s, %(name)s, %(mime_type)s, %(content)s, %(preview)s, %(preview_type)s, %(now)s
    where (select count(*) from media_upload where user_id = %(user_id)s) < %(most)s
    returning reference
"""


class Waiting(Struct, frozen=True):
    """A picture whose form is not saved yet, without its content."""

    reference: str
    name: str
    mime_type: str
    preview: bytes
    """The picture, small enough to stand in a page."""
    preview_type: str


LIST_WAITING = """
    select reference, name, mime_type, preview, preview_type
    from media_upload
    where reference = any(%(references)s::text[])
    and user_id = %(user_id)s
"""

# In one order, so that two forms with the same uploads wait for each other and the second finds them taken.
LOCK = """
    select reference
    from media_upload
    where reference = any(%(references)s::text[])
    and user_id = %(user_id)s
    order by reference
    for update
"""

DELETE = """
    delete from media_upload
    where reference = any(%(references)s::text[])
"""

DELETE_OLD = """
    delete from media_upload
    where uploaded_at < %(before)s
"""

# ---------------------------------------------------------------- files that belong to no product

FREE_NUMBER = """
    select k.number
    from generate_series(
        %(from)s::bigint,
        %(from)s::bigint + (
            select count(*)
            from media_file f
            where f.file >= %(stem)s collate "C"
            and f.file < (%(stem)s || '~') collate "C"
        )
    ) as k (number)
    where not exists (
        select
        from media_file f
        where f.file = %(stem)s || case k.number when 0 then '' else '_' || k.number end || %(extension)s
    )
    order by k.number
    limit 1
"""

# The content goes from table to table, and through no process.
CLAIM = """
    insert into media_file (file, content)
    select %(file)s, u.content
    from media_upload u
    where u.reference = %(reference)s
    on conflict do nothing
    returning file
"""


TAKE_PENDING = """
    select file, content
    from media_file
    where content is not null
    order by file
    limit 1
    for update skip locked
"""

# Held until it is written, so that the content is not emptied meanwhile.
FIND_PENDING = """
    select file, content
    from media_file
    where file = %(file)s
    and content is not null
    for key share
"""

STORED_IN_FOLDER = """
    update media_file
    set content = null
    where file = %(file)s
"""
