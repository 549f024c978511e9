"""What an engine must do, and the values it is given and gives. Four obligations wide."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, Self

from archiver.core.errors import N_, DamageFound
from archiver.search.query import Query

MARK = ("\ue000", "\ue001")
"""Stand around a hit in a snippet: private characters that no stored text keeps."""


@dataclass(frozen=True, slots=True)
class Entry:
    """All that the index knows of one document.

    Attributes:
        category: code; `labels` are its names in every language.
        text: the pages, with form feeds between them.
        values: code, no, plate, phone, amount, tag → what was read.
        due: the day it becomes due for review; None without one.
        permanent: kept for ever.
        fingerprint: changes whenever anything here does.
        aliases: other names of the customer; looked through like the name, never shown.
        files: where the further files of a document of several lie, in their order.
    """

    document: str
    archive_no: str
    customer: str
    customer_name: str
    category: str
    labels: tuple[str, ...]
    date: dt.date | None
    added: dt.date
    title: str
    path: str
    text: str
    values: Mapping[str, tuple[str, ...]]
    due: dt.date | None
    permanent: bool
    fingerprint: str
    aliases: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found.

    Attributes:
        score: comparable within one answer only; 0 when no words were asked for.
        snippet: one line of the text; hits in it stand between the two `MARK` characters.
        files: where its further files lie, in their order.
    """

    document: str
    score: float
    customer: str
    customer_name: str
    category: str
    date: dt.date | None
    title: str
    path: str
    snippet: str
    files: tuple[str, ...] = ()


FACETS = ("category", "customer", "year", "state")
"""By what all hits can be counted."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the hits have one value of a facet.

    Attributes:
        value: code of a category, id of a customer, year of the paper's date, state on the day of
            the question; None for papers without a date.
        name: the customer's, as its papers show it; None elsewhere.
    """

    value: str | None
    name: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, and how many there are in all.

    Attributes:
        facets: each of `FACETS` → its values, the most frequent first; empty unless asked for.
        meant: word of the query that no document has → what is written nearly so, the nearest
            first, each of which some document has; empty unless asked for and nothing was found.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[Count, ...]] = field(default_factory=dict)
    meant: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for.

    Attributes:
        query: the tree, never the string.
        today: the day on which `state` is judged.
        sort: `score`, `date`, `added` or `customer`.
        limit: hits of the page; 0 for their number alone.
        facets: all hits are counted by what they are, those beyond the page included.
        snippets: hits show their place in the text; without them thousands are listed quickly.
        suggest: where nothing is found, names, labels and numbers written nearly so are looked for.
    """

    query: Query
    today: dt.date
    sort: str = "score"
    limit: int = 20
    offset: int = 0
    facets: bool = False
    snippets: bool = True
    suggest: bool = False


class IndexDamaged(DamageFound):
    """The index is missing, torn or of another version. Nothing is lost: it can be made anew."""

    def __init__(self, why: object) -> None:
        super().__init__(
            N_("the search index cannot be read: {why}"),
            hint=N_("nothing is lost; make it anew with: archiver reindex"),
            why=why,
        )


class IndexMissing(IndexDamaged):
    """There is no index at all."""

    def __init__(self) -> None:
        super().__init__(N_("there is none, or only one that another version wrote"))


class SearchEngine(Protocol):
    """An index over the documents. Derived: it may be thrown away at any time.

    One object serves one thread; any number of them may be open, in any number of processes.
    """

    def update(self, entries: Iterable[Entry], removed: Iterable[str]) -> None:
        """Make the index know `entries` as they are now, and forget `removed`.

        One batch: other readers see all of it or nothing. On return it is on stable storage, every
        later search in any process sees it, and no file of the index holds the text of a removed
        document. Repeating is harmless; a document nobody knows may be removed. Of two entries for
        one document the later counts; one that is removed too is removed.

        Raises:
            Busy: another process went on writing for longer than we wait; nothing was done.
            IndexMissing: there is no index: one made here would know the new papers only.
            IndexDamaged: what is there cannot be added to.
            OSError: the disk refused; the index is as it was.
        """
        ...

    def search(self, asked: Asked) -> Results:
        """Exactly the documents of the last batch that the query means, as `query` defines it.

        Best first, or in the order asked for; what is equal there comes with the newest paper
        first. The same index gives the same order every time.

        Raises:
            IndexDamaged: there is no index, or it cannot be read.
        """
        ...

    def documents(self) -> Mapping[str, str]:
        """Every document the index knows → its fingerprint.

        Everything that an answer depends on is read once, so that no damage goes unnoticed.

        Raises:
            IndexDamaged: there is no index, or it cannot be read.
        """
        ...

    def reset(self, to: Self | None = None) -> None:
        """Become an empty index, whatever was there, or take over what another one knows.

        In one step: other readers see the old index, or all of the new one.

        Args:
            to: an index of the same engine at another address, which is no more afterwards.

        Raises:
            Busy: as for `update`.
            IndexDamaged: `to` is missing or torn; nothing was done.
        """
        ...

    def close(self) -> None:
        """Let go of files and locks."""
        ...
