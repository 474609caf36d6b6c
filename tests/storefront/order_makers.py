"""Orders of Jane and of guests, with documents, for the pages that show them."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.db import Db
from tests.rest_client import RestClient
from tests.sales.makers import a_customers_order
from tests.storefront.makers import PASSWORD

JANE = "jdoe@example.com"


async def an_order_of(rest: RestClient, *lines: tuple[str, int], email: str = JANE) -> int:
    """An order of a customer of the base website, placed over REST; its id."""
    token = await rest.post("/rest/default/V1/integration/customer/token", {"username": email, "password": PASSWORD})
    return await a_customers_order(rest.as_caller(token.body), *lines)


async def number_of(db: Db, order_id: int) -> str:
    number: str = await db.value("select increment_id from sales_order where entity_id = %(id)s", id=order_id)
    return number


async def change(db: Db, order_id: int, *, state: str, status: str) -> None:
    await db.execute(
        "update sales_order set state = %(state)s, status = %(status)s where entity_id = %(id)s",
        id=order_id,
        state=state,
        status=status,
    )


async def an_invoice(db: Db, order_id: int, number: str = "000000031") -> int:
    """Of the whole order, which is paid by it."""
    invoice_id: int = await db.value(
        """
        insert into sales_invoice (
            order_id, increment_id, store_id, state, subtotal, subtotal_incl_tax, shipping_amount, shipping_incl_tax,
            tax_amount, discount_amount, grand_total, order_currency_code
        )
        select
            entity_id, %(number)s, store_id, 2, subtotal, subtotal_incl_tax, shipping_amount, shipping_incl_tax,
            tax_amount, 0, grand_total, order_currency_code
        from sales_order
        where entity_id = %(id)s
        returning entity_id
        """,
        id=order_id,
        number=number,
    )
    await db.execute(
        """
        insert into sales_invoice_item (parent_id, order_item_id, qty, name, sku, price, row_total)
        select %(invoice_id)s, item_id, qty_ordered, name, sku, price, row_total
        from sales_order_item
        where order_id = %(id)s
        order by item_id
        """,
        id=order_id,
        invoice_id=invoice_id,
    )
    await db.execute("update sales_order_item set qty_invoiced = qty_ordered where order_id = %(id)s", id=order_id)
    return invoice_id


async def a_shipment(db: Db, order_id: int, number: str = "000000041", *tracks: tuple[str, str]) -> int:
    """Of the whole order; each track is a carrier's title and a number."""
    shipment_id: int = await db.value(
        """
        insert into sales_shipment (order_id, increment_id, store_id)
        select entity_id, %(number)s, store_id
        from sales_order
        where entity_id = %(id)s
        returning entity_id
        """,
        id=order_id,
        number=number,
    )
    await db.execute(
        """
        insert into sales_shipment_item (parent_id, order_item_id, qty, name, sku)
        select %(shipment_id)s, item_id, qty_ordered, name, sku
        from sales_order_item
        where order_id = %(id)s
        order by item_id
        """,
        id=order_id,
        shipment_id=shipment_id,
    )
    for title, track_number in tracks:
        await db.execute(
            """
            insert into sales_shipment_track (parent_id, order_id, title, carrier_code, track_number)
            values (%(shipment_id)s, %(id)s, %(title)s, 'custom', %(track_number)s)
            """,
            id=order_id,
            shipment_id=shipment_id,
            title=title,
            track_number=track_number,
        )
    await db.execute("update sales_order_item set qty_shipped = qty_ordered where order_id = %(id)s", id=order_id)
    return shipment_id


async def a_creditmemo(db: Db, order_id: int, number: str = "000000051") -> int:
    """One piece of the first line is given back, 3 more are paid for the trouble, and 1 is kept."""
    memo_id: int = await db.value(
        """
        insert into sales_creditmemo (
            order_id, increment_id, store_id, state, subtotal, tax_amount, discount_amount, shipping_amount,
            adjustment_positive, adjustment_negative, grand_total, order_currency_code
        )
        select o.entity_id, %(number)s, o.store_id, 2, i.price, 0, 0, 0, 3, 1, i.price + 2, o.order_currency_code
        from sales_order o
        join sales_order_item i on i.order_id = o.entity_id
        where o.entity_id = %(id)s
        order by i.item_id
        limit 1
        returning entity_id
        """,
        id=order_id,
        number=number,
    )
    await db.execute(
        """
        insert into sales_creditmemo_item (parent_id, order_item_id, qty, name, sku, price, row_total)
        select %(memo_id)s, item_id, 1, name, sku, price, price
        from sales_order_item
        where order_id = %(id)s
        order by item_id
        limit 1
        """,
        id=order_id,
        memo_id=memo_id,
    )
    return memo_id


async def protect_code(ctx: Context, order_id: int) -> str:
    code: str = await ctx.db.value("select protect_code from sales_order where entity_id = %(id)s", id=order_id)
    return code
