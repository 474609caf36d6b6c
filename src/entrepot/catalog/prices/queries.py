"""The SQL of prices."""

from __future__ import annotations

from typing import LiteralString

LIST_FACTS = """
    select p.product_id, p.type_id,
           v.attributes ->> 'price_type' as price_type,
           (v.attributes ->> 'price')::numeric as price,
           coalesce(ps.attributes ? 'price', false) as is_own_price,
           (v.attributes ->> 'special_price')::numeric as special_price,
           coalesce(ps.attributes ? 'special_price', false) as is_own_special_price,
           (v.attributes ->> 'special_from_date')::timestamp as special_from,
           (v.attributes ->> 'special_to_date')::timestamp as special_to,
           (
               select json_agg(
                   json_build_object(
                       'qty', t.qty::text, 'value', t.value::text, 'percentage', t.percentage::text,
                       'website_id', t.website_id, 'all_groups', t.all_groups
                   )
                   order by t.qty, t.value_id
               )
               from product_tier_price t
               where t.product_id = p.product_id
               and t.website_id in (0, %(website_id)s)
               and (t.all_groups or t.customer_group_id = %(customer_group_id)s)
           ) as tiers
    from product p
    left join lateral (
        select s.attributes
        from product_store s
        where s.product_id = p.product_id
        and s.store_id = %(store_id)s
        limit 1
    ) ps on true
    cross join lateral (select p.attributes || coalesce(ps.attributes, '{}') as attributes) v
    where p.product_id = any(%(product_ids)s::int[])
"""

TIER_ROWS: LiteralString = """
    (
        select json_agg(
            json_build_object(
                'group_id', case when t.all_groups then 32000 else t.customer_group_id end,
                'website_id', t.website_id,
                'qty', t.qty::text,
                'value', t.value::text,
                'percentage', t.percentage::text
            )
            order by t.qty, t.value_id
        )
        from product_tier_price t
        where t.product_id = p.product_id
        and (%(website_id)s = 0 or t.website_id in (0, %(website_id)s))
    )
"""

OF_PRODUCTS: LiteralString = """ as tiers
    from product p
    where p.product_id = any(%(product_ids)s::int[])
"""

LIST_TIERS: LiteralString = "select p.product_id, p.sku, p.type_id, " + TIER_ROWS + OF_PRODUCTS

# A row that stays keeps its id, and so its place in the walk.
PUT_TIERS = """
    insert into product_tier_price (product_id, all_groups, customer_group_id, website_id, qty, value, percentage)
    select r.product_id, r.all_groups, r.customer_group_id, r.website_id, r.qty, r.value, r.percentage
    from jsonb_to_recordset(%(rows)s::jsonb)
        as r (
            number int, product_id int, all_groups boolean, customer_group_id int, website_id int, qty numeric(12, 4),
            value numeric(20, 6), percentage numeric(5, 2)
        )
    order by r.number
    on conflict (product_id, all_groups, customer_group_id, qty, website_id) do update
    set value = excluded.value,
        percentage = excluded.percentage
    where (product_tier_price.value, product_tier_price.percentage)
        is distinct from (excluded.value, excluded.percentage)
"""

# What a store view does not show, the prices of other websites, stays when the list that it shows is replaced.
KEEP_TIERS = """
    delete from product_tier_price t
    where t.product_id = any(%(product_ids)s::int[])
    and (%(website_id)s = 0 or t.website_id in (0, %(website_id)s))
    and not exists (
        select
        from jsonb_to_recordset(%(rows)s::jsonb)
            as r (product_id int, all_groups boolean, customer_group_id int, website_id int, qty numeric(12, 4))
        where r.product_id = t.product_id
        and r.all_groups = t.all_groups
        and r.customer_group_id = t.customer_group_id
        and r.website_id = t.website_id
        and r.qty = t.qty
    )
"""

DELETE_TIER = """
    delete from product_tier_price
    where product_id = %(product_id)s
    and all_groups = %(all_groups)s
    and customer_group_id = %(customer_group_id)s
    and website_id = %(website_id)s
    and qty = %(qty)s
"""

DELETE_TIERS = """
    delete from product_tier_price t
    using jsonb_to_recordset(%(rows)s::jsonb)
        as r (
            product_id int, all_groups boolean, customer_group_id int, website_id int, qty numeric(12, 4),
            value numeric(20, 6), percentage numeric(5, 2)
        )
    where t.product_id = r.product_id
    and t.all_groups = r.all_groups
    and t.customer_group_id = r.customer_group_id
    and t.website_id = r.website_id
    and t.qty = r.qty
    and t.percentage is not distinct from r.percentage
    and t.value = r.value
    returning t.product_id
"""

FIND_PRODUCTS = """
    select w.sku as wanted, p.product_id, p.sku, p.type_id, p.attributes ->> 'price_type' as price_type
    from unnest(%(skus)s::text[]) with ordinality as w (sku, place)
    join product p on lower(p.sku) = lower(w.sku)
    order by w.place
"""

LIST_VALUES = """
    select v.product_id, v.store_id, v.attributes ->> %(code)s as value,
           v.attributes ->> 'special_from_date' as price_from, v.attributes ->> 'special_to_date' as price_to
    from (
        select product_id, 0 as store_id, attributes from product
        union all
        select product_id, store_id, attributes from product_store
    ) v
    where v.product_id = any(%(product_ids)s::int[])
    and v.attributes ->> %(code)s is not null
    order by v.product_id, v.store_id
"""

REMOVE_VALUES = """
    update product
    set attributes = attributes - %(codes)s::text[]
    where product_id = any(%(product_ids)s::int[])
"""

REMOVE_VALUES_OF_VIEWS = """
    update product_store
    set attributes = attributes - %(codes)s::text[]
    where product_id = any(%(product_ids)s::int[])
    and attributes ?| %(codes)s::text[]
"""
