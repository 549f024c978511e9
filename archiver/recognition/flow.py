"""The running text of a paper: what is written over the ends of lines, with the way back."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from archiver.core.model import Line
from archiver.core.normalise import HAN
from archiver.recognition.rows import Row

_LETTER_OF_HAN = re.compile(rf"[{HAN},。、;:()]")


@dataclass(frozen=True, slots=True)
class Flow:
    """Rows as one text.

    Attributes:
        text: the rows; a line break between them, nothing where a Han sentence goes on.
        rows: the rows it is made of.
        starts: the offset in `text` at which each of them begins.
    """

    text: str
    rows: tuple[Row, ...]
    starts: tuple[int, ...]

    def at(self, offset: int) -> tuple[Row, Line]:
        """The row and the line that a character came from."""
        number = max(0, bisect_right(self.starts, offset) - 1)
        row = self.rows[number]
        return row, row.line_at(offset - self.starts[number])


def flow(rows: tuple[Row, ...]) -> Flow:
    """The rows in running text."""
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    for row in rows:
        if pieces and not _goes_on(pieces[-1], row.text):
            pieces.append("\n")
            length += 1
        starts.append(length)
        pieces.append(row.text)
        length += len(row.text)
    return Flow("".join(pieces), rows, tuple(starts))


def _goes_on(before: str, after: str) -> bool:
    """Whether a sentence in Han runs from one line into the next: no blank belongs between."""
    return bool(before and after and _is_han(before[-1]) and _is_han(after[0]))


def _is_han(char: str) -> bool:
    return bool(_LETTER_OF_HAN.match(char))
