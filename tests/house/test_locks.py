"""The locks agree: what `make check` tests is what `make setup` installs."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def pins(name: str) -> dict[str, str]:
    """Package to version, of one of the locks."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, flags=re.MULTILINE))


def test_the_tools_are_locked_with_the_very_versions_that_run():
    assert {name: version for name, version in pins("dev.txt").items() if name in pins("runtime.txt")} == pins(
        "runtime.txt"
    )


def test_the_build_tools_do_not_displace_what_the_others_pin():
    shared = pins("build.txt").keys() & pins("dev.txt").keys()

    assert {name: pins("build.txt")[name] for name in shared} == {name: pins("dev.txt")[name] for name in shared}


def test_every_dependency_of_the_project_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[\[<>=; ]", requirement)[0] for requirement in project["dependencies"]}

    assert wanted - pins("runtime.txt").keys() == set()
