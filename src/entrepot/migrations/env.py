"""Alembic's entry: one connection, each revision in its own transaction, with short waits for locks."""

import psycopg
from alembic import context
from sqlalchemy import create_engine, pool

URL: str = context.config.attributes["url"]
OPTIONS = "-c lock_timeout=4s -c client_min_messages=warning"

engine = create_engine(
    "postgresql+psycopg://", creator=lambda: psycopg.connect(URL, options=OPTIONS), poolclass=pool.NullPool
)

with engine.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
