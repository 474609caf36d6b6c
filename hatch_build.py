"""Lays the pages' styles and scripts into a wheel.

They are not in the repository, so the build fetches them when they are missing: who installs the wheel needs no npm.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface[Any]):
    """Called by hatchling before it packs a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Do nothing for an editable install: `make assets` fills the folder that the program then reads in place."""
        if version == "editable":
            return
        subprocess.run([sys.executable, str(Path(self.root) / "tools" / "assets.py")], check=True)
        # Git ignores the folder, and hatchling leaves out what git ignores unless it is named here.
        build_data["artifacts"].append("src/entrepot/static/vendor/**")
