"""The settings of a process, read from the environment.

What a merchant sets in the shop is configuration; the `stores` domain has it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from msgspec import Meta, Struct, ValidationError, convert
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict


class SettingsWrong(Exception):
    """A variable of the environment that cannot be used. The sentence names it, and shows no secret."""


class Settings(Struct, frozen=True, kw_only=True):
    """Each field is the environment variable ENTREPOT_<NAME>, but for the database's two, which have no prefix."""

    home: Path = Path("var")
    """The data folder: the local database, mail that was not sent, media."""
    host: str = "127.0.0.1"
    """The address to listen at."""
    port: Annotated[int, Meta(ge=0, le=65535, description="a whole number from 0 to 65535")] = 8080
    """The port to listen at."""
    database_url: str | None = None
    """DATABASE_URL: a PostgreSQL 15 or newer. Without it one is started in the data folder."""
    database_pool: Annotated[int, Meta(ge=1, description="a whole number from 1 on")] = 10
    """DATABASE_POOL: the most connections one process opens."""
    admin_user: str | None = None
    """The first administrator's name, made at the first start; `admin` without it."""
    admin_password: str | None = None
    """The first administrator's password; without it one is generated and printed once."""
    max_body: Annotated[int, Meta(ge=1, description="a number of bytes")] = 10 * 1024 * 1024
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
        """A variable that is empty is as one that is not set. Raises SettingsWrong."""
        kinds = get_type_hints(cls, include_extras=True)
        given = {
            name: _read(variable, environment[variable], kinds[name])
            for name in cls.__struct_fields__
            if environment.get(variable := _variable(name))
        }
        settings = cls(**given)
        _check_database(settings.database_url)
        if settings.print_font and not Path(settings.print_font).is_file():
            raise SettingsWrong(f"ENTREPOT_PRINT_FONT names no file: {settings.print_font}")
        return settings


def _variable(name: str) -> str:
    return name.upper() if name in ("database_url", "database_pool") else f"ENTREPOT_{name.upper()}"


def _read(variable: str, text: str, kind: Any) -> Any:
    if kind is Path:
        return Path(text)
    try:
        return convert(text, kind, strict=False)
    except ValidationError:
        [meta] = getattr(kind, "__metadata__", [Meta(description="1 or 0")])
        raise SettingsWrong(f"{variable} has to be {meta.description}, not {text!r}") from None


def _check_database(url: str | None) -> None:
    """The address is not repeated: there may be a password in it."""
    try:
        conninfo_to_dict(url or "")
    except ProgrammingError:
        message = "DATABASE_URL has to look like postgresql://user:password@host:5432/database"
        raise SettingsWrong(message) from None
