"""Statements about tax classes."""

from __future__ import annotations

from msgspec import Struct

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing


class ClassRow(Struct, frozen=True):
    class_id: int
    class_name: str
    class_type: str


FIND = """
    select class_id, class_name, class_type
    from tax_class
    where class_id = %(id)s
"""

LOCK = """
    select class_id, class_name, class_type
    from tax_class
    where class_id = %(id)s
    for update
"""

LIST = """
    select class_id, class_name, class_type
    from tax_class
    where class_type = %(type)s
    order by class_name, class_id
"""

INSERT = """
    insert into tax_class (class_name, class_type)
    values (%(name)s, %(type)s)
    on conflict (class_type, fold(class_name)) do nothing
    returning class_id
"""

UPDATE = """
    update tax_class
    set class_name = %(name)s
    where class_id = %(id)s
"""

DELETE = """
    delete from tax_class
    where class_id = %(id)s
"""

IS_IN_RULES = """
    select exists (
        select
        from tax_calculation_rule_class
        where class_id = %(id)s
    )
"""

CLASSES = Listing(
    row=ClassRow,
    columns="class_id, class_name, class_type",
    source="tax_class",
    fields=Fields(
        {
            "class_id": Field("class_id", "number"),
            "class_name": Field("class_name"),
            "class_type": Field("class_type"),
        }
    ),
    default_order="class_id",
)
