"""Gathers the postings of a new segment by term, in memory."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from archiver.search.whoosh_postings import MOST, unpack

Postings: TypeAlias = "int | array[int]"
"""256 × document + count, rising; most terms have one, which needs no array."""
FieldTerms = tuple[str, Sequence[tuple[str, Postings]]]
"""A field with its terms, rising, each with its postings."""


class Pool:
    """Stands in for Whoosh's pool, which sorts tuples on the disk.

    A segment is small enough for memory, because batches and merges are bounded: a posting takes 4
    bytes, a term about 150. Nothing in it makes work for Python's collector of garbage.
    """

    def __init__(self) -> None:
        self._fields: dict[str, dict[str, Postings]] = {}

    def add(self, field: str, terms: Mapping[str, int], document: int) -> None:
        """The terms of one document, which has the highest number so far."""
        known = self._fields.setdefault(field, {})
        base = document << 8
        for term, count in terms.items():
            posting = base | (count if count < MOST else MOST)
            before = known.get(term)
            if before is None:
                known[term] = posting
            elif isinstance(before, int):
                known[term] = array("I", (before, posting))
            else:
                before.append(posting)

    def take_over(
        self, field: str, terms: Iterable[tuple[str, bytes]], new: Sequence[int | None]
    ) -> None:
        """The packed lists of another segment: most of the time of a merge goes here.

        Args:
            field: whose terms they are.
            terms: each once.
            new: the number here of each document there, rising; None for one that stays behind.
        """
        known = self._fields.setdefault(field, {})
        for term, packed in terms:
            numbers, counts = unpack(packed)
            postings = [
                number << 8 | count
                for old, count in zip(numbers, counts, strict=False)
                if (number := new[old]) is not None
            ]
            before = known.get(term)
            if before is not None:
                if isinstance(before, int):
                    before = known[term] = array("I", (before,))
                before.extend(postings)
            elif len(postings) == 1:
                known[term] = postings[0]
            elif postings:
                known[term] = array("I", postings)

    def iter_postings(self) -> Iterator[FieldTerms]:
        """Each field with its terms and their postings, all in order."""
        for field, terms in sorted(self._fields.items()):
            yield field, sorted(terms.items())

    def cleanup(self) -> None:
        """Nothing was put on the disk."""
