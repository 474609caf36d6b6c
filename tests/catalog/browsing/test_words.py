"""What is typed into the search box, as a query of words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.catalog.browsing import terms, words


@pytest.mark.parametrize(
    ("folded", "query"),
    [
        ("yoga", "'yoga':*"),
        ("yoga bag", "'yoga':* | 'bag':*"),
        ("yoga yoga", "'yoga':*"),
        ("xl bag", "'xl' | 'bag':*"),
        ("24-mb01", "('24-mb01':* | ('24' & 'mb01':*))"),
        ("it's", "'it' | 's'"),
        ("& | ! ( ) : * \\ '", None),
        ("", None),
    ],
)
def test_words_become_a_query(folded, query):
    assert words.words_query(words.words_of(folded), 3) == query


@given(text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_is_typed_is_a_query_that_the_database_can_read(ctx, text):
    query = words.words_query(await words.typed_words(ctx, text), 1)
    await ctx.db.value("select %(query)s::tsquery", query=query)
    await terms.suggest(ctx, text, query)


@pytest.mark.parametrize("text", ["ŉ", "\u02bc", "«yoga»", "½", "ß", "İ", "日本語 バッグ", "a\\b'c", "\u2019s"])
async def test_signs_that_lose_their_accent_do_not_break_it(ctx, text):
    query = words.words_query(await words.typed_words(ctx, text), 1)
    await ctx.db.value("select %(query)s::tsquery", query=query)
