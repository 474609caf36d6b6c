"""The SQL of links."""

from __future__ import annotations

from typing import LiteralString

LINK_ROWS: LiteralString = """
    (
        select json_agg(
            json_build_object(
                'type', l.link_type_id, 'sku', linked.sku, 'type_id', linked.type_id, 'position', l.position,
                'qty', l.qty::text
            )
            order by array_position(array[1, 5, 4, 3]::smallint[], l.link_type_id), l.position, l.link_id
        )
        from product_link l
        join product linked on linked.product_id = l.linked_product_id
        where l.product_id = p.product_id
    )
"""

OF_PRODUCT: LiteralString = """
    from product p
    where p.product_id = %(product_id)s
"""

LIST_OF_PRODUCT: LiteralString = "select " + LINK_ROWS + OF_PRODUCT

DELETE_ALL = """
    delete from product_link
    where product_id = any(%(product_ids)s::int[])
"""

DELETE_OF_TYPES = """
    delete from product_link
    where product_id = %(product_id)s
    and link_type_id = any(%(type_ids)s::int[])
"""

# Rows come in the order in which they were given, which decides among equal positions. A product is not linked to
# itself, and the last of several links of one kind to one product counts.
INSERT = """
    insert into product_link (product_id, linked_product_id, link_type_id, position, qty)
    select g.product_id, g.linked_product_id, g.link_type_id, g.position, g.qty
    from (
        select distinct on (r.product_id, r.link_type_id, linked.product_id)
               r.number, r.product_id, r.link_type_id, r.position, r.qty, linked.product_id as linked_product_id
        from jsonb_to_recordset(%(rows)s::jsonb)
            as r (
                number int, product_id int, linked_sku text, link_type_id smallint, position int, qty numeric(12, 4)
            )
        join product linked on lower(linked.sku) = lower(r.linked_sku)
        where linked.product_id <> r.product_id
        order by r.product_id, r.link_type_id, linked.product_id, r.number desc
    ) g
    order by g.number
"""

PUT_ONE = """
    insert into product_link (product_id, linked_product_id, link_type_id, position, qty)
    select %(product_id)s, %(linked_product_id)s, %(type_id)s,
           coalesce(
               %(position)s::int,
               (
                   select max(l.position) + 1
                   from product_link l
                   where l.product_id = %(product_id)s
                   and l.link_type_id = %(type_id)s
               ),
               1
           ),
           %(qty)s
    on conflict (product_id, link_type_id, linked_product_id) do update
    set position = coalesce(%(position)s::int, product_link.position),
        qty = coalesce(excluded.qty, product_link.qty)
"""

DELETE_ONE = """
    delete from product_link
    where product_id = %(product_id)s
    and linked_product_id = %(linked_product_id)s
    and link_type_id = %(type_id)s
"""
