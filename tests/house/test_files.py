"""What may lie in the repository: source that a person wrote, and locks that work behind any mirror."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LARGEST_BYTES = 700 * 1024

# Put together from pieces, for otherwise this file would be the first to break its own rule.
REGISTRIES = re.compile(
    "|".join(
        re.escape(".".join(host))
        for host in [
            ("pypi", "org"),
            ("pypi", "python", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("yarnpkg", "com"),
            ("deb", "debian", "org"),
        ]
    )
)


def files() -> list[Path]:
    """All files that are in the repository or would be with the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_no_file_names_a_package_registry():
    assert [
        str(path.relative_to(ROOT))
        for path in files()
        if REGISTRIES.search(path.read_bytes().decode("utf-8", errors="ignore"))
    ] == []


def test_no_file_is_larger_than_700_kib():
    assert [str(path.relative_to(ROOT)) for path in files() if path.stat().st_size > LARGEST_BYTES] == []


def test_nothing_that_npm_or_make_brings_is_kept_in_the_repository():
    generated = ("node_modules/", "src/entrepot/static/vendor/", ".venv/", "var/")
    assert [path for path in files() if str(path.relative_to(ROOT)).startswith(generated)] == []


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_every_python_lock_pins_by_hash_and_names_no_address(path):
    text = path.read_text(encoding="utf-8")
    pins = re.split(r"\n(?=[a-z0-9])", text)

    assert "://" not in text
    assert [pin.splitlines()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_the_npm_lock_pins_by_hash_and_names_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    fetched = {name: package for name, package in packages.items() if name}

    assert fetched
    assert [name for name, package in fetched.items() if "resolved" in package] == []
    assert [name for name, package in fetched.items() if not package["integrity"].startswith("sha512-")] == []
