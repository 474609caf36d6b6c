"""The rules, by tables."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.customers.rules import dates, emails, passwords
from entrepot.customers.rules.defaults import final_default
from entrepot.customers.rules.lockout import Failures, after_failure
from entrepot.customers.rules.names import full_name
from entrepot.customers.rules.vat import VatCase, VatResult, bare_number, case_of, country_for_vat, needs_check

FORMAT = '"Email" is not a valid email address.'
HOST = '"Email" is not a valid hostname.'
LONG = '"Email" uses too many characters.'
NOW = datetime(2019, 4, 3, 14, 13, 37, tzinfo=UTC)


@pytest.mark.parametrize(
    ("email", "lines"),
    [
        ("jdoe@example.com", []),
        ("j.d'oe+x@sub.example.museum", []),
        ('"jane doe"@example.com', []),
        ("jane@bücher.example", []),
        ("jdoe", [FORMAT]),
        ("@example.com", [FORMAT]),
        ("jdoe@", [FORMAT]),
        ("j..doe@example.com", [FORMAT]),
        (".jdoe@example.com", [FORMAT]),
        ("jane doe@example.com", [FORMAT]),
        ("jdoe@localhost", [HOST]),
        ("jdoe@127.0.0.1", [HOST]),
        ("jdoe@exam_ple.com", [HOST]),
        ("jdoe@-example.com", [HOST]),
        ("jdoe@example.com\n", [HOST]),
        ("jane doe@localhost", [HOST, FORMAT]),
        ("x" * 65 + "@example.com", [LONG]),
        ("x@" + "a." * 130 + "com", [LONG]),
    ],
)
def test_what_an_email_looks_like(email, lines):
    assert emails.problems(email, "Email") == lines


@pytest.mark.parametrize(
    ("password", "classes"), [("abc", 1), ("aB", 2), ("aB1", 3), ("aB1!", 4), ("ä", 1), ("aä", 2), ("", 0), ("1 ", 2)]
)
def test_classes_of_characters(password, classes):
    assert passwords.character_classes(password) == classes


@given(st.text(max_size=300))
def test_a_password_is_refused_for_the_first_broken_rule_only(password):
    expected = None
    if len(password) > 256:
        expected = "PasswordTooLong"
    elif len(password) < 8:
        expected = "PasswordTooShort"
    elif password != password.strip():
        expected = "PasswordHasOuterSpace"
    elif passwords.character_classes(password) < 3:
        expected = "PasswordTooSimple"
    try:
        passwords.check_strength(password, "8", "3")
    except Exception as error:
        assert type(error).__name__ == expected
    else:
        assert expected is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-02-03", date(1970, 2, 3)),
        ("1970-02-03 11:22:33", date(1970, 2, 3)),
        ("86400", date(1970, 1, 2)),
        ("2019-04-03T23:30:00-02:00", date(2019, 4, 4)),
        ("1970-02-30", None),
        ("03.02.1970", None),
        ("yesterday", None),
        ("1970-W05-2", None),
        ("99999999999999999999", None),
        ("", None),
    ],
)
def test_days(text, expected):
    assert dates.day(text) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Failures(), Failures(1, NOW, None)),
        (Failures(3, NOW - timedelta(days=9)), Failures(4, NOW - timedelta(days=9), None)),
        (Failures(9, NOW), Failures(10, NOW, NOW + timedelta(minutes=10))),
        (Failures(12, NOW, NOW + timedelta(minutes=3)), Failures(13, NOW, NOW + timedelta(minutes=10))),
        (Failures(12, NOW, NOW - timedelta(seconds=1)), Failures(1, NOW, None)),
        (Failures(5, None, None), Failures(1, NOW, None)),
    ],
)
def test_wrong_passwords_add_up_to_a_lock(before, after):
    assert after_failure(before, NOW, 10, 10) == after
    assert after_failure(before, NOW, 0, 10) == before
    assert after_failure(before, NOW, 10, 0) == before


@pytest.mark.parametrize(
    ("requested", "sent", "default"),
    [
        (None, [(1, None), (2, None)], None),
        ("1", [(1, None), (2, None)], 1),
        ("1", [(2, None)], None),
        ("9", [(1, None)], None),
        ("x", [(1, None)], None),
        ("1", [(1, False), (2, None)], None),
        ("1", [(1, None), (2, True), (3, True)], 3),
        (None, [(1, True), (2, False)], 1),
        ("1", [], None),
    ],
)
def test_the_default_address_after_a_put(requested, sent, default):
    assert final_default(requested, sent) == default


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("Dr", "Jane", None, "Doe", ""), "Dr Jane Doe"),
        ((None, " Jane ", "M", "Doe", "Jr"), "Jane M Doe Jr"),
        (("", "Jane\n\nhttps://spam.example", "", "Doe"), "Jane https://spam.example Doe"),
    ],
)
def test_full_names(parts, name):
    assert full_name(*parts) == name


@pytest.mark.parametrize(
    ("number", "country", "bare"),
    [("DE 123-456", "DE", "123456"), ("EL123", "GR", "123"), ("GR123", "GR", "123"), ("123", "FR", "123")],
)
def test_vat_numbers_without_ornament(number, country, bare):
    assert bare_number(number, country) == bare


def test_the_cases_of_vat_numbers():
    assert (country_for_vat("GR"), country_for_vat("DE")) == ("EL", "DE")
    assert needs_check("123", "DE", "AT,DE") is True
    for without in ((" ", "DE", "DE"), (None, "DE", "DE"), ("1", "US", "DE"), ("1", "DE", None)):
        assert needs_check(*without) is False
    assert case_of(VatResult.VALID, "DE", "DE") is VatCase.DOMESTIC
    assert case_of(VatResult.VALID, "AT", "DE") is VatCase.INTRA_UNION
    assert case_of(VatResult.INVALID, "DE", "DE") is VatCase.INVALID
    assert case_of(VatResult.REQUEST_FAILED, "DE", "DE") is VatCase.ERROR
