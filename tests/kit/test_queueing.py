"""Whose turn it is when a worker looks for a job."""

from __future__ import annotations

import pytest

from entrepot.kit.jobs import Queue
from entrepot.kit.queueing import Turns


def turns() -> Turns:
    return Turns([Queue("mail", places=2), Queue("bulk", places=1), Queue("files", places=1)])


def test_all_queues_are_asked_in_one_question_and_then_left_alone():
    turn = turns()
    turn.look_everywhere()
    assert turn.ask() == ["mail", "bulk", "files"]
    assert turn.ask() == []


def test_queues_with_jobs_take_turns():
    turn = turns()
    turn.look_everywhere()
    turn.take("mail", turn.ask())
    assert turn.ask() == ["bulk"]
    assert turn.ask() == ["files"]
    assert turn.ask() == ["mail"]
    turn.take("mail", ["mail"])
    turn.leave("mail")
    turn.look_at("bulk")
    turn.take("mail", turn.ask())
    assert turn.ask() == ["bulk"]


def test_a_full_queue_is_not_asked_before_one_of_its_jobs_has_ended():
    turn = turns()
    turn.look_at("bulk")
    turn.take("bulk", turn.ask())
    turn.look_at("mail")
    assert turn.ask() == ["mail"]
    assert turn.ask() == []
    turn.leave("bulk")
    assert turn.ask() == ["bulk"]


def test_a_word_that_comes_during_the_question_is_not_forgotten():
    turn = turns()
    turn.look_at("files")
    assert turn.ask() == ["files"]
    turn.look_at("files")
    assert turn.ask() == ["files"]


def test_word_of_an_unknown_queue_is_no_concern():
    turn = turns()
    turn.look_at("elsewhere")
    assert turn.ask() == []


@pytest.mark.parametrize(("name", "places"), [("Mail", 2), ("", 2), ("a" * 41, 2), ("mail", 0), ("mail box", 2)])
def test_a_queue_has_a_short_plain_name_and_a_place(name: str, places: int):
    with pytest.raises(ValueError, match="a queue is named"):
        Queue(name, places)
