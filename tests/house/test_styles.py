"""The style sheet of cart and checkout is loaded on every page, for the cart in the header: it styles only theirs."""

import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "entrepot"
TEMPLATES = SOURCE / "storefront" / "templates"
ITS_PAGES = ("cart/", "checkout/")
SHARED = {"amount-cell", "chosen", "small", "totals", "two-prices", "card-buy"}
"""Classes that other pages are meant to use, too: what orders look like, and the button on a product's card."""


def _styled() -> set[str]:
    """The classes that the sheet styles wherever they stand, not only within something of the cart's."""
    sheet = (SOURCE / "static" / "storefront-cart.css").read_text()
    text = re.sub(r"@[^{;]+[{;]", "", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    selectors = [one.strip() for found in re.findall(r"([^{}]+)\{", text) for one in found.split(",")]
    return {found[1] for one in selectors if (found := re.fullmatch(r"[a-z]*\.([a-z][\w-]*)", one))}


def _given() -> Iterator[tuple[str, str]]:
    """Each template with each class that it gives."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        for given in re.findall(r'class="([^"]*)"', path.read_text()):
            plain = re.sub(r"\{[{%].*?[%}]\}", lambda code: " ".join(re.findall(r"'([\w-]+)'", code[0])), given)
            yield from ((path.relative_to(TEMPLATES).as_posix(), name) for name in plain.split())


def test_what_the_carts_style_sheet_styles_no_other_page_uses():
    styled = _styled() - SHARED
    assert "buying-summary" in styled

    elsewhere = [f"{page}: {name}" for page, name in _given() if name in styled and not page.startswith(ITS_PAGES)]

    assert elsewhere == []
