"""A person's name as one text."""

from __future__ import annotations


def full_name(*parts: str | None) -> str:
    """Prefix, first, middle, last, suffix: what there is of them, on one line, by single spaces."""
    return " ".join(" ".join(part for part in parts if part).split())
