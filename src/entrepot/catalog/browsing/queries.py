"""The statement of a list of products: one, whatever is asked for and however many products there are.

It is put together from these parts. `candidate` is what the index gives by category, words and choices; `shown` is what
of that can be sold and costs what was asked for. All counts and the page are taken from `shown`, so they agree.
"""

from __future__ import annotations

from typing import LiteralString

# An anchor shows what is below it. The ids go into the statement as values: so the planner knows how many products the
# categories have, and looks few of them up instead of going through all.
BELOW = """
    select category_id
    from category
    where category_id = %(category_id)s
    or path like %(below)s
    order by category_id
"""

PLACED: LiteralString = """
    placed as materialized (
        select pc.product_id,
               coalesce(
                   min(pc.position::bigint) filter (where pc.category_id = %(category_id)s),
                   min(pc.position::bigint) + 10000
               ) as position
        from product_category pc
        where pc.category_id = any(%(category_ids)s::int[])
        group by pc.product_id
    ),
"""

CANDIDATE: LiteralString = """
    candidate as materialized (
        select i.product_id, i.website_id, i.sku, i.type_id, i.name_key, i.options, i.price,
               i.special_price, i.is_own_price, i.is_own_special_price, i.special_from, i.special_to,
               {position} as position, {score} as score
        from product_index i
        {placed}
        where i.store_id = %(store_id)s
        and i.website_id is not null
        and i.status = 1
        and i.visibility = any(%(visibilities)s)
        {conditions}
    ),
"""

JOIN_PLACED: LiteralString = "join placed p on p.product_id = i.product_id"

HAS_CHOICES: LiteralString = " and i.options @> %(chosen)s::int[]"

HAS_WORDS: LiteralString = " and i.search @@ %(words)s::tsquery"

IS_WITHIN: LiteralString = """
        and i.product_id in (
            select pc.product_id
            from product_category pc
            where pc.category_id = any(%(within_ids)s::int[])
        )
"""

# The four classes of words weigh 1, 4, 10 and 30: a word in the sku or the name outweighs any number in a description.
SCORE: LiteralString = "ts_rank('{0.03, 0.13, 0.33, 1}'::float4[], i.search, %(words)s::tsquery)"

# What a piece costs as it is shown: in the visitor's currency, by the visitor's group.
SHOWN: LiteralString = """
    priced as (
        select i.*, {price} * %(rate)s as shown_price
        from candidate i
        {salable}
    ), shown as materialized (
        select *
        from priced
        where {price_condition}
    ),
"""

COSTS: LiteralString = """
            shown_price >= coalesce(%(low)s::numeric, 0)
            and (%(high)s::numeric is null or shown_price < %(high)s::numeric)
"""

IS_SALABLE: LiteralString = "where i.product_id in ({salable})"

SIZE: LiteralString = """
    size as (
        select n.total,
               case
                   when %(size)s::int is null then 1
                   else greatest(1, least(%(page)s::bigint, ceil(n.total / %(size)s::numeric)))
               end as page
        from (select count(*) as total from shown) n
    )
"""

PAGE: LiteralString = """
    select size.total::int as total, size.page::int as page,
           array(
               select s.product_id
               from shown s
               {further}
               order by {order}
               limit %(size)s
               offset (size.page - 1) * coalesce(%(size)s::int, 0)
           ) as product_ids
"""

COUNTS: LiteralString = """,
           (
               select coalesce(jsonb_object_agg(c.choice, c.products), '{}')
               from (
                   select o.choice, count(*) as products
                   from shown s
                   cross join unnest(s.options) as o (choice)
                   group by o.choice
               ) c
           ) as choices,
           (
               select coalesce(jsonb_agg(jsonb_build_array(p.low::text, p.products) order by p.low), '[]')
               from (
                   select floor(s.shown_price / %(step)s) * %(step)s as low, count(*) as products
                   from shown s
                   where s.shown_price is not null
                   group by 1
               ) p
           ) as prices,
           (select max(s.shown_price) from shown s) as highest_price,
           (
               select coalesce(jsonb_object_agg(c.category_id, c.products), '{}')
               from (
                   select a.category_id, count(distinct s.product_id) as products
                   from (
                       select child.category_id, below.category_id as assigned_id
                       from unnest(%(child_ids)s::int[], %(child_paths)s::text[], %(child_is_anchor)s::bool[])
                           as child (category_id, path, is_anchor)
                       join category below
                           on below.category_id = child.category_id
                           or (child.is_anchor and below.path like child.path || '/%%')
                   ) a
                   join product_category pc on pc.category_id = a.assigned_id
                   join shown s on s.product_id = pc.product_id
                   group by a.category_id
               ) c
           ) as children
"""

FROM_SIZE: LiteralString = """
    from size
"""

# A sort by an attribute that the index has no column for reads it from the documents of the shown products.
DOCUMENTS: LiteralString = """
               join product d on d.product_id = s.product_id
               left join product_store ds on ds.product_id = s.product_id and ds.store_id = %(store_id)s
"""
ATTRIBUTE: LiteralString = "coalesce(ds.attributes ->> %(order_code)s, d.attributes ->> %(order_code)s)"
BY_TEXT: LiteralString = "fold(" + ATTRIBUTE + ")"
BY_NUMBER: LiteralString = "(" + ATTRIBUTE + ")::numeric"
BY_LABEL: LiteralString = "array_position(%(order_values)s::text[], " + ATTRIBUTE + ")"
