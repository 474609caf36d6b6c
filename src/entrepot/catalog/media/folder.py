"""The folder of the pictures on disk. All functions block: they belong into threads.

<home>/media/catalog/product/t/i/tiny1.jpg               as it was uploaded
<home>/media/catalog/product/cache/card/t/i/tiny1.jpg    in a size, made when it is first asked for
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from entrepot.catalog.media.addresses import SIZES
from entrepot.settings import Settings


def products(settings: Settings) -> Path:
    return settings.home / "media" / "catalog" / "product"


def original(folder: Path, file: str) -> Path:
    return folder / file.lstrip("/")


def in_size(folder: Path, file: str, size: str) -> Path:
    return folder / "cache" / size / file.lstrip("/")


def write(path: Path, content: bytes, *, modified_ns: int | None = None, lasting: bool = True) -> None:
    """Readers see the whole file or none. Lasting: when this returns it survives a loss of power."""
    path.parent.mkdir(parents=True, exist_ok=True)
    making = path.parent / f".{secrets.token_hex(8)}"
    try:
        with making.open("wb") as file:
            file.write(content)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        if modified_ns is not None:
            os.utime(making, ns=(modified_ns, modified_ns))
        making.replace(path)
    finally:
        making.unlink(missing_ok=True)
    if lasting:
        # The names of the file and of the two folders that may be new.
        for folder in list(path.parents)[:3]:
            _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(folder: Path, file: str) -> None:
    """In all sizes; what is not there does no harm."""
    for path in (*(in_size(folder, file, size) for size in SIZES), original(folder, file)):
        path.unlink(missing_ok=True)
