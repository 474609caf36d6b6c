"""The statements that read all that carts ask of products.

Sub-selects have a `limit 1` where there is one row at most: PostgreSQL looks that row up then, whereas it would read
the rows of all products for a condition that looks as if it fitted many.
"""

from __future__ import annotations

from typing import LiteralString

from entrepot.catalog.downloadable.queries import DOWNLOADS
from entrepot.catalog.options.queries import OPTION_ROWS

# Prices as in `prices.queries.LIST_FACTS`.
GOODS: LiteralString = """
    select p.product_id, p.sku, p.type_id, p.has_options,
           v.attributes ->> 'name' as name,
           (v.attributes ->> 'weight')::numeric as weight,
           coalesce((v.attributes ->> 'tax_class_id')::int, 0) as tax_class_id,
           coalesce(v.attributes ->> 'status', '1') = '1' as is_enabled,
           (
               select true
               from product_website w
               where w.product_id = p.product_id
               and w.website_id = %(website_id)s
               limit 1
           ) is true as is_in_website,
           (v.attributes ->> 'cost')::numeric as cost,
           v.attributes ->> 'gift_message_available' as gift_message_available,
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
"""

BY_ID: LiteralString = GOODS + "where p.product_id = any(%(product_ids)s::int[])"
BY_SKU: LiteralString = GOODS + "where lower(p.sku) = any(%(skus)s::text[])"

# For the few products that ask something of who buys them.
CHOICES: LiteralString = (
    "select p.product_id, case when p.has_options then "  # noqa: S608 (constants)
    + OPTION_ROWS
    + " end as options, case when p.type_id = 'downloadable' then "
    + DOWNLOADS
    + """ end as downloads
    from product p
    left join product_store ps on ps.product_id = p.product_id and ps.store_id = %(store_id)s
    cross join lateral (select p.attributes || coalesce(ps.attributes, '{}') as attributes) v
    where p.product_id = any(%(product_ids)s::int[])
    """
)
