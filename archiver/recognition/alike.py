"""Whether two scans show the same sheet of paper: by how it looks, what it says, and its numbers.

Papers of one form look alike and say nearly the same, so what must not differ are numbers: a false
link is worse than a missed one. Measured on papers scanned cleanly, askew with noise, dark and
much compressed, and coarse: `docs/design.md`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest

from rapidfuzz.distance import Levenshtein

from archiver.core.model import Field, Page
from archiver.core.normalise import HAN, fold

LEAST_TEXT = 0.9
"""Share of equal text below which it is another paper; rescans had 0.92 and more."""
MOST_LOOK = 10
"""Bits of 64 that may differ between the looks of two pages; rescans had up to 10."""
_LONGEST = 8_000
"""Characters that are compared: the first pages."""
_LEAST_TOLD = 30
"""Characters below which a paper says too little to be told from another."""
_WORD_LENGTH = 2
_MARKS = 12
"""Marks of one scan; two scans of one paper have most of them in common."""

_NUMBER = re.compile(r"[0-9a-z.,:/\-]*[0-9][0-9a-z.,:/\-]*")
_HAN_NUMBER = re.compile(r"[〇零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]{2,}")
_WORD = re.compile(rf"[{HAN}a-z]{{4,}}")
_NO_DIGITS = re.compile(r"[.,:/\-]")
_ALIKE = str.maketrans("oilszb", "011528")
"""Letters that are read for digits, and digits for them."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is compared of a scan.

    Attributes:
        looks: the looks of its pages, 64 bits each.
        text: what it says, folded.
        numbers: every number on it, and which occurrence of it that is.
        values: the values read off it, by name.
    """

    looks: tuple[int, ...]
    text: str
    numbers: frozenset[tuple[str, int]]
    values: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike two scans of one paper are: share of equal text, bits by which pages differ."""

    text: float
    look: int


def sight(pages: Sequence[Page], fields: Iterable[Field]) -> Sight | None:
    """What is compared of a paper; None when no page of it was seen, only its text."""
    looks = tuple(int(page.look, 16) for page in pages if page.look)
    if not looks:
        return None
    text = "\f".join(fold(page.text) for page in pages)[:_LONGEST]
    values = defaultdict[str, set[str]](set)
    for field in fields:
        values[field.name].add(field.value)
    named = {name: frozenset(found) for name, found in values.items()}
    return Sight(looks, text, frozenset(_counted(_numbers(text))), named)


def marks(seen: Sight) -> tuple[int, ...]:
    """A few numbers and words of a scan, as 32-bit marks by which its rescan is found.

    Which they are depends on nothing but themselves, so two scans of one paper choose the same.
    """
    numbers = (one for one, _ in seen.numbers if len(one) >= 4)
    words = (one for one in _WORD.findall(seen.text))
    chosen = nsmallest(_MARKS, {_mark(one) for one in numbers})
    return (*chosen, *nsmallest(_MARKS - len(chosen), {_mark(one) for one in words} - {*chosen}))


def _mark(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=4).digest())


def alike(one: Sight, other: Sight) -> Alike | None:
    """How alike two scans are when they show the same paper; None when they do not."""
    told = min(len("".join(seen.text.split())) for seen in (one, other))
    if len(one.looks) != len(other.looks) or told < _LEAST_TOLD or _contradict(one, other):
        return None
    look = max((a ^ b).bit_count() for a, b in zip(one.looks, other.looks, strict=True))
    if look > MOST_LOOK:
        return None
    text = Levenshtein.normalized_similarity(one.text, other.text, score_cutoff=LEAST_TEXT)
    if text < LEAST_TEXT or _other_words(one.text, other.text):
        return None
    return Alike(round(text, 3), look)


def _other_words(one: str, other: str) -> bool:
    """Whether whole words differ: a form letter to somebody else.

    What is misread differs by single characters: that had 210 of 213 pairs of scans.
    """
    changes = Levenshtein.opcodes(one, other)
    return any(
        change.tag == "replace"
        and change.src_end - change.src_start >= _WORD_LENGTH
        and change.dest_end - change.dest_start >= _WORD_LENGTH
        for change in changes
    )


def _contradict(one: Sight, other: Sight) -> bool:
    """Whether a value or a number stands against it.

    A number that one scan lacks may have been missed. Where each has one of its own, they differ.
    """
    for name in one.values.keys() & other.values.keys():
        if not one.values[name] & other.values[name]:
            return True
    return bool(one.numbers - other.numbers and other.numbers - one.numbers)


def _numbers(text: str) -> Iterator[str]:
    """The numbers in a text, without the marks that stand in them."""
    for match in _NUMBER.finditer(text):
        yield _NO_DIGITS.sub("", match.group()).translate(_ALIKE)
    yield from _HAN_NUMBER.findall(text)


def _counted(numbers: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Each number with how often it came before: a form may say one twice."""
    before = Counter[str]()
    for number in numbers:
        yield number, before[number]
        before[number] += 1
