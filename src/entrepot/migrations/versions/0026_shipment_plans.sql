-- How the goods of an order were shared out among sources by who ships it. A shipment leaves one source: the rest of the
-- choice is proposed to whoever makes the next one, on whatever computer.

create table sales_shipment_plan (
    order_id integer primary key references sales_order on delete cascade,
    -- The algorithm that was asked before quantities were changed.
    algorithm_code text not null,
    -- The last movement of the order's goods before the choice was made: what is shipped later is a part of it.
    after_movement_id integer not null,
    -- A list of sku, source_code and quantity.
    shares jsonb not null
);
