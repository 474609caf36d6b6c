"""Spec 00-webapi, 4: what a client may send for each type, and the sentence for what it may not."""

from decimal import Decimal
from typing import Any

import pytest

from entrepot.kit.errors import Invalid, WebapiError
from entrepot.kit.rest.attribute_types import NoAttributes
from entrepot.kit.rest.contract import (
    Always,
    Contract,
    CustomAttributes,
    ReadOnly,
    contract,
    wire_type,
)
from entrepot.kit.rest.reader import ConversionError, reader


@contract("Shop.Api.Data.RegionInterface")
class Region(Contract):
    region_code: Always[str] = None
    region_id: Always[int] = None


@contract("Shop.Api.Data.ThingExtensionInterface")
class ThingExtension(Contract):
    flag: bool | None = None


@contract("Shop.Api.Data.ThingInterface", entity="thing")
class Thing(Contract):
    page_size: int | None = None
    price: Decimal | None = None
    name: str | None = None
    is_on: bool | None = None
    region: Region | None = None
    regions: list[Region] | None = None
    street: list[str] | None = None
    seen: ReadOnly[str] = None
    parts: "list[Thing] | None" = None
    extension_attributes: ThingExtension | None = None
    custom_attributes: CustomAttributes = None


@contract("Shop.Api.Data.PointInterface", constructed=True)
class Point(Contract):
    lat: Always[float] = None
    lng_deg: Always[float] = None


class Types:
    """The attributes of the entity `thing`."""

    def type_of(self, entity: str, code: str) -> str | None:
        return {"color": "int", "size": "string", "weight": "double", "ids": "int[]", "agreed": "bool"}.get(code)


def read(annotation: Any, value: Any) -> Any:
    return reader(wire_type(annotation))(value, Types())


@pytest.mark.parametrize(
    ("annotation", "value", "expected"),
    [
        (str, True, "1"),
        (str, False, ""),
        (str, 1.0, "1"),
        (str, Decimal("12.50"), "12.5"),
        (str, 7, "7"),
        (int, "12.7", 12),
        (int, "-12.7", -12),
        (int, " 12", 12),
        (int, "1e3", 1000),
        (int, 12.9, 12),
        (int, "+5", 5),
        (float, "1.5", 1.5),
        (Decimal, "1.10", Decimal("1.10")),
        (Decimal, 3, Decimal(3)),
        (bool, "yes", True),
        (bool, "ON", True),
        (bool, "true", True),
        (bool, 1, True),
        (bool, "0", False),
        (bool, "2", False),
        (bool, "", False),
        (Any, {"a": [1]}, {"a": [1]}),
        (str, None, None),
        (list[int], ["a", "5x", True, 2.9], [0, 5, 1, 2]),
        (list[str], [1, True, None], ["1", "1", ""]),
        (list[str], {"item": "one"}, ["one"]),
        (list[str], {"item": ["one", "two"]}, ["one", "two"]),
        (list[Region], "scalar", None),
        (Region, "scalar", Region()),
        (Region, [], Region()),
        (list[Region], {"7": {"region_id": 1}}, [Region(region_id=1)]),
    ],
)
def test_values_are_taken_as_php_takes_them(annotation: Any, value: Any, expected: Any) -> None:
    assert read(annotation, value) == expected


def wrong(value: str, expected: str) -> str:
    return f'The "{value}" value\'s type is invalid. The "{expected}" type was expected. Verify and try again.'


@pytest.mark.parametrize(
    ("annotation", "value", "message"),
    [
        (int, "abc", wrong("abc", "int")),
        (int, "", wrong("", "int")),
        (int, True, wrong("1", "int")),
        (int, False, wrong("", "int")),
        (int, "12abc", wrong("12abc", "int")),
        (int, "\u0661", wrong("\u0661", "int")),
        (int, [1], wrong("array", "int")),
        (float, "x", wrong("x", "float")),
        (Decimal, {}, wrong("array", "float")),
        (str, ["a"], wrong("array", "string")),
        (list[str], "default", wrong("string", "string[]")),
        (list[int], 5, wrong("integer", "int[]")),
        (list[int], 5.5, wrong("double", "int[]")),
        (list[str], True, wrong("boolean", "string[]")),
        (Thing, {"price": "abc"}, f'Error occurred during "price" processing. {wrong("abc", "float")}'),
        (
            Thing,
            {"regions": [{"regionId": "x"}]},
            'Error occurred during "regions" processing. '
            f'Error occurred during "regionId" processing. {wrong("x", "int")}',
        ),
        (
            Thing,
            {"colour": 1},
            'Property "Colour" does not have accessor method "getColour" in class "Shop\\Api\\Data\\ThingInterface".',
        ),
        (
            Thing,
            {"regions": [{"nope_it": 1}]},
            'Property "NopeIt" does not have accessor method "getNopeIt" in class "Shop\\Api\\Data\\RegionInterface".',
        ),
        (
            Thing,
            {"seen": "yes"},
            'Property "Seen" does not have accessor method "setSeen" in class "Shop\\Api\\Data\\ThingInterface".',
        ),
        (
            Thing,
            {"extension_attributes": {"x": 1}},
            'Property "X" does not have accessor method "getX" in class "Shop\\Api\\Data\\ThingExtensionInterface".',
        ),
        (
            Thing,
            {"pagesize": 1},
            'Property "Pagesize" does not have accessor method "getPagesize" in class '
            '"Shop\\Api\\Data\\ThingInterface".',
        ),
        (Thing, ["x"], 'Property "0" does not have accessor method "get0" in class "Shop\\Api\\Data\\ThingInterface".'),
    ],
)
def test_what_does_not_fit_is_refused_in_magentos_words(annotation: Any, value: Any, message: str) -> None:
    with pytest.raises(WebapiError) as refused:
        read(annotation, value)
    assert refused.value.message == message
    assert refused.value.status == 400


@pytest.mark.parametrize("key", ["page_size", "pageSize", "PageSize"])
def test_a_field_has_three_spellings(key: str) -> None:
    assert read(Thing, {key: "20"}) == Thing(page_size=20)


def test_an_empty_value_for_a_read_only_field_is_skipped() -> None:
    assert read(Thing, {"seen": "0", "name": "n"}) == Thing(name="n")


def test_objects_nest_to_any_depth() -> None:
    assert read(Thing, {"parts": [{"parts": [{"name": "deep"}]}]}) == Thing(parts=[Thing(parts=[Thing(name="deep")])])


def test_a_constructed_type_needs_all_its_fields() -> None:
    assert read(Point, {"lat": 1, "lngDeg": 2}) == Point(1.0, 2.0)
    with pytest.raises(Invalid) as refused:
        read(Point, {"lat": 1})
    assert refused.value.parameters == {"fieldName": "lngDeg"}


def test_a_number_beyond_64_bits_is_cut_to_the_largest() -> None:
    assert read(int, "99999999999999999999") == 2**63 - 1


def test_a_null_character_is_refused() -> None:
    with pytest.raises(ConversionError):
        read(str, "a\x00b")


class TestCustomAttributes:
    def values(self, given: Any) -> dict[str, Any]:
        thing = read(Thing, {"custom_attributes": given})
        return {one.attribute_code: one.value for one in thing.custom_attributes}

    def test_both_notations_give_the_same(self) -> None:
        assert self.values([{"attribute_code": "color", "value": "49"}]) == {"color": 49}
        assert self.values({"color": "49"}) == {"color": 49}
        assert self.values([{"attributeCode": "color", "value": "49"}]) == {"color": 49}

    def test_values_are_typed_by_the_attribute(self) -> None:
        given = {"size": 5, "weight": "12abc", "agreed": "yes", "unknown": 1.5}
        assert self.values(given) == {"size": "5", "weight": 12.0, "agreed": True, "unknown": 1.5}
        assert self.values([{"attribute_code": "ids", "value": ["3", "5"]}]) == {"ids": [3, 5]}

    def test_null_stays_null_and_a_repeated_code_takes_the_last(self) -> None:
        assert self.values([{"attribute_code": "size", "value": None}]) == {"size": None}
        assert self.values([{"attribute_code": "size", "value": "a"}, {"attribute_code": "size", "value": "b"}]) == {
            "size": "b"
        }

    @pytest.mark.parametrize(
        ("element", "text"),
        [
            ({}, "An empty custom attribute is specified. Enter the attribute and try again."),
            (
                {"value": "x"},
                "A custom attribute is specified with a missing attribute code. Verify the code and try again.",
            ),
            (
                {"attribute_code": "size"},
                'The "size" attribute code doesn\'t have a value set. Enter the value and try again.',
            ),
            (
                {"attribute_code": "size", "value": ["a"]},
                f'Attribute "size" has invalid value. {wrong("array", "string")}',
            ),
            (
                {"attribute_code": "color", "value": "red"},
                f'Attribute "color" has invalid value. {wrong("red", "int")}',
            ),
        ],
    )
    def test_bad_elements_are_refused(self, element: Any, text: str) -> None:
        with pytest.raises(ConversionError) as refused:
            self.values([element])
        assert refused.value.message == f'Error occurred during "custom_attributes" processing. {text}'


def test_the_types_of_a_shop_without_attributes_are_unknown() -> None:
    assert NoAttributes().type_of("thing", "color") is None
