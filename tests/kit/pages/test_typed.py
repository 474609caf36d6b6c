"""How numbers are read that people type, and that what a field shows is read again as the same number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.kit.pages import formats, typed
from entrepot.kit.pages.typed import Digits, Mistyped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # As they are written in one language or another.
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("1.234,50", "1234.5"),
        ("1,234.50", "1234.5"),
        # One sign alone is the point, however many digits follow it.
        ("1,234", "1.234"),
        ("1.234", "1.234"),
        # Several of the same sign are none.
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("12,34,567.5", "1234567.5"),
        # Blanks and apostrophes group.
        ("1 234,50", "1234.5"),
        ("1\N{NO-BREAK SPACE}234,50", "1234.5"),
        ("1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567", "1234567"),
        ("1\N{THIN SPACE}234.5", "1234.5"),
        ("1'234.50", "1234.5"),
        ("1\N{RIGHT SINGLE QUOTATION MARK}234.50", "1234.5"),
        ("  7 ", "7"),
        ("\t7\r\n", "7"),
        # What else is a number.
        ("0", "0"),
        ("007", "7"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("+5", "5"),
        ("-0", "0"),
        ("1.50000000", "1.5"),
        ("9999999999999999.9999", "9999999999999999.9999"),
        # Digits of other scripts, with the signs of their keyboards.
        ("\uff11\uff12\uff0c\uff15", "12.5"),
        ("\u0661\u0662\u066c\u0663\u0664\u0665\u066b\u0665", "12345.5"),
    ],
)
def test_a_number_is_read_as_who_wrote_it_meant_it(text, expected):
    read = typed.decimal(text)

    assert (read, read.is_signed()) == (Decimal(expected), False)


NO_NUMBERS = [
    "", " ", "abc", "5 pieces", "1,2,3.4.5", "1,2,3", "1,23,4567", "12,3456,789.5", "1.2.3", "10.0.0.1", "24.12.2026",
    "2026-12-24", "1,234.567,8", "1.234,567.8", "1 234.567.890", "1'234 567", "1 2", "12 34", "1  234", "1 .5", "5.",
    "5,", ".", ",", "-", "+", "- 5", "--5", "5-", "1-2", "(5)", "1e5", "1E5", "0x10", "1_000", "NaN", "nan", "Infinity",
    "-inf", "sNaN", "$5", "5 €", "£5", "5%", "10²", "½", "①", "Ⅷ", "1/2", "1\n2", "five", "9" * 101,
]  # fmt: skip


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(Mistyped) as refused:
        typed.decimal(text)

    assert refused.value.rendered() == "Please enter a valid number in this field."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("-1,5", "Please enter a number 0 or greater in this field."),
        ("\N{MINUS SIGN}1", "Please enter a number 0 or greater in this field."),
        ("100.000.000", "Please enter a number less than 100000000 in this field."),
        ("9" * 100, "Please enter a number less than 100000000 in this field."),
        ("0.00001", "Please enter a number with at most 4 decimal places in this field."),
        ("1,23456", "Please enter a number with at most 4 decimal places in this field."),
    ],
)
def test_a_quantity_that_its_column_does_not_hold_is_refused(text, message):
    with pytest.raises(Mistyped) as refused:
        typed.quantity(text)

    assert refused.value.rendered() == message


def test_a_number_below_nothing_is_read_where_there_may_be_one():
    assert typed.decimal("-1.234,5", negative=True) == Decimal("-1234.5")
    assert typed.signed_quantity("\N{MINUS SIGN}3") == -3


@pytest.mark.parametrize(
    ("text", "expected"), [("19", "19"), ("19%", "19"), ("8,25 %", "8.25"), (" 0.5\u202f% ", "0.5")]
)
def test_a_share_may_have_its_sign(text, expected):
    assert typed.percent(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["%", "19%%", "%19", "-5%"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(Mistyped):
        typed.percent(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("7", 7), ("1,234,567", 1234567), ("1 000", 1000), ("1'000", 1000), ("2147483647", 2147483647)],
)
def test_whole_numbers_may_be_grouped_where_nothing_else_can_be_meant(text, expected):
    assert typed.whole(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,000", "Please enter a whole number in this field."),
        ("1.000", "Please enter a whole number in this field."),
        ("3.0", "Please enter a whole number in this field."),
        ("-1", "Please enter a number 0 or greater in this field."),
        ("2147483648", "Please enter a number less than 2147483648 in this field."),
        ("abc", "Please enter a valid number in this field."),
        ("", "Please enter a valid number in this field."),
        ("5.", "Please enter a valid number in this field."),
    ],
)
def test_what_is_no_whole_number_is_refused(text, message):
    with pytest.raises(Mistyped) as refused:
        typed.whole(text)

    assert refused.value.rendered() == message


def test_a_whole_number_below_nothing_is_read_where_there_may_be_one():
    assert typed.whole("-12", negative=True) == -12


# ---------------------------------------------------------------- what is shown is what is typed


def of_column(digits: Digits) -> st.SearchStrategy[Decimal]:
    most = 10 ** (digits.whole + digits.places) - 1
    return st.integers(-most, most).map(lambda units: Decimal(units).scaleb(-digits.places))


@pytest.mark.parametrize("digits", [typed.AMOUNT, typed.CATALOG_AMOUNT, typed.QUANTITY, Digits(12, 12)])
@given(data=st.data(), places=st.sampled_from([0, 2]))
def test_what_a_field_shows_and_is_typed_again_is_the_same_number(digits, data, places):
    value = data.draw(of_column(digits))

    shown = formats.plain(value, places)

    assert "," not in shown
    assert typed.decimal(shown, digits, negative=True) == value


@given(st.integers(-typed.LARGEST_WHOLE, typed.LARGEST_WHOLE))
def test_what_a_field_shows_of_a_whole_number_is_read_as_the_same(value):
    assert typed.whole(formats.plain(value), negative=True) == typed.whole(str(value), negative=True) == value


@pytest.mark.parametrize(
    "locale", ["en_US", "en_IN", "de_DE", "de_CH", "fr_FR", "pl_PL", "sv_SE", "ar_EG", "fa_IR", "hi_IN", "ja_JP"]
)
@given(value=of_column(typed.QUANTITY).filter(lambda value: value >= 0))
def test_what_a_page_shows_in_a_language_is_read_so_unless_one_comma_alone_may_be_either(locale, value):
    value = value.quantize(Decimal("0.001"))
    shown = formats.number(value, locale)

    if value < 1000 or value >= 10**6:
        assert typed.decimal(shown) == value


@given(st.text(max_size=12))
def test_any_text_is_a_number_of_the_column_or_is_refused(text):
    try:
        read = typed.signed_quantity(text)
    except Mistyped:
        return
    assert read.is_finite()
    assert abs(read) < 10**8
    assert read == round(read, 4)
