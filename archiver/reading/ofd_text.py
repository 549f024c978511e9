"""Text objects of OFD (GB/T 33190-2016, 11): characters, each with its place, put into lines."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, repeat

from archiver.reading.package import Element
from archiver.reading.page import ToldLine

_ASCENT, _DESCENT = 0.85, 0.15
"""Shares of the size that a character takes above and below the line it stands on."""
_CELL_GAP = 2.5
"""White space, in sizes, that parts two cells of a table."""
_TOUCHES = 0.3
"""Gap, in sizes, up to which two pieces of text in a row are one line."""
_FARTHEST = 1e6
"""Millimetres from which a place is nonsense."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in millimetres, from the upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Word:
    """Characters that stand together: their text, their hull (left, top, right, bottom), size."""

    text: str
    hull: tuple[float, float, float, float]
    size: float


@dataclass(frozen=True, slots=True)
class _Matrix:
    """A change of places (CTM): x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute; none when one of them is no place on any paper."""
    try:
        found = [float(one) for one in (text or "").split()]
    except ValueError:
        return []
    return found if all(abs(one) < _FARTHEST for one in found) else []


def area_of(box: str | None) -> Area | None:
    """A rectangle as written: x, y, width, height."""
    found = numbers(box)
    if len(found) != 4 or found[2] <= 0 or found[3] <= 0:
        return None
    return Area(*found)


def frame_of(thing: Element) -> Area | None:
    """Where an object lies on its page, the notes it belongs to counted in."""
    area = area_of(thing.get("Boundary"))
    outer = next(thing.iterancestors("{*}Appearance"), None)
    within = area_of(outer.get("Boundary")) if outer is not None else None
    if area and within:
        return Area(area.x + within.x, area.y + within.y, area.width, area.height)
    return area


def words_of(layer: Element) -> Iterator[Word]:
    """The text of a page in the order it is drawn, but for what is not to be seen."""
    for thing in layer.iter("{*}TextObject"):
        area = frame_of(thing)
        size = (numbers(thing.get("Size")) or [0.0])[0]
        if area and size > 0 and thing.get("Visible") != "false":
            matrix = _Matrix(*(numbers(thing.get("CTM")) + [0.0] * 6)[:6])
            matrix = matrix if matrix.a * matrix.d - matrix.b * matrix.c else _Matrix()
            for code in thing.iterfind("{*}TextCode"):
                yield from _words(code, area, matrix, size)


def _words(code: Element, area: Area, matrix: _Matrix, size: float) -> Iterator[Word]:
    """The pieces of a text code: it may run over several lines, or leave gaps like a table."""
    text = code.text or ""
    places = list(islice(_places(code, text, size), len(text)))
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or _parted(places[index - 1], places[index], size):
            piece = text[start:index]
            hull = _hull(list(zip(piece, places[start:index], strict=True)), area, matrix, size)
            if piece.strip():
                yield Word(piece.strip(), hull, size * _scale(matrix))
            start = index


def _places(code: Element, text: str, size: float) -> Iterator[tuple[float, float]]:
    """Where the characters stand; after the last given step each follows at its own width."""
    x = (numbers(code.get("X")) or [0.0])[0]
    y = (numbers(code.get("Y")) or [0.0])[0]
    across, down = code.get("DeltaX"), code.get("DeltaY")
    still = repeat(0.0)
    widths = still if down and not across else (_width(character, size) for character in text)
    steps = zip(chain(_steps(across), widths), chain(_steps(down), still), text, strict=False)
    for dx, dy, _ in steps:
        yield x, y
        x, y = x + dx, y + dy


def _steps(written: str | None) -> Iterator[float]:
    """Steps as written: numbers, and `g n v` for n times v (7.3)."""
    words = iter((written or "").split())
    for word in words:
        if word != "g":
            yield from numbers(word)
            continue
        times, step = numbers(next(words, "")), numbers(next(words, ""))
        if times and step:
            yield from repeat(step[0], max(0, int(times[0])))


def _width(character: str, size: float) -> float:
    return size / 2 if character.isascii() else size


def _parted(one: tuple[float, float], other: tuple[float, float], size: float) -> bool:
    """Whether a character begins a new line, or another cell of a table."""
    across, down = other[0] - one[0], other[1] - one[1]
    if abs(down) > size / 2:
        return abs(across) > size / 2  # straight down is a label printed from top to bottom
    return across > (1 + _CELL_GAP) * size


def _hull(
    placed: list[tuple[str, tuple[float, float]]], area: Area, matrix: _Matrix, size: float
) -> tuple[float, float, float, float]:
    corners = [
        matrix.at(x + right, y + below)
        for character, (x, y) in placed
        for right in (0.0, _width(character, size))
        for below in (-_ASCENT * size, _DESCENT * size)
    ]
    xs, ys = [area.x + x for x, _ in corners], [area.y + y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _scale(matrix: _Matrix) -> float:
    return math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))


def lines_of(words: list[Word], page: Area) -> tuple[ToldLine, ...]:
    """Words as lines with boxes as fractions of the page; what touches in a row is one line."""
    joined: list[Word] = []
    for word in words:
        if joined and _follows(joined[-1], word):
            last = joined.pop()
            left, top, right, bottom = zip(last.hull, word.hull, strict=True)
            hull = min(left), min(top), max(right), max(bottom)
            joined.append(Word(last.text + word.text, hull, word.size))
        else:
            joined.append(word)
    return tuple((word.text, _share(word.hull, page)) for word in joined)


def _follows(word: Word, other: Word) -> bool:
    """Whether a word goes on where another ends."""
    gap, step = other.hull[0] - word.hull[2], abs(other.hull[3] - word.hull[3])
    close = _TOUCHES * min(word.size, other.size)
    return abs(gap) < close and step < close


def _share(
    hull: tuple[float, float, float, float], page: Area
) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = hull
    return (
        _within((x0 - page.x) / page.width),
        _within((y0 - page.y) / page.height),
        _within((x1 - page.x) / page.width),
        _within((y1 - page.y) / page.height),
    )


def _within(value: float) -> float:
    return min(1.0, max(0.0, value))
