from typing import LiteralString

import psycopg
from alembic import op

from entrepot.migrations import HERE, run_sql

revision = "0010"
down_revision = "0009"

DATA = HERE.parent / "catalog" / "attributes" / "data"

STAGE = """
    create temporary table default_attribute (
        id integer, code text, label text, input text, backend_type text, scope text, required text, default_value text,
        flags text, apply_to text, in_group text, sort integer, backend_model text, source_model text
    ) on commit drop
"""

COPY: LiteralString = "copy default_attribute from stdin with (format csv, header)"

# A flag is a word in a list such as "search adv grid+filter"; what is not named is off.
FILL = """
    insert into eav_attribute (
        attribute_id, entity_type_id, attribute_code, frontend_label, frontend_input, backend_type, backend_model,
        source_model, scope, is_required, is_user_defined, is_unique, default_value, is_visible, is_wysiwyg_enabled,
        is_html_allowed_on_front, used_for_sort_by, is_filterable, is_used_in_grid, is_filterable_in_grid, apply_to,
        is_searchable, is_visible_in_advanced_search, is_comparable, used_in_product_listing
    )
    select id, %(entity_type_id)s, code, coalesce(label, ''), input, backend_type, backend_model, source_model, scope,
           coalesce(required = 'yes', false), 'user' = any(flag), 'unique' = any(flag), default_value,
           'hidden' <> all(flag), 'wysiwyg' = any(flag), 'html' = any(flag), 'sort' = any(flag),
           ('filter' = any(flag))::int, flag && array['grid', 'grid+filter'], 'grid+filter' = any(flag),
           string_to_array(coalesce(apply_to, ''), ' '), 'search' = any(flag),
           'adv' = any(flag), 'compare' = any(flag), 'listing' = any(flag)
    from default_attribute, string_to_array(coalesce(flags, ''), ' ') as flag
    order by id
"""

ASSIGN = """
    insert into eav_entity_attribute (attribute_set_id, attribute_group_id, attribute_id, sort_order)
    select attribute_set_id, attribute_group_id, id, sort
    from default_attribute
    join eav_entity_type on entity_type_id = %(entity_type_id)s
    join eav_attribute_group on attribute_set_id = default_attribute_set_id and attribute_group_name = in_group
    order by id
"""

WEIGH = """
    update eav_attribute
    set search_weight = case attribute_code when 'sku' then 6 else 5 end
    where entity_type_id = 4
    and attribute_code in ('sku', 'name')
"""

FILES = {"product_attributes.csv": 4, "category_attributes.csv": 3}


def upgrade() -> None:
    run_sql(__file__)
    connection = op.get_bind().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        for name, entity_type_id in FILES.items():
            cursor.execute("truncate default_attribute")
            with cursor.copy(COPY) as copy:
                copy.write((DATA / name).read_bytes())
            for statement in (FILL, ASSIGN):
                cursor.execute(statement, {"entity_type_id": entity_type_id})
        cursor.execute(WEIGH)
