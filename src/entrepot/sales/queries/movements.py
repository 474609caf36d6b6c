"""The SQL of goods that left sources and came back."""

ADD = """
    insert into sales_source_movement (order_id, document, document_id, source_code, sku, quantity)
    select %(order_id)s, %(document)s, %(document_id)s, source_code, sku, quantity
    from unnest(%(source_codes)s::text[], %(skus)s::text[], %(quantities)s::numeric[])
        as line (source_code, sku, quantity)
"""

OF_ORDER = """
    select document, document_id, source_code, sku, quantity
    from sales_source_movement
    where order_id = %(order_id)s
    order by movement_id
"""
