"""All segments of the index as one: documents are numbered across them."""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import cached_property
from itertools import accumulate

from whoosh.codec.base import Segment
from whoosh.filedb.filestore import Storage

from archiver.search.grams import SLOTS
from archiver.search.whoosh_postings import unpack
from archiver.search.whoosh_rows import Card, Facts
from archiver.search.whoosh_shelf import Shelf

Counts = dict[int, int]
"""Document → how often it has something. Deleted documents may be among them."""
Found = tuple[int, str, bytes]
"""Number of a segment's first document, a term, its packed list."""
_PARTS = ("title", "text")
LAST = chr(sys.maxunicode)
"""Behind every term: no character, and never in a text."""


class Library:
    """The segments of one committed state; later commits do not change it.

    Attributes:
        deleted: the documents that count no more.
    """

    def __init__(self, storage: Storage, segments: list[Segment]) -> None:
        self._shelves: list[Shelf] = []
        with ExitStack() as opened:
            opened.callback(self.close)
            for segment in segments:
                self._shelves.append(Shelf(storage, segment))
            opened.pop_all()
        self._starts = list(accumulate((shelf.size for shelf in self._shelves), initial=0))
        self.deleted = {start + one for start, shelf in self._numbered() for one in shelf.deleted}

    def _numbered(self) -> Iterator[tuple[int, Shelf]]:
        return zip(self._starts, self._shelves, strict=False)

    def living(self) -> set[int]:
        """Every document that can be found."""
        return set(range(self.size)) - self.deleted

    @property
    def size(self) -> int:
        """How many numbers there are, deleted documents included."""
        return self._starts[-1]

    def _place(self, document: int) -> tuple[Shelf, int]:
        """The segment of a document, and its number there."""
        at = bisect_right(self._starts, document) - 1
        return self._shelves[at], document - self._starts[at]

    def counts(self, field: str, term: str) -> Counts:
        """The documents that have a term."""
        found: Counts = {}
        for start, shelf in self._numbered():
            packed = shelf.postings.find(field, term)
            if packed:
                numbers, counts = unpack(packed)
                found.update(zip([start + one for one in numbers], counts, strict=True))
        return found

    def together(self, characters: str) -> Counts:
        """The documents where Han characters may share a run of letters, and in how many slots."""
        found: Counts = {}
        for start, shelf in self._numbered():
            slots = (
                [shelf.postings.find("runs", one + which) for which in SLOTS] for one in characters
            )
            for lists in zip(*slots, strict=True):
                for number, bits in _in_common(lists).items():
                    document = start + number
                    found[document] = found.get(document, 0) + bits.bit_count()
        return found

    def terms(self, field: str, low: str = "", high: str = LAST) -> Iterator[Found]:
        """Every term from `low` to `high`, both included, of each segment in turn."""
        for start, shelf in self._numbered():
            for term, packed in shelf.postings.terms(field, low):
                if term > high:
                    break
                yield start, term, packed

    def holding(self, field: str, part: str) -> Iterator[Found]:
        """Every term in which `part` stands."""
        for start, shelf in self._numbered():
            for term, packed in shelf.postings.holding(field, part):
                yield start, term, packed

    def lists(self, field: str, low: str, high: str) -> Iterator[tuple[int, bytes]]:
        """The lists alone of every term from `low` to `high`, each with its segment's start."""
        for start, shelf in self._numbered():
            for packed in shelf.postings.lists(field, low, high):
                yield start, packed

    def joined(self, field: str, low: str = "", high: str = "") -> Iterator[str]:
        """Terms of `field` by hundreds, joined by NUL: of every block with some in these bounds."""
        return (
            piece for shelf in self._shelves for piece in shelf.postings.joined(field, low, high)
        )

    def text(self, document: int, field: str | None) -> str:
        """The searchable text or title, or (None) both and whatever is beside, parted by NUL."""
        ((_, stored),) = self.stored({document}, field)
        return stored.decode()

    def stored(self, documents: set[int], field: str | None) -> Iterator[tuple[int, bytes]]:
        """The same of many documents, as it is stored."""
        at = None if field is None else _PARTS.index(field)
        rising = sorted(documents)
        for start, shelf in self._numbered():
            first, last = bisect_left(rising, start), bisect_left(rising, start + shelf.size)
            for document, whole in shelf.stored(start, rising[first:last]):
                yield document, whole if at is None else whole.split(b"\x00", 2)[at]

    @cached_property
    def facts(self) -> list[Facts]:
        """What orders hits, by document."""
        return [facts for shelf in self._shelves for facts in shelf.facts()]

    def verify(self) -> None:
        """Read everything once; a CorruptIndexError where something is not what was written."""
        for shelf in self._shelves:
            shelf.verify()

    def card(self, document: int) -> Card:
        """What a hit shows."""
        shelf, number = self._place(document)
        return shelf.card(number)

    def raw(self, document: int) -> str:
        """The text as it was read."""
        shelf, number = self._place(document)
        return shelf.raw(number)

    def customer_names(self) -> dict[int, str]:
        """Document → the searchable name of its customer."""
        names: dict[int, str] = {}
        for start, term, packed in self.terms("customer"):
            name = term.partition("\t")[2]
            names.update((start + number, name) for number in unpack(packed)[0])
        return names

    def close(self) -> None:
        """Let go of the files."""
        for shelf in self._shelves:
            shelf.close()


def _in_common(lists: Iterable[bytes | None]) -> Counts:
    """The numbers in all packed lists, with the bits that their counts have in common."""
    first, *others = (one and zip(*unpack(one), strict=True) for one in lists)
    found = dict(first or ())
    for other in others:
        found = {one: both for one, bits in other or () if (both := found.get(one, 0) & bits)}
    return found


def add(found: Counts, start: int, packed: bytes) -> None:
    """Add a packed list, whose numbers count from `start`."""
    numbers, counts = unpack(packed)
    for number, count in zip(numbers, counts, strict=True):
        document = start + number
        found[document] = found.get(document, 0) + count
