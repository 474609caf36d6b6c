-- What other systems ask for again and again: where a SKU lies, what became of a payment, which documents have changed.

create index inventory_source_item_sku on inventory_source_item (fold(sku));
create index sales_payment_transaction_txn_id on sales_payment_transaction (fold(txn_id));
create index sales_invoice_updated_at on sales_invoice (updated_at nulls first);
create index sales_shipment_updated_at on sales_shipment (updated_at nulls first);
create index sales_creditmemo_updated_at on sales_creditmemo (updated_at nulls first);

analyze inventory_source_item, sales_payment_transaction;
