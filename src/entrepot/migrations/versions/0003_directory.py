from typing import LiteralString

import psycopg
from alembic import op

from entrepot.migrations import HERE, run_sql

revision = "0003"
down_revision = "0002"

DATA = HERE.parent / "directory" / "data"

COPIES: dict[str, LiteralString] = {
    "countries.csv": "copy directory_country (country_id, iso3_code) from stdin with (format csv, header)",
    "regions.csv": (
        "copy directory_region (region_id, country_id, code, default_name) from stdin with (format csv, header)"
    ),
    "currency_rates.csv": (
        "copy directory_currency_rate (currency_from, currency_to, rate) from stdin with (format csv, header)"
    ),
}


def upgrade() -> None:
    run_sql(__file__)
    connection = op.get_bind().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)
    with connection.cursor() as cursor:
        for name, statement in COPIES.items():
            with cursor.copy(statement) as copy:
                copy.write((DATA / name).read_bytes())
