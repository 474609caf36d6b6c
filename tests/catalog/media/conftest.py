"""Each test begins with an empty folder: the database of one is rolled back, what it wrote to the disk is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def empty_folder(home: Path) -> None:
    shutil.rmtree(home / "media", ignore_errors=True)
