-- Lists of products are answered from product_index, too: it has a row for every product in every scope now, that of the
-- default values (store 0) included. `website_id` is null where the product is not sold: in the default scope, and in the
-- views of other websites. Values that a product does not have are null, because lists tell them from others.

alter table product_index
    alter column website_id drop not null,
    alter column name drop not null,
    alter column name_key drop not null,
    alter column status drop not null,
    alter column visibility drop not null;

-- Rebuilt below: that is faster than following each new row.
drop index product_index_price;
drop index product_index_name;
drop index product_index_created_at;
drop index product_index_options;
drop index product_index_search;
drop index product_index_name_trigrams;

delete from product_index i
where not exists (
    select
    from product_website w
    where w.product_id = i.product_id
    and w.website_id = i.website_id
);

update product_index i
set name = v.attributes ->> 'name',
    name_key = fold(v.attributes ->> 'name'),
    status = (v.attributes ->> 'status')::int,
    visibility = (v.attributes ->> 'visibility')::int
from (
    select p.product_id, s.store_id, p.attributes || coalesce(ps.attributes, '{}') as attributes
    from product p
    cross join store s
    left join product_store ps on ps.product_id = p.product_id and ps.store_id = s.store_id
) v
where (i.name = '' or i.status = 0 or i.visibility = 0)
and v.product_id = i.product_id
and v.store_id = i.store_id;

insert into product_index (
    store_id, product_id, website_id, type_id, sku, name, name_key, status, visibility, tax_class_id,
    price, special_price, is_own_price, is_own_special_price, special_from, special_to, min_price, max_price,
    new_from, new_to, created_at, options, search
)
select s.store_id, p.product_id, null, p.type_id, p.sku, v.attributes ->> 'name', fold(v.attributes ->> 'name'),
       (v.attributes ->> 'status')::int, (v.attributes ->> 'visibility')::int,
       (v.attributes ->> 'tax_class_id')::int,
       (v.attributes ->> 'price')::numeric, (v.attributes ->> 'special_price')::numeric,
       coalesce(ps.attributes ? 'price', false), coalesce(ps.attributes ? 'special_price', false),
       (v.attributes ->> 'special_from_date')::timestamp, (v.attributes ->> 'special_to_date')::timestamp,
       (v.attributes ->> 'price')::numeric, (v.attributes ->> 'price')::numeric,
       (v.attributes ->> 'news_from_date')::timestamp, (v.attributes ->> 'news_to_date')::timestamp,
       p.created_at, '{}', ''
from product p
cross join store s
left join product_store ps on ps.product_id = p.product_id and ps.store_id = s.store_id
cross join lateral (select p.attributes || coalesce(ps.attributes, '{}') as attributes offset 0) v
order by p.product_id, s.store_id
on conflict (store_id, product_id) do nothing;

-- Lists count and sort all rows of a scope; nulls are below everything else.
create index product_index_status on product_index (store_id, status, visibility, product_id);
create index product_index_price on product_index (store_id, price nulls first, product_id);
create index product_index_name on product_index (store_id, name_key nulls first, product_id);
create index product_index_trigrams on product_index using gin (name_key gin_trgm_ops, fold(sku) gin_trgm_ops);

-- What the shop shows.
create index product_index_created_at on product_index (store_id, created_at desc, product_id)
    where status = 1 and website_id is not null;
create index product_index_options on product_index using gin (options)
    where status = 1 and website_id is not null;
create index product_index_search on product_index using gin (search)
    where status = 1 and website_id is not null;

analyze product_index;
