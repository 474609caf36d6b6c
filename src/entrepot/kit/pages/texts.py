"""Texts for people: translated, with their values filled in.

English is the language of the code. Other languages are gettext catalogues in `src/entrepot/locale`, by locale;
a text that one lacks stays English.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from entrepot.kit.errors import render

LOCALE_FOLDER = Path(__file__).parents[2] / "locale"


def text(template: str, *values: Any, locale: str = "en_US") -> str:
    """The text in the locale's language; `%1`, `%2` are the values."""
    return render(_catalogue(locale).gettext(template), values)


def html(template: str, *values: Any, locale: str = "en_US") -> Markup:
    """A text of ours that has markup in it, with its values escaped: `html('<a href="%1">Click here</a>', url)`."""
    return Markup(render(_catalogue(locale).gettext(template), tuple(map(escape, values))))  # noqa: S704


@lru_cache(maxsize=64)
def _catalogue(locale: str) -> gettext.NullTranslations:
    return gettext.translation("entrepot", LOCALE_FOLDER, languages=[locale], fallback=True)
