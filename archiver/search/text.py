"""Text as it is searched: folded, blanks and line ends between Han characters removed."""

import re
from collections import Counter
from functools import lru_cache

from archiver.core.normalise import HAN, fold

_BETWEEN = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
_TOKEN = re.compile(rf"[{HAN}]|(?:(?![{HAN}])\w)+")
_HAN = re.compile(rf"[{HAN}]")
WILD = "*?"


def haystack(text: str) -> str:
    """`text` as queries look through it."""
    return _BETWEEN.sub("", fold(text))


def tokens(searched: str) -> Counter[str]:
    """What a text is indexed by: words, single Han characters, and pairs of neighbours."""
    counts: Counter[str] = Counter()
    end, before = -1, ""
    for match in _TOKEN.finditer(searched):
        token = match.group()
        counts[token] += 1
        if _HAN.match(token):
            if end == match.start() and before:
                counts[before + token] += 1
            before = token
        else:
            before = ""
        end = match.end()
    return counts


def required(needle: str) -> list[str]:
    """Tokens that a text holding `needle` must have; ones with a wildcard keep it."""
    found: list[str] = []
    for run in re.findall(rf"[{HAN}]+|(?:(?![{HAN}])[\w*?])+", haystack(needle)):
        if not _HAN.match(run) or len(run) == 1:
            found.append(run)
        else:
            found.extend(run[at : at + 2] for at in range(len(run) - 1))
    return found


@lru_cache(maxsize=512)
def pattern(needle: str) -> re.Pattern[str]:
    """Finds `needle` in a haystack: Han anywhere, other words whole, `*` and `?` within a word."""
    plain = haystack(needle).strip()
    parts = []
    for char in plain:
        if char == "*":
            parts.append(r"\w*")
        elif char == "?":
            parts.append(r"\w")
        elif char.isspace():
            parts.append(r"\s+")
        else:
            parts.append(re.escape(char))
    starts = rf"(?:(?<=[{HAN}])|(?<!\w))" if plain and _is_word(plain[0]) else ""
    ends = rf"(?:(?=[{HAN}])|(?!\w))" if plain and _is_word(plain[-1]) else ""
    return re.compile(starts + "".join(parts) + ends)


def _is_word(char: str) -> bool:
    """Whether a character is part of a word that must be whole (Han characters are not)."""
    return (char.isalnum() or char == "_") and not _HAN.match(char)
