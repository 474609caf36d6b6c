"""Text that would be markup where it is not escaped, and what finds it in a page."""

from __future__ import annotations

from html.parser import HTMLParser

TEXT = "<zq>\" zq=1 ' zq=2>"
"""An element, and what would leave an attribute in quotes of either kind; short enough for the shortest fields."""
TAG = "zq"


class Escaped(HTMLParser):
    """Reads a page as a browser does; `faults` has each place in which the text became markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.seen = 0
        """How often the text is there as a text, or in an attribute."""
        self._raw = ""
        """The element that we are in whose content is no markup."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if tag == TAG or TAG in names:
            self.faults.append(f"line {self.getpos()[0]}: {(self.get_starttag_text() or '')[:200]}")
        for name, value in attrs:
            if name.startswith("on") or (value or "").lower().lstrip().startswith("javascript:"):
                self.faults.append(f"line {self.getpos()[0]}: {name}={(value or '')[:100]}")
            self.seen += "<zq" in (value or "")
        self._raw = tag if tag in self.CDATA_CONTENT_ELEMENTS else ""

    def handle_endtag(self, tag: str) -> None:
        self._raw = ""

    def handle_data(self, data: str) -> None:
        found = "<zq" in data
        if found and self._raw:
            self.faults.append(f"line {self.getpos()[0]}: within {self._raw}")
        self.seen += found


def read(page: str) -> Escaped:
    reader = Escaped()
    reader.feed(page)
    reader.close()
    return reader
