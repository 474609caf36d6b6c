"""Alembic's entry: one connection, each revision in its own transaction, with short waits for locks."""

from alembic import context
from sqlalchemy import create_engine, pool

url: str = context.config.attributes["url"]
engine = create_engine(
    "postgresql+psycopg://",
    creator=lambda: __import__("psycopg").connect(url, options="-c lock_timeout=4s -c client_min_messages=warning"),
    poolclass=pool.NullPool,
)

with engine.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
