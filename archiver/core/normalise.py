"""Text as it is compared: full-width and half-width, upper and lower case made equal.

The raw text is always kept beside; nothing normalised is ever shown to a person.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Ranges of a character class that matches one Han character (〇 and 々 included)."""

_SPACES = re.compile(r"[^\S\n\f]+")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}：:，。、（）]) (?=[{HAN}：:，。、（）])")


def fold(text: str) -> str:
    """NFKC and case folding (Unicode UAX 15, 21), runs of blanks as one, line breaks kept."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text).casefold())


def compact(text: str) -> str:
    """Folded, without any white space: for comparing names and finding Han words."""
    return "".join(fold(text).split())


def close_up(text: str) -> str:
    """Remove the blanks that OCR puts between Han characters; others stay."""
    return _BETWEEN_HAN.sub("", text)


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Soft hyphen, zero-width and direction marks: on no paper, yet in many PDF text layers."""
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_BESIDE_HAN = re.compile(rf"(?<=[{HAN}]) | (?=[{HAN}])")
_SQUEEZES = ((_INVISIBLE, ""), (_BLANKS, " "), (_BESIDE_HAN, ""))
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN = "\x00-\x7f\u3400-\u4dbf\u4e00-\u9fff"
"""Characters that folding maps one to one and that never join the one before them."""
_ODD = re.compile(rf"[{_PLAIN}]?[^{_PLAIN}]+")


def searchable(text: str) -> str:
    """`text` as search compares it, on one line.

    Width and case are folded, lone surrogates become U+FFFD, invisible characters go, white space
    and control characters become one blank, and none is left beside a Han character: neither the
    blanks of OCR nor the end of a line tear a Chinese word apart.
    """
    text = _fold(text)
    for pattern, replacement in _SQUEEZES:
        text = pattern.sub(replacement, text)
    return text.strip(" ")


@dataclass(frozen=True, slots=True)
class Aligned:
    """A searchable text that remembers where it came from.

    Attributes:
        raw: the text as it was.
        text: `searchable(raw)`.
        origin: for each character of `text` the offset in `raw` it came from; never decreases.
    """

    raw: str
    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` (not empty) stands in `raw`: start and end offset."""
        first, last = self.origin[start], self.origin[end - 1]
        following = bisect_right(self.origin, last)
        after = self.origin[following] if following < len(self.origin) else len(self.raw)
        return first, last + len(self.raw[last:after].rstrip())


def align(text: str) -> Aligned:
    """`searchable(text)`, each character with the offset in `text` it came from."""
    pieces: list[str] = []
    origin: list[int] = []
    done = 0
    for odd in _ODD.finditer(text):
        pieces.append(text[done : odd.start()].casefold())
        origin.extend(range(done, odd.start()))
        for at, piece in _folded(odd.group(), odd.start()):
            pieces.append(piece)
            origin.extend([at] * len(piece))
        done = odd.end()
    pieces.append(text[done:].casefold())
    origin.extend(range(done, len(text)))
    folded = "".join(pieces)
    for pattern, replacement in _SQUEEZES:
        folded, origin = _squeeze(pattern, replacement, folded, origin)
    bare = folded.strip(" ")
    start = folded.find(bare)
    return Aligned(text, bare, tuple(origin[start : start + len(bare)]))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", _SURROGATE.sub("\ufffd", text)).casefold()


@lru_cache(maxsize=4096)
def _fold_one(char: str) -> str:
    return _fold(char)


def _folded(odd: str, start: int) -> list[tuple[int, str]]:
    """Pieces of `odd` with their offsets: a character each, unless some of them join."""
    pieces = [(start + i, _fold_one(char)) for i, char in enumerate(odd)]
    whole = _fold(odd)
    return pieces if "".join(piece for _, piece in pieces) == whole else [(start, whole)]


def _squeeze(
    pattern: re.Pattern[str], replacement: str, text: str, origin: list[int]
) -> tuple[str, list[int]]:
    """`pattern.sub`, keeping `origin` in step; a replacement comes from where its match began."""
    kept: list[int] = []
    done = 0
    for match in pattern.finditer(text):
        kept += origin[done : match.start()]
        kept += origin[match.start() : match.start() + len(replacement)]
        done = match.end()
    return pattern.sub(replacement, text), kept + origin[done:]
