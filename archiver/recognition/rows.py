"""Lines beside one another, joined into rows: labels on the left, values on the right."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archiver.core.boxes import straight
from archiver.core.model import Box, Line, Page, Slope
from archiver.core.normalise import close_up

GAP = "\t"
"""Stands between two lines of one row, so that a value never runs into the next column."""

_ALIKE = (
    (re.compile(r"(?<=[年月一二三])\+(?=[一二三四五六七八九日月])"), "十"),
    (re.compile(r"(?<=[年月])[-—](?=[月日])"), "一"),
    (re.compile(r"(?<=至)[水氷]久"), "永久"),
)
"""What OCR takes for another character where only one can stand."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a page.

    Attributes:
        page: from 1.
        text: width and blanks made equal, case kept; lines joined with `GAP`.
        lines: the lines it is made of.
        starts: the offset in `text` at which each of them begins.
    """

    page: int
    text: str
    lines: tuple[Line, ...]
    starts: tuple[int, ...]

    def line_at(self, offset: int) -> Line:
        """The line that a character of `text` came from."""
        return self.lines[max(0, bisect_right(self.starts, offset) - 1)]


def rows(pages: Iterable[Page]) -> Iterator[Row]:
    """The rows of all pages, top to bottom."""
    for page in pages:
        for group in _groups(page.lines, page.slope):
            yield _row(page.number, group)


def _row(page: int, group: list[Line]) -> Row:
    parts = [plain(line.text) for line in group]
    starts, offset = [], 0
    for part in parts:
        starts.append(offset)
        offset += len(part) + len(GAP)
    return Row(page, GAP.join(parts), tuple(group), tuple(starts))


def plain(text: str) -> str:
    """NFKC (full-width forms become half-width), blanks between Han characters removed."""
    text = text.replace("№", "No.")  # of which NFKC would leave no more than a word
    text = close_up(unicodedata.normalize("NFKC", text).replace("\t", " "))
    for look, meant in _ALIKE:
        text = look.sub(meant, text)
    return text


def _groups(lines: tuple[Line, ...], slope: Slope) -> Iterator[list[Line]]:
    """Neighbouring lines whose boxes share most of their height and do not lie over one another."""
    group: list[Line] = []
    for line in lines:
        if group and not _beside(group[-1].box, line.box, slope):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _beside(left: Box | None, right: Box | None, slope: Slope) -> bool:
    """Whether the second box stands to the right of the first, at the same height."""
    if left is None or right is None or right[0] < left[0]:
        return False
    left, right = straight(left, slope), straight(right, slope)
    shared = min(left[3], right[3]) - max(left[1], right[1])
    return shared > 0.5 * min(left[3] - left[1], right[3] - right[1])
