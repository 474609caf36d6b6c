-- One guest order as the database sees it, in the four requests that a client of the REST API makes (one transaction each):
-- the ceiling for any server on this PostgreSQL. pgbench -n -M prepared -c 16 -j 2 -T 15 -f orders.sql   ("tps" = journeys/s)
\set s random(1, 1000)
-- POST guest-carts
insert into bench_limit.cart (mask, doc) values (replace(gen_random_uuid()::text, '-', ''), '{}') returning id \gset
-- POST guest-carts/:id/items
begin;
select id, active, doc from bench_limit.cart where id = :id for update;
select p.id as pid, p.name, p.price, p.doc, s.qty as salable from bench_limit.product p join bench_limit.salable s on s.stock_id = 1 and s.sku = p.sku where p.sku = 's' || :s \gset
insert into bench_limit.cart_item (cart_id, product_id, sku, qty, price) values (:id, :pid, 's' || :s, 1, 10);
update bench_limit.cart set updated_at = now() where id = :id;
commit;
-- POST guest-carts/:id/shipping-information
begin;
select id, active, doc from bench_limit.cart where id = :id for update;
select * from bench_limit.cart_item where cart_id = :id;
update bench_limit.cart set updated_at = now(), doc = '{"shipping": {"street": "123 Oak Ave", "city": "Purchase", "postcode": "10577", "telephone": "512-555-1111"}, "billing": {"street": "123 Oak Ave", "city": "Purchase", "postcode": "10577", "telephone": "512-555-1111"}, "method": "flatrate_flatrate", "totals": {"subtotal": 10, "shipping": 5, "grand_total": 15}}' where id = :id;
commit;
-- POST guest-carts/:id/payment-information
begin;
select id, active, doc from bench_limit.cart where id = :id for update;
select * from bench_limit.cart_item where cart_id = :id;
update bench_limit.salable set qty = qty - 1 where stock_id = 1 and sku = 's' || :s and qty >= 1;
insert into bench_limit.orders (increment_id, cart_id, status, email, grand_total, doc) values (lpad(:id::text, 9, '0'), :id, 'pending', 'jdoe@example.com', 15, '{"shipping_description": "Flat Rate - Fixed", "subtotal": 10, "shipping_amount": 5}') returning id as oid \gset
insert into bench_limit.order_item (order_id, product_id, sku, qty, price, doc) values (:oid, :pid, 's' || :s, 1, 10, '{}');
insert into bench_limit.order_address (order_id, kind, doc) values (:oid, 'b', '{"street": "123 Oak Ave", "city": "Purchase", "postcode": "10577"}'), (:oid, 's', '{"street": "123 Oak Ave", "city": "Purchase", "postcode": "10577"}');
insert into bench_limit.order_payment (order_id, method) values (:oid, 'checkmo');
insert into bench_limit.order_history (order_id, status) values (:oid, 'pending');
insert into bench_limit.reservation (stock_id, sku, qty, metadata) values (1, 's' || :s, -1, '{"event_type": "order_placed", "object_type": "order"}');
update bench_limit.cart set active = false, updated_at = now() where id = :id;
commit;
