"""Fetch the styles and scripts that the pages serve and the fonts of print-outs, and lay them into the package.

npm gets what `package-lock.json` pins, by hash, into `node_modules/`; the few files that the pages use are copied to
`src/entrepot/static/vendor/`, each with the licence of its package. `manifest.json` beside them tells where each comes
from. A second run does nothing. Only the standard library is used, for this also runs while a wheel is being built.

Where there is no npm, one from PyPI is installed next to the running Python, from `requirements/node.txt`.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src" / "entrepot" / "static" / "vendor"
MANIFEST = VENDOR / "manifest.json"

FILES = {
    "DejaVuSansCondensed.ttf": ("dejavu-fonts-ttf", "ttf/DejaVuSansCondensed.ttf"),
    "DejaVuSansCondensed-Bold.ttf": ("dejavu-fonts-ttf", "ttf/DejaVuSansCondensed-Bold.ttf"),
    "htmx.min.js": ("htmx.org", "dist/htmx.min.js"),
    "pico.min.css": ("@picocss/pico", "css/pico.min.css"),
    "swagger-ui-bundle.js": ("swagger-ui-dist", "swagger-ui-bundle.js"),
    "swagger-ui.css": ("swagger-ui-dist", "swagger-ui.css"),
}
"""Name in `vendor/`: the npm package and the file's path in it."""


def main() -> None:
    """Bring `node_modules/` and `vendor/` up to date with `package-lock.json`."""
    lock = ROOT / "package-lock.json"
    installed = MODULES / ".package-lock.json"
    if not is_newer(installed, lock):
        subprocess.run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=ROOT, check=True)
        installed.touch()
    if not (is_newer(MANIFEST, lock) and is_newer(MANIFEST, Path(__file__))):
        copy_files()


def is_newer(made: Path, source: Path) -> bool:
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def npm() -> list[str]:
    """The command that runs npm: the system's, or the one that PyPI has."""
    found = shutil.which("npm", path=search_path())
    if found is None:
        lock = ROOT / "requirements" / "node.txt"
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        subprocess.run([*pip, "install", "--require-hashes", "--requirement", str(lock)], check=True)
        found = shutil.which("npm", path=search_path())
    if found is None:
        sys.exit("npm was not found, neither on PATH nor beside the running Python.")
    return [found]


def search_path() -> str:
    """PATH, and after it the folder of the running Python, where pip puts programs."""
    return os.pathsep.join([os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)])


def copy_files() -> None:
    """Fill `vendor/`. The manifest comes last, so that an interrupted copy is done again."""
    MANIFEST.unlink(missing_ok=True)
    (VENDOR / "licenses").mkdir(parents=True, exist_ok=True)
    manifest = {}
    for name, (package, path) in FILES.items():
        content = (MODULES / package / path).read_bytes()
        (VENDOR / name).write_bytes(content)
        manifest[name] = {
            "package": package,
            "version": described(package)["version"],
            "license": described(package)["license"],
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        copy_licences(package)
    MANIFEST.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def copy_licences(package: str) -> None:
    for source in sorted((MODULES / package).iterdir()):
        if source.name.upper().startswith(("LICENSE", "NOTICE")):
            name = f"{package.replace('@', '').replace('/', '-')}-{source.name}"
            (VENDOR / "licenses" / name).write_bytes(source.read_bytes())


def described(package: str) -> dict[str, Any]:
    """The package's own description, its `package.json`."""
    described: dict[str, Any] = json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))
    return described


if __name__ == "__main__":
    main()
