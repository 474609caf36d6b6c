"""Statements about what sources have of many products together."""

HOLDINGS = """
    select
        i.source_code,
        s.name as source_name,
        s.enabled as is_enabled,
        count(*) as products,
        sum(i.quantity) as quantity
    from inventory_source_item i
    join inventory_source s on s.source_code = i.source_code
    where i.sku_key = any(%(keys)s::text[])
    group by i.source_code, s.name, s.enabled
    order by fold(s.name), i.source_code
"""
