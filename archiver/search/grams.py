"""What text is cut into for the index: Latin words, Han characters, pairs of Han neighbours.

Pairs overlap, so every Han string of two characters is a term and every longer one needs all of its
pairs; words are whole. Counts are kept, positions are not: they would cost twice the time and
five times the space, and a look at the stored text settles what they would say.

What a `*` stands for has no such terms, but it never leaves its run of letters. So the runs of a
text are dealt out to a few slots, and of every Han character the slots are kept in which it stands:
characters without a common slot are in no run together.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from operator import add

from archiver.core.normalise import HAN
from archiver.search.query import Text, Wildcard

LONGEST = 64
"""Characters of a word that are indexed; what is longer is told apart in the stored text."""
WORD = "\x01"
"""Begins the term of every Latin word, so that they stand together, before all Han terms."""
SLOTS = "0123"
"""Ends the term of a character's slots; each is for eight of them, whose bits make up a count."""
_RUNS = re.compile(f"[{HAN}]+")
_LETTERS = re.compile(r"[^\W_]+")
_PATTERNS = re.compile(r"(?:[^\W_]|[*?])+")
_WORDS = re.compile(rf"[^\W_{HAN}]+")
_PIECES = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")


def counted(text: str) -> dict[str, int]:
    """How often each term occurs in searchable `text`."""
    runs = " ".join(_RUNS.findall(text))
    counts = Counter(runs)
    counts.update(map(add, runs, runs[1:]))
    found = {term: count for term, count in counts.items() if " " not in term}
    for word, count in Counter(_WORDS.findall(text)).items():
        term = WORD + word[:LONGEST]
        found[term] = found.get(term, 0) + count
    return found


def slots(text: str) -> dict[str, int]:
    """In which slots each Han character stands that shares a run of letters with another one.

    Returns:
        character and one of `SLOTS` → eight slots as bits.
    """
    found: dict[str, int] = {}
    for number, run in enumerate(_LETTERS.findall(text)):
        which, bit = divmod(number % (8 * len(SLOTS)), 8)
        characters = set("".join(_RUNS.findall(run)))
        for character in characters if len(characters) > 1 else ():
            term = character + SLOTS[which]
            found[term] = found.get(term, 0) | 1 << bit
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """Some word that a wildcard lengthens.

    Attributes:
        text: what is known of it.
        before: more letters may precede `text`.
        behind: more letters may follow.
    """

    text: str
    before: bool
    behind: bool

    def may_be(self, word: str) -> bool:
        """Whether the indexed `word` is such a one; of a long word only the beginning is known."""
        if self.before:
            known = self.text in word if self.behind else word.endswith(self.text)
            return known or len(word) == LONGEST
        return word.startswith(self.text[:LONGEST])


@dataclass(frozen=True, slots=True)
class Needs:
    """What a document must have, so that a look at its text is worth while.

    Attributes:
        terms: it must have all of them.
        parts: for each of them a word it must have.
        together: Han characters, at least two, that must share a run of letters.
        exact: no look is needed: every document that has these is an answer.
    """

    terms: tuple[str, ...]
    parts: tuple[Part, ...]
    together: tuple[str, ...]
    exact: bool


def needs(leaf: Text | Wildcard) -> Needs:
    """What `leaf` asks of a document."""
    wild = "*?" if isinstance(leaf, Wildcard) else ""
    text = leaf.pattern if isinstance(leaf, Wildcard) else leaf.needle
    around = f" {text} "
    together = tuple(_together(text)) if wild else ()
    terms: dict[str, None] = {}
    parts = []
    for piece in _PIECES.finditer(text):
        part = Part(piece[0], around[piece.start()] in wild, around[piece.end() + 1] in wild)
        if (part.before or part.behind) and _WORDS.match(part.text):
            parts.append(part)
        elif len(part.text) > 1 or not any(part.text in characters for characters in together):
            terms.update(dict.fromkeys(_terms(part.text)))
    return Needs(tuple(terms), tuple(parts), together, _is_one_term(text, wild))


def _together(pattern: str) -> Iterator[str]:
    """The Han characters of each run of letters within which something is left open."""
    for run in _PATTERNS.findall(pattern):
        characters = "".join(dict.fromkeys("".join(_RUNS.findall(run))))
        if len(characters) > 1 and re.search(r"[*?]", run.strip("*?")):
            yield characters


def _terms(piece: str) -> Iterator[str]:
    """The terms of one word, or of one run of Han characters."""
    if _WORDS.match(piece):
        yield WORD + piece[:LONGEST]
    elif len(piece) == 1:
        yield piece
    else:
        yield from map(add, piece, piece[1:])


def _is_one_term(text: str, wild: str) -> bool:
    """Whether the index alone can tell: one or two Han characters, a word, a word and a `*`."""
    bare = text.strip("*") if wild else text
    if not _PIECES.fullmatch(bare):
        return False
    return len(bare) < LONGEST and text[0] != "*" if _WORDS.match(bare) else len(bare) <= 2
