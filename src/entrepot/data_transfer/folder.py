"""Where uploaded files wait for a worker: the folder `import` of the data folder."""

from __future__ import annotations

from pathlib import Path

from entrepot.settings import Settings


def folder_of(settings: Settings) -> Path:
    """Processes on several machines have to share it, as they share media."""
    return settings.home / "import"
