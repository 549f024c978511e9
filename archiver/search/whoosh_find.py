"""Which documents a query means, and how well each fits.

Every node becomes a set of documents, so AND, OR and NOT are exact by construction.
"""

from collections.abc import Iterable
from datetime import date
from math import log

from archiver.search.grams import needs
from archiver.search.query import (
    All,
    AnyOf,
    InState,
    Not,
    Present,
    Query,
    Text,
    Wildcard,
    Within,
)
from archiver.search.whoosh_fields import between, in_field, in_state, within
from archiver.search.whoosh_library import Counts, Library
from archiver.search.whoosh_rows import LENGTH
from archiver.search.whoosh_text import in_text

_SATURATION, _LENGTH_SHARE, _USUAL_LENGTH = 1.2, 0.5, 1000
"""k1 and b of BM25; the usual length is that of a page: the true mean is not worth keeping."""
_TEXTS = {None, "text", "title"}
Among = set[int] | None
"""Documents beyond which nobody asks; None for all."""


class Finder:
    """Answers one query on one state of the index."""

    def __init__(self, library: Library, today: date) -> None:
        self._library = library
        self._today = today
        self._scored: list[tuple[float, Counts]] = []

    def find(self, query: Query) -> set[int]:
        """Exactly the documents that `query` means."""
        return self._find(query, None, scored=True) - self._library.deleted

    def scores(self, documents: Iterable[int]) -> dict[int, float]:
        """How well each document that was found fits: BM25 over the words asked for."""
        facts = self._library.facts
        base, step = _SATURATION * (1 - _LENGTH_SHARE), _SATURATION * _LENGTH_SHARE / _USUAL_LENGTH
        total = dict.fromkeys(documents, 0.0)
        for rarity, counts in self._scored:
            weight = rarity * (_SATURATION + 1)
            for document in total.keys() & counts.keys():
                count = counts[document]
                slope = base + step * facts[document][LENGTH]
                total[document] += weight * count / (count + slope)
        return total

    def _find(self, query: Query, among: Among, *, scored: bool) -> set[int]:
        if isinstance(query, All):
            return self._all(query.queries, among, scored=scored)
        if isinstance(query, AnyOf):
            return set().union(*(self._find(one, among, scored=scored) for one in query.queries))
        if isinstance(query, Not):
            base = self._library.living() if among is None else among
            return base - self._find(query.query, base, scored=False)
        if isinstance(query, Text | Wildcard) and query.field in _TEXTS:
            found = in_text(self._library, query, among)
            if scored:
                self._scored.append((self._rarity(found), found))
            return _within(found, among)
        return _within(self._known(query), among)

    def _all(self, queries: Iterable[Query], among: Among, *, scored: bool) -> set[int]:
        """What costs little first, so that few documents are left to look at."""
        for query in sorted(queries, key=_cost):
            among = self._find(query, among, scored=scored)
            if not among:
                return set()
        return among or set()

    def _known(self, query: Query) -> Iterable[int]:
        """What the index can tell without a look at any text."""
        library = self._library
        match query:
            case Text() | Wildcard():
                return in_field(library, query)
            case Within():
                return within(library, query)
            case InState(state):
                return in_state(library, state, self._today)
            case Present(field) if field in {"text", "title"}:
                return (one for one, text in library.stored(library.living(), field) if text)
            case Present(field):
                return between(library, field)
            case _:
                return library.living()

    def _rarity(self, found: Counts) -> float:
        """The weight of a word: the fewer have it, the more it says (BM25's idf)."""
        return log(1 + (self._library.size - len(found) + 0.5) / (len(found) + 0.5))


def _within(found: Iterable[int], among: Among) -> set[int]:
    return set(found) if among is None else among.intersection(found)


def _cost(query: Query) -> int:
    """0: the index can tell; 1: texts may be looked at; 2: a NOT, which profits from few."""
    match query:
        case Not():
            return 2
        case All(parts) | AnyOf(parts):
            return max(map(_cost, parts))
        case Text() | Wildcard() if query.field in _TEXTS:
            return 0 if needs(query).exact else 1
        case _:
            return 0
