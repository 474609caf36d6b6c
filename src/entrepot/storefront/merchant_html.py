"""Texts that a merchant writes for shoppers: markup where the attribute allows it, and plain words of it."""

from __future__ import annotations

import html
import re

from markupsafe import Markup, escape

from entrepot.catalog.attributes import Attribute
from entrepot.kit import directives

TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def shown(attribute: Attribute | None, value: str | None) -> Markup:
    """As the page prints it. What may not have markup is escaped, and keeps its lines.

    Scripts in it do not run: no page of the shop runs any but its own files.
    """
    if not value:
        return Markup()
    if attribute is not None and attribute.is_html_allowed_on_front:
        return markup(value)
    return Markup("<br>").join(escape(line) for line in value.splitlines())


def markup(value: str | None) -> Markup:
    """A text that is markup by its nature, as the description of a category is."""
    return Markup(directives.fill(value or "", {}))  # noqa: S704


def plain(value: str | None, longest: int) -> str:
    """The words alone, cut off at the end of one."""
    words = " ".join(html.unescape(TAG.sub(" ", value or "")).split())
    if len(words) <= longest:
        return words
    return words[:longest].rsplit(" ", 1)[0].rstrip(",.;:") + "…"
