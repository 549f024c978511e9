"""Reading order of lines with boxes: rows from top to bottom, columns of prose one by one."""

import re
from collections.abc import Sequence
from statistics import median

from archiver.core.boxes import straight
from archiver.core.model import FLAT, Box, Line, Slope
from archiver.core.normalise import HAN

Placed = tuple[Line, Box]

_WIDE = 0.2
"""Width, as a share of the page, from which a line is prose rather than a label or a value."""
_COLUMN = 8
"""Wide lines on either side without which there are no columns of prose."""
_STACKED, _NARROW, _TALL = 4, 0.12, 1.4
"""Most letters, greatest width (share of the page), least height (in usual lines) of a stack."""
_HAN_ONLY = re.compile(f"[{HAN}]+")


def in_reading_order(lines: Sequence[Line], slope: Slope = FLAT) -> tuple[Line, ...]:
    """The lines of one page in the order a person reads them.

    Two columns of prose (a contract in two languages) are read one after the other between the
    lines that cross both. Lines without boxes, and pages whose lines run upwards, stay as they are.

    Args:
        lines: in any order.
        slope: of the lines of a skewed page.
    """
    placed = [(line, straight(line.box, slope)) for line in lines if line.box is not None]
    if len(placed) < len(lines) or sum(map(_tall, placed)) * 2 > len(placed):
        return tuple(lines)
    placed = [one for line in placed for one in _unstacked(line, placed)]
    gutter = _gutter([box for _, box in placed])
    ordered: list[Line] = []
    right: list[Line] = []
    for row in _rows(placed):
        if gutter is None or any(_crosses(box, gutter) for _, box in row):
            ordered += right
            right = []
            ordered += [line for line, _ in row]
        else:
            ordered += [line for line, box in row if box[2] <= gutter]
            right += [line for line, box in row if box[2] > gutter]
    return (*ordered, *right)


def together(known: Sequence[Line], read: Sequence[Line], slope: Slope = FLAT) -> tuple[Line, ...]:
    """Lines known from the file itself and what OCR read beside them, in reading order."""
    new = [line for line in read if not any(_same_place(line, other) for other in known)]
    return in_reading_order([*known, *new], slope)


def _unstacked(one: Placed, placed: list[Placed]) -> list[Placed]:
    """The first letters of labels below one another, taken for one line, each in its own row.

    Forms print 名　称 above 类　型 with wide gaps: 名 and 类 stand closer to one another than to
    the rest of their own labels.
    """
    line, (x0, y0, x1, y1) = one
    size = len(line.text)
    if not 2 <= size <= _STACKED or not _HAN_ONLY.fullmatch(line.text) or x1 - x0 > _NARROW:
        return [one]
    usual = median(box[3] - box[1] for _, box in placed)
    step = (y1 - y0) / size
    middles = [_middle(other) for other in placed if other[1][0] >= (x0 + x1) / 2]
    edges = [y0 + at * step for at in range(size)]
    filled = sum(any(edge < y < edge + step for y in middles) for edge in edges)
    if step < usual / 2 or y1 - y0 < _TALL * usual or filled < 2:
        return [one]
    boxes = [(x0, edge, x1, edge + step) for edge in edges]
    lies = line.box[1] - y0 if line.box else 0.0
    return [
        (Line(letter, (x0, top + lies, x1, bottom + lies), line.confidence), (x0, top, x1, bottom))
        for letter, (_, top, _, bottom) in zip(line.text, boxes, strict=True)
    ]


def _rows(placed: list[Placed]) -> list[list[Placed]]:
    """Rows from top to bottom, each from left to right.

    A line belongs to a row when its middle lies within half a line height of the row's first.
    """
    rows: list[list[Placed]] = []
    for one in sorted(placed, key=_middle):
        height = one[1][3] - one[1][1]
        if rows and _middle(one) - _middle(rows[-1][0]) < height / 2:
            rows[-1].append(one)
        else:
            rows.append([one])
    return [sorted(row, key=lambda one: one[1][0]) for row in rows]


def _gutter(boxes: list[Box]) -> float | None:
    """Where the white stripe between two columns of prose runs, or None."""
    wide = [box for box in boxes if box[2] - box[0] >= _WIDE]
    best: tuple[int, float] | None = None
    for percent in range(38, 63):
        x = percent / 100
        crossing = sum(_crosses(box, x) for box in boxes)
        left = sum(box[2] <= x for box in wide)
        right = sum(box[0] >= x for box in wide)
        fits = min(left, right) >= _COLUMN and crossing * 4 <= left + right
        if fits and (best is None or crossing < best[0]):
            best = crossing, x
    return best[1] if best else None


def _crosses(box: Box, x: float) -> bool:
    return box[0] < x < box[2]


def _middle(one: Placed) -> float:
    return (one[1][1] + one[1][3]) / 2


def _tall(one: Placed) -> bool:
    """Whether a line of several characters is higher than wide."""
    line, (x0, y0, x1, y1) = one
    return len(line.text) > 2 and y1 - y0 > x1 - x0


def _same_place(line: Line, other: Line) -> bool:
    """Whether half of the first line lies inside the other."""
    if line.box is None or other.box is None:
        return False
    (a0, b0, a1, b1), (c0, d0, c1, d1) = line.box, other.box
    shared = max(0.0, min(a1, c1) - max(a0, c0)) * max(0.0, min(b1, d1) - max(b0, d0))
    return shared > (a1 - a0) * (b1 - b0) / 2
