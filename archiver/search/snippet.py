"""A short piece of the text as it was read, as wide as a line of a terminal, hits marked."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice

from archiver.core.normalise import HAN, align
from archiver.search.base import MARK
from archiver.search.needles import Glob, Needle, Span

WIDTH = 78
"""Columns, the signs of omission included."""
_BEFORE = 24
_NEAR = 100
"""Characters on either side of a hit among which the line is cut out."""
_REACHES = (_NEAR, 10 * _NEAR, 100 * _NEAR)
"""How far from a hit's likely place it is looked for: near first, for that costs little."""
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_BESIDE_HAN = re.compile(rf" (?:(?=[{HAN}])|(?<=[{HAN}] ))")
_LATIN = re.compile(rf"[^\W_{HAN}]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff]")
"""Invisible and direction marks, surrogates, private characters."""


def snippet(raw: str, text: str, looks: Sequence[Needle | Glob]) -> str:
    """One line of `raw` around the first hit; its beginning when there is none.

    Args:
        raw: the text as it was read.
        text: `searchable(raw)`.
        looks: what was looked for.
    """
    starts = [span[0] for look in looks for span in islice(look.spans(text), 1)]
    likely = min(starts, default=0) * len(raw) // max(1, len(text))
    begin, spans = 0, list[Span]()
    for reach in _REACHES if starts else ():
        begin = max(0, likely - reach)
        window = align(raw[begin : likely + reach])
        spans = sorted(window.span(*span) for look in looks for span in look.spans(window.text))
        if spans:
            break
    first = begin + (spans[0][0] if spans else 0)
    start, end = max(0, first - _NEAR), first + _NEAR
    near = [(low + begin - start, high + begin - start) for low, high in spans]
    line = _tidy(_marked(raw[start:end], near))
    return _cut(line, more_before=start > 0, more_behind=end < len(raw))


def width(text: str) -> int:
    """Columns on a terminal (Unicode UAX 11: wide and full-width take two, marks none)."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if char in MARK or unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _marked(piece: str, spans: Iterable[Span]) -> str:
    """`piece` with marks around the spans, which rise by their start; what overlaps is one."""
    joined: list[Span] = []
    for low, high in spans:
        if joined and low <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(high, joined[-1][1])
        else:
            joined.append((low, high))
    done = 0
    pieces = []
    for low, high in joined:
        pieces += [_seen(piece[done:low]), MARK[0], _seen(piece[low:high]), MARK[1]]
        done = high
    return "".join((*pieces, _seen(piece[done:])))


def _seen(piece: str) -> str:
    """Without what would disturb a terminal, or pass for one of our marks."""
    return _UNSEEN.sub("", _BLANKS.sub(" ", piece))


def _tidy(line: str) -> str:
    return _BESIDE_HAN.sub("", line).strip()


def _cut(line: str, *, more_before: bool, more_behind: bool) -> str:
    """As much of `line` as fits, from a little before the first mark on; words stay whole."""
    hit = max(0, line.find(MARK[0]))
    start, columns = hit, 0
    while start and columns < _BEFORE:
        start -= 1
        columns += _columns(line[start])
    while start < hit and _in_word(line, start):
        start += 1
    lead = "…" if start or more_before else ""
    end, columns = start, len(lead)
    while end < len(line) and columns + _columns(line[end]) < WIDTH:
        columns += _columns(line[end])
        end += 1
    whole = end
    while whole > hit and _in_word(line, whole):
        whole -= 1
    end = whole if whole > hit + 1 else end
    piece = line[start:end]
    close = MARK[1] if piece.count(MARK[0]) > piece.count(MARK[1]) else ""
    return f"{lead}{piece.strip()}{close}{'…' if end < len(line) or more_behind else ''}"


def _in_word(line: str, at: int) -> bool:
    """Whether a cut at `at` would part a Latin word or a number, or a letter and its accent."""
    if not 0 < at < len(line):
        return False
    if unicodedata.combining(line[at]):
        return True
    return bool(_LATIN.match(line, at - 1) and _LATIN.match(line, at))
