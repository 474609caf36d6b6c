"""What the command tells of scenes: a figure a line, and one status."""

import asyncio
import signal

import pytest

from torture.__main__ import main, run
from torture.scene import Scene


async def holds(stage):
    stage.figure("7 calls", [])


async def falls(stage):
    stage.figure("7 calls", [])
    stage.figure("7 calls", ["1 without an answer", "2 odd ones"])


async def raises(stage):
    raise RuntimeError("no such thing")


async def never_ends(stage):
    await asyncio.Event().wait()


@pytest.fixture(autouse=True)
def handlers():
    """The command sets its own, for it is a process by itself."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGALRM, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def a_scene(play, *, bound_s=5):
    return Scene(play.__name__, play, "", bound_s=bound_s)


def test_each_figure_has_a_line_and_the_last_one_says_which_scenes_fell(capsys):
    status = run([a_scene(holds), a_scene(falls)], nightly=False)

    assert capsys.readouterr().out.splitlines() == [
        "holds: 7 calls … ok",
        "falls: 7 calls … ok",
        "falls: 7 calls … FELL: 1 without an answer; 2 odd ones",
        "2 scenes, 3 figures, 0 minutes, 1 fell: falls",
    ]
    assert status == 1


def test_the_status_is_0_when_all_held(capsys):
    assert run([a_scene(holds)], nightly=False) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 scenes, 1 figures, 0 minutes, 0 fell: none"


@pytest.mark.parametrize(
    ("play", "bound_s", "reason"),
    [(raises, 5, "RuntimeError: no such thing"), (never_ends, 0, "not done within 0 s")],
)
def test_a_scene_that_does_not_come_to_its_end_has_fallen_and_the_next_is_played(capsys, play, bound_s, reason):
    status = run([a_scene(play, bound_s=bound_s), a_scene(holds)], nightly=False)

    assert capsys.readouterr().out.splitlines()[:2] == [
        f"{play.__name__}: not played to its end … FELL: {reason}",
        "holds: 7 calls … ok",
    ]
    assert status == 1


def test_a_scene_that_there_is_not_is_refused(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["torture", "hang", "storm"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "there is no scene storm; --list says which there are" in capsys.readouterr().err
