"""The query tree: what an engine receives, and the meaning of every node on one document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from archiver.search.text import pattern

STATES = ("retained", "due", "permanent", "undetermined")


@dataclass(frozen=True, slots=True)
class Searched:
    """A document as queries see it.

    Attributes:
        fields: field → its texts, already haystacks; `text` holds the body.
        numbers: `date` and `added` as ISO days, `amount` as a number of hundredths.
    """

    fields: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, tuple[int, ...]]
    due: date | None
    permanent: bool

    def state(self, today: date) -> str:
        """Where its retention stands on `today`."""
        if self.permanent:
            return "permanent"
        if self.due is None:
            return "undetermined"
        return "due" if today >= self.due else "retained"


class Query(Protocol):
    """A node: it knows which documents it means."""

    def matches(self, document: Searched, today: date) -> bool:
        """Whether the document is meant."""
        ...


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents."""

    def matches(self, document: Searched, today: date) -> bool:
        """Always."""
        return True


@dataclass(frozen=True, slots=True)
class Text:
    """A word, phrase or Han string, in one field or (None) anywhere."""

    needle: str
    field: str | None = None

    def matches(self, document: Searched, today: date) -> bool:
        """Whether any text of the field holds the needle."""
        find = pattern(self.needle)
        named = [self.field] if self.field else list(document.fields)
        return any(find.search(text) for name in named for text in document.fields.get(name, ()))


@dataclass(frozen=True, slots=True)
class Within:
    """A number between two bounds, both included; None is open. Days are ordinals."""

    field: str
    low: int | None
    high: int | None

    def matches(self, document: Searched, today: date) -> bool:
        """Whether any number of the field lies within."""
        return any(
            (self.low is None or number >= self.low) and (self.high is None or number <= self.high)
            for number in document.numbers.get(self.field, ())
        )


@dataclass(frozen=True, slots=True)
class InState:
    """Where retention stands on the day of the question."""

    state: str

    def matches(self, document: Searched, today: date) -> bool:
        """Whether the document's state is that."""
        return document.state(today) == self.state


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but."""

    query: Query

    def matches(self, document: Searched, today: date) -> bool:
        """Whether the inner query does not."""
        return not self.query.matches(document, today)


@dataclass(frozen=True, slots=True)
class All:
    """Every one of them."""

    queries: tuple[Query, ...]

    def matches(self, document: Searched, today: date) -> bool:
        """Whether all do."""
        return all(query.matches(document, today) for query in self.queries)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of them."""

    queries: tuple[Query, ...]

    def matches(self, document: Searched, today: date) -> bool:
        """Whether one does."""
        return any(query.matches(document, today) for query in self.queries)


def needles(query: Query) -> tuple[str, ...]:
    """Every string that a hit holds: what a snippet shows."""
    if isinstance(query, Text):
        return (query.needle,) if query.field in {None, "text"} else ()
    if isinstance(query, All | AnyOf):
        return tuple(needle for one in query.queries for needle in needles(one))
    return ()
