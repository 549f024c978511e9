"""Counts of all hits by category, customer, year and state: sizes of sets, no text is looked at."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from operator import itemgetter

from archiver.search.base import Count
from archiver.search.whoosh_library import LAST, Library
from archiver.search.whoosh_postings import length, unpack
from archiver.search.whoosh_rows import DATE, due_term

_Having = tuple[str, int, int, bytes]
"""A term, how many of the documents have it in a segment, the segment's start, its packed list."""


def facets(library: Library, found: Collection[int], today: date) -> dict[str, tuple[Count, ...]]:
    """Every facet → its values among the documents `found`, the most frequent first."""
    tally = _Tally(library, found)
    return {
        "category": _ranked(tally.categories()),
        "customer": tally.customers(),
        "year": _years(library, found),
        "state": _ranked(tally.states(due_term(today.toordinal()))),
    }


def _years(library: Library, found: Collection[int]) -> tuple[Count, ...]:
    """By year of the paper's date; the undated are last."""
    facts = map(library.facts.__getitem__, found)
    years = Counter[str]()
    undated = 0
    for day, count in Counter(map(itemgetter(DATE), facts)).items():
        if day:
            years[f"{date.fromordinal(day).year:04d}"] += count
        else:
            undated = count
    return (*_ranked(years), *([Count(None, None, undated)] if undated else ()))


class _Tally:
    """Counts documents by their terms."""

    def __init__(self, library: Library, found: Collection[int]) -> None:
        self._library = library
        self._total = len(found)
        self._all = self._total == library.size
        self._found = bytearray(library.size)
        for one in found:
            self._found[one] = 1

    def _having(self, field: str, low: str = "", high: str = LAST) -> Iterator[_Having]:
        """The terms of `field` that any of the documents have, segment by segment."""
        begun, part = -1, self._found
        for start, term, packed in self._library.terms(field, low, high):
            if start != begun:
                begun, part = start, self._found[start:]
            if self._all:  # then the length of a list says it
                yield term, length(packed), start, packed
            elif count := sum(map(part.__getitem__, unpack(packed)[0])):
                yield term, count, start, packed

    def categories(self) -> Counter[str]:
        """By code."""
        counts = Counter[str]()
        for term, count, _, _ in self._having("category"):
            counts[_first(term)] += count
        return counts

    def states(self, now: str) -> Counter[str]:
        """By state on the day whose due term is `now`; those retained are all the rest."""
        bounds = {"permanent": ("permanent",) * 2, "undetermined": ("undetermined",) * 2}
        bounds["due"] = due_term(0), now
        counts = Counter[str]()
        for state, (low, high) in bounds.items():
            counts[state] = sum(count for _, count, _, _ in self._having("state", low, high))
        counts["retained"] = self._total - counts.total()
        return +counts

    def customers(self) -> tuple[Count, ...]:
        """By customer; ids and names as a paper shows them, for terms are folded."""
        counts = Counter[str]()
        lists: dict[str, tuple[int, bytes]] = {}
        for term, count, start, packed in self._having("customer"):
            customer = _first(term)
            counts[customer] += count
            lists[customer] = start, packed
        cards = {
            customer: self._library.card(self._one_of(*last)) for customer, last in lists.items()
        }
        ids = {cards[customer].customer: count for customer, count in counts.items()}
        return _ranked(ids, {one.customer: one.customer_name for one in cards.values()})

    def _one_of(self, start: int, packed: bytes) -> int:
        """A document of a list that was found."""
        return next(start + one for one in unpack(packed)[0] if self._found[start + one])


def _ranked(counts: Mapping[str, int], names: Mapping[str, str] | None = None) -> tuple[Count, ...]:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Count(value, (names or {}).get(value), count) for value, count in ordered)


def _first(term: str) -> str:
    """The code or id before the names."""
    return term.partition("\t")[0]
