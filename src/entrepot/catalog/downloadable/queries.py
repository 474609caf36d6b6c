"""The SQL of links, samples and their files. What a store view or website does not say is the default's."""

from __future__ import annotations

from typing import LiteralString

from msgspec import Struct

# Scalar subqueries over the product `p`, in the scope of %(store_id)s and %(website_id)s.
LINK_ROWS: LiteralString = """
    (
        select json_agg(
            json_build_object(
                'id', l.link_id,
                'title', title.title,
                'sort_order', l.sort_order,
                'is_shareable', l.is_shareable,
                'price', coalesce(price.price, 0)::text,
                'is_own_price', coalesce(price.website_id, 0) <> 0,
                'number_of_downloads', l.number_of_downloads,
                'link_type', l.link_type,
                'link_file', l.link_file,
                'link_url', l.link_url,
                'sample_type', l.sample_type,
                'sample_file', l.sample_file,
                'sample_url', l.sample_url
            )
            order by l.sort_order, l.link_id
        )
        from downloadable_link l
        left join lateral (
            select t.title
            from downloadable_link_title t
            where t.link_id = l.link_id
            and t.store_id in (0, %(store_id)s)
            order by t.store_id desc
            limit 1
        ) title on true
        left join lateral (
            select r.price, r.website_id
            from downloadable_link_price r
            where r.link_id = l.link_id
            and r.website_id in (0, %(website_id)s)
            order by r.website_id desc
            limit 1
        ) price on true
        where l.product_id = p.product_id
    )
"""

# What is bought with a product, with its attributes as `v.attributes` besides `p`.
DOWNLOADS: LiteralString = (
    """
    json_build_object(
        'title', v.attributes ->> 'links_title',
        'separately', v.attributes ->> 'links_purchased_separately' = '1',
        'links', """
    + LINK_ROWS
    + ")"
)

SAMPLE_ROWS: LiteralString = """
    (
        select json_agg(
            json_build_object(
                'id', s.sample_id,
                'title', title.title,
                'sort_order', s.sort_order,
                'sample_type', s.sample_type,
                'sample_file', s.sample_file,
                'sample_url', s.sample_url
            )
            order by s.sort_order, s.sample_id
        )
        from downloadable_sample s
        left join lateral (
            select t.title
            from downloadable_sample_title t
            where t.sample_id = s.sample_id
            and t.store_id in (0, %(store_id)s)
            order by t.store_id desc
            limit 1
        ) title on true
        where s.product_id = p.product_id
    )
"""

OF_PRODUCTS: LiteralString = """ as rows
    from product p
    where p.product_id = any(%(product_ids)s::int[])
"""

LIST_LINKS: LiteralString = "select p.product_id, " + LINK_ROWS + OF_PRODUCTS
LIST_SAMPLES: LiteralString = "select p.product_id, " + SAMPLE_ROWS + OF_PRODUCTS

OWNERS_OF_LINKS = """
    select link_id, product_id
    from downloadable_link
    where link_id = any(%(ids)s::int[])
"""

OWNERS_OF_SAMPLES = """
    select sample_id, product_id
    from downloadable_sample
    where sample_id = any(%(ids)s::int[])
"""

NEW_LINK_IDS = """
    select nextval(pg_get_serial_sequence('downloadable_link', 'link_id'))::int
    from generate_series(1, %(count)s)
"""

NEW_SAMPLE_IDS = """
    select nextval(pg_get_serial_sequence('downloadable_sample', 'sample_id'))::int
    from generate_series(1, %(count)s)
"""

PUT_LINKS = """
    insert into downloadable_link (
        link_id, product_id, sort_order, is_shareable, number_of_downloads, link_type, link_file, link_url,
        sample_type, sample_file, sample_url
    )
    select r.id, r.product_id, r.sort_order, r.is_shareable, r.number_of_downloads, r.link_type, r.link_file,
           r.link_url, r.sample_type, r.sample_file, r.sample_url
    from jsonb_to_recordset(%(rows)s::jsonb)
        as r (
            id int, product_id int, sort_order int, is_shareable smallint, number_of_downloads int, link_type text,
            link_file text, link_url text, sample_type text, sample_file text, sample_url text
        )
    order by r.id
    on conflict (link_id) do update
    set sort_order = excluded.sort_order,
        is_shareable = excluded.is_shareable,
        number_of_downloads = excluded.number_of_downloads,
        link_type = excluded.link_type,
        link_file = excluded.link_file,
        link_url = excluded.link_url,
        sample_type = excluded.sample_type,
        sample_file = excluded.sample_file,
        sample_url = excluded.sample_url
"""

PUT_SAMPLES = """
    insert into downloadable_sample (sample_id, product_id, sort_order, sample_type, sample_file, sample_url)
    select r.id, r.product_id, r.sort_order, r.sample_type, r.sample_file, r.sample_url
    from jsonb_to_recordset(%(rows)s::jsonb)
        as r (id int, product_id int, sort_order int, sample_type text, sample_file text, sample_url text)
    order by r.id
    on conflict (sample_id) do update
    set sort_order = excluded.sort_order,
        sample_type = excluded.sample_type,
        sample_file = excluded.sample_file,
        sample_url = excluded.sample_url
"""

PUT_LINK_TITLES = """
    insert into downloadable_link_title (link_id, store_id, title)
    select r.id, r.store_id, r.title
    from jsonb_to_recordset(%(rows)s::jsonb) as r (id int, store_id int, title text)
    on conflict (link_id, store_id) do update
    set title = excluded.title
"""

PUT_SAMPLE_TITLES = """
    insert into downloadable_sample_title (sample_id, store_id, title)
    select r.id, r.store_id, r.title
    from jsonb_to_recordset(%(rows)s::jsonb) as r (id int, store_id int, title text)
    on conflict (sample_id, store_id) do update
    set title = excluded.title
"""

PUT_PRICES = """
    insert into downloadable_link_price (link_id, website_id, price)
    select r.id, r.website_id, r.price
    from jsonb_to_recordset(%(rows)s::jsonb) as r (id int, website_id int, price numeric(20, 6))
    on conflict (link_id, website_id) do update
    set price = excluded.price
"""

DELETE_LINK_TITLES = """
    delete from downloadable_link_title
    where store_id = %(store_id)s
    and link_id = any(%(ids)s::int[])
"""

DELETE_SAMPLE_TITLES = """
    delete from downloadable_sample_title
    where store_id = %(store_id)s
    and sample_id = any(%(ids)s::int[])
"""

DELETE_OTHER_LINKS = """
    delete from downloadable_link
    where product_id = any(%(product_ids)s::int[])
    and link_id <> all(%(kept)s::int[])
"""

DELETE_OTHER_SAMPLES = """
    delete from downloadable_sample
    where product_id = any(%(product_ids)s::int[])
    and sample_id <> all(%(kept)s::int[])
"""

DELETE_LINK = "delete from downloadable_link where link_id = %(id)s returning product_id"
DELETE_SAMPLE = "delete from downloadable_sample where sample_id = %(id)s returning product_id"

# The attribute that says whether there are any, at the products themselves.
MARK_LINKS_EXIST = """
    update product p
    set attributes = p.attributes || jsonb_build_object(
        'links_exist',
        case when exists (select from downloadable_link l where l.product_id = p.product_id) then '1' else '0' end
    )
    where p.product_id = any(%(product_ids)s::int[])
"""

# ---------------------------------------------------------------- files

# The first numbers that are free. As many names as the range has cannot take more numbers than that.
FREE_NUMBERS = """
    select w.folder, w.stem, w.extension,
           array(
               select k.number
               from generate_series(
                   0,
                   w.wanted + (
                       select count(*)
                       from downloadable_file f
                       where f.folder = w.folder
                       and f.file >= w.stem collate "C"
                       and f.file < (w.stem || '~') collate "C"
                   )
               ) as k (number)
               where not exists (
                   select
                   from downloadable_file f
                   where f.folder = w.folder
                   and f.file = w.stem || case k.number when 0 then '' else '_' || k.number end || w.extension
               )
               order by k.number
               limit w.wanted
           ) as numbers
    from jsonb_to_recordset(%(rows)s::jsonb) as w (folder text, stem text, extension text, wanted int)
"""


class Free(Struct, frozen=True):
    """Numbers with which a name is not taken."""

    folder: str
    stem: str
    extension: str
    numbers: list[int]


# Whoever claims a name that another transaction has claimed waits for its end, in the order of the names.
CLAIM = """
    insert into downloadable_file (folder, file, content)
    select w.folder, w.file, w.content
    from unnest(%(folders)s::text[], %(files)s::text[], %(contents)s::bytea[]) as w (folder, file, content)
    order by w.folder, w.file
    on conflict do nothing
    returning folder, file
"""

KNOWN_FILES = """
    select f.folder, f.file
    from unnest(%(folders)s::text[], %(files)s::text[]) as w (folder, file)
    join downloadable_file f using (folder, file)
"""


class Pending(Struct, frozen=True):
    """A file that does not lie in its folder yet."""

    folder: str
    file: str
    content: bytes


TAKE_PENDING = """
    select folder, file, content
    from downloadable_file
    where content is not null
    order by folder, file
    limit 1
    for update skip locked
"""

FIND_PENDING = """
    select folder, file, content
    from downloadable_file
    where folder = %(folder)s
    and file = %(file)s
    and content is not null
"""

STORED_IN_FOLDER = """
    update downloadable_file
    set content = null
    where folder = %(folder)s
    and file = %(file)s
"""

# ---------------------------------------------------------------- domains

LIST_DOMAINS = "select domain from downloadable_domain order by domain"

ADD_DOMAINS = """
    insert into downloadable_domain (domain)
    select unnest(%(domains)s::text[])
    on conflict do nothing
"""

REMOVE_DOMAINS = "delete from downloadable_domain where domain = any(%(domains)s::text[])"

# ---------------------------------------------------------------- what a page offers

OFFER: LiteralString = (
    "select "  # noqa: S608 (constants)
    + DOWNLOADS
    + " as downloads, v.attributes ->> 'samples_title' as samples_title, "
    + SAMPLE_ROWS
    + """ as samples
    from product p
    left join product_store ps on ps.product_id = p.product_id and ps.store_id = %(store_id)s
    cross join lateral (select p.attributes || coalesce(ps.attributes, '{}') as attributes) v
    where p.product_id = %(product_id)s
    """
)

FIND_LINK_SAMPLE = """
    select product_id, sample_type as type, sample_file as file, sample_url as url
    from downloadable_link
    where link_id = %(id)s
    and sample_type is not null
"""

FIND_SAMPLE = """
    select product_id, sample_type as type, sample_file as file, sample_url as url
    from downloadable_sample
    where sample_id = %(id)s
"""

ON_SALE = """
    select
        p.product_id,
        lower(p.sku) as sku,
        coalesce(v.attributes ->> 'links_purchased_separately', '0') = '1' as is_separate,
        array(
            select l.link_id
            from downloadable_link l
            where l.product_id = p.product_id
            order by l.sort_order, l.link_id
        ) as link_ids
    from product p
    left join product_store ps on ps.product_id = p.product_id and ps.store_id = %(store_id)s
    cross join lateral (select p.attributes || coalesce(ps.attributes, '{}') as attributes) v
    where p.type_id = 'downloadable'
    and (p.product_id = any(%(product_ids)s::int[]) or lower(p.sku) = any(%(skus)s::text[]))
"""

SOLD = """
    select
        l.link_id,
        coalesce(title.title, '') as title,
        l.is_shareable,
        l.number_of_downloads,
        l.link_type,
        l.link_file,
        l.link_url
    from downloadable_link l
    left join lateral (
        select t.title
        from downloadable_link_title t
        where t.link_id = l.link_id
        and t.store_id in (0, %(store_id)s)
        order by t.store_id desc
        limit 1
    ) title on true
    where l.link_id = any(%(link_ids)s::int[])
"""
"""What a buyer keeps of a link, as a store view calls it."""
