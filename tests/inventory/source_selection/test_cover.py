"""The fewest sources: compared with trying all sets, and with cases that are known to be hard."""

import random
import subprocess
import sys
from itertools import combinations
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.inventory.source_selection.cover import Abandoned, Question, fewest_sources


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


@settings(deadline=None)
@given(tables())
def test_it_is_what_trying_all_sets_finds(table):
    amounts, needs = table
    assert fewest_sources(amounts, needs) == by_trying_all(amounts, needs)


@settings(deadline=None)
@given(tables())
def test_the_solver_finds_the_same_as_trying(table):
    amounts, needs = table
    assert fewest_sources(amounts, needs, tried_at_most=0) == by_trying_all(amounts, needs)


@settings(deadline=None)
@given(tables(), st.integers(10**9, 10**15), st.data())
def test_the_solver_is_not_deceived_by_what_floats_cannot_tell_apart(table, unit, data):
    amounts, _ = table
    amounts = [[amount * unit for amount in row] for row in amounts]
    lines = len(amounts[0]) if amounts else 0
    some = [row for row in amounts if data.draw(st.booleans())]
    needs = [max(0, sum(row[line] for row in some) + data.draw(st.integers(-1, 1))) for line in range(lines)]
    assert fewest_sources(amounts, needs, tried_at_most=0) == by_trying_all(amounts, needs)


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
    assert fewest_sources(amounts, needs) == sources
    assert fewest_sources(amounts, needs, tried_at_most=0) == sources


def test_quantities_have_no_bound():
    huge = 10**37
    amounts, needs = [[huge, 1], [huge - 1, huge], [1, huge]], [huge, huge]
    assert fewest_sources(amounts, needs) == (0, 1)
    assert fewest_sources(amounts, needs, tried_at_most=0) == (0, 1)


def test_what_is_tiny_beside_the_need_counts():
    huge = 10**37
    assert fewest_sources([[huge - 1], [2], [1]], [huge], tried_at_most=0) == (0, 1)
    assert fewest_sources([[huge - 2], [1], [1]], [huge], tried_at_most=0) == (0, 1, 2)


# Two searches that have nothing in common, branch and bound by hand and the solver's, agree on these sets.
@pytest.mark.parametrize(
    ("share", "sources"),
    [
        (0.2, (0, 1, 10, 18, 28, 33, 43, 46)),
        (0.3, (0, 1, 3, 28, 33, 43)),
        (0.5, (0, 1, 12, 47)),
    ],
)
def test_fifty_sources_that_have_or_have_not_a_hundred_skus(share, sources):
    chance = random.Random(7)
    amounts = [[int(chance.random() < share) for _ in range(100)] for _ in range(50)]
    assert fewest_sources(amounts, [1] * 100) == sources


def test_an_order_of_a_hundred_lines_that_are_gathered_from_several_sources_each():
    chance = random.Random(11)
    amounts = [[chance.randint(1, 20) if chance.random() < 0.6 else 0 for _ in range(100)] for _ in range(50)]
    needs = [chance.randint(1, 20) for _ in range(100)]
    sources = fewest_sources(amounts, needs)
    assert sources == (0, 1, 2, 8, 38)
    for line, need in enumerate(needs):
        assert sum(amounts[source][line] for source in sources) >= need


def test_a_question_that_nobody_waits_for_is_given_up():
    chance = random.Random(13)
    amounts = [[chance.randint(0, 20) for _ in range(100)] for _ in range(50)]
    question = Question(amounts, [sum(row[line] for row in amounts) * 2 // 5 for line in range(100)])
    failed: list[Exception] = []

    def ask():
        try:
            question.answer()
        except Abandoned as abandoned:
            failed.append(abandoned)

    thread = Thread(target=ask)
    thread.start()
    question.abandon()
    thread.join(60)
    assert not thread.is_alive()
    assert failed


def test_the_solver_says_nothing_on_standard_output():
    script = "from entrepot.inventory.source_selection.cover import fewest_sources as f; f([[1]], [1], tried_at_most=0)"
    asked = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert (asked.stdout, asked.stderr) == ("", "")
