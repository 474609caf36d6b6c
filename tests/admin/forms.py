"""The forms of a page as a browser sees them: which fields each has, and which of its buttons Enter presses."""

from __future__ import annotations

from html.parser import HTMLParser

NO_TEXT = ("hidden", "submit", "button", "reset", "image", "file")


class Element:
    """A form, a field or a button, with its attributes; `text` is what a button says."""

    def __init__(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.text = ""
        self.fields: list[Element] = []
        self.submits: list[Element] = []

    def get(self, name: str) -> str:
        return self.attributes.get(name) or ""

    @property
    def is_off(self) -> bool:
        return "disabled" in self.attributes

    def __repr__(self) -> str:
        shown = " ".join(f'{name}="{value}"' for name, value in self.attributes.items())
        return f"<{self.tag} {shown}>{self.text.strip()}"


class FormsOfPage(HTMLParser):
    """`forms` in the order of the page; fields and buttons belong to the form around them, or that they name."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Element] = []
        self._loose: list[Element] = []
        self._open: Element | None = None
        self._button: Element | None = None
        self.feed(text)
        by_id = {form.get("id"): form for form in self.forms if form.get("id")}
        for one in self._loose:
            if form := by_id.get(one.get("form")):
                _own(form, one)
        for form in self.forms:
            form.submits.sort(key=lambda one: int(one.get("place")))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = Element(tag, dict(attrs))
        if tag == "form":
            self.forms.append(found)
            self._open = found
        elif tag in ("input", "select", "textarea", "button"):
            found.attributes["place"] = str(self.getpos()[0] * 100_000 + self.getpos()[1])
            self._button = found if tag == "button" else None
            if "form" in found.attributes:
                self._loose.append(found)
            elif self._open is not None:
                _own(self._open, found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "button":
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._button is not None:
            self._button.text += data


def _own(form: Element, one: Element) -> None:
    kind = one.get("type") or ("submit" if one.tag == "button" else "text")
    if one.tag == "button" and kind == "submit":
        form.submits.append(one)
    elif one.tag in ("input", "select") and kind not in NO_TEXT:
        form.fields.append(one)
