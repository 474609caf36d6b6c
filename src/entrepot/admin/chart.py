"""Bars over time as SVG, made on the server. The drawing stretches to its place; its labels are text beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_CEILING, Decimal

from msgspec import Struct

WIDTH = 1000
HEIGHT = 100
GAP = Decimal("0.22")
"""Between two bars, of the place that each has."""
STEPS = tuple(Decimal(step) for step in ("1", "1.2", "1.6", "2", "3", "4", "5", "6", "8", "10"))
"""The highest line is one of these times a power of ten, so that its half is a round number too."""


class Bar(Struct, frozen=True):
    """In the units of the drawing: `WIDTH` to the right, `HEIGHT` downwards."""

    x: str
    y: str
    width: str
    height: str
    text: str
    """What it stands for, said when a pointer rests on it."""


class Chart(Struct, frozen=True):
    title: str
    summary: str
    """In place of the drawing, for who does not see it."""
    bars: tuple[Bar, ...]
    lines: tuple[str, ...]
    """What the lines behind the bars mean, from the top down."""
    marks: tuple[str, ...]
    """Below the first, the middle and the last bar."""
    is_empty: bool


def chart(
    title: str,
    labels: Sequence[str],
    values: Sequence[Decimal | int],
    text: Callable[[Decimal], str],
    line_text: Callable[[Decimal], str] | None = None,
) -> Chart:
    """`text` says a value, `line_text` one of the lines. What is below zero, as after refunds, has no bar."""
    numbers = [Decimal(value) for value in values]
    highest = round_top(max(numbers, default=Decimal(0)), is_whole=all(isinstance(value, int) for value in values))
    place = Decimal(WIDTH) / max(len(numbers), 1)
    bars = tuple(
        _bar(number, place, value / highest, f"{labels[number]}: {text(value)}") for number, value in enumerate(numbers)
    )
    at = (0, len(labels) // 2, len(labels) - 1)
    return Chart(
        title=title,
        summary=_summary(title, labels, numbers, text),
        bars=bars,
        lines=tuple((line_text or text)(value) for value in (highest, highest / 2, Decimal(0))),
        marks=tuple(labels[number] for number in at) if labels else (),
        is_empty=not any(numbers),
    )


def _bar(number: int, place: Decimal, part: Decimal, text: str) -> Bar:
    height = max(part, Decimal(0)) * HEIGHT
    return Bar(
        x=_length(place * number + place * GAP / 2),
        y=_length(HEIGHT - height),
        width=_length(place * (1 - GAP)),
        height=_length(height),
        text=text,
    )


def _length(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01')).normalize():f}"


def _summary(title: str, labels: Sequence[str], values: Sequence[Decimal], text: Callable[[Decimal], str]) -> str:
    if not any(values):
        return f"{title}: nothing."
    most = max(range(len(values)), key=lambda number: values[number])
    return f"{title}: {text(sum(values, Decimal(0)))} in all, most in {labels[most]}: {text(values[most])}."


def round_top(value: Decimal, *, is_whole: bool = False) -> Decimal:
    """The lowest round number that is not below the value; of whole things one whose half is whole."""
    least = Decimal(2) if is_whole else Decimal(1)
    if value <= least:
        return least
    power = Decimal(10) ** (value.adjusted())
    step = next(step for step in STEPS if step * power >= value)
    top = step * power
    return (top / 2).to_integral_value(ROUND_CEILING) * 2 if is_whole else top
