"""Did you mean …? What names, labels, numbers and frequent words have nearly as it was typed.

The index alone is asked, and in bulk: hundreds of thousands of numbers are compared in a fraction
of a second, with no look at any text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from archiver.core.normalise import HAN
from archiver.search.forms import VALUES, squeezed
from archiver.search.grams import LONGEST, WORD
from archiver.search.needles import Needle
from archiver.search.query import All, AnyOf, Query, Text
from archiver.search.whoosh_fields import in_field
from archiver.search.whoosh_find import Finder
from archiver.search.whoosh_library import Library

_MOST_WORDS = 3
"""Words of a query that are looked after."""
_MOST_TERMS = 300_000
"""Terms of a field that are compared: the bound of the time."""
_OFFERED = 3
_NEAREST = 8
"""Candidates of each kind."""
_QUOTES = set('"“”＂')
"""What holds one cannot be typed as a query."""
_HAN = re.compile(f"[{HAN}]")
_WORDS = re.compile(rf"[^\W_{HAN}]{{3,}}")

Candidate = tuple[int, int, str]
"""How many letters differ, minus the number of documents, what to write."""


def meant(library: Library, query: Query, today: date) -> dict[str, tuple[str, ...]]:
    """Words of `query` that no document has → what was perhaps meant, the likeliest first.

    Args:
        library: the open index.
        query: one that finds nothing.
        today: the day of the question.
    """
    known = _Known(library)
    found = {}
    while isinstance(query, All) and len(query.queries) == 1:
        (query,) = query.queries
    for leaf in islice(dict.fromkeys(_words(query)), _MOST_WORDS):
        missing = leaf == query or not Finder(library, today).find(leaf)
        if missing and reach(leaf.needle):
            near = sorted(_candidates(known, leaf))
            names = dict.fromkeys(one for _, _, one in near if not _QUOTES & set(one))
            if names:
                found[leaf.needle] = tuple(names)[:_OFFERED]
    return found


class _Known:
    """What the index knows by name, read at most once for all words of a query."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.numbers = cache(self._numbers)
        self.pieces = cache(self._pieces)
        self.frequent = cache(self._frequent)

    def _numbers(self, field: str) -> tuple[list[str], list[str]]:
        """Numbers or tags: the terms, and letters and digits alone of each."""
        terms = "\x00".join(self.library.joined(field)).split("\x00")[:_MOST_TERMS]
        return terms, [term.rpartition("\t")[2] for term in terms]

    def _pieces(self, field: str) -> list[str]:
        """Every name or label of `field`, each once; the id or code before them too."""
        joined = "\x00".join(self.library.joined(field)).replace("\t", "\x00")
        return list(dict.fromkeys(joined.split("\x00")))[:_MOST_TERMS]

    def _frequent(self) -> list[str]:
        """Latin words of texts."""
        joined = "\x00".join(self.library.joined("text", WORD, chr(ord(WORD) + 1)))
        words = (one[1:] for one in joined.split("\x00") if one.startswith(WORD) and len(one) > 3)
        return list(islice(dict.fromkeys(words), _MOST_TERMS))


def reach(word: str) -> int:
    """How many letters may differ: none in a short word, where everything is near everything."""
    if _HAN.search(word):
        return int(len(word) >= 3)
    shortest = 6 if word.isdigit() else 4
    return 0 if len(word) < shortest else 1 if len(word) < 8 else 2


def _words(query: Query) -> Iterator[Text]:
    """The words that a hit must have, or may have."""
    if isinstance(query, Text):
        yield query
    elif isinstance(query, All | AnyOf):
        for part in query.queries:
            yield from _words(part)


def _candidates(known: _Known, leaf: Text) -> Iterator[Candidate]:
    """Whatever is written nearly as `leaf` where it was looked for."""
    field, word = leaf.field, leaf.needle
    if field in {None, "customer"}:
        yield from _in_names(known, "customer", word)
    if field == "category":
        yield from _near(word, known.pieces("category"))
    elif field is None:
        yield from _in_names(known, "category", word)
    for one in VALUES if field is None else (field,) if field in VALUES else ():
        yield from _numbers(known, one, word)
    if field in {None, "text"} and not _HAN.search(word):
        yield from _frequent(known, word)


def _closest(word: str, known: Sequence[str]) -> Iterator[tuple[int, int]]:
    """How many letters differ, and which of `known` it is: the nearest few."""
    for _, differing, at in process.extract(
        word,
        known,
        scorer=OSA.distance,
        score_cutoff=reach(word),
        limit=_NEAREST,
    ):
        yield int(differing), at


def _near(word: str, names: Sequence[str]) -> Iterator[Candidate]:
    """Those of `names` that differ in few letters."""
    return ((differing, 0, names[at]) for differing, at in _closest(word, names))


def _in_names(known: _Known, field: str, word: str) -> Iterator[Candidate]:
    """Whole names, Latin words in them, or as much of a Han name as was typed."""
    names = known.pieces(field)
    likely = [*_near(word, names)]
    if _HAN.search(word):
        likely += ((1, 0, one) for one in islice(_parts(word, names), _NEAREST))
    else:
        likely += _near(word, list(dict.fromkeys(_WORDS.findall("\x00".join(names)))))
    for candidate in dict.fromkeys(likely):
        if field != "customer" or _lives(known.library, Text(candidate[2], field)):
            yield candidate


def _lives(library: Library, leaf: Text) -> bool:
    """Whether more has it than what was overwritten."""
    return not library.deleted or bool(in_field(library, leaf).keys() - library.deleted)


def _parts(word: str, names: Iterable[str]) -> Iterator[str]:
    """Parts of names with another letter than `word` somewhere, one more, or one fewer."""
    half = len(word) // 2
    look = re.compile("|".join(_one_other(word)))
    found = (
        place[0]
        for name in names
        if word[:half] in name or word[half:] in name  # one of the halves is as it was typed
        for place in look.finditer(name)
        if Needle(place[0]).found_in(name)
    )
    yield from dict.fromkeys(found)


def _one_other(word: str) -> Iterator[str]:
    """Patterns of `word` with another letter, one letter more, one fewer."""
    for at, letter in enumerate(word):
        before, behind = re.escape(word[:at]), re.escape(word[at + 1 :])
        yield rf"{before}[^\W_]{behind}"
        if at:
            yield rf"{before}[^\W_]{re.escape(letter)}{behind}"
        if 0 < at < len(word) - 1 and len(word) > 3:
            yield before + behind


def _numbers(known: _Known, field: str, word: str) -> Iterator[Candidate]:
    """Numbers or tags of which letters or digits differ; blanks and signs count for nothing."""
    terms, bare = known.numbers(field)
    for differing, at in _closest(squeezed(word), bare):
        papers = known.library.counts(field, terms[at]).keys() - known.library.deleted
        if papers:
            yield differing, -len(papers), terms[at].partition("\t")[0]


def _frequent(known: _Known, word: str) -> Iterator[Candidate]:
    """Words of texts that more than one paper has."""
    library = known.library
    for differing, _, name in _near(word, known.frequent()):
        papers = library.counts("text", WORD + name[:LONGEST]).keys() - library.deleted
        if len(papers) > 1:
            yield differing, -len(papers), name
