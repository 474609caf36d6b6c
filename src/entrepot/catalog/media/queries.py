"""The SQL of pictures."""

from __future__ import annotations

from typing import LiteralString

from msgspec import Struct

# A value that a store view does not have is the default one.
MEDIA_ROWS: LiteralString = """
    (
        select json_agg(
            json_build_object(
                'id', m.value_id, 'media_type', m.media_type, 'file', m.file,
                'label', coalesce(s.label, d.label),
                'position', coalesce(s.position, d.position, 0),
                'disabled', coalesce(s.disabled, d.disabled, false),
                'video_provider', coalesce(sv.provider, dv.provider),
                'video_url', coalesce(sv.url, dv.url),
                'video_title', coalesce(sv.title, dv.title),
                'video_description', coalesce(sv.description, dv.description),
                'video_metadata', coalesce(sv.metadata, dv.metadata)
            )
            order by coalesce(s.position, d.position, 0), m.value_id
        )
        from product_media m
        left join product_media_store s on s.value_id = m.value_id and s.store_id = %(store_id)s
        left join product_media_store d on d.value_id = m.value_id and d.store_id = 0
        left join product_media_video sv on sv.value_id = m.value_id and sv.store_id = %(store_id)s
        left join product_media_video dv on dv.value_id = m.value_id and dv.store_id = 0
        where m.product_id = p.product_id
    )
"""


class Stored(Struct, frozen=True):
    """An entry as it is before a save."""

    value_id: int
    product_id: int
    media_type: str
    file: str
    position: int
    """In the scope of the call."""


STORED = """
    select m.value_id, m.product_id, m.media_type, m.file, coalesce(s.position, d.position, 0) as position
    from product_media m
    left join product_media_store s on s.value_id = m.value_id and s.store_id = %(store_id)s
    left join product_media_store d on d.value_id = m.value_id and d.store_id = 0
    where m.product_id = any(%(product_ids)s::int[])
    order by position, m.value_id
"""

INSERT = """
    insert into product_media (product_id, media_type, file)
    select w.product_id, w.media_type, w.file
    from jsonb_to_recordset(%(rows)s::jsonb) as w (number int, product_id int, media_type text, file text)
    order by w.number
    returning product_id, file, value_id
"""

SET_MEDIA_TYPES = """
    update product_media m
    set media_type = w.media_type
    from jsonb_to_recordset(%(rows)s::jsonb) as w (value_id int, media_type text)
    where m.value_id = w.value_id
"""

# A picture that takes the place of another one has its values, in all scopes.
TAKE_OVER_VALUES = """
    with heirs as (
        select *
        from jsonb_to_recordset(%(rows)s::jsonb) as w (value_id int, former_id int)
    ), videos as (
        insert into product_media_video (value_id, store_id, provider, url, title, description, metadata)
        select h.value_id, v.store_id, v.provider, v.url, v.title, v.description, v.metadata
        from heirs h
        join product_media_video v on v.value_id = h.former_id
    )
    insert into product_media_store (value_id, store_id, label, position, disabled)
    select h.value_id, s.store_id, s.label, s.position, s.disabled
    from heirs h
    join product_media_store s on s.value_id = h.former_id
"""

PUT_VALUES = """
    insert into product_media_store as kept (value_id, store_id, label, position, disabled)
    select w.value_id, w.store_id, w.label, w.position, w.disabled
    from jsonb_to_recordset(%(rows)s::jsonb)
        as w (value_id int, store_id int, label text, position int, disabled boolean)
    on conflict (value_id, store_id) do update
    set label = coalesce(excluded.label, kept.label),
        position = coalesce(excluded.position, kept.position),
        disabled = coalesce(excluded.disabled, kept.disabled)
"""

PUT_VIDEOS = """
    insert into product_media_video as kept (value_id, store_id, provider, url, title, description, metadata)
    select w.value_id, w.store_id, w.provider, w.url, w.title, w.description, w.metadata
    from jsonb_to_recordset(%(rows)s::jsonb)
        as w (
            value_id int, store_id int, provider text, url text, title text, description text, metadata text
        )
    on conflict (value_id, store_id) do update
    set provider = coalesce(excluded.provider, kept.provider),
        url = coalesce(excluded.url, kept.url),
        title = coalesce(excluded.title, kept.title),
        description = coalesce(excluded.description, kept.description),
        metadata = coalesce(excluded.metadata, kept.metadata)
"""

# ---------------------------------------------------------------- roles of pictures that are gone

ROLES_OF_GONE_IN_VIEWS = """
    with gone as (
        select *
        from jsonb_to_recordset(%(rows)s::jsonb) as g (product_id int, file text, successor text)
    )
    update product_store t
    set attributes = (
        select coalesce(
            jsonb_object_agg(a.key, case when g.file is null then a.value else to_jsonb(g.successor) end)
                filter (where g.file is null or g.successor is not null),
            '{}'
        )
        from jsonb_each(t.attributes) a
        left join gone g on g.product_id = t.product_id
            and to_jsonb(g.file) = a.value
            and a.key = any(%(roles)s::text[])
    )
    where exists (
        select
        from gone g
        join jsonb_each_text(t.attributes) a on a.value = g.file
        where g.product_id = t.product_id
        and a.key = any(%(roles)s::text[])
    )
"""

ROLES_OF_GONE = """
    with gone as (
        select *
        from jsonb_to_recordset(%(rows)s::jsonb) as g (product_id int, file text, successor text)
    )
    update product t
    set attributes = t.attributes || w.roles
    from (
        select p.product_id, jsonb_object_agg(a.key, coalesce(g.successor, 'no_selection')) as roles
        from gone g
        join product p using (product_id)
        join lateral jsonb_each_text(p.attributes) a on a.value = g.file
        where a.key = any(%(roles)s::text[])
        group by p.product_id
    ) w
    where t.product_id = w.product_id
"""

# ---------------------------------------------------------------- files

# The first numbers that are free. As many names as the range has cannot take more numbers than that.
FREE_NUMBERS = """
    select w.stem, w.extension,
           array(
               select k.number
               from generate_series(
                   0,
                   w.wanted + (
                       select count(*)
                       from product_media_file f
                       where f.file >= w.stem collate "C"
                       and f.file < (w.stem || '~') collate "C"
                   )
               ) as k (number)
               where not exists (
                   select
                   from product_media_file f
                   where f.file = w.stem || case k.number when 0 then '' else '_' || k.number end || w.extension
               )
               order by k.number
               limit w.wanted
           ) as numbers
    from jsonb_to_recordset(%(rows)s::jsonb) as w (stem text, extension text, wanted int)
"""


class Free(Struct, frozen=True):
    """Numbers with which a name is not taken."""

    stem: str
    extension: str
    numbers: list[int]


# Whoever claims a name that another transaction has claimed waits for its end, in the order of the names.
CLAIM = """
    insert into product_media_file (file, content)
    select w.file, coalesce(u.content, w.content)
    from unnest(%(files)s::text[], %(contents)s::bytea[], %(references)s::text[]) as w (file, content, reference)
    left join media_upload u on u.reference = w.reference
    order by w.file
    on conflict do nothing
    returning file
"""

KNOWN_FILES = """
    select file
    from product_media_file
    where file = any(%(files)s::text[])
"""


class Pending(Struct, frozen=True):
    """A file that does not lie in the folder yet."""

    file: str
    content: bytes


TAKE_PENDING = """
    select file, content
    from product_media_file
    where content is not null
    order by file
    limit 1
    for update skip locked
"""

# Held until it is written, so that nobody removes the file meanwhile.
FIND_PENDING = """
    select file, content
    from product_media_file
    where file = %(file)s
    and content is not null
    for key share
"""

STORED_IN_FOLDER = """
    update product_media_file
    set content = null
    where file = %(file)s
"""

RELEASE = """
    update product_media
    set product_id = null
    where value_id = any(%(value_ids)s::int[])
"""

HAS_RELEASED = "select exists (select from product_media where product_id is null)"

DELETE_RELEASED = """
    delete from product_media
    where value_id in (
        select value_id
        from product_media
        where product_id is null
        order by value_id
        limit 100
        for update skip locked
    )
    returning file
"""

DELETE_UNUSED_FILES = """
    delete from product_media_file f
    where f.file = any(%(files)s::text[])
    and not exists (
        select
        from product_media m
        where m.file = f.file
    )
    returning f.file
"""
