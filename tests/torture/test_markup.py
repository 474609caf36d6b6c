"""What looks for text that has become markup finds it, and nothing else."""

import html

import pytest

from torture.markup import TEXT, read


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{TEXT}</p>",
        f'<input value="{TEXT}">',
        f"<input value='{TEXT}'>",
        f"<input value={html.escape(TEXT)}>",
        f"<script>name = `{TEXT}`</script>",
        '<a href="javascript:alert(1)">x</a>',
        '<b onclick="f()">x</b>',
    ],
)
def test_text_that_has_become_markup_is_found(page):
    assert read(page).faults != []


@pytest.mark.parametrize("page", [f"<p>{html.escape(TEXT)}</p>", f'<input value="{html.escape(TEXT)}">'])
def test_text_that_has_stayed_a_text_is_seen(page):
    found = read(page)
    assert (found.faults, found.seen) == ([], 1)
