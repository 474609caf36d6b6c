-- Tables for orders.sql: the least that a guest order leaves behind. Drops and makes the schema "bench_limit".
drop schema if exists bench_limit cascade;
create schema bench_limit;
set search_path = bench_limit;

create table product (id bigint generated always as identity primary key, sku text not null unique, name text not null, price numeric(20,4) not null, doc jsonb not null);
create table salable (stock_id int, sku text, qty numeric(12,4) not null, primary key (stock_id, sku));
create table reservation (id bigint generated always as identity primary key, stock_id int not null, sku text not null, qty numeric(10,4) not null, metadata jsonb not null);
create index on reservation (stock_id, sku, qty);

create table cart (id bigint generated always as identity primary key, mask text not null unique, active boolean not null default true,
                   created_at timestamptz not null default now(), updated_at timestamptz not null default now(), doc jsonb not null);
create table cart_item (id bigint generated always as identity primary key, cart_id bigint not null references cart on delete cascade,
                        product_id bigint not null references product, sku text not null, qty numeric(12,4) not null, price numeric(20,4) not null);
create index on cart_item (cart_id);

create table orders (id bigint generated always as identity primary key, increment_id text not null unique, cart_id bigint not null, status text not null,
                     email text not null, grand_total numeric(20,4) not null, created_at timestamptz not null default now(), doc jsonb not null);
create index on orders (created_at);
create index on orders (email);
create index on orders (status);
create table order_item (id bigint generated always as identity primary key, order_id bigint not null references orders on delete cascade,
                         product_id bigint not null, sku text not null, qty numeric(12,4) not null, price numeric(20,4) not null, doc jsonb not null);
create index on order_item (order_id);
create table order_address (id bigint generated always as identity primary key, order_id bigint not null references orders on delete cascade, kind char(1) not null, doc jsonb not null);
create index on order_address (order_id);
create table order_payment (id bigint generated always as identity primary key, order_id bigint not null references orders on delete cascade, method text not null);
create index on order_payment (order_id);
create table order_history (id bigint generated always as identity primary key, order_id bigint not null references orders on delete cascade, status text not null,
                            created_at timestamptz not null default now());
create index on order_history (order_id);

insert into product (sku, name, price, doc) select 's' || i, 'Bench s' || i, 10, '{"description": "A product."}' from generate_series(1, 1000) i;
insert into salable select 1, 's' || i, 10000000 from generate_series(1, 1000) i;
