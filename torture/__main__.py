"""The command: the scenes that are named, or all, one after the other, in their order."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import time

from torture.scene import Scene, Stage
from torture.scenes import SCENES

OVERTIME_S = 60
"""What a scene gets to clean up when its time is over; then it is interrupted wherever it is."""


async def play(scene: Scene, *, nightly: bool) -> Stage:
    """The stage after the scene, which never lasts longer than its bound and never raises."""
    stage = Stage(scene.name, nightly=nightly)
    bound_s = scene.nightly_bound_s if nightly and scene.nightly_bound_s else scene.bound_s
    signal.alarm(bound_s + OVERTIME_S)
    try:
        async with asyncio.timeout(bound_s):
            await scene.play(stage)
    except TimeoutError as error:
        stage.figure("not played to its end", [f"not done within {bound_s} s" if not error.args else str(error)])
    except Exception as error:
        stage.figure("not played to its end", [f"{type(error).__name__}: {error}"])
    finally:
        signal.alarm(0)
    return stage


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m torture", description=__doc__)
    parser.add_argument("scenes", nargs="*", metavar="scene", help="names of those to play")
    parser.add_argument("--nightly", action="store_true", help="the long form, which takes hours")
    parser.add_argument("--list", action="store_true", help="say which there are")
    options = parser.parse_args()
    if options.list:
        for scene in SCENES:
            print(f"{scene.name:16} {scene.what}{' (nightly)' if scene.nightly_only else ''}")
        return
    if unknown := set(options.scenes) - {scene.name for scene in SCENES}:
        parser.error(f"there is no scene {', '.join(sorted(unknown))}; --list says which there are")
    sys.exit(run(_chosen(options.scenes, options.nightly), nightly=options.nightly))


def _chosen(names: list[str], nightly: bool) -> list[Scene]:
    if names:
        return [scene for scene in SCENES if scene.name in names]
    return [scene for scene in SCENES if nightly or not scene.nightly_only]


def run(scenes: list[Scene], *, nightly: bool) -> int:
    """The status to exit with: 0 when all held."""
    signal.signal(signal.SIGALRM, _interrupt)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began = time.monotonic()
    stages = [asyncio.run(play(scene, nightly=nightly)) for scene in scenes]
    fell = [stage.scene for stage in stages if stage.fell]
    figures = sum(len(stage.figures) for stage in stages)
    minutes = (time.monotonic() - began) / 60
    print(
        f"{len(stages)} scenes, {figures} figures, {minutes:.0f} minutes, {len(fell)} fell: {', '.join(fell) or 'none'}"
    )
    return 1 if fell else 0


def _interrupt(*_: object) -> None:
    raise TimeoutError("its time is over, and it could not even clean up")


if __name__ == "__main__":
    main()
