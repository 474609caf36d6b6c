"""XML bodies: spec 00-webapi, sections 3.2 and 6.2."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.kit.errors import WebapiError
from entrepot.kit.rest import xml


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # The root's name is free and dropped.
        (b"<request><username>admin</username></request>", {"username": "admin"}),
        (b"<anything><username>admin</username></anything>", {"username": "admin"}),
        (b'<?xml version="1.0"?>\n<r><a>1</a></r>\n', {"a": "1"}),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><r><a>\xe9</a></r>', {"a": "\u00e9"}),
        (b"<r>text</r>", "text"),
        (b"<r/>", None),
        # Children become keys, at any depth; all values are strings.
        (b"<r><a><b>1</b><c>true</c></a></r>", {"a": {"b": "1", "c": "true"}}),
        (b"<r><a>0</a></r>", {"a": "0"}),
        # Repeated siblings become a list, next to each other or not.
        (b"<r><a>1</a><a>2</a></r>", {"a": ["1", "2"]}),
        (b"<r><a>1</a><b>x</b><a>2</a><a>3</a></r>", {"a": ["1", "2", "3"], "b": "x"}),
        (b"<r><a><b>1</b></a><a/></r>", {"a": [{"b": "1"}, None]}),
        # Whitespace alone is nothing; around text it belongs to the text.
        (b"<r>\n  <a>1</a>\n  <b> \t\n </b>\n</r>", {"a": "1", "b": None}),
        (b"<r><a> 1 </a></r>", {"a": " 1 "}),
        (b"<r><a></a><b/></r>", {"a": None, "b": None}),
        # What has no meaning here: attributes, comments, namespaces, text between elements.
        (b'<r x="1"><!-- c --><a y="2">1<!-- d -->2</a>rest</r>', {"a": "12"}),
        (b'<n:r xmlns:n="urn:n"><n:a>1</n:a></n:r>', {"a": "1"}),
        (b"<r><a><![CDATA[<b>&]]></a><c>&lt;&#233;</c></r>", {"a": "<b>&", "c": "<\u00e9"}),
        (b"<!DOCTYPE r><r><a>1</a></r>", {"a": "1"}),
    ],
)
def test_elements_become_maps_lists_and_strings(body, expected):
    assert xml.loads(body) == expected


BOMB = (
    b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><r><x>&c;</x></r>'
)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"text",
        b'{"a": 1}',
        b"<r>",
        b"<r></s>",
        b"<r/><s/>",
        b"<r>&unknown;</r>",
        b"<r>\xff</r>",
        b'<?xml version="1.0" encoding="nonsense"?><r/>',
        b'<?xml version="1.0" encoding="gb2312"?><r/>',
        BOMB,
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r><a>&x;</a></r>',
        b"<a>" * 5000 + b"</a>" * 5000,
    ],
)
def test_what_is_no_xml_or_declares_entities_does_not_decode(body):
    with pytest.raises(WebapiError) as refused:
        xml.loads(body)

    assert str(refused.value) == "Decoding error."
    assert refused.value.status == 400


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"item": ["a", "b"]}, ["a", "b"]),
        ({"item": "a"}, ["a"]),
        ({"item": {"sku": "x"}}, [{"sku": "x"}]),
        ({"item": None}, [None]),
        ({"item": "a", "other": "b"}, {"item": "a", "other": "b"}),
        ({"other": "a"}, {"other": "a"}),
        ({}, {}),
        (["a"], ["a"]),
        ("item", "item"),
        (None, None),
    ],
)
def test_a_map_with_the_single_key_item_is_replaced_by_its_content(value, expected):
    assert xml.unwrap_item(value) == expected


@pytest.mark.parametrize(
    ("value", "response"),
    [
        (
            {"id": "AD", "available_regions": [{"id": "1"}]},
            "<response><id>AD</id><available_regions><item><id>1</id></item></available_regions></response>",
        ),
        (["a", 1, [2]], "<response><item>a</item><item>1</item><item><item>2</item></item></response>"),
        ({"a": True, "b": False}, "<response><a>true</a><b>false</b></response>"),
        ({"a": None, "b": [], "c": {}, "d": ""}, "<response><a/><b/><c/><d/></response>"),
        ([], "<response/>"),
        (None, "<response/>"),
        # A scalar is the text of the root.
        ("token", "<response>token</response>"),
        (42, "<response>42</response>"),
        (True, "<response>true</response>"),
        # Numbers as in JSON.
        ({"a": 10.0, "b": Decimal("12.5000"), "c": 1e25}, "<response><a>10</a><b>12.5</b><c>1.0e+25</c></response>"),
        ({"a": '<b> & "c"'}, '<response><a>&lt;b&gt; &amp; "c"</a></response>'),
        ({"a": "]]>"}, "<response><a>]]&gt;</a></response>"),
        ({"a": "x\0\x01\x1f\ufffe\ud800y\t\n\r"}, "<response><a>xy\t\n&#13;</a></response>"),
        ({"a": "é😀"}, "<response><a>é😀</a></response>"),
        # Keys that are no names.
        ({"1": "a", "24-MB01": "b"}, "<response><item_1>a</item_1><item_24-MB01>b</item_24-MB01></response>"),
        ({"a b": 1, "a:b": 2, "a<b>": 3}, "<response><a_b>1</a_b><a_b>2</a_b><ab>3</ab></response>"),
        ({"": 1, "!?": 2, "-a": 3}, "<response><item>1</item><item>2</item><a>3</a></response>"),
        ({"_a": 1, "é": 2}, "<response><_a>1</_a><é>2</é></response>"),
    ],
)
def test_values_are_written_below_response(value, response):
    assert xml.dumps(value).decode() == f'<?xml version="1.0"?>\n{response}'


def test_a_value_without_an_xml_form_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError):
        xml.dumps({"a": object()})


PRINTABLE = st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn", "Co"], exclude_characters="\ufffe\uffff")
TEXTS = st.text(PRINTABLE, min_size=1).filter(lambda text: text.strip(" "))
NAMES = st.from_regex(r"\A[a-z_][a-z0-9_]{0,9}\Z")
MAPS = st.recursive(
    TEXTS | st.none(),
    lambda inner: st.dictionaries(NAMES, inner | st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=4),
)


def _without_items(value):
    """What was read with every list unwrapped, which only the type of a field could tell."""
    value = xml.unwrap_item(value)
    if isinstance(value, list):
        return [_without_items(each) for each in value]
    if isinstance(value, dict):
        return {name: _without_items(each) for name, each in value.items()}
    return value


@given(MAPS)
def test_what_is_written_is_read_back(value):
    assert _without_items(xml.loads(xml.dumps(value))) == _without_items(value)


@given(st.recursive(st.text() | st.none(), lambda inner: st.dictionaries(st.text(), inner) | st.lists(inner)))
def test_whatever_is_written_is_well_formed(value):
    xml.loads(xml.dumps(value))
