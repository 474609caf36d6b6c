"""Statements about tax rules, their classes and rates."""

from __future__ import annotations

from msgspec import Struct
from psycopg.sql import SQL, Composable

from entrepot.kit.search_conditions import Bound, Field, Special, condition
from entrepot.kit.search_sql import Fields, Listing


class RuleRow(Struct, frozen=True):
    id: int
    code: str
    priority: int
    position: int
    calculate_subtotal: bool
    customer_class_ids: list[int]
    product_class_ids: list[int]
    rate_ids: list[int]


class KnownClass(Struct, frozen=True):
    class_id: int
    class_type: str


LOCK = """
    select calculate_subtotal
    from tax_calculation_rule
    where tax_calculation_rule_id = %(id)s
    for update
"""

# The key share locks hold off whoever wants to delete one of them until the rule is there.
HOLD_CLASSES = """
    select class_id, class_type
    from tax_class
    where class_id = any(%(ids)s)
    order by class_id
    for key share
"""

HOLD_RATES = """
    select tax_calculation_rate_id
    from tax_calculation_rate
    where tax_calculation_rate_id = any(%(ids)s)
    order by tax_calculation_rate_id
    for key share
"""

INSERT = """
    insert into tax_calculation_rule (code, priority, position, calculate_subtotal)
    values (%(code)s, %(priority)s, %(position)s, %(calculate_subtotal)s)
    on conflict (fold(code)) do nothing
    returning tax_calculation_rule_id
"""

UPDATE = """
    update tax_calculation_rule
    set code = %(code)s,
        priority = %(priority)s,
        position = %(position)s,
        calculate_subtotal = %(calculate_subtotal)s
    where tax_calculation_rule_id = %(id)s
"""

DELETE_CLASSES = """
    delete from tax_calculation_rule_class
    where tax_calculation_rule_id = %(id)s
      and class_id <> all(%(class_ids)s)
"""

INSERT_CLASSES = """
    insert into tax_calculation_rule_class (tax_calculation_rule_id, class_id)
    select %(id)s, class_id
    from unnest(%(class_ids)s::int[]) class_id
    on conflict do nothing
"""

DELETE_RATES = """
    delete from tax_calculation
    where tax_calculation_rule_id = %(id)s
      and tax_calculation_rate_id <> all(%(rate_ids)s)
"""

INSERT_RATES = """
    insert into tax_calculation (tax_calculation_rule_id, tax_calculation_rate_id)
    select %(id)s, rate_id
    from unnest(%(rate_ids)s::int[]) rate_id
    on conflict do nothing
"""

DELETE = """
    delete from tax_calculation_rule
    where tax_calculation_rule_id = %(id)s
"""

IN_RATES = SQL(
    "exists (select from tax_calculation calculation"
    " where calculation.tax_calculation_rule_id = rule.tax_calculation_rule_id and {})"
)
IN_CUSTOMER_CLASSES = SQL(
    "exists (select from tax_calculation_rule_class in_rule join tax_class class using (class_id)"
    " where in_rule.tax_calculation_rule_id = rule.tax_calculation_rule_id and class.class_type = 'CUSTOMER' and {})"
)
IN_PRODUCT_CLASSES = SQL(
    "exists (select from tax_calculation_rule_class in_rule join tax_class class using (class_id)"
    " where in_rule.tax_calculation_rule_id = rule.tax_calculation_rule_id and class.class_type = 'PRODUCT' and {})"
)


def _any_of(among: SQL, field: Field) -> Special:
    """Whether one of a rule's rates or classes fits."""

    def fits(name: str, value: str, bind: Bound) -> Composable:
        return among.format(condition(field, name, value, bind))

    return Special(fits)


RATE_IDS = _any_of(IN_RATES, Field("calculation.tax_calculation_rate_id", "number"))

RULES = Listing(
    row=RuleRow,
    columns="""
        rule.tax_calculation_rule_id as id, rule.code, rule.priority, rule.position, rule.calculate_subtotal,
        array(
            select class_id
            from tax_calculation_rule_class in_rule
            join tax_class using (class_id)
            where in_rule.tax_calculation_rule_id = rule.tax_calculation_rule_id and class_type = 'CUSTOMER'
            order by class_id
        ) as customer_class_ids,
        array(
            select class_id
            from tax_calculation_rule_class in_rule
            join tax_class using (class_id)
            where in_rule.tax_calculation_rule_id = rule.tax_calculation_rule_id and class_type = 'PRODUCT'
            order by class_id
        ) as product_class_ids,
        array(
            select tax_calculation_rate_id
            from tax_calculation calculation
            where calculation.tax_calculation_rule_id = rule.tax_calculation_rule_id
            order by tax_calculation_rate_id
        ) as rate_ids
    """,
    source="tax_calculation_rule rule",
    fields=Fields(
        {
            "id": Field("rule.tax_calculation_rule_id", "number"),
            "tax_calculation_rule_id": Field("rule.tax_calculation_rule_id", "number"),
            "code": Field("rule.code"),
            "priority": Field("rule.priority", "number"),
            "position": Field("rule.position", "number"),
            "sort_order": Field("rule.position", "number"),
            "calculate_subtotal": Field("rule.calculate_subtotal::int", "number"),
            "tax_rate_ids": RATE_IDS,
            "tax_calculation_rate_id": RATE_IDS,
            "customer_tax_class_ids": _any_of(IN_CUSTOMER_CLASSES, Field("in_rule.class_id", "number")),
            "product_tax_class_ids": _any_of(IN_PRODUCT_CLASSES, Field("in_rule.class_id", "number")),
        }
    ),
    default_order="rule.tax_calculation_rule_id",
)
