"""The SQL of products, but for the index and the rewrites, which have files of their own."""

from __future__ import annotations

from typing import LiteralString

from msgspec import Struct


class Found(Struct, frozen=True):
    """A product that was looked for by a SKU."""

    wanted: str
    """The SKU as it was asked for."""
    product_id: int
    sku: str
    type_id: str


FIND_BY_SKU = """
    select w.sku as wanted, p.product_id, p.sku, p.type_id
    from unnest(%(skus)s::text[]) as w (sku)
    join product p on lower(p.sku) = lower(w.sku)
"""

FIND_BY_ID = """
    select product_id, sku, type_id
    from product
    where product_id = any(%(product_ids)s::int[])
"""


class Identified(Struct, frozen=True):
    """A product that a draft may mean: `number` is the draft's place in the call."""

    number: int
    by_id: bool
    product_id: int


# A draft with an id may find two products: its own, and another one that has the SKU it asks for.
IDENTIFY = """
    with wanted as (
        select *
        from jsonb_to_recordset(%(drafts)s::jsonb) as w (number int, id bigint, sku text)
    )
    select w.number, true as by_id, p.product_id
    from wanted w
    join product p on p.product_id = w.id
    union all
    select w.number, false, p.product_id
    from wanted w
    join product p on lower(p.sku) = lower(w.sku)
"""

DOCUMENT: LiteralString = """
    select p.product_id, p.sku, p.attribute_set_id, p.type_id,
           to_char(p.created_at, 'YYYY-MM-DD HH24:MI:SS') as created_at,
           to_char(p.updated_at, 'YYYY-MM-DD HH24:MI:SS') as updated_at,
           p.has_options, p.required_options,
           p.attributes || coalesce(ps.attributes, '{{}}') as attributes,
           array(
               select w.website_id from product_website w where w.product_id = p.product_id order by w.website_id
           ) as website_ids,
           array(
               select c.category_id from product_category c where c.product_id = p.product_id order by c.category_id
           ) as category_ids,
           array(
               select c.position from product_category c where c.product_id = p.product_id order by c.category_id
           ) as category_positions
"""

FROM_PRODUCT: LiteralString = """
    from product p
    left join product_store ps on ps.product_id = p.product_id and ps.store_id = %(store_id)s
    where p.product_id = any(%(product_ids)s::int[])
"""

READ: LiteralString = DOCUMENT + ", {parts} as parts" + FROM_PRODUCT

LOCK: LiteralString = (
    DOCUMENT.replace("{{}}", "{}")
    + ", p.attributes as defaults"
    + FROM_PRODUCT
    + """
    order by p.product_id
    for no key update of p
"""
)

# No row comes back for a SKU that somebody else took meanwhile.
INSERT = """
    insert into product (sku, attribute_set_id, type_id, created_at, updated_at, attributes)
    select w.sku, w.attribute_set_id, w.type_id, coalesce(w.created_at, %(now)s), %(now)s, w.attributes
    from jsonb_to_recordset(%(rows)s::jsonb)
        as w (number int, sku text, attribute_set_id int, type_id text, created_at timestamptz, attributes jsonb)
    order by w.number
    on conflict do nothing
    returning product_id, sku, type_id
"""

UPDATE = """
    update product p
    set sku = w.sku,
        attribute_set_id = w.attribute_set_id,
        type_id = w.type_id,
        created_at = coalesce(w.created_at, p.created_at),
        updated_at = %(now)s,
        attributes = (p.attributes || w.given) - w.removed
    from jsonb_to_recordset(%(rows)s::jsonb)
        as w (
            product_id int, sku text, attribute_set_id int, type_id text, created_at timestamptz,
            given jsonb, removed text[]
        )
    where p.product_id = w.product_id
"""

WRITE_DEFAULTS = """
    update product p
    set attributes = (p.attributes || w.given) - w.removed
    from jsonb_to_recordset(%(rows)s::jsonb) as w (product_id int, store_id int, given jsonb, removed text[])
    where p.product_id = w.product_id
"""

WRITE_VIEWS = """
    insert into product_store (product_id, store_id, attributes)
    select w.product_id, w.store_id, (coalesce(s.attributes, '{}') || w.given) - w.removed
    from jsonb_to_recordset(%(rows)s::jsonb) as w (product_id int, store_id int, given jsonb, removed text[])
    left join product_store s using (product_id, store_id)
    order by w.product_id, w.store_id
    on conflict (product_id, store_id) do update
    set attributes = excluded.attributes
"""

TOUCH = """
    update product
    set updated_at = %(now)s
    where product_id = any(%(product_ids)s::int[])
"""

UNKNOWN_CATEGORIES = """
    select w.category_id
    from unnest(%(category_ids)s::bigint[]) as w (category_id)
    where not exists (select from category c where c.category_id = w.category_id)
"""

SET_WEBSITES = """
    with touched as (
        select *
        from jsonb_to_recordset(%(rows)s::jsonb) as t (product_id int, website_ids int[])
    ), gone as (
        delete from product_website pw
        using touched t
        where t.product_id = pw.product_id
        and pw.website_id <> all(t.website_ids)
    )
    insert into product_website (product_id, website_id)
    select distinct t.product_id, w.website_id
    from touched t
    cross join unnest(t.website_ids) as w (website_id)
    on conflict do nothing
"""

SET_CATEGORIES = """
    with touched as (
        select *
        from jsonb_to_recordset(%(rows)s::jsonb) as t (product_id int, category_ids int[], positions int[])
    ), gone as (
        delete from product_category pc
        using touched t
        where t.product_id = pc.product_id
        and pc.category_id <> all(t.category_ids)
    )
    insert into product_category (product_id, category_id, position)
    select t.product_id, w.category_id, w.position
    from touched t
    cross join unnest(t.category_ids, t.positions) as w (category_id, position)
    on conflict (category_id, product_id) do update
    set position = excluded.position
    where product_category.position <> excluded.position
"""

SET_OPTION_FLAGS = """
    update product p
    set has_options = o.has_options,
        required_options = o.required_options
    from (
        select w.product_id,
               count(o.option_id) > 0 as has_options,
               coalesce(bool_or(o.is_require), false) as required_options
        from unnest(%(product_ids)s::int[]) as w (product_id)
        left join product_option o using (product_id)
        group by w.product_id
    ) o
    where p.product_id = o.product_id
    and (p.has_options, p.required_options) is distinct from (o.has_options, o.required_options)
"""

DELETE = """
    delete from product
    where product_id = any(%(product_ids)s::int[])
    returning product_id, sku, type_id
"""

ADD_WEBSITE = """
    insert into product_website (product_id, website_id)
    values (%(product_id)s, %(website_id)s)
    on conflict do nothing
"""

REMOVE_WEBSITE = """
    delete from product_website
    where product_id = %(product_id)s
    and website_id = %(website_id)s
"""

IDS_OF_SET = """
    select product_id
    from product
    where attribute_set_id = %(set_id)s
    order by product_id
"""

IDS_OF_WEBSITE = """
    select product_id
    from product_website
    where website_id = %(website_id)s
    order by product_id
"""

IDS_WITH_ATTRIBUTE = """
    select product_id from product where attributes ? %(code)s
    union
    select product_id from product_store where attributes ? %(code)s
    order by product_id
"""

REMOVE_VALUES = """
    update product
    set attributes = attributes - %(code)s
    where product_id = any(%(product_ids)s::int[])
"""

REMOVE_VALUES_OF_VIEWS = """
    update product_store
    set attributes = attributes - %(code)s
    where product_id = any(%(product_ids)s::int[])
    and attributes ? %(code)s
"""

# What two transactions could each find unused, and both use.
LOCK_UNIQUE_VALUES = "select pg_advisory_xact_lock(hashtext('unique values of products'))"
