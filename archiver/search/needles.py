"""Finding a string or a wildcard in searchable text, in time linear in the text.

This is the meaning that `archiver.search.query` gives to words; an index only narrows down where to
look. No regular expression with a `*` of its own is used: on a hostile page it would never end.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from archiver.core.normalise import HAN
from archiver.search.query import REACH, Text, Wildcard

Span = tuple[int, int]
_LATIN = re.compile(rf"[^\W_{HAN}]")
"""A letter or digit of a script that puts blanks between words."""
_LETTERS = re.compile(r"[^\W_]*")
"""Letters, digits and Han characters: what wildcards stand for."""


class Needle:
    """A string to be found whole: never in the middle of a Latin word."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._utf8 = text.encode()
        self._anywhere = not (_LATIN.match(text) or _LATIN.match(text[-1:]))

    def found_in(self, text: str) -> bool:
        """Whether it stands anywhere in `text`."""
        if self._anywhere or self._text not in text:
            return self._text in text and self._text != ""
        return next(self.spans(text), None) is not None

    def found_in_utf8(self, text: bytes) -> bool:
        """The same for a text as it is stored, which then need not always be decoded."""
        if self._utf8 not in text or not self._utf8:
            return False
        return self._anywhere or self.found_in(text.decode())

    def spans(self, text: str) -> Iterator[Span]:
        """Where it stands, from left to right; places may overlap."""
        for start, end in _places(self._text, text) if self._text else ():
            if _between_words(text, start) and _between_words(text, end):
                yield start, end


class Glob:
    """A pattern with `*` and `?`, cut at its stars into pieces of fixed length."""

    def __init__(self, pattern: str) -> None:
        self._opens, self._ends = pattern.startswith("*"), pattern.endswith("*")
        self._pieces = [piece for piece in pattern.split("*") if piece]
        self._utf8 = [piece.encode() for piece in self._pieces if "?" not in piece]
        self._pair = _pair(self._pieces) if len(self._pieces) == len(self._utf8) == 2 else None

    def found_in(self, text: str) -> bool:
        """Whether it fits anywhere in `text`."""
        return next(self.spans(text), None) is not None

    def found_in_utf8(self, text: bytes) -> bool:
        """The same for a text as it is stored."""
        if self._pair:
            return self._pair.search(text.decode()) is not None
        return all(piece in text for piece in self._utf8) and self.found_in(text.decode())

    def spans(self, text: str) -> Iterator[Span]:
        """Where it fits, by its end from left to right: the shortest fit for every end."""
        first, *others = self._pieces
        fits = [one for one in _fits(first, text) if self._opens or _between_words(text, one[0])]
        for piece in others:
            fits = list(_joined(fits, _fits(piece, text), text))
        for start, end in fits:
            if self._ends or _between_words(text, end):
                yield start, end


def _pair(pieces: list[str]) -> re.Pattern[str] | None:
    """Finds two Han characters with a star between them, many times faster than `Glob.spans`.

    Linear, for between them neither stands again: the nearest two fit whenever any two do.
    """
    if not all(len(piece) == 1 and re.match(f"[{HAN}]", piece) for piece in pieces):
        return None
    first, second = pieces
    return re.compile(rf"{first}[^\W_{first}{second}]{{0,{REACH}}}{second}")


def needle(leaf: Text | Wildcard) -> Needle | Glob:
    """What looks for `leaf`."""
    return Glob(leaf.pattern) if isinstance(leaf, Wildcard) else Needle(leaf.needle)


def _between_words(text: str, at: int) -> bool:
    """Whether no Latin word or number runs across the offset `at`."""
    if not 0 < at < len(text):
        return True
    return not (_LATIN.match(text, at - 1) and _LATIN.match(text, at))


def _places(string: str, text: str) -> Iterator[Span]:
    """Every place of `string`, overlapping ones too."""
    start = text.find(string)
    while start >= 0:
        yield start, start + len(string)
        start = text.find(string, start + 1)


def _fits(piece: str, text: str) -> Iterator[Span]:
    """Every place of a piece of a pattern: each `?` in it is one letter."""
    if "?" not in piece:
        return _places(piece, text)
    letters = r"[^\W_]".join(re.escape(part) for part in piece.split("?"))
    return (found.span(1) for found in re.finditer(f"(?=({letters}))", text))


def _joined(fits: list[Span], places: Iterator[Span], text: str) -> Iterator[Span]:
    """Every place of the next piece within reach of a fit: the nearest fit decides."""
    ends = [end for _, end in fits]
    for start, end in places:
        nearest = bisect_right(ends, start) - 1
        if nearest < 0 or start - ends[nearest] > REACH:
            continue
        if _LETTERS.fullmatch(text, ends[nearest], start):
            yield fits[nearest][0], end
