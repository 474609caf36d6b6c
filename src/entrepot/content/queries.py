"""The SQL of terms and conditions."""

from __future__ import annotations

from typing import LiteralString

from msgspec import Struct
from psycopg.sql import SQL, Composable

from entrepot.content.contracts import Agreement
from entrepot.kit.search_conditions import Bound, Field, Special, condition
from entrepot.kit.search_sql import Fields, Listing

COLUMNS: LiteralString = """
    agreement_id, name, content, content_height, checkbox_text, is_active, is_html, mode
"""

LIST_OF_STORE = """
    select agreement_id, name, content, content_height, checkbox_text, is_active, is_html, mode
    from checkout_agreement a
    where is_active
    and exists (
        select
        from checkout_agreement_store s
        where s.agreement_id = a.agreement_id
        and s.store_id in (0, %(store_id)s)
    )
    order by agreement_id
"""

MANUAL = """
    select s.store_id, array_agg(a.agreement_id order by a.agreement_id) as agreement_ids
    from checkout_agreement a
    join checkout_agreement_store s using (agreement_id)
    where a.is_active
    and a.mode = 1
    group by s.store_id
"""

FIND = """
    select agreement_id, name, content, content_height, checkbox_text, is_active, is_html, mode
    from checkout_agreement
    where agreement_id = %(agreement_id)s
"""

STORES_OF = """
    select store_id
    from checkout_agreement_store
    where agreement_id = %(agreement_id)s
    order by store_id
"""

STORES = """
    select agreement_id, array_agg(store_id order by store_id)
    from checkout_agreement_store
    group by agreement_id
"""

SAVE = """
    insert into checkout_agreement as a
        (agreement_id, name, content, content_height, checkbox_text, is_active, is_html, mode)
    values (
        coalesce(
            %(agreement_id)s,
            nextval(pg_get_serial_sequence('checkout_agreement', 'agreement_id'))::int
        ),
        %(name)s, %(content)s, %(content_height)s, %(checkbox_text)s, %(is_active)s, %(is_html)s, %(mode)s
    )
    on conflict (agreement_id) do update
    set name = excluded.name,
        content = excluded.content,
        content_height = excluded.content_height,
        checkbox_text = excluded.checkbox_text,
        is_active = excluded.is_active,
        is_html = excluded.is_html,
        mode = excluded.mode
    returning a.agreement_id
"""

REPLACE_STORES = """
    with gone as (
        delete from checkout_agreement_store
        where agreement_id = %(agreement_id)s
        and store_id <> all (%(store_ids)s::int[])
    )
    insert into checkout_agreement_store (agreement_id, store_id)
    select %(agreement_id)s, unnest(%(store_ids)s::int[])
    on conflict do nothing
"""

DELETE = "delete from checkout_agreement where agreement_id = %(agreement_id)s"

IN_STORE = SQL("""exists (
    select
    from checkout_agreement_store s
    where s.agreement_id = checkout_agreement.agreement_id
    and (s.store_id = 0 or {})
)""")
STORE = Field("s.store_id", "number")
OPPOSITES = {"neq": "eq", "nin": "in"}


def _in_store(name: str, value: str, bind: Bound) -> Composable:
    """Agreements of all store views are in each of them."""
    if name in OPPOSITES:
        return SQL("not ({})").format(IN_STORE.format(condition(STORE, OPPOSITES[name], value, bind)))
    return IN_STORE.format(condition(STORE, name, value, bind))


AGREEMENTS = Listing(
    row=Agreement,
    columns=COLUMNS,
    source="checkout_agreement",
    fields=Fields(
        {
            "agreement_id": Field("agreement_id", "number"),
            "name": Field("name"),
            "content": Field("content"),
            "content_height": Field("content_height"),
            "checkbox_text": Field("checkbox_text"),
            "is_active": Field("is_active::int", "number"),
            "is_html": Field("is_html::int", "number"),
            "mode": Field("mode", "number"),
            "store_id": Special(_in_store),
        }
    ),
    default_order="agreement_id",
)


class ManualOfStore(Struct):
    store_id: int
    """0 for those of all store views."""
    agreement_ids: list[int]
