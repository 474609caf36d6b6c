"""Documents on paper: A4, in one file, each beginning on a page of its own.

A page that is full is followed by one with the heading and the head of the table again. A line of the table stays
together unless it is longer than a page; so do the totals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import structlog
from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos
from PIL import Image, UnidentifiedImageError

from entrepot.sales.pdf.printed import Box, Column, Letterhead, Line, Printed, Total

log = structlog.get_logger("entrepot.sales")

FONTS = Path(__file__).parents[2] / "static" / "vendor"
FONT = "DejaVu"
FURTHER = "further"

MARGIN = 15.0
FOOT = 18.0
LOGO = (60.0, 18.0)
LEADING = 4.4
SMALL_LEADING = 3.9
PAD = 2.0
GAP = 6.0
INDENT = 4.0

INK = (26, 29, 33)
MUTED = (92, 101, 112)
RULE = (214, 218, 223)
WASH = (243, 244, 246)


def print_pdf(documents: Sequence[Printed], now: datetime, further_font: str | None = None) -> bytes:
    """All documents as one file. `further_font` has the letters that our own lacks."""
    paper = _Paper(further_font)
    paper.set_creation_date(now)
    paper.set_title(", ".join(document.heading for document in documents[:3]))
    for document in documents:
        _Document(paper, document).put()
    return bytes(paper.output())


class _Paper(FPDF):
    """Sheets, our fonts, and the few marks that documents are made of. Lengths are millimetres."""

    def __init__(self, further_font: str | None) -> None:
        super().__init__(format="A4", unit="mm")
        self.set_margin(0)
        # Documents decide for themselves what goes together onto the next page.
        self.set_auto_page_break(False)
        self.c_margin = 0
        self.add_font(FONT, "", FONTS / "DejaVuSansCondensed.ttf")
        self.add_font(FONT, "B", FONTS / "DejaVuSansCondensed-Bold.ttf")
        if further_font and not Path(further_font).is_file():
            log.warning("there is no font at ENTREPOT_PRINT_FONT", file=further_font)
        elif further_font:
            self.add_font(FURTHER, "", further_font)
            self.set_fallback_fonts([FURTHER], exact_match=False)
        self.set_creator("entrepot")

    @property
    def width(self) -> float:
        return float(self.w) - 2 * MARGIN

    @property
    def bottom(self) -> float:
        return float(self.h) - FOOT

    def pen(self, size: float, *, bold: bool = False, colour: tuple[int, int, int] = INK) -> None:
        self.set_font(FONT, "B" if bold else "", size)
        self.set_text_color(*colour)

    def wrapped(self, text: str, width: float) -> list[str]:
        """The lines that a text takes, at least one."""
        self.set_text_shaping(_is_shaped(text))
        lines: list[str] = []
        for part in text.split("\n"):
            found = self.multi_cell(width, LEADING, part, align="L", dry_run=True, output=MethodReturnValue.LINES)
            assert isinstance(found, list)
            lines.extend(found or [""])
        return lines

    def put(
        self, x: float, y: float, width: float, text: str, *, right: bool = False, leading: float = LEADING
    ) -> None:
        self.set_text_shaping(_is_shaped(text))
        self.set_xy(x, y)
        self.cell(width, leading, text, align="R" if right else "L", new_x=XPos.RIGHT, new_y=YPos.TOP)

    def rule(self, y: float) -> None:
        self.set_draw_color(*RULE)
        self.set_line_width(0.2)
        self.line(MARGIN, y, MARGIN + self.width, y)

    def wash(self, x: float, y: float, width: float, height: float) -> None:
        self.set_fill_color(*WASH)
        self.rect(x, y, width, height, style="F")


class _Document:
    """One document while it is put onto the paper; `y` is how far down it has come."""

    def __init__(self, paper: _Paper, printed: Printed) -> None:
        self.paper = paper
        self.printed = printed
        self.y = MARGIN
        self.first_page = 0

    def put(self) -> None:
        self.paper.add_page()
        self.first_page = self.paper.page
        self._letterhead(self.printed.letterhead)
        self._heading()
        for at in range(0, len(self.printed.boxes), 2):
            self._boxes(self.printed.boxes[at : at + 2])
        self._table()
        self._totals(self.printed.totals)
        self._page_numbers()

    def _letterhead(self, head: Letterhead) -> None:
        height = self._logo(head)
        self.paper.pen(8, colour=MUTED)
        half = self.paper.width / 2
        y = self.y
        for line in (line for text in head.address for line in self.paper.wrapped(text, half)):
            self.paper.put(MARGIN + half, y, half, line, right=True, leading=SMALL_LEADING)
            y += SMALL_LEADING
        self.y = max(y, self.y + height) + GAP

    def _logo(self, head: Letterhead) -> float:
        """How high it is; without a logo it is the name."""
        size = _size_of(head.logo)
        if size is None:
            self.paper.pen(13, bold=True)
            lines = self.paper.wrapped(head.name, self.paper.width / 2 - GAP)
            for number, line in enumerate(lines):
                self.paper.put(MARGIN, self.y + number * 6, self.paper.width / 2, line, leading=6)
            return 6.0 * len(lines)
        scale = min(LOGO[0] / size[0], LOGO[1] / size[1])
        width, height = size[0] * scale, size[1] * scale
        self.paper.image(str(head.logo), MARGIN, self.y, width, height)
        return height

    def _heading(self) -> None:
        self.paper.pen(14, bold=True)
        self.paper.put(MARGIN, self.y, self.paper.width, self.printed.heading, leading=7)
        self.y += 7.5
        self.paper.pen(9, colour=MUTED)
        for fact in self.printed.facts:
            self.paper.put(MARGIN, self.y, self.paper.width, fact)
            self.y += LEADING + 0.2
        self.y += GAP - 2

    def _boxes(self, boxes: Sequence[Box]) -> None:
        """Beside each other, equally high."""
        width = (self.paper.width - GAP) / 2
        ends = [self._box(box, MARGIN + number * (width + GAP), width) for number, box in enumerate(boxes)]
        self.y = max(ends) + GAP - 1

    def _box(self, box: Box, x: float, width: float) -> float:
        y = self.y
        self.paper.wash(x, y, width, LEADING + 2 * 1.2)
        self.paper.pen(9, bold=True)
        self.paper.put(x + PAD, y + 1.2, width - 2 * PAD, box.title)
        y += LEADING + 2 * 1.2 + 1.4
        self.paper.pen(9)
        for line in (line for text in box.lines for line in self.paper.wrapped(text, width - 2 * PAD)):
            self.paper.put(x + PAD, y, width - 2 * PAD, line)
            y += LEADING
        return self._box_table(box.table, x + PAD, y, width - 2 * PAD)

    def _box_table(self, table: Iterable[tuple[str, str]], x: float, y: float, width: float) -> float:
        half = width / 2
        for number, row in enumerate(table):
            y += 1.5 if number == 0 else 0
            self.paper.pen(8, bold=number == 0, colour=MUTED if number == 0 else INK)
            columns = [self.paper.wrapped(text, half - 1) for text in row]
            for column, lines in enumerate(columns):
                for at, line in enumerate(lines):
                    self.paper.put(x + column * half, y + at * SMALL_LEADING, half, line, leading=SMALL_LEADING)
            y += SMALL_LEADING * max(map(len, columns))
        return y

    def _table(self) -> None:
        self._table_head()
        for line in self.printed.lines:
            self._line(line)

    def _columns(self) -> list[tuple[Column, float, float]]:
        """Each with its left edge and its width."""
        whole = sum(column.share for column in self.printed.columns)
        x, found = MARGIN, []
        for column in self.printed.columns:
            width = self.paper.width * column.share / whole
            found.append((column, x, width))
            x += width
        return found

    def _table_head(self) -> None:
        height = LEADING + 2 * 1.3
        self.paper.wash(MARGIN, self.y, self.paper.width, height)
        self.paper.pen(8.5, bold=True)
        for column, x, width in self._columns():
            self.paper.put(x + PAD, self.y + 1.3, width - 2 * PAD, column.label, right=column.is_right)
        self.y += height + 1

    def _line(self, line: Line) -> None:
        cells = self._cells(line)
        rows = max(len(cell) for cell in cells)
        height = rows * LEADING + 2.4
        if self.y + height > self.paper.bottom:
            self._next_page()
        self.y += 1.2
        for row in range(rows):
            if self.y + LEADING > self.paper.bottom:
                self._next_page()
            self._row(line, [cell[row] if row < len(cell) else ("", False) for cell in cells])
            self.y += LEADING
        self.y += 1.2
        self.paper.rule(self.y)

    def _cells(self, line: Line) -> list[list[tuple[str, bool]]]:
        """The rows of each cell, and whether they are notes."""
        cells = []
        for number, (_, _, width) in enumerate(self._columns()):
            width -= 2 * PAD
            is_name = number == self.printed.name_column
            if is_name and line.is_part:
                width -= INDENT
            self.paper.pen(8.5)
            rows = [(text, False) for text in self.paper.wrapped(line.cells[number], width)]
            if is_name:
                self.paper.pen(7.5)
                rows += [(text, True) for note in line.notes for text in self.paper.wrapped(note, width - 2)]
            cells.append(rows)
        return cells

    def _row(self, line: Line, row: Sequence[tuple[str, bool]]) -> None:
        for number, (column, x, width) in enumerate(self._columns()):
            text, is_note = row[number]
            left = x + PAD
            if number == self.printed.name_column:
                left += (INDENT if line.is_part else 0) + (2 if is_note else 0)
            if is_note:
                self.paper.pen(7.5, colour=MUTED)
            else:
                self.paper.pen(8.5)
            self.paper.put(left, self.y, x + width - PAD - left, text, right=column.is_right)

    def _next_page(self) -> None:
        self.paper.add_page()
        self.y = MARGIN
        self.paper.pen(10, bold=True)
        self.paper.put(MARGIN, self.y, self.paper.width, self.printed.heading, leading=5)
        self.y += 5 + 3
        self._table_head()

    def _totals(self, totals: Sequence[Total]) -> None:
        height = sum(7.0 if total.is_grand else LEADING + 0.8 for total in totals)
        if totals and self.y + 3 + height > self.paper.bottom:
            self._next_page()
        self.y += 3
        amounts = 38.0
        labels = self.paper.width - amounts - PAD
        for total in totals:
            self.y += 1.5 if total.is_grand else 0
            self.paper.pen(10.5 if total.is_grand else 9, bold=total.is_grand)
            self.paper.put(MARGIN, self.y, labels, total.label, right=True)
            self.paper.put(MARGIN + labels, self.y, amounts, total.amount, right=True)
            self.y += LEADING + 0.8

    def _page_numbers(self) -> None:
        """Only now is it known how many there are."""
        last = self.paper.page
        count = last - self.first_page + 1
        if count == 1:
            return
        for number in range(1, count + 1):
            self.paper.page = self.first_page + number - 1
            # The pen is what it was on the last page; what is unchanged would not be said again on this one.
            self.paper.pen(7, colour=MUTED)
            self.paper.pen(7.5, colour=MUTED)
            text = self.printed.page.replace("%1", str(number)).replace("%2", str(count))
            self.paper.put(MARGIN, self.paper.bottom + 5, self.paper.width, text, right=True)
        self.paper.page = last


def _is_shaped(text: str) -> bool:
    """Whether it has letters that run to the left or join, from Hebrew to Myanmar. Others are quicker without."""
    return any("\u0590" <= letter <= "\u10ff" for letter in text)


def _size_of(logo: Path | None) -> tuple[int, int] | None:
    """None for a file that is missing or is no picture: a document is worth more than its logo."""
    if logo is None:
        return None
    try:
        with Image.open(logo, formats=("GIF", "JPEG", "PNG")) as picture:
            return picture.size
    except (OSError, UnidentifiedImageError):
        log.warning("the logo for print-outs cannot be read", file=str(logo))
        return None
