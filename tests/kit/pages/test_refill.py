"""A form in a finished page is filled with what was once typed into it."""

import pytest

from entrepot.kit.pages.refill import refill

PAGE = """<!doctype html>
<form action="/search"><input name="q" value=""></form>
<form id="form" method="post" action="/save/?a=1&amp;b=2">
<input type="hidden" name="form_key" value="new"><input type="hidden" name="form_stamp" value="0.x">
{inside}
</form>
<input form="form" name="outside" value="">
<form method="post" action="/other">
<input type="hidden" name="form_key" value="new"><input name="name" value="o">
</form>
"""


def filled(inside, fields, target="/save/?a=1&b=2"):
    page = refill(PAGE.format(inside=inside), target, fields)
    assert page is not None
    return page.partition('value="0.x">\n')[2].partition("\n</form>")[0]


@pytest.mark.parametrize(
    ("inside", "fields", "expected"),
    [
        ('<input name="name" value="old">', {"name": ["a <b> \"c\" 'd' & é"]},
         '<input name="name" value="a &lt;b&gt; &quot;c&quot; &#x27;d&#x27; &amp; é">'),
        ('<input name="name" required maxlength=9>', {"name": ["x"]},
         '<input name="name" required maxlength="9" value="x">'),
        ('<input name="name" value="old">', {"name": [""]}, '<input name="name" value="">'),
        ('<input name="street[]" value=""><input name="street[]" value="">', {"street[]": ["1 Elm", "Rear"]},
         '<input name="street[]" value="1 Elm"><input name="street[]" value="Rear">'),
        ('<input name="name" value=""><input type="password" name="p" value=""><input type="file" name="f">',
         {"name": ["x"], "p": ["secret"], "f": ["y"]},
         '<input name="name" value="x"><input type="password" name="p" value=""><input type="file" name="f">'),
        ('<textarea name="text" rows="6">old &lt;b&gt;</textarea>', {"text": ["\none\n</textarea><b>"]},
         '<textarea name="text" rows="6">\n\none\n&lt;/textarea&gt;&lt;b&gt;</textarea>'),
        # The hidden 0 of a box, then the box.
        ('<input type="hidden" name="on" value="0"><input type="checkbox" name="on" value="1" checked>', {"on": ["0"]},
         '<input type="hidden" name="on" value="0"><input type="checkbox" name="on" value="1">'),
        ('<input type="hidden" name="on" value="0"><input type="checkbox" name="on" value="1">', {"on": ["0", "1"]},
         '<input type="hidden" name="on" value="0"><input type="checkbox" name="on" value="1" checked>'),
        # A box that was not ticked is not sent at all.
        ('<input name="name" value=""><input type="checkbox" name="on" checked>', {"name": ["x"]},
         '<input name="name" value="x"><input type="checkbox" name="on">'),
        ('<input type="radio" name="r" value="a" checked><input type="radio" name="r" value="b">', {"r": ["b"]},
         '<input type="radio" name="r" value="a"><input type="radio" name="r" value="b" checked>'),
        ('<select name="s"><option value="1" selected>One</option><option>Two  too</option></select>',
         {"s": ["Two too"]},
         '<select name="s"><option value="1">One</option><option selected>Two  too</option></select>'),
        ('<select name="s" multiple><option value="1">x</option><option value="2">y</option><option value="3" '
         "selected>z</option></select>", {"s": ["1", "2"]},
         '<select name="s" multiple><option value="1" selected>x</option><option value="2" selected>y</option>'
         '<option value="3">z</option></select>'),
        ('<input type="hidden" name="chosen" value="">', {"chosen": ["1,2"]},
         '<input type="hidden" name="chosen" value="1,2">'),
        # Lines end where the parser says, also behind other separators.
        ('<p>a\u2028b\x0bc</p>\n<input name="name" value="">', {"name": ["x"]},
         '<p>a\u2028b\x0bc</p>\n<input name="name" value="x">'),
        ('<input name="name" value="" disabled>', {"name": ["x"], "outside": ["y"]},
         '<input name="name" value="" disabled>'),
    ],
)  # fmt: skip
def test_each_kind_of_field_shows_what_was_typed(inside, fields, expected):
    assert filled(inside, fields) == expected


def test_a_field_that_names_its_form_is_filled_and_other_forms_are_not():
    page = refill(
        PAGE.format(inside='<input name="name" value="">'), "/save/?a=1&b=2", {"name": ["x"], "outside": ["y"]}
    )

    assert page is not None
    assert '<input form="form" name="outside" value="y">' in page
    assert '<input name="name" value="o">' in page
    assert '<input name="q" value="">' in page
    assert page.count('name="form_key" value="new"') == 2
    assert '<form id="form" method="post" action="/save/?a=1&amp;b=2" data-unsaved>' in page


def test_without_the_target_the_form_with_most_of_the_fields_is_meant():
    inside = '<input name="name" value=""><input name="sku" value="">'
    assert filled(inside, {"name": ["x"], "sku": ["y"]}, target="/save/and/close") == inside.replace(
        '"name" value=""', '"name" value="x"'
    ).replace('"sku" value=""', '"sku" value="y"')


def test_a_page_without_the_form_is_not_filled():
    assert refill(PAGE.format(inside=""), "/save/?a=1&b=2", {"q": ["x"], "else": ["y"]}) is None
