"""The geometry of charts: numbers to rectangles. The template draws them as inline SVG.

Lengths are user units of a view box `WIDTH` wide; y grows downwards.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 680.0


@dataclass(frozen=True, slots=True)
class Part:
    """One coloured rectangle: which series it belongs to, where it lies, what it stands for."""

    series: str
    x: float
    y: float
    width: float
    height: float
    value: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled bar of stacked parts; (x, y) is where its label is anchored."""

    label: str
    x: float
    y: float
    total: int
    end: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the scale, with its value."""

    at: float
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart.

    Attributes:
        title: what it shows; also read aloud.
        upright: columns, else bars that lie.
        legend: series → its name; empty for a single one.
        every: of upright bars every so many labels are written.
    """

    title: str
    upright: bool
    height: float
    bars: tuple[Bar, ...]
    scale: tuple[Line, ...]
    legend: tuple[tuple[str, str], ...] = ()
    every: int = 1


Row = tuple[str, Sequence[tuple[str, int]]]
"""A label, and the parts of its bar: series and value."""

_LABEL, _NUMBER = 200.0, 52.0
_PITCH, _THICK = 22.0, 14.0
_TALL, _FOOT, _SIDE, _HEAD = 150.0, 22.0, 44.0, 16.0


def lying(title: str, rows: Sequence[Row], legend: Sequence[tuple[str, str]] = ()) -> Chart:
    """Horizontal bars, one below the other, with their labels on the left."""
    most = max((_sum(parts) for _, parts in rows), default=0) or 1
    unit = (WIDTH - _LABEL - _NUMBER) / most
    bars = []
    for at, (label, parts) in enumerate(rows):
        x, y = _LABEL, at * _PITCH + (_PITCH - _THICK) / 2
        drawn = []
        for series, value in parts:
            if value:
                drawn.append(Part(series, _round(x), y, _round(value * unit), _THICK, value))
                x += value * unit
        bars.append(Bar(label, _LABEL - 8, y, _sum(parts), _round(x + 6), tuple(drawn)))
    return Chart(title, False, len(rows) * _PITCH, tuple(bars), (), tuple(legend))


def upright(title: str, rows: Sequence[Row], legend: Sequence[tuple[str, str]] = ()) -> Chart:
    """Columns side by side over their labels, with a scale on the left."""
    step = _step(max((_sum(parts) for _, parts in rows), default=0))
    top = max((_sum(parts) for _, parts in rows), default=0)
    lines = math.ceil(top / step) or 1
    unit = _TALL / (lines * step)
    floor = _HEAD + _TALL
    pitch = (WIDTH - _SIDE) / max(len(rows), 1)
    thick = _round(min(pitch * 0.7, 46.0))
    bars = []
    for at, (label, parts) in enumerate(rows):
        middle, y = _SIDE + (at + 0.5) * pitch, floor
        drawn = []
        for series, value in parts:
            if value:
                y -= value * unit
                x = _round(middle - thick / 2)
                drawn.append(Part(series, x, _round(y), thick, _round(value * unit), value))
        bars.append(Bar(label, _round(middle), floor, _sum(parts), _round(y), tuple(drawn)))
    scale = tuple(Line(_round(floor - at * step * unit), at * step) for at in range(lines + 1))
    every = math.ceil(len(rows) / 16) or 1
    return Chart(title, True, floor + _FOOT, tuple(bars), scale, tuple(legend), every)


def _step(top: int) -> int:
    """A round step that needs at most five lines."""
    step = 1
    while step * 5 < top:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step


def _sum(parts: Sequence[tuple[str, int]]) -> int:
    return sum(value for _, value in parts)


def _round(length: float) -> float:
    return round(length, 2)
