"""The schema: alembic revisions, each of which runs the plain SQL file beside it.

Forward only. `upgrade` costs one query when the schema is up to date; only when it is behind is alembic imported.
"""

from __future__ import annotations

from pathlib import Path

import psycopg

HERE = Path(__file__).parent
VERSIONS = HERE / "versions"

OLDEST_SERVER = 15
"""The oldest major version of PostgreSQL that the statements suit."""

LOCK = "select pg_advisory_lock(hashtext('entrepot migrations'))"
UNLOCK = "select pg_advisory_unlock(hashtext('entrepot migrations'))"


class DatabaseUnsuitable(Exception):
    """A database that this version of the program must not touch; the sentence says why."""


def revisions() -> set[str]:
    return {path.name.split("_")[0] for path in VERSIONS.glob("[0-9]*.sql")}


def head() -> str:
    """The newest revision: they sort by their names."""
    return max(revisions())


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

    Raises DatabaseUnsuitable for a PostgreSQL that is too old, and for the schema of a newer program.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        check_server(connection.info.server_version)
        if _is_newest(connection):
            return False
        connection.execute(LOCK)
        try:
            if _is_newest(connection):
                return False
            _run_alembic(url)
        finally:
            connection.execute(UNLOCK)
    return True


def check_server(version: int) -> None:
    """`version` is libpq's, such as 140011."""
    if version < OLDEST_SERVER * 10_000:
        raise DatabaseUnsuitable(
            f"entrepot needs PostgreSQL {OLDEST_SERVER} or newer; this server is of version {version // 10_000}."
        )


def _is_newest(connection: psycopg.Connection) -> bool:
    revision = current(connection)
    if revision is not None and revision not in revisions():
        raise DatabaseUnsuitable(
            f"The database has revision {revision}, which this version of entrepot does not know. "
            "Run the version that has upgraded it, or a newer one."
        )
    return revision == head()


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
