"""What carts can be searched by: the columns that Magento's table has (spec 50, 5.2)."""

from __future__ import annotations

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing
from entrepot.quotes.queries import COLUMNS, QuoteRow

QUOTES = Listing(
    row=QuoteRow,
    columns=COLUMNS,
    source="quote",
    fields=Fields(
        {
            "entity_id": Field("entity_id", "number"),
            "id": Field("entity_id", "number"),
            "store_id": Field("store_id", "number"),
            "customer_id": Field("customer_id", "number"),
            "is_active": Field("is_active::int", "number"),
            "is_virtual": Field("coalesce((content ->> 'is_virtual')::boolean, false)::int", "number"),
            "reserved_order_id": Field("reserved_order_id"),
            "created_at": Field("created_at", "datetime"),
            "updated_at": Field("updated_at", "datetime"),
            "converted_at": Field("converted_at", "datetime"),
            "items_count": Field("coalesce((content ->> 'items_count')::int, 0)", "number"),
            "items_qty": Field("coalesce((content ->> 'items_qty')::numeric, 0)", "number"),
            "coupon_code": Field("content ->> 'coupon_code'"),
            "checkout_method": Field("content ->> 'checkout_method'"),
            "remote_ip": Field("content ->> 'remote_ip'"),
            "applied_rule_ids": Field("translate(content ->> 'applied_rule_ids', '[] ', '')"),
            "customer_email": Field("content #>> '{purchaser,email}'"),
            "customer_firstname": Field("content #>> '{purchaser,firstname}'"),
            "customer_lastname": Field("content #>> '{purchaser,lastname}'"),
            "customer_group_id": Field("coalesce((content #>> '{purchaser,group_id}')::int, 0)", "number"),
            "customer_is_guest": Field("coalesce((content #>> '{purchaser,is_guest}')::boolean, false)::int", "number"),
            "customer_note": Field("content #>> '{purchaser,note}'"),
            "global_currency_code": Field("content #>> '{currencies,global_code}'"),
            "base_currency_code": Field("content #>> '{currencies,base_code}'"),
            "store_currency_code": Field("content #>> '{currencies,base_code}'"),
            "quote_currency_code": Field("content #>> '{currencies,quote_code}'"),
            "subtotal": Field(
                """(coalesce(content #>> '{shipping,amounts,subtotal}', '0')::numeric
                    + coalesce(content #>> '{billing,amounts,subtotal}', '0')::numeric)""",
                "number",
            ),
            "base_subtotal": Field(
                """(coalesce(content #>> '{shipping,base,subtotal}', '0')::numeric
                    + coalesce(content #>> '{billing,base,subtotal}', '0')::numeric)""",
                "number",
            ),
            "grand_total": Field(
                """(coalesce(content #>> '{shipping,amounts,grand_total}', '0')::numeric
                    + coalesce(content #>> '{billing,amounts,grand_total}', '0')::numeric)""",
                "number",
            ),
            "base_grand_total": Field(
                """(coalesce(content #>> '{shipping,base,grand_total}', '0')::numeric
                    + coalesce(content #>> '{billing,base,grand_total}', '0')::numeric)""",
                "number",
            ),
        }
    ),
    default_order="entity_id",
)
