"""Texts of a merchant with places for values, in Magento's notation.

`{{var x}}` prints a value; `{{depend x}}...{{/depend}}` prints what it encloses when x has a value; so does
`{{if x}}...{{else}}...{{/if}}`, which has another part for when it has none. Other directives print nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_DEPEND = re.compile(r"\{\{depend\s+(\w+)\s*\}\}(.*?)\{\{/depend\s*\}\}", re.DOTALL)
_IF = re.compile(r"\{\{if\s+(\w+)\s*\}\}(.*?)(?:\{\{else\s*\}\}(.*?))?\{\{/if\s*\}\}", re.DOTALL)
_DIRECTIVE = re.compile(r"\{\{(?:var\s+(\w+))?[^{}]*\}\}")


def fill(template: str, values: Mapping[str, str], write: Callable[[str], str] = str) -> str:
    """The template with its values, each passed through `write`, such as an escape. Missing ones count as empty."""

    def kept(match: re.Match[str]) -> str:
        return match[2] if values.get(match[1]) else ""

    def chosen(match: re.Match[str]) -> str:
        return match[2] if values.get(match[1]) else match[3] or ""

    def written(match: re.Match[str]) -> str:
        return write(values.get(match[1], "")) if match[1] else ""

    # Values come last, in one pass: what a customer typed is never read as a directive.
    return _DIRECTIVE.sub(written, _IF.sub(chosen, _DEPEND.sub(kept, template)))
