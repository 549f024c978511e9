"""A short piece of the text as it was read, as wide as a line of a terminal, hits marked."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice

from archiver.core.normalise import HAN, align, searchable
from archiver.search.base import MARK
from archiver.search.needles import Glob, Needle, Span

WIDTH = 78
"""Columns, the signs of omission included."""
_BEFORE = 24
_NEAR = 100
"""Characters on either side of a hit among which the line is cut out."""
_REACHES = (_NEAR, 10 * _NEAR)
"""How far from a hit's likely place it is looked for: near first, for that costs little."""
_FAR = 100 * _NEAR
"""The same where text is so uneven that the place had to be worked out."""
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_LINE_ENDS = re.compile(r"[\n\r\f\v\x85\u2028\u2029]")
_SIGNS = "：；，。、（）"
_NEEDLESS = re.compile(
    rf"(?:(?<=[{HAN}])|(?<=[{HAN}]{MARK[1]})) (?={MARK[0]}?[{HAN}])"
    rf"|[ \n](?=[{_SIGNS}])|(?<=[{_SIGNS}])[ \n]"
)
"""Blanks that nobody would write. Ends of lines stay but beside a sign, or lines run together."""
_LATIN = re.compile(rf"[^\W_{HAN}]")
_ACCENTS = {"Mn", "Me", "Mc"}
"""Categories of what is drawn with the letter before (Unicode UAX 29)."""
_JOINING = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\U0001f3fb-\U0001f3ff]")
"""So are the later parts of a Korean syllable, and hues of skin."""
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
    spans = _found(raw, min(starts), looks, len(text)) if starts else []
    first = spans[0][0] if spans else 0
    start, end = _around(raw, first)
    line = _tidy(_marked(raw[start:end], [(low - start, high - start) for low, high in spans]))
    return _cut(line, more_before=start > 0, more_behind=end < len(raw))


def _found(raw: str, at: int, looks: Sequence[Needle | Glob], whole: int) -> list[Span]:
    """Hits in `raw` about the one at `at` in its searchable text of `whole` characters."""
    likely = at * len(raw) // whole
    for reach in (*_REACHES, _FAR):
        if reach == _FAR:
            likely = _worked_out(raw, at)
        begin = max(0, likely - reach)
        window = align(raw[begin : likely + reach])
        found = sorted(window.span(*span) for look in looks for span in look.spans(window.text))
        if found:
            return [(low + begin, high + begin) for low, high in found]
    return []


def _worked_out(raw: str, at: int) -> int:
    """About where in `raw` the character `at` of its searchable text comes from, by halves."""
    low, high = 0, len(raw)
    while high - low > _NEAR:
        middle = (low + high) // 2
        length = len(searchable(raw[low:middle]))
        if length > at:
            high = middle
        else:
            low, at = middle, at - length
    return low


def _around(raw: str, first: int) -> Span:
    """What to cut the line out of: no letter is parted from its accents."""
    start, end = max(0, first - _NEAR), min(len(raw), first + _NEAR)
    while start < first and _joins(raw, start):
        start += 1
    while end > first + 1 and _joins(raw, end):
        end -= 1
    return start, end if end > first + 1 else min(len(raw), first + _NEAR)


def width(text: str) -> int:
    """Columns on a terminal (Unicode UAX 11: wide and full-width take two, marks none)."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if char in MARK or unicodedata.category(char) in _ACCENTS - {"Mc"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _marked(piece: str, spans: Iterable[Span]) -> str:
    """`piece` with marks around the spans, which rise by their start; what overlaps is one."""
    joined: list[Span] = []
    for start, end in spans:
        if start >= len(piece):
            break
        low, high = start, end
        while _joins(piece, low):
            low -= 1
        while _joins(piece, high):
            high += 1
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
    return _UNSEEN.sub("", _BLANKS.sub(_blank, piece))


def _blank(found: re.Match[str]) -> str:
    return "\n" if _LINE_ENDS.search(found[0]) else " "


def _tidy(line: str) -> str:
    return _NEEDLESS.sub("", line).replace("\n", " ").strip()


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
    while end > hit + 2 and _joins(line, end):
        end -= 1
    piece = line[start:end]
    close = MARK[1] if piece.count(MARK[0]) > piece.count(MARK[1]) else ""
    return f"{lead}{piece.strip()}{close}{'…' if end < len(line) or more_behind else ''}"


def _in_word(line: str, at: int) -> bool:
    """Whether a cut at `at` would part a Latin word or a number, or a letter and its accent."""
    if not 0 < at < len(line):
        return False
    return _joins(line, at) or bool(_LATIN.match(line, at - 1) and _LATIN.match(line, at))


def _joins(line: str, at: int) -> bool:
    """Whether what stands at `at` belongs to the character before: an accent, a hue of skin."""
    if not 0 < at < len(line):
        return False
    return unicodedata.category(line[at]) in _ACCENTS or bool(_JOINING.match(line, at))
