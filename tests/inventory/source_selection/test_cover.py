"""The fewest sources: compared with trying all sets, and with cases that are known to be hard."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.inventory.source_selection.cover import Choice, fewest_sources


def by_trying_all(amounts, needs):
    """The first of the smallest sets, in the order of combinations, that has all there is up to the needs."""
    open_ = [min(need, sum(row[line] for row in amounts)) for line, need in enumerate(needs)]
    for size in range(len(amounts) + 1):
        for chosen in combinations(range(len(amounts)), size):
            if all(sum(amounts[source][line] for source in chosen) >= need for line, need in enumerate(open_)):
                return chosen
    raise AssertionError("all sources together have all there is")


@st.composite
def tables(draw):
    lines = draw(st.integers(0, 5))
    largest = draw(st.sampled_from([1, 3, 20]))
    row = st.lists(st.integers(0, largest), min_size=lines, max_size=lines)
    needs = st.lists(st.integers(0, 2 * largest), min_size=lines, max_size=lines)
    return draw(st.lists(row, max_size=9)), draw(needs)


@given(tables())
def test_it_is_what_trying_all_sets_finds(table):
    amounts, needs = table
    assert fewest_sources(amounts, needs) == Choice(by_trying_all(amounts, needs), True, True)


@given(tables(), st.integers(0, 2_000))
def test_cut_short_it_still_ships_all_there_is_and_claims_no_more_than_it_knows(table, effort):
    amounts, needs = table
    choice = fewest_sources(amounts, needs, effort)
    for line, need in enumerate(needs):
        assert sum(amounts[source][line] for source in choice.sources) >= min(need, sum(row[line] for row in amounts))
    best = by_trying_all(amounts, needs)
    assert not choice.is_fewest or len(choice.sources) == len(best)
    assert not choice.is_earliest or choice.sources == best


@pytest.mark.parametrize(
    ("amounts", "needs", "sources"),
    [
        # The tables of docs/algorithms/source-selection.md.
        ([[35, 19], [10, 0], [25, 42]], [20, 40], (2,)),
        ([[35, 19], [10, 0], [25, 42]], [20, 50], (0, 2)),
        ([[6, 0, 4], [0, 5, 0], [3, 5, 1], [3, 0, 4], [6, 5, 3]], [6, 5, 4], (0, 1)),
        ([[6, 0, 4], [0, 5, 0], [3, 5, 1], [3, 0, 4], [6, 5, 4]], [6, 5, 4], (4,)),
        ([[2, 0], [3, 5], [0, 4]], [9, 5], (0, 1)),
        # Taking the source with most first would need three.
        ([[4, 4, 0, 0], [0, 0, 4, 4], [3, 0, 3, 0], [4, 3, 4, 3]], [4, 4, 4, 4], (0, 1)),
        ([], [3], ()),
        ([[0, 0]], [3, 3], ()),
        ([[5], [5]], [0], ()),
    ],
)
def test_worked_examples(amounts, needs, sources):
    assert fewest_sources(amounts, needs) == Choice(sources, True, True)


def test_quantities_have_no_bound():
    huge = 10**37
    assert fewest_sources([[huge, 1], [huge - 1, huge], [1, huge]], [huge, huge]) == Choice((0, 1), True, True)


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3, 0.5, 0.8])
def test_fifty_sources_that_have_or_have_not_a_hundred_skus_are_decided(share):
    chance = random.Random(7)
    amounts = [[int(chance.random() < share) for _ in range(100)] for _ in range(50)]
    choice = fewest_sources(amounts, [1] * 100)
    assert choice.is_fewest
    assert all(
        any(amounts[source][line] for source in choice.sources) for line in range(100) if _is_there(amounts, line)
    )


@pytest.mark.parametrize("share_of_all", [0.1, 0.2, 0.4, 0.9])
def test_an_order_for_much_of_everything_comes_to_an_end(share_of_all):
    chance = random.Random(11)
    amounts = [[chance.randint(0, 20) for _ in range(100)] for _ in range(50)]
    needs = [int(share_of_all * sum(row[line] for row in amounts)) for line in range(100)]
    choice = fewest_sources(amounts, needs)
    for line, need in enumerate(needs):
        assert sum(amounts[source][line] for source in choice.sources) >= need
    # No source of the set is idle.
    for idle in choice.sources:
        others = [source for source in choice.sources if source != idle]
        assert any(sum(amounts[source][line] for source in others) < need for line, need in enumerate(needs))


def test_the_same_question_has_the_same_answer_even_when_it_is_cut_short():
    chance = random.Random(13)
    amounts = [[chance.randint(0, 20) for _ in range(60)] for _ in range(40)]
    needs = [sum(row[line] for row in amounts) // 5 for line in range(60)]
    first = fewest_sources(amounts, needs, 300_000)
    assert not first.is_fewest
    assert fewest_sources(amounts, needs, 300_000) == first


def _is_there(amounts, line):
    return any(row[line] for row in amounts)
