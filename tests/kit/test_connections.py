"""Which connection makes room for the next."""

from __future__ import annotations

import pytest

from entrepot.kit.connections import MOST, Connections, most_connections


class Line:
    def __init__(self, name: str, crowd: Connections) -> None:
        self.name = name
        self.is_dropped = False
        crowd.opened(self)

    def drop(self) -> None:
        self.is_dropped = True


def test_the_longest_silent_one_makes_room():
    crowd = Connections(3)
    one, two, three = (Line(name, crowd) for name in ("one", "two", "three"))
    crowd.heard(one)
    crowd.works(two)

    four = Line("four", crowd)
    assert [each.name for each in (one, two, three, four) if each.is_dropped] == ["three"]

    crowd.waits(two)
    five = Line("five", crowd)
    assert [each.name for each in (one, two, four, five) if each.is_dropped] == ["one"]


def test_what_is_worked_on_is_never_dropped_for_a_newcomer():
    crowd = Connections(2)
    one, two = Line("one", crowd), Line("two", crowd)
    crowd.works(one)
    crowd.works(two)

    assert Line("three", crowd).is_dropped
    assert not one.is_dropped
    assert not two.is_dropped


def test_a_closed_one_needs_no_room():
    crowd = Connections(2)
    one, two = Line("one", crowd), Line("two", crowd)
    crowd.closed(one)
    # What it still says, or is still sent, brings it back for nobody.
    crowd.heard(one)
    crowd.waits(one)

    three = Line("three", crowd)
    assert [one.is_dropped, two.is_dropped, three.is_dropped] == [False, False, False]


@pytest.mark.parametrize(("open_files", "most"), [(10**6, MOST), (1024, 768), (256, 64)])
def test_there_are_no_more_than_the_process_may_open_files(open_files, most):
    assert most_connections(open_files) == most
