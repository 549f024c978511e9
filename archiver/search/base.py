"""What an engine must do, and the values it is given and gives. Four obligations wide."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

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


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found. In `snippet` the hit stands between the two `MARK` characters."""

    document: str
    score: float
    customer: str
    customer_name: str
    category: str
    date: dt.date | None
    title: str
    path: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for.

    Attributes:
        query: the tree, never the string.
        today: the day on which `state` is judged.
        sort: `score`, `date`, `added` or `customer`.
    """

    query: Query
    today: dt.date
    sort: str = "score"
    limit: int = 20
    offset: int = 0


class SearchEngine(Protocol):
    """An index over the documents. Derived: it may be thrown away at any time."""

    def update(self, entries: Iterable[Entry], removed: Iterable[str]) -> None:
        """Make the index know `entries` as they are now, and forget `removed`.

        On return every later search, in any process, sees all of it. Repeating is harmless.
        """
        ...

    def search(self, asked: Asked) -> Results:
        """Exactly the documents that the query's `matches` accepts, best first."""
        ...

    def documents(self) -> Mapping[str, str]:
        """Every document the index knows → its fingerprint."""
        ...

    def reset(self) -> None:
        """Forget everything, also when the index is damaged."""
        ...

    def close(self) -> None:
        """Let go of files and locks."""
        ...
