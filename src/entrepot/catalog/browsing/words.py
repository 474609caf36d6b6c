"""What somebody types into the search box, as a query of words; and what was probably meant where nothing has them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from entrepot.kit.context import Context

MIN_LENGTH, MAX_LENGTH = "catalog/search/min_query_length", "catalog/search/max_query_length"
LONGEST_LEXEME = 100
MOST_WORDS = 20

# A word may have these inside, as SKUs have; the same without them counts too.
WORD = re.compile(r"[^\W_](?:[\w.+&/@-]*[^\W_])?")
PART = re.compile(r"[^\W_]+")


# The database folds, as it does for the index: without regard to case and accents, by its own rules.
FOLD = "select fold(%(text)s)"


async def typed_words(ctx: Context, text: str) -> list[str]:
    """The words of a text as the index has them, each once, in their order. One statement."""
    return words_of(await ctx.db.value(FOLD, text=text))


def words_of(folded: str) -> list[str]:
    found = (word[:LONGEST_LEXEME] for word in WORD.findall(folded))
    return list(dict.fromkeys(found))[:MOST_WORDS]


def words_query(words: Sequence[str], shortest_prefix: int) -> str | None:
    """A tsquery for products that have any of the words; None without words.

    A word that is at least so long also stands for those that begin with it.
    """
    if not words:
        return None
    return " | ".join(_word(word, shortest_prefix) for word in words)


def _word(word: str, shortest_prefix: int) -> str:
    parts = PART.findall(word)
    whole = _lexeme(word, shortest_prefix)
    if len(parts) == 1:
        return whole
    return f"({whole} | ({' & '.join(_lexeme(part, shortest_prefix) for part in parts)}))"


def _lexeme(word: str, shortest_prefix: int) -> str:
    return f"'{word}':*" if len(word) >= shortest_prefix else f"'{word}'"


def shortest(ctx: Context) -> int:
    return _whole(ctx.config(MIN_LENGTH), 3)


def longest(ctx: Context) -> int:
    return _whole(ctx.config(MAX_LENGTH), 128)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.strip().isdecimal() else default


# Names that look like the word, by the trigram index; of these the word that is most alike. Of equally good ones the
# more frequent counts.
MEANT = """
    select typed.place, best.word
    from unnest(%(words)s::text[]) with ordinality as typed (word, place)
    cross join lateral (
        select w.word
        from (
            select i.name_key
            from product_index i
            where i.store_id = %(store_id)s
            and i.website_id is not null
            and i.status = 1
            and i.visibility in (3, 4)
            and typed.word <%% i.name_key
            limit 500
        ) alike
        cross join lateral regexp_split_to_table(alike.name_key, '[^[:alnum:]]+') as w (word)
        where length(w.word) > 2
        and similarity(w.word, typed.word) >= 0.3
        group by w.word
        order by similarity(w.word, typed.word) desc, count(*) desc, w.word
        limit 1
    ) best
"""

# The threshold of `<%`, for this transaction: a letter too few, too many or wrong in a word of five still finds it.
LOOSEN = "set local pg_trgm.word_similarity_threshold = 0.4"


class Meant(Struct, frozen=True):
    place: int
    word: str


async def probably_meant(ctx: Context, words: Sequence[str]) -> list[str] | None:
    """The words that products of the view have and that look like these; None where that would be the same, or nothing.

    Two statements.
    """
    if not words:
        return None
    await ctx.db.execute(LOOSEN)
    found = {one.place: one.word for one in await ctx.db.all(Meant, MEANT, words=list(words), store_id=ctx.store.id)}
    meant = [found[place] for place in range(1, len(words) + 1) if place in found]
    return meant if meant and meant != list(words) else None
