"""The SQL of custom options. Titles and prices of a store view come before those of the default scope."""

from __future__ import annotations

from typing import LiteralString

OPTION_ROWS: LiteralString = """
    (
        select json_agg(
            json_build_object(
                'option_id', o.option_id,
                'title', title.title,
                'type', o.type,
                'sort_order', o.sort_order,
                'is_require', o.is_require,
                'price', price.price::text,
                'price_type', price.price_type,
                'sku', o.sku,
                'file_extension', o.file_extension,
                'max_characters', o.max_characters,
                'image_size_x', o.image_size_x,
                'image_size_y', o.image_size_y,
                'values', (
                    select json_agg(
                        json_build_object(
                            'option_type_id', v.option_type_id,
                            'title', value_title.title,
                            'sort_order', v.sort_order,
                            'price', value_price.price::text,
                            'price_type', value_price.price_type,
                            'sku', v.sku
                        )
                        order by v.sort_order, value_title.title, v.option_type_id
                    )
                    from product_option_value v
                    left join lateral (
                        select t.title
                        from product_option_value_title t
                        where t.option_type_id = v.option_type_id
                        and t.store_id in (0, %(store_id)s)
                        order by t.store_id desc
                        limit 1
                    ) value_title on true
                    left join lateral (
                        select r.price, r.price_type
                        from product_option_value_price r
                        where r.option_type_id = v.option_type_id
                        and r.store_id in (0, %(store_id)s)
                        order by r.store_id desc
                        limit 1
                    ) value_price on true
                    where v.option_id = o.option_id
                )
            )
            order by o.sort_order, title.title, o.option_id
        )
        from product_option o
        left join lateral (
            select t.title
            from product_option_title t
            where t.option_id = o.option_id
            and t.store_id in (0, %(store_id)s)
            order by t.store_id desc
            limit 1
        ) title on true
        left join lateral (
            select r.price, r.price_type
            from product_option_price r
            where r.option_id = o.option_id
            and r.store_id in (0, %(store_id)s)
            order by r.store_id desc
            limit 1
        ) price on true
        where o.product_id = p.product_id
    )
"""

OF_PRODUCTS: LiteralString = """ as options
    from product p
    where p.product_id = any(%(product_ids)s::int[])
"""

LIST_STORED: LiteralString = "select p.product_id, " + OPTION_ROWS + OF_PRODUCTS

NEW_OPTION_IDS = """
    select nextval(pg_get_serial_sequence('product_option', 'option_id'))::int
    from generate_series(1, %(count)s)
"""

NEW_VALUE_IDS = """
    select nextval(pg_get_serial_sequence('product_option_value', 'option_type_id'))::int
    from generate_series(1, %(count)s)
"""

# An option that is answered in another way than before keeps nothing of what was said about the answer.
PUT_OPTIONS = """
    insert into product_option (
        option_id, product_id, type, is_require, sort_order, sku, max_characters, file_extension, image_size_x,
        image_size_y
    )
    select r.option_id, r.product_id, r.type, coalesce(r.is_require, o.is_require, true),
           coalesce(r.sort_order, o.sort_order, 0),
           coalesce(r.sku, case when not r.is_other_kind then o.sku end),
           coalesce(r.max_characters, case when not r.is_other_kind then o.max_characters end),
           coalesce(r.file_extension, case when not r.is_other_kind then o.file_extension end),
           coalesce(r.image_size_x, case when not r.is_other_kind then o.image_size_x end),
           coalesce(r.image_size_y, case when not r.is_other_kind then o.image_size_y end)
    from jsonb_to_recordset(%(rows)s::jsonb)
        as r (
            option_id int, product_id int, type text, is_require boolean, sort_order int, sku text, max_characters int,
            file_extension text, image_size_x int, image_size_y int, is_other_kind boolean
        )
    left join product_option o using (option_id)
    order by r.option_id
    on conflict (option_id) do update
    set type = excluded.type,
        is_require = excluded.is_require,
        sort_order = excluded.sort_order,
        sku = excluded.sku,
        max_characters = excluded.max_characters,
        file_extension = excluded.file_extension,
        image_size_x = excluded.image_size_x,
        image_size_y = excluded.image_size_y
"""

PUT_TITLES = """
    insert into product_option_title (option_id, store_id, title)
    select r.id, r.store_id, r.title
    from jsonb_to_recordset(%(rows)s::jsonb) as r (id int, store_id int, title text)
    on conflict (option_id, store_id) do update
    set title = excluded.title
"""

PUT_PRICES = """
    insert into product_option_price (option_id, store_id, price, price_type)
    select r.id, r.store_id, r.price, r.price_type
    from jsonb_to_recordset(%(rows)s::jsonb) as r (id int, store_id int, price numeric(20, 6), price_type text)
    on conflict (option_id, store_id) do update
    set price = excluded.price,
        price_type = excluded.price_type
"""

PUT_VALUES = """
    insert into product_option_value (option_type_id, option_id, sort_order, sku)
    select r.option_type_id, r.option_id, coalesce(r.sort_order, v.sort_order, 0), coalesce(r.sku, v.sku)
    from jsonb_to_recordset(%(rows)s::jsonb) as r (option_type_id int, option_id int, sort_order int, sku text)
    left join product_option_value v using (option_type_id)
    order by r.option_type_id
    on conflict (option_type_id) do update
    set sort_order = excluded.sort_order,
        sku = excluded.sku
"""

PUT_VALUE_TITLES = """
    insert into product_option_value_title (option_type_id, store_id, title)
    select r.id, r.store_id, r.title
    from jsonb_to_recordset(%(rows)s::jsonb) as r (id int, store_id int, title text)
    on conflict (option_type_id, store_id) do update
    set title = excluded.title
"""

PUT_VALUE_PRICES = """
    insert into product_option_value_price (option_type_id, store_id, price, price_type)
    select r.id, r.store_id, r.price, r.price_type
    from jsonb_to_recordset(%(rows)s::jsonb) as r (id int, store_id int, price numeric(20, 6), price_type text)
    on conflict (option_type_id, store_id) do update
    set price = excluded.price,
        price_type = excluded.price_type
"""

DELETE_OTHER_OPTIONS = """
    delete from product_option
    where product_id = any(%(product_ids)s::int[])
    and option_id <> all(%(kept)s::int[])
"""

# The values of options that were named: those that a list leaves out, and all of an option that has none any more.
DELETE_OTHER_VALUES = """
    delete from product_option_value
    where option_id = any(%(option_ids)s::int[])
    and option_type_id <> all(%(kept)s::int[])
"""

DELETE_PRICES = """
    delete from product_option_price
    where option_id = any(%(option_ids)s::int[])
"""

DELETE_OPTION = """
    delete from product_option
    where product_id = %(product_id)s
    and option_id = %(option_id)s
"""
