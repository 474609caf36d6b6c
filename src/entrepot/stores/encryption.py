"""Configuration values that are kept encrypted, with a key that lies in the data folder and not in the database.

So a copy of the database alone betrays no password of another service. Processes on several machines need the same key
file. `ctx.config` gives such a value as it is stored; `secret` is the one way to read it.
"""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from entrepot.kit.context import Context

KEY_FILE = "key"


def encrypt(home: Path, text: str) -> str:
    """Empty text stays empty: it means that nothing is configured."""
    return _cipher(home).encrypt(text.encode()).decode("ascii") if text else text


def decrypt(home: Path, text: str) -> str:
    """What `encrypt` was given. Raises LookupError when the key file is not the one it was encrypted with."""
    try:
        return _cipher(home).decrypt(text.encode()).decode() if text else text
    except InvalidToken as error:
        raise LookupError("a stored secret was encrypted with another key; restore the key file") from error


def secret(ctx: Context, path: str, *, store_id: int | None = None) -> str | None:
    """An encrypted value in plain text; None when there is none.

    Raises LookupError when the key file is not the one it was encrypted with.
    """
    stored = ctx.config(path, store_id=store_id)
    return stored and decrypt(ctx.settings.home, stored)


@lru_cache(maxsize=4)
def _cipher(home: Path) -> Fernet:
    return Fernet(_key(home))


def _key(home: Path) -> bytes:
    """The key of the data folder, made at first need. Of several processes that make one, one wins."""
    place = home / KEY_FILE
    if not place.exists():
        home.mkdir(parents=True, exist_ok=True)
        draft = home / f".{KEY_FILE}.{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(Fernet.generate_key())
        try:
            os.link(draft, place)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return place.read_bytes().strip()
