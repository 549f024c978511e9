"""Gathers the postings of a new segment by term, in memory."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archiver.search.whoosh_postings import MOST

FieldTerms = tuple[str, Sequence[tuple[str, Sequence[int]]]]
"""A field with its terms, rising, each with its postings: 256 × document + count."""


class Pool:
    """Stands in for Whoosh's pool, which sorts tuples on the disk.

    A segment is small enough for memory, because batches and merges are bounded: a posting takes 4
    bytes, a term about 150.
    """

    def __init__(self) -> None:
        self._fields: dict[str, dict[str, array[int]]] = {}

    def add(self, field: str, terms: Mapping[str, int], document: int) -> None:
        """The terms of one document, which has the highest number so far."""
        known = self._fields.setdefault(field, {})
        base = document << 8
        for term, count in terms.items():
            posting = base | (count if count < MOST else MOST)
            postings = known.get(term)
            if postings is None:
                known[term] = array("I", (posting,))
            else:
                postings.append(posting)

    def extend(self, field: str, term: str, postings: Iterable[int]) -> None:
        """More postings of one term, with higher numbers than any so far."""
        known = self._fields.setdefault(field, {})
        if term in known:
            known[term].extend(postings)
        else:
            known[term] = array("I", postings)

    def iter_postings(self) -> Iterator[FieldTerms]:
        """Each field with its terms and their postings, all in order."""
        for field, terms in sorted(self._fields.items()):
            yield field, sorted(terms.items())

    def cleanup(self) -> None:
        """Nothing was put on the disk."""
