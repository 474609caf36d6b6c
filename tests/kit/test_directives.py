"""Texts with places for values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from entrepot.kit.directives import fill


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{var city}}", "Purchase"),
        ("{{var nothing}}", ""),
        ("{{depend city}}in {{var city}}{{/depend}}", "in Purchase"),
        ("{{depend nothing}}in {{var city}}{{/depend}}", ""),
        ("{{if city}}yes{{else}}no{{/if}}", "yes"),
        ("{{if nothing}}yes{{else}}no{{/if}}", "no"),
        ("{{if nothing}}yes{{/if}}", ""),
        ("{{depend city}}\n{{if nothing}}a{{else}}b{{/if}}{{/depend}}", "\nb"),
        ("{{block id='x'}}{{/if}}", ""),
        ("{ {{var city}} }", "{ Purchase }"),
    ],
)
def test_directives_print_what_they_stand_for(template, expected):
    assert fill(template, {"city": "Purchase"}) == expected


@given(st.text())
def test_a_value_is_never_read_as_a_directive(value):
    assert fill("<{{var x}}>", {"x": value, "y": "secret"}) == f"<{value}>"
    assert fill("{{if x}}{{var x}}{{/if}}", {"x": value}, lambda text: str(escape(text))) == str(escape(value))
