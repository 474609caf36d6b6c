"""What carts can be searched by: the columns that Magento's table has (spec 50, 5.2)."""

from __future__ import annotations

from typing import LiteralString

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing
from entrepot.quotes.queries import COLUMNS, QuoteRow

# The amounts stand at the address that has the goods; the other one has none.
SUBTOTAL: LiteralString = """(coalesce((content #>> '{shipping,amounts,subtotal}')::numeric, 0)
    + coalesce((content #>> '{billing,amounts,subtotal}')::numeric, 0))"""
BASE_SUBTOTAL: LiteralString = """(coalesce((content #>> '{shipping,base,subtotal}')::numeric, 0)
    + coalesce((content #>> '{billing,base,subtotal}')::numeric, 0))"""
DISCOUNT: LiteralString = """(coalesce((content #>> '{shipping,amounts,discount_amount}')::numeric, 0)
    + coalesce((content #>> '{billing,amounts,discount_amount}')::numeric, 0))"""
BASE_DISCOUNT: LiteralString = """(coalesce((content #>> '{shipping,base,discount_amount}')::numeric, 0)
    + coalesce((content #>> '{billing,base,discount_amount}')::numeric, 0))"""
GRAND_TOTAL: LiteralString = """(coalesce((content #>> '{shipping,amounts,grand_total}')::numeric, 0)
    + coalesce((content #>> '{billing,amounts,grand_total}')::numeric, 0))"""
BASE_GRAND_TOTAL: LiteralString = """(coalesce((content #>> '{shipping,base,grand_total}')::numeric, 0)
    + coalesce((content #>> '{billing,base,grand_total}')::numeric, 0))"""

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
            "subtotal": Field(SUBTOTAL, "number"),
            "base_subtotal": Field(BASE_SUBTOTAL, "number"),
            "subtotal_with_discount": Field(SUBTOTAL + " + " + DISCOUNT, "number"),
            "base_subtotal_with_discount": Field(BASE_SUBTOTAL + " + " + BASE_DISCOUNT, "number"),
            "grand_total": Field(GRAND_TOTAL, "number"),
            "base_grand_total": Field(BASE_GRAND_TOTAL, "number"),
            "base_to_global_rate": Field("coalesce((content #>> '{currencies,base_to_global}')::numeric, 1)", "number"),
            "base_to_quote_rate": Field("coalesce((content #>> '{currencies,base_to_quote}')::numeric, 1)", "number"),
            "customer_prefix": Field("content #>> '{purchaser,prefix}'"),
            "customer_middlename": Field("content #>> '{purchaser,middlename}'"),
            "customer_suffix": Field("content #>> '{purchaser,suffix}'"),
            "customer_taxvat": Field("content #>> '{purchaser,taxvat}'"),
            "customer_dob": Field("content #>> '{purchaser,dob}'"),
            "customer_gender": Field("(content #>> '{purchaser,gender}')::int", "number"),
            "customer_tax_class_id": Field("(content #>> '{purchaser,tax_class_id}')::int", "number"),
            "customer_note_notify": Field(
                "coalesce((content #>> '{purchaser,note_notify}')::boolean, true)::int", "number"
            ),
            "gift_message_id": Field("(content ->> 'gift_message_id')::int", "number"),
            # A bare number would be the place of a column to whoever sorts by it.
            "is_multi_shipping": Field("0::int", "number"),
            "orig_order_id": Field("0::int", "number"),
            "store_to_base_rate": Field("0::int", "number"),
            "store_to_quote_rate": Field("0::int", "number"),
        }
    ),
    default_order="entity_id",
)
