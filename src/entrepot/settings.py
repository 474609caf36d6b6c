"""The settings of a process, read from the environment.

What a merchant sets in the shop is configuration; the `stores` domain has it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, convert


class Settings(Struct, frozen=True, kw_only=True):
    """Each field is the environment variable ENTREPOT_<NAME>, but for the database's two, which have no prefix."""

    home: Path = Path("var")
    """The data folder: the local database, mail that was not sent, media."""
    host: str = "127.0.0.1"
    """The address to listen at."""
    port: int = 8080
    """The port to listen at."""
    database_url: str | None = None
    """DATABASE_URL: a PostgreSQL 15 or newer. Without it one is started in the data folder."""
    database_pool: int = 10
    """DATABASE_POOL: the most connections one process opens."""
    admin_user: str | None = None
    """The first administrator's name, made at the first start; `admin` without it."""
    admin_password: str | None = None
    """The first administrator's password; without it one is generated and printed once."""
    max_body: int = 10 * 1024 * 1024
    """The largest request body in bytes; a larger one is refused with 413."""
    developer_mode: bool = False
    """Whether unforeseen errors are answered with their text and trace."""
    smtp_url: str | None = None
    """The mail server, smtp://host:port or smtps://user:password@host; it comes before the shop's configuration."""
    print_font: str | None = None
    """A font file (TrueType, OpenType) for letters on invoices that the shop's own font lacks, such as Chinese."""
    local_durable: bool = True
    """Whether the local database waits for the disk; off only for tests."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Raises msgspec.ValidationError for a value that does not fit."""
        unprefixed = ("database_url", "database_pool")
        given: dict[str, Any] = {}
        for name in cls.__struct_fields__:
            value = environment.get(name.upper() if name in unprefixed else f"ENTREPOT_{name.upper()}")
            if value:
                given[name] = Path(value) if name == "home" else value
        return convert(given, cls, strict=False)
