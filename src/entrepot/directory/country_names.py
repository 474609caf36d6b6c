"""What a country is called in a locale: CLDR's names, as Babel carries them, with a few of Magento's own in English."""

from functools import cache

from babel import Locale, UnknownLocaleError

ENGLISH = {
    # Dissolved in 2010: CLDR has no name for it in any language.
    "AN": "Netherlands Antilles",
    # Clients compare these with what Magento 2.3 answers, whose CLDR was older.
    "MK": "Macedonia",
    "MO": "Macau SAR China",
    "SZ": "Swaziland",
    "TR": "Turkey",
}
"""Where English names differ from those of today's CLDR."""


def country_name(iso2: str, locale: str) -> str:
    """The name in a locale such as `de_DE`.

    English stands in for a locale that Babel does not know, and where the locale has no name for the country; the code
    itself where there is no country of that code.
    """
    known = _locale(locale)
    if known.language != "en" and (name := known.territories.get(iso2)):
        return str(name)
    return ENGLISH.get(iso2) or str(_locale("en_US").territories.get(iso2, iso2))


@cache
def _locale(code: str) -> Locale:
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return Locale("en", "US")
