"""What is stored of values, and which values are refused (spec 30-catalog, 1.2 and 1.4)."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from entrepot.catalog.ascii_text import slug
from entrepot.catalog.attributes.attribute import PRICE_BACKEND, PRODUCT, TABLE_SOURCE, Attribute
from entrepot.catalog.attributes.contracts import AttributeOption, FrontendLabel, OptionLabel, ProductAttribute
from entrepot.catalog.attributes.definition import Further, changed_attribute, generated_code, new_attribute
from entrepot.catalog.attributes.errors import FromAfterTo, InvalidAttributeValue, InvalidDate, OptionWithoutLabel
from entrepot.catalog.attributes.option_changes import default_value, option_changes
from entrepot.catalog.attributes.rules import check_period, instant, normalise, problem_with
from entrepot.kit.errors import InvalidFieldValue, Refused, RequiredField


def attribute(chosen="text", **changes) -> Attribute:
    made = new_attribute(
        ProductAttribute(attribute_code="thing", frontend_input=chosen, default_frontend_label="The Thing"),
        PRODUCT,
        "",
        Further(),
    )
    return structs.replace(made, **changes)


SKU = attribute(attribute_code="sku", frontend_label="SKU", backend_type="static", is_required=True)


@pytest.mark.parametrize(
    ("frontend_input", "value", "stored"),
    [
        ("price", 5, "5.000000"),
        ("price", "5", "5.000000"),
        ("price", 5.1, "5.100000"),
        ("price", Decimal("0.0000005"), "0.000001"),
        ("price", "-0.0000001", "0.000000"),
        ("price", "1e3", "1000.000000"),
        ("price", "12 euros", "12.000000"),
        ("price", "dear", "0.000000"),
        ("price", "", None),
        ("select", 2, "2"),
        ("select", "2", "2"),
        ("select", "02", "2"),
        ("select", "", None),
        ("boolean", True, "1"),
        ("boolean", False, "0"),
        ("boolean", "0", "0"),
        ("date", "2020-01-31", "2020-01-31 00:00:00"),
        ("date", "2020-01-31 12:13:14", "2020-01-31 12:13:14"),
        ("date", "2020-01-31T12:13:14+02:00", "2020-01-31 10:13:14"),
        ("date", "01/31/2020", "2020-01-31 00:00:00"),
        ("date", "1580428800", "2020-01-31 00:00:00"),
        ("date", "", None),
        ("multiselect", "5,4", "5,4"),
        ("multiselect", [5, "4"], "5,4"),
        ("multiselect", "4, 5,4,", "4,5"),
        ("multiselect", 4, "4"),
        ("multiselect", [], None),
        ("multiselect", "", None),
        ("text", "", ""),
        ("text", 12, "12"),
        ("text", True, "1"),
        ("textarea", "Grüße", "Grüße"),
        ("text", None, None),
        ("select", None, None),
    ],
)
def test_a_value_is_stored_as_the_text_that_clients_see(frontend_input, value, stored):
    assert normalise(attribute(frontend_input), value) == stored


@pytest.mark.parametrize(
    ("frontend_input", "value", "said", "expected"),
    [
        ("select", "x", "x", "int"),
        ("select", [1], "array", "int"),
        ("price", [1], "array", "double"),
        ("text", ["a"], "array", "string"),
        ("multiselect", {"a": 1}, "array", "string"),
        ("price", "100000000000000", "100000000000000", "double"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_in_the_words_of_rest(frontend_input, value, said, expected):
    with pytest.raises(InvalidAttributeValue) as refused:
        normalise(attribute(frontend_input), value)
    assert refused.value.rendered() == (
        'Error occurred during "custom_attributes" processing. Attribute "thing" has invalid value. '
        f'The "{said}" value\'s type is invalid. The "{expected}" type was expected. Verify and try again.'
    )
    assert refused.value.parameters is None


@pytest.mark.parametrize("text", ["soon", "2020-02-30", "31/01/2020", "0001-01-01T00:00:00+12:00"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(InvalidDate):
        instant(text)


@given(st.datetimes().map(lambda at: at.replace(microsecond=0)))
def test_a_stored_date_is_stored_as_it_is(at: datetime):
    stored = instant(at.isoformat())
    assert instant(stored) == stored
    assert datetime.fromisoformat(stored) == at


@given(st.decimals(min_value=-(10**13), max_value=10**13, allow_nan=False, places=8))
def test_a_decimal_loses_no_more_than_half_of_its_last_place(number: Decimal):
    stored = normalise(attribute("price"), number)
    assert stored is not None
    assert abs(Decimal(stored) - number) <= Decimal("0.0000005")
    assert stored.partition(".")[2].isdigit() and len(stored.partition(".")[2]) == 6
    assert normalise(attribute("price"), stored) == stored
    assert not stored.startswith("-0.000000")


@given(st.lists(st.integers(1, 50)))
def test_a_multiselect_keeps_the_order_and_no_duplicates(ids):
    stored = normalise(attribute("multiselect"), ids)
    assert stored == (",".join(dict.fromkeys(map(str, ids))) or None)
    assert normalise(attribute("multiselect"), stored) == stored


@given(st.integers())
def test_an_integer_stays_the_number_that_it_is(number):
    assert normalise(attribute("select"), number) == str(number)
    assert normalise(attribute("select"), f" {number} ") == str(number)


def message(problem: Refused | None) -> str | None:
    return None if problem is None else problem.rendered()


EMPTY = 'The "The Thing" attribute value is empty. Set the attribute and try again.'
NEGATIVE = "Please enter a number 0 or greater in this field."


@pytest.mark.parametrize(
    ("one", "stored", "said"),
    [
        (attribute(is_required=True), None, EMPTY),
        (attribute(is_required=True), "", EMPTY),
        (attribute(is_required=True), "0", None),
        (attribute(is_required=True, default_value="1"), None, None),
        (attribute(is_required=True, frontend_label=""), None, EMPTY.replace("The Thing", "thing")),
        (attribute(), None, None),
        (SKU, None, 'The "sku" attribute value is empty. Set the attribute and try again.'),
        (SKU, "s" * 64, None),
        (SKU, "ü" * 64, None),
        (SKU, "s" * 65, "SKU length should be 64 characters maximum."),
        (attribute("price"), "-0.000001", NEGATIVE),
        (attribute("price"), "0.000000", None),
        (attribute("text", frontend_input="weight", backend_type="decimal"), "-1.000000", NEGATIVE),
        (attribute("text", backend_type="decimal"), "-1.000000", None),
        (attribute("text", backend_type="decimal", backend_model=PRICE_BACKEND), "-1.000000", NEGATIVE),
    ],
)
def test_values_must_fulfil_the_rules_of_their_attribute(one, stored, said):
    assert message(problem_with(one, stored)) == said


def test_a_period_may_not_end_before_it_begins():
    check_period("2020-01-01 00:00:00", "2020-01-01 00:00:00")
    check_period(None, "2020-01-01 00:00:00")
    check_period("2020-01-01 00:00:00", None)
    with pytest.raises(FromAfterTo):
        check_period("2020-01-02 00:00:00", "2020-01-01 00:00:00")


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Size", "size"),
        ("Größe & Farbe", "grosse_farbe"),
        ("  Test Label!  ", "test_label"),
        ("2nd Colour", "attr_2nd_colour"),
        ("X", "attr_x"),
        ("サイズ", "attr_0123abcd"),
        ("abcdefghij klmnopqrst uvwxyz abc def", "abcdefghij_klmnopqrst_uvwxyz_a"),
        ("Размер", "razmer"),
    ],
)
def test_a_missing_code_is_made_from_the_label(label, code):
    assert generated_code(label, "0123abcd") == code


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Ä ö-ß", "a-o-ss"),
        ("a@b", "aatb"),
        ("Ωmega Ά", "omega-a"),
        ("щи", "shchi"),
        ("!!", ""),
        ("À la carte", "a-la-carte"),
    ],
)
def test_slugs_are_ascii(text, made):
    assert slug(text) == made


@given(st.text())
def test_a_slug_is_its_own_slug(text):
    assert slug(slug(text)) == slug(text)
    assert slug(text).isascii()


LABELLED = {"default_frontend_label": "Size"}


@pytest.mark.parametrize(
    ("given", "error", "field", "value"),
    [
        ({}, RequiredField, "frontend_label", None),
        ({"frontend_labels": [], "attribute_code": "9"}, RequiredField, "frontend_label", None),
        ({"frontend_labels": [FrontendLabel(1, "a")]}, InvalidFieldValue, "frontend_label", None),
        ({**LABELLED, "attribute_code": "Size"}, InvalidFieldValue, "attribute_code", "Size"),
        ({**LABELLED, "attribute_code": "a" * 32}, InvalidFieldValue, "attribute_code", "a" * 32),
        ({**LABELLED, "attribute_code": "size\n"}, InvalidFieldValue, "attribute_code", "size\n"),
        ({**LABELLED, "frontend_input": "colour"}, InvalidFieldValue, "frontend_input", "colour"),
        ({**LABELLED, "attribute_code": "position"}, InvalidFieldValue, "frontend_input", None),
        ({**LABELLED, "frontend_input": "text", "scope": "shop"}, InvalidFieldValue, "scope", "shop"),
    ],
)
def test_a_definition_is_checked_in_the_order_of_the_spec(given, error, field, value):
    with pytest.raises(error) as refused:
        new_attribute(ProductAttribute(**given), PRODUCT, "", Further())
    assert refused.value.field_name == field
    assert getattr(refused.value, "value", None) == value


@pytest.mark.parametrize(
    ("frontend_input", "backend_type"),
    [
        ("text", "varchar"),
        ("textarea", "text"),
        ("date", "datetime"),
        ("boolean", "int"),
        ("multiselect", "varchar"),
        ("select", "int"),
        ("price", "decimal"),
        ("media_image", "varchar"),
        ("gallery", "varchar"),
        ("swatch_visual", "int"),
        ("swatch_text", "int"),
        ("weee", "static"),
        ("texteditor", "text"),
    ],
)
def test_the_input_decides_about_the_backend_type(frontend_input, backend_type):
    assert attribute(frontend_input).backend_type == backend_type


def test_swatches_are_selects_and_editors_are_text_areas():
    visual = attribute("swatch_visual")
    assert (visual.frontend_input, visual.swatch_type, visual.source_model) == ("select", "visual", TABLE_SOURCE)
    editor = attribute("texteditor")
    assert (editor.frontend_input, editor.is_wysiwyg_enabled, editor.is_html_allowed_on_front) == (
        "textarea",
        True,
        True,
    )


def test_a_change_keeps_what_it_does_not_name():
    before = attribute(is_searchable=True, is_visible_in_advanced_search=True, is_filterable=2, note="A note")
    assert changed_attribute(before, ProductAttribute(is_filterable=True), Further()) == before
    after = changed_attribute(before, ProductAttribute(is_searchable="0", note="", position=3), Further())
    assert (after.is_searchable, after.is_visible_in_advanced_search, after.note, after.position) == (
        False,
        False,
        None,
        3,
    )
    assert changed_attribute(before, ProductAttribute(), Further(is_filterable=1)).is_filterable == 1


def test_options_without_order_count_from_zero():
    changes = option_changes(
        [
            AttributeOption(label="a"),
            AttributeOption(label="b", sort_order=7),
            AttributeOption(label="c", value="c"),
            AttributeOption(label="d", value="4"),
            AttributeOption(label="e", value="5"),
        ],
        {4},
    )
    assert [(c.option_id, c.sort_order) for c in changes] == [(None, 0), (None, 7), (None, 1), (4, 2), (None, 3)]


def test_the_empty_choice_of_an_answer_is_no_option_when_it_comes_back():
    assert option_changes([AttributeOption(label=" ", value="")], ()) == []


def test_the_label_of_store_0_replaces_the_label_of_an_option():
    (change,) = option_changes(
        [
            AttributeOption(
                label="Small", store_labels=[OptionLabel(0, "S"), OptionLabel(1, "Klein"), OptionLabel(2, "")]
            )
        ],
        (),
    )
    assert change.labels == {0: "S", 1: "Klein"}


def test_an_option_without_default_label_is_refused():
    with pytest.raises(OptionWithoutLabel):
        option_changes([AttributeOption(label="a"), AttributeOption(store_labels=[OptionLabel(1, "b")])], ())


@pytest.mark.parametrize(
    ("current", "flags", "is_multiple", "after"),
    [
        (None, (None, None), False, None),
        ("1", (None, None), False, "1"),
        (None, (True, True), False, "12"),
        (None, (True, True), True, "11,12"),
        ("1", (None, True), True, "1,12"),
        ("11", (False, None), False, None),
        ("11,12", (False, None), True, "12"),
        ("1", (False, False), False, "1"),
    ],
)
def test_default_options_become_the_default_value(current, flags, is_multiple, after):
    changes = option_changes([AttributeOption(label=f"{n}", is_default=flag) for n, flag in enumerate(flags)], ())
    assert default_value(current, changes, [11, 12], is_multiple=is_multiple) == after
