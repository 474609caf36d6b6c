"""A page or a comment that points to another page points to one that is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def test_every_link_between_the_pages_leads_somewhere():
    links = [
        (page, target)
        for page in PAGES
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target
    ]

    assert links
    assert [f"{page.name}: {target}" for page, target in links if not (page.parent / target).exists()] == []


def test_every_page_that_the_code_names_is_there():
    named = [
        (path, page)
        for folder in ("src", "tests", "tools")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for page in re.findall(r"docs/[\w/-]+\.md", path.read_text(encoding="utf-8"))
    ]

    assert [f"{path.relative_to(ROOT)}: {page}" for path, page in named if not (ROOT / page).is_file()] == []


def test_each_decision_has_a_number_of_its_own_and_is_listed():
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")

    assert len({page.name[:4] for page in DECISIONS}) == len(DECISIONS)
    assert [page.name for page in DECISIONS if f"(decisions/{page.name})" not in index] == []


def test_every_decision_says_why_what_and_what_not():
    headings = ["## Context", "## Decision", "## Consequences", "## Not chosen"]

    assert {
        page.name: re.findall(r"^## .*$", page.read_text(encoding="utf-8"), flags=re.MULTILINE) for page in DECISIONS
    } == {page.name: headings for page in DECISIONS}
