"""How documents look on paper, told by the text of each page."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from PIL import Image
from pypdf import PdfReader

from entrepot.sales.pdf.paper import print_pdf
from entrepot.sales.pdf.printed import Box, Column, Letterhead, Line, Printed, Total

NOW = datetime(2020, 3, 2, 11, tzinfo=UTC)

SLIP = Printed(
    letterhead=Letterhead("Main Website Store", ("1 Harbour Street", "Hamburg")),
    heading="Packing Slip # 000000003",
    facts=("Order # 000000007", "Order Date: Mar 2, 2020"),
    boxes=(Box("Sold to:", ("Jane Doe",)), Box("Ship to:", ("John Doe",), (("Title", "Number"), ("UPS", "1Z-98")))),
    columns=(Column("Qty", 10, is_right=True), Column("Products", 60), Column("SKU", 30)),
    name_column=1,
    lines=(Line(("1", "Mug", "mug"), ("Colour: Blue",)),),
    totals=(Total("Subtotal", "$10.00"), Total("Grand Total", "$20.00", is_grand=True)),
)


def pages(*documents, font=None):
    """The text of each page, as lines without their spaces at the ends."""
    read = PdfReader(io.BytesIO(print_pdf(documents, NOW, font)))
    return [[line.strip() for line in page.extract_text().splitlines()] for page in read.pages]


def test_a_document_says_all_it_has_from_top_to_bottom():
    assert pages(SLIP) == [
        [
            "Main Website Store 1 Harbour Street", "Hamburg",
            "Packing Slip # 000000003", "Order # 000000007", "Order Date: Mar 2, 2020",
            "Sold to:", "Jane Doe", "Ship to:", "John Doe", "Title Number", "UPS 1Z-98",
            "Qty Products SKU", "1 Mug mug", "Colour: Blue",
            "Subtotal $10.00", "Grand Total $20.00",
        ]
    ]  # fmt: skip


def test_it_is_a4():
    page = PdfReader(io.BytesIO(print_pdf([SLIP], NOW))).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


def test_sixty_lines_go_over_pages_that_each_repeat_the_heading_and_the_head_of_the_table():
    lines = tuple(Line((str(number), f"Mug {number}", f"mug-{number}")) for number in range(1, 61))
    first, *others = found = pages(structs.replace(SLIP, lines=lines))

    assert len(found) > 1
    assert [page[:2] for page in others] == [["Packing Slip # 000000003", "Qty Products SKU"]] * len(others)
    assert first.count("Sold to:") == 1
    printed = [line for page in found for line in page if "mug-" in line]
    assert printed == [f"{number} Mug {number} mug-{number}" for number in range(1, 61)]
    assert [page[-1] for page in found] == [f"Page {number} of {len(found)}" for number in range(1, len(found) + 1)]
    assert found[-1][-2] == "Grand Total $20.00"


def test_totals_stay_together():
    """Whatever number of lines comes before them."""
    for count in range(20, 50):
        found = pages(structs.replace(SLIP, lines=SLIP.lines * count))
        (page,) = [page for page in found if "Subtotal $10.00" in page]
        assert "Grand Total $20.00" in page


def test_a_line_longer_than_a_page_goes_on_on_the_next():
    notes = tuple(f"Choice: {number}" for number in range(1, 101))
    found = pages(structs.replace(SLIP, lines=(Line(("1", "Mug", "mug"), notes),)))

    assert [line for page in found for line in page if line.startswith("Choice")] == list(notes)


def test_several_documents_begin_on_pages_of_their_own_and_count_their_own():
    long = structs.replace(SLIP, heading="Packing Slip # 000000004", lines=SLIP.lines * 60)
    found = pages(SLIP, long, SLIP)

    assert [page[0] for page in found[:2]] == ["Main Website Store 1 Harbour Street"] * 2
    assert found[0] == found[-1]
    assert found[1][-1] == f"Page 1 of {len(found) - 2}"


@pytest.mark.parametrize("name", ["Łódź Ærøskøbing", "Ελλάδα", "Москва", "Հայաստան", "עברית", "العربية"])
def test_names_of_many_scripts_are_printed(name):
    (page,) = pages(structs.replace(SLIP, boxes=(Box("Ship to:", (name,)),)))
    assert name in page


def test_letters_that_our_font_lacks_are_taken_from_the_one_that_is_configured(tmp_path):
    font = tmp_path / "further.ttf"
    font.write_bytes(font_with("中文"))
    (page,) = pages(structs.replace(SLIP, boxes=(Box("Ship to:", ("Jane 中文",)),)), font=str(font))
    assert "Jane 中文" in page


def test_a_font_that_is_missing_does_not_keep_a_document_from_being_printed(tmp_path):
    (page,) = pages(SLIP, font=str(tmp_path / "nothing.ttf"))
    assert "Jane Doe" in page


@settings(max_examples=40, deadline=None)
@given(*[st.text(max_size=40)] * 3)
def test_whatever_is_written_into_forms_can_be_printed(one, two, three):
    printed = structs.replace(
        SLIP,
        heading=one,
        letterhead=Letterhead(two, (three,)),
        boxes=(Box(one, (two, three), ((two, one), (three, two))),),
        lines=(Line((one, two * 20, three), (two,)),),
        totals=(Total(three, one),),
    )
    assert pages(printed)


def font_with(letters):
    """A font of boxes."""
    names = [".notdef", *(f"uni{ord(letter):04X}" for letter in letters)]
    pen = TTGlyphPen(None)
    for at, point in enumerate(((0, 0), (0, 700), (700, 700), (700, 0))):
        (pen.lineTo if at else pen.moveTo)(point)
    pen.closePath()
    box = pen.glyph()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder(names)
    made.setupCharacterMap({ord(letter): name for letter, name in zip(letters, names[1:], strict=True)})
    made.setupGlyf(dict.fromkeys(names, box))
    made.setupHorizontalMetrics(dict.fromkeys(names, (800, 0)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Boxes", "styleName": "Regular", "psName": "Boxes-Regular"})
    made.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    made.setupPost()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_logo_stands_in_the_place_of_the_name(tmp_path):
    logo = tmp_path / "logo.png"
    Image.new("RGB", (400, 100)).save(logo)
    content = print_pdf([structs.replace(SLIP, letterhead=Letterhead("Main Website Store", logo=logo))], NOW)
    page = PdfReader(io.BytesIO(content)).pages[0]

    assert len(page.images) == 1
    assert "Main Website Store" not in page.extract_text()


def test_a_logo_that_is_no_picture_does_not_keep_a_document_from_being_printed(tmp_path):
    logo = tmp_path / "logo.png"
    logo.write_text("no picture")
    (page,) = pages(structs.replace(SLIP, letterhead=Letterhead("Main Website Store", logo=logo)))
    assert page[0] == "Main Website Store"
