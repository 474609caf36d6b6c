"""The schema: alembic revisions, each of which runs the plain SQL file beside it.

Forward only. `upgrade` costs one query when the schema is up to date; only when it is behind is alembic imported.
"""

from __future__ import annotations

from pathlib import Path

import psycopg

HERE = Path(__file__).parent
VERSIONS = HERE / "versions"

LOCK = "select pg_advisory_lock(hashtext('entrepot migrations'))"
UNLOCK = "select pg_advisory_unlock(hashtext('entrepot migrations'))"


def head() -> str:
    """The newest revision: the files' names sort by it."""
    return max(path.name.split("_")[0] for path in VERSIONS.glob("[0-9]*.sql"))


def current(connection: psycopg.Connection) -> str | None:
    """The revision that the database has; None for an empty one."""
    with connection.cursor() as cursor:
        if cursor.execute("select to_regclass('alembic_version')").fetchone() == (None,):
            return None
        row = cursor.execute("select version_num from alembic_version").fetchone()
        return row[0] if row else None


def upgrade(url: str) -> bool:
    """Bring the database to the newest revision; whether there was anything to do.

    Several processes may start at once: one of them migrates, the others wait for it.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        if current(connection) == head():
            return False
        connection.execute(LOCK)
        try:
            if current(connection) == head():
                return False
            _run_alembic(url)
        finally:
            connection.execute(UNLOCK)
    return True


def run_sql(revision_file: str) -> None:
    """Run the SQL file that has the revision's name. Called by the revisions."""
    from alembic import op

    text = Path(revision_file).with_suffix(".sql").read_text()
    # psycopg takes a single percent sign for a placeholder.
    op.get_bind().exec_driver_sql(text.replace("%", "%%"))


def _run_alembic(url: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["url"] = url
    command.upgrade(config, "head")
