"""A short piece of the text around the first hit, as wide as a line of a terminal."""

import re
import unicodedata
from collections.abc import Iterable

from archiver.search.base import MARK
from archiver.search.text import haystack, pattern

WIDTH = 76
_BEFORE = 16


def snippet(text: str, needles: Iterable[str]) -> str:
    """About `WIDTH` columns of `text` with the first hit between the marks; its beginning if none.

    The text shown is the searched form (widths and blanks made equal): there a hit is a hit.
    """
    plain = re.sub(r"\s+", " ", haystack(text)).strip()
    found = (match for needle in needles if (match := pattern(needle).search(plain)))
    first = min(found, key=lambda match: match.start(), default=None)
    if first is None:
        return _fit(plain, WIDTH)
    start = max(0, first.start() - _BEFORE)
    lead = ("…" if start else "") + plain[start : first.start()]
    hit = first.group()
    tail = _fit(plain[first.end() :], max(0, WIDTH - width(lead) - width(hit)))
    return f"{lead}{MARK[0]}{hit}{MARK[1]}{tail}"


def width(text: str) -> int:
    """Columns on a terminal (Unicode UAX 11: wide and full-width take two)."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _fit(text: str, columns: int) -> str:
    """The beginning of `text` in at most that many columns."""
    taken = 0
    for at, char in enumerate(text):
        taken += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if taken > columns:
            return text[:at] + "…"
    return text
