"""The index of products by scope, from which lists, category pages, layered navigation and search are answered.

It has a row for each product in every store view, and one in store 0 with the default values. Its `website_id` is null
where the product is not sold: whoever shows what is sold must ask for it, and only there it has choices and words.
One statement brings it to what the tables say; every write of products ends with it, in the same transaction, so the
index is never stale. Why that is so is told in docs/decisions/0019-product-index.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from entrepot.catalog.attributes import ATTRIBUTES, Attribute, Attributes
from entrepot.kit.context import Context

CHUNK = 2000
"""Products per statement where all of them are indexed: some seconds, well below the limit for a statement."""

FIXED_CHOICE = 100
"""A choice of a fixed source is -(100 * attribute id + value), so that it is unlike every option of a table."""

REFRESH = r"""
    with scoped as (
        select s.store_id, pw.website_id, p.product_id, p.type_id, p.sku, p.created_at,
               p.attributes || coalesce(ps.attributes, '{}') || jsonb_build_object('sku', p.sku) as attributes,
               coalesce(ps.attributes ? 'price', false) as is_own_price,
               coalesce(ps.attributes ? 'special_price', false) as is_own_special_price
        from product p
        cross join store s
        left join product_website pw on pw.product_id = p.product_id and pw.website_id = s.website_id
        left join product_store ps on ps.product_id = p.product_id and ps.store_id = s.store_id
        where p.product_id = any(%(product_ids)s::int[])
        and s.store_id = any(%(store_ids)s::int[])
    )
    insert into product_index (
        store_id, product_id, website_id, type_id, sku, name, name_key, status, visibility, tax_class_id,
        price, special_price, is_own_price, is_own_special_price, special_from, special_to, min_price, max_price,
        new_from, new_to, created_at, options, search
    )
    select s.store_id, s.product_id, s.website_id, s.type_id, s.sku,
           s.attributes ->> 'name', fold(s.attributes ->> 'name'),
           (s.attributes ->> 'status')::int, (s.attributes ->> 'visibility')::int,
           (s.attributes ->> 'tax_class_id')::int,
           (s.attributes ->> 'price')::numeric, (s.attributes ->> 'special_price')::numeric,
           s.is_own_price, s.is_own_special_price,
           (s.attributes ->> 'special_from_date')::timestamp, (s.attributes ->> 'special_to_date')::timestamp,
           (s.attributes ->> 'price')::numeric, (s.attributes ->> 'price')::numeric,
           (s.attributes ->> 'news_from_date')::timestamp, (s.attributes ->> 'news_to_date')::timestamp, s.created_at,
           chosen.options,
           setweight(array_to_tsvector(case when s.website_id is null then '{}' else array[fold(s.sku)] end), 'A')
               || setweight(to_tsvector('simple', fold(words.a)), 'A')
               || setweight(to_tsvector('simple', fold(words.b)), 'B')
               || setweight(to_tsvector('simple', fold(words.c)), 'C')
               || setweight(to_tsvector('simple', fold(words.d)), 'D')
    from scoped s
    cross join lateral (
        select coalesce(array_agg(distinct o.choice), '{}') as options
        from (
            select v.value::int as choice
            from unnest(%(option_codes)s::text[]) as c (code)
            cross join unnest(string_to_array(s.attributes ->> c.code, ',')) as v (value)
            where v.value ~ '^[0-9]{1,9}$'
            and s.website_id is not null
            union all
            select -(c.base + v.value::int)
            from unnest(%(fixed_codes)s::text[], %(fixed_bases)s::int[]) as c (code, base)
            cross join unnest(string_to_array(s.attributes ->> c.code, ',')) as v (value)
            where v.value ~ '^[0-9]{1,2}$'
            and s.website_id is not null
        ) o
    ) chosen
    cross join lateral (
        select coalesce(string_agg(t.words, ' ') filter (where t.weight = 'A'), '') as a,
               coalesce(string_agg(t.words, ' ') filter (where t.weight = 'B'), '') as b,
               coalesce(string_agg(t.words, ' ') filter (where t.weight = 'C'), '') as c,
               coalesce(string_agg(t.words, ' ') filter (where t.weight = 'D'), '') as d
        from (
            select w.weight, regexp_replace(left(s.attributes ->> w.code, 100000), '<[^>]*>', ' ', 'g') as words
            from unnest(%(text_codes)s::text[], %(text_weights)s::text[]) as w (code, weight)
            where s.website_id is not null
            union all
            select w.weight, coalesce(own.label, common.label)
            from unnest(%(label_codes)s::text[], %(label_weights)s::text[]) as w (code, weight)
            cross join unnest(string_to_array(s.attributes ->> w.code, ',')) as v (value)
            cross join lateral (
                select case when v.value ~ '^[0-9]{1,9}$' then v.value::int end as option_id
            ) o
            left join eav_attribute_option_label own on own.option_id = o.option_id and own.store_id = s.store_id
            left join eav_attribute_option_label common on common.option_id = o.option_id and common.store_id = 0
            where s.website_id is not null
        ) t
    ) words
    order by s.product_id, s.store_id
    on conflict (store_id, product_id) do update
    set website_id = excluded.website_id,
        type_id = excluded.type_id,
        sku = excluded.sku,
        name = excluded.name,
        name_key = excluded.name_key,
        status = excluded.status,
        visibility = excluded.visibility,
        tax_class_id = excluded.tax_class_id,
        price = excluded.price,
        special_price = excluded.special_price,
        is_own_price = excluded.is_own_price,
        is_own_special_price = excluded.is_own_special_price,
        special_from = excluded.special_from,
        special_to = excluded.special_to,
        min_price = excluded.min_price,
        max_price = excluded.max_price,
        new_from = excluded.new_from,
        new_to = excluded.new_to,
        created_at = excluded.created_at,
        options = excluded.options,
        search = excluded.search
"""

ALL_PRODUCTS = """
    select product_id
    from product
    order by product_id
"""


async def refresh_products(
    ctx: Context, product_ids: Sequence[int] | None = None, store_ids: Sequence[int] | None = None
) -> None:
    """Bring the rows of these products (of all) in these scopes (in all) to what the tables say.

    One statement for up to `CHUNK` products.
    """
    ids = await ctx.db.values(ALL_PRODUCTS) if product_ids is None else product_ids
    views = [view.id for view in ctx.stores.views] if store_ids is None else store_ids
    facts = _facts(ctx.shared(ATTRIBUTES))
    for chunk in chunks(ids):
        await ctx.db.execute(REFRESH, product_ids=chunk, store_ids=list(views), **facts)


def chunks(ids: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield list(ids[start : start + CHUNK])


def choice_key(attribute: Attribute, value: str) -> int:
    """What stands in `options` for a choice: look for it there."""
    if attribute.has_option_table:
        return int(value)
    return -(FIXED_CHOICE * attribute.attribute_id + int(value))


def is_indexed_choice(attribute: Attribute) -> bool:
    """Whether `options` has the choices of this attribute."""
    return attribute.uses_source and bool(
        attribute.is_filterable or attribute.is_filterable_in_search or attribute.is_visible_in_advanced_search
    )


def weight_of(attribute: Attribute) -> str:
    """PostgreSQL knows four weights, an attribute has one of 1 to 10."""
    return "A" if attribute.search_weight >= 6 else "B" if attribute.search_weight >= 4 else (
        "C" if attribute.search_weight >= 2 else "D"
    )  # fmt: skip


def _facts(attributes: Attributes) -> dict[str, list[str] | list[int]]:
    """What of the attributes the statement has to know."""
    choices = [one for one in attributes.products.values() if is_indexed_choice(one)]
    options = [one for one in choices if one.has_option_table]
    fixed = [one for one in choices if not one.has_option_table and one.backend_type == "int"]
    texts = [one for one in attributes.searchable if one.attribute_code == "sku" or _is_text(one)]
    labels = [one for one in attributes.searchable if one.has_option_table]
    return {
        "option_codes": [one.attribute_code for one in options],
        "fixed_codes": [one.attribute_code for one in fixed],
        "fixed_bases": [FIXED_CHOICE * one.attribute_id for one in fixed],
        "text_codes": [one.attribute_code for one in texts],
        "text_weights": [weight_of(one) for one in texts],
        "label_codes": [one.attribute_code for one in labels],
        "label_weights": [weight_of(one) for one in labels],
    }


def _is_text(attribute: Attribute) -> bool:
    """Numbers and fixed choices are not words that anybody looks for."""
    return attribute.backend_type in ("varchar", "text") and not attribute.uses_source
