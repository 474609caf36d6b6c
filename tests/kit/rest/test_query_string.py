"""The bracket notation of spec 00-webapi, sections 3.1, 13.1 and 14.1; malformed names as PHP 7 reads them."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.kit.rest.query_string import MAX_DEPTH, MAX_PARAMETERS, parse


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", {}),
        ("?", {}),
        ("&&", {}),
        ("a=1", {"a": "1"}),
        ("?a=1", {"a": "1"}),
        ("a=1&b=2", {"a": "1", "b": "2"}),
        ("a=1&&b=2&", {"a": "1", "b": "2"}),
        ("a=1&a=2", {"a": "2"}),
        ("b=1&a=2&b=3", {"b": "3", "a": "2"}),
        ("a", {"a": ""}),
        ("a=", {"a": ""}),
        ("=1", {}),
        ("a=b=c", {"a": "b=c"}),
        ("searchCriteria", {"searchCriteria": ""}),
        ("searchCriteria=", {"searchCriteria": ""}),
        ("searchCriteria=all", {"searchCriteria": "all"}),
        ("0=a&1=b", {"0": "a", "1": "b"}),
    ],
)
def test_plain_parameters_are_strings_and_the_last_of_a_name_holds(raw, expected):
    assert parse(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a=x+y", {"a": "x y"}),
        ("a=x%20y", {"a": "x y"}),
        ("a=x%2By", {"a": "x+y"}),
        ("a=x%26y%3Dz", {"a": "x&y=z"}),
        ("a=%C3%A9", {"a": "é"}),
        ("a=é", {"a": "é"}),
        ("a=home%25", {"a": "home%"}),
        ("a=100%", {"a": "100%"}),
        ("a=%zz", {"a": "%zz"}),
        ("a=%FF", {"a": "\ufffd"}),
        ("%61=1", {"a": "1"}),
        ("a=(b)*!", {"a": "(b)*!"}),
    ],
)
def test_names_and_values_are_form_decoded(raw, expected):
    assert parse(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a[b]=1", {"a": {"b": "1"}}),
        ("a%5Bb%5D=1", {"a": {"b": "1"}}),
        ("a%5bb%5d=1", {"a": {"b": "1"}}),
        ("a[b]=1&a[c]=2", {"a": {"b": "1", "c": "2"}}),
        ("a[b]=1&a[b]=2", {"a": {"b": "2"}}),
        ("a[b][0][c]=1", {"a": {"b": [{"c": "1"}]}}),
        ("a[b][0][c]=1&a[b][0][d]=2&a[b][1][c]=3", {"a": {"b": [{"c": "1", "d": "2"}, {"c": "3"}]}}),
        ("a[b+c]=1", {"a": {"b c": "1"}}),
        ("a[b.c]=1", {"a": {"b.c": "1"}}),
        ("a=1&a[b]=2", {"a": {"b": "2"}}),
        ("a[b]=1&a=2", {"a": "2"}),
        ("a[b]=1&a[b][c]=2", {"a": {"b": {"c": "2"}}}),
    ],
)
def test_brackets_give_nested_maps(raw, expected):
    assert parse(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a[]=1", {"a": ["1"]}),
        ("a[]=1&a[]=2", {"a": ["1", "2"]}),
        ("a[+]=1", {"a": ["1"]}),
        ("a[][b]=1&a[][b]=2", {"a": [{"b": "1"}, {"b": "2"}]}),
        ("fields[]=", {"fields": [""]}),
        ("a[0]=x&a[1]=y", {"a": ["x", "y"]}),
        ("a[0]=x&a[0]=y", {"a": ["y"]}),
        ("a[0]=x&a[]=y", {"a": ["x", "y"]}),
        ("a[3]=x", {"a": {"3": "x"}}),
        ("a[3]=x&a[]=y", {"a": {"3": "x", "4": "y"}}),
        ("a[1]=x&a[0]=y", {"a": {"1": "x", "0": "y"}}),
        ("a[00]=x", {"a": {"00": "x"}}),
        ("a[-1]=x&a[]=y", {"a": {"-1": "x", "0": "y"}}),
        ("a[b]=x&a[]=y", {"a": {"b": "x", "0": "y"}}),
        ("a[9223372036854775807]=x&a[]=y", {"a": {"9223372036854775807": "x"}}),
        ("a[9223372036854775808]=x&a[]=y", {"a": {"9223372036854775808": "x", "0": "y"}}),
    ],
)
def test_indexes_from_zero_without_a_gap_give_a_list_and_others_a_map(raw, expected):
    assert parse(raw) == expected


def test_a_map_keeps_the_order_of_the_query():
    groups = parse("s[filter_groups][7][x]=a&s[filter_groups][2][x]=b")["s"]["filter_groups"]

    assert list(groups.items()) == [("7", {"x": "a"}), ("2", {"x": "b"})]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a.b=1", {"a_b": "1"}),
        ("a+b=1", {"a_b": "1"}),
        ("a.b[c.d]=1", {"a_b": {"c.d": "1"}}),
        ("+a=1", {"a": "1"}),
        ("a+=1", {"a_": "1"}),
        ("a[b=1", {"a_b": "1"}),
        ("a[=1", {"a_": "1"}),
        ("a[b.c=1", {"a_b.c": "1"}),
        ("a]=1", {"a]": "1"}),
        ("a[b]c=1", {"a": {"b": "1"}}),
        ("a[b]c[d]=1", {"a": {"b": "1"}}),
        ("a[b][c=1", {"a": {"b": "1"}}),
        ("a[b[c]=1", {"a": {"b[c": "1"}}),
        ("a[[b]=1", {"a": {"[b": "1"}}),
        ("[a]=1", {}),
        ("+=1", {}),
        ("a%00b=1", {"a": "1"}),
    ],
)
def test_odd_names_are_read_as_php_reads_them(raw, expected):
    assert parse(raw) == expected


def test_the_search_of_the_specification_is_read():
    raw = (
        "searchCriteria[filter_groups][0][filters][0][field]=identifier"
        "&searchCriteria[filter_groups][0][filters][0][value]=home%25"
        "&searchCriteria[filter_groups][0][filters][0][condition_type]=like"
        "&searchCriteria[sortOrders][0][field]=identifier&searchCriteria[sortOrders][0][direction]=asc"
        "&searchCriteria[pageSize]=1"
    )

    assert parse(raw) == {
        "searchCriteria": {
            "filter_groups": [{"filters": [{"field": "identifier", "value": "home%", "condition_type": "like"}]}],
            "sortOrders": [{"field": "identifier", "direction": "asc"}],
            "pageSize": "1",
        }
    }


def test_parameters_nested_too_deeply_are_dropped():
    deepest = "a" + "[b]" * MAX_DEPTH
    too_deep = "c" + "[b]" * (MAX_DEPTH + 1)

    parameters = parse(f"{deepest}=1&{too_deep}=2&d=3")

    assert list(parameters) == ["a", "d"]
    value = parameters["a"]
    for _ in range(MAX_DEPTH):
        value = value["b"]
    assert value == "1"


def test_parameters_beyond_the_limit_are_ignored():
    parameters = parse("&".join(f"p{number}=" for number in range(MAX_PARAMETERS + 1)))

    assert len(parameters) == MAX_PARAMETERS
    assert f"p{MAX_PARAMETERS}" not in parameters


@given(st.text(st.sampled_from("ab0123[]]=&&%+. \0é-_") | st.characters(), max_size=200))
def test_no_query_raises(raw):
    assert all(isinstance(name, str) for name in parse(raw))


@given(st.lists(st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1), max_size=5), st.text(min_size=1))
def test_a_list_comes_back_as_written(values, name):
    raw = "&".join(f"a[]={quote_plus(value)}" for value in values)

    assert parse(raw) == ({"a": values} if values else {})
