import psycopg
from alembic import op
from procrastinate.schema import SchemaManager

from entrepot.migrations import run_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    connection = op.get_bind().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)
    # The queue's tables as the package has them today; an upgrade of it that changes them gets a revision of its own.
    connection.execute(SchemaManager.get_schema())
    run_sql(__file__)
