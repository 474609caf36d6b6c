"""Fill a form in a finished page with what was once typed into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

LEFT_ALONE = frozenset({"password", "file", "submit", "button", "reset", "image"})
TICKED = frozenset({"checkbox", "radio"})
CONTROLS = frozenset({"input", "select", "textarea"})

OF_ONE_SENDING = ("form_key", "form_stamp")
Attributes = dict[str, str | None]


@dataclass
class _Tag:
    """A start tag: where it stands in the page, and what it says."""

    name: str
    start: int
    end: int
    attributes: Attributes

    def get(self, name: str) -> str:
        return self.attributes.get(name) or ""

    def written(self, **changes: str | bool) -> str:
        """The tag with some attributes set (text, True) or taken away (False)."""
        kept: dict[str, str | bool | None] = {**self.attributes, **changes}
        parts = [
            name if value is None or value is True else f'{name}="{escape(str(value))}"'
            for name, value in kept.items()
            if value is not False
        ]
        return f"<{' '.join([self.name, *parts])}>"


@dataclass
class _Control:
    """An input, a select with its options, or a textarea up to its end."""

    tag: _Tag
    form: int | None
    options: list[tuple[_Tag, list[str]]] = field(default_factory=list)
    content_end: int = 0

    @property
    def name(self) -> str:
        return self.tag.get("name")

    @property
    def kind(self) -> str:
        """The type of an input; select or textarea."""
        return (self.tag.get("type") or "text").lower() if self.tag.name == "input" else self.tag.name


class _Scan(HTMLParser):
    """The forms of a page, and their controls in the order of the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[_Tag] = []
        self.controls: list[_Control] = []
        # The parser counts lines by line feeds alone.
        self._lines = [0, *(at + 1 for at, character in enumerate(page) if character == "\n")]
        self._form: int | None = None
        self._open: _Control | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._here()
        found = _Tag(tag, start, start + len(self.get_starttag_text() or ""), dict(attrs))
        if tag == "form":
            self._form = len(self.forms)
            self.forms.append(found)
        elif tag in CONTROLS:
            control = _Control(found, self._form)
            self.controls.append(control)
            self._open = control if tag != "input" else None
        elif tag == "option" and self._open is not None:
            self._open.options.append((found, []))

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._open.options:
            self._open.options[-1][1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag in CONTROLS and self._open is not None:
            self._open.content_end = self._here()
            self._open = None

    def of_form(self, number: int) -> Iterator[_Control]:
        """Also those that stand elsewhere and name it."""
        id = self.forms[number].get("id")
        for control in self.controls:
            named = control.tag.attributes.get("form")
            is_its = control.form == number if named is None else bool(id) and named == id
            if is_its and control.name and "disabled" not in control.tag.attributes:
                yield control

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def refill(page: str, target: str, fields: Mapping[str, Sequence[str]]) -> str | None:
    """The page with the form filled that is sent to the target, or else that has most of its fields. None without one.

    Boxes that were not sent are not ticked; passwords and files stay empty. A hidden field takes what was sent if it is
    the only one of its name: what scripts have put into it was the visitor's work, too.
    """
    scan = _Scan(page)
    number = _the_form(scan, target, fields)
    if number is None:
        return None
    changes = [(scan.forms[number], scan.forms[number].end, scan.forms[number].written(**{"data-unsaved": True}))]
    for tag, end, text in _filled(list(scan.of_form(number)), fields):
        changes.append((tag, end, text))
    for tag, end, text in sorted(changes, key=lambda change: change[0].start, reverse=True):
        page = page[: tag.start] + text + page[end:]
    return page


def _the_form(scan: _Scan, target: str, fields: Mapping[str, Sequence[str]]) -> int | None:
    def in_common(number: int) -> int:
        return len({control.name for control in scan.of_form(number)} & fields.keys())

    posted = [number for number, form in enumerate(scan.forms) if form.get("method").lower() == "post"]
    known = {number: count for number in posted if (count := in_common(number))}
    return max(known, key=lambda number: (scan.forms[number].get("action") == target, known[number]), default=None)


def _filled(controls: Sequence[_Control], fields: Mapping[str, Sequence[str]]) -> Iterator[tuple[_Tag, int, str]]:
    """The tags to change, to where they are replaced, and by what."""
    left = {name: list(values) for name, values in fields.items()}
    names = [control.name for control in controls]
    for control in controls:
        tag, sent = control.tag, left.get(control.name)
        if control.kind in LEFT_ALONE or control.name in OF_ONE_SENDING:
            continue
        if control.kind in TICKED:
            if sent is None and control.kind == "radio":
                continue
            is_ticked = (tag.attributes.get("value") or "on") in fields.get(control.name, ())
            yield tag, tag.end, tag.written(checked=is_ticked)
        elif not sent:
            continue
        elif control.kind == "hidden":
            if names.count(control.name) == 1:
                yield tag, tag.end, tag.written(value=sent[0])
            elif sent[0] == tag.get("value"):
                # The one before a check box, which says that the box was there.
                sent.pop(0)
        elif control.kind == "select":
            wanted = sent if "multiple" in tag.attributes else [sent.pop(0)]
            for option, text in control.options:
                value = option.attributes.get("value")
                value = " ".join("".join(text).split()) if value is None else value
                yield option, option.end, option.written(selected=value in wanted)
        elif control.kind == "textarea":
            # A line break right behind the tag is none of the text, as browsers read it.
            yield tag, control.content_end, f"{tag.written()}\n{escape(sent.pop(0), quote=False)}"
        else:
            yield tag, tag.end, tag.written(value=sent.pop(0))
