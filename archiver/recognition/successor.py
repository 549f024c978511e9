"""Which paper replaces which: of papers of one kind for one thing, the next later one. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archiver.core.model import DocumentId
from archiver.core.normalise import compact

_SURE = 0.8
"""Confidence from which a value counts."""
_THING = ("plate", "credit_code", "registration_no", "tax_no", "company_name")
"""What says which thing a paper is about; the first that one of two papers has must be in both, so
that a company that was renamed stays itself by its code."""
_DATES = ("issue_date", "valid_from")
"""What says which is later; only dates of one kind are compared. A licence names the day the
company was founded as well, and that says nothing."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One paper of a kind that is replaced from time to time.

    Attributes:
        values: what was surely read off it, by name.
    """

    document: DocumentId
    values: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Succession:
    """The newer paper replaced the older one; `day` is the newer one's date."""

    newer: DocumentId
    older: DocumentId
    day: str


TOLD = (*_THING, *_DATES)
"""Values that are asked for."""


def edition(document: DocumentId, told: Iterable[tuple[str, str, float]]) -> Edition:
    """A paper with what is surely read on it: of each value its name, itself, the confidence."""
    values: dict[str, frozenset[str]] = {}
    for name, value, confidence in told:
        if confidence >= _SURE:
            found = compact(value) if name == "company_name" else value
            values[name] = values.get(name, frozenset()) | {found}
    return Edition(document, values)


def successions(editions: Sequence[Edition]) -> set[Succession]:
    """Each older paper with the next later one, whatever order they are given in."""
    return {one for older in editions for one in _next_after(older, editions)}


def _next_after(older: Edition, editions: Sequence[Edition]) -> set[Succession]:
    """The papers that replaced it; several when they bear one date, as original and duplicate."""
    later = [(day, one) for one in editions if (day := _later(one, older))]
    first = min((day for day, _ in later), default=None)
    return {Succession(one.document, older.document, day) for day, one in later if day == first}


def _later(newer: Edition, older: Edition) -> str | None:
    """The date of the newer one, when it is about the same thing and later."""
    if not _same_thing(newer, older):
        return None
    for name in _DATES:
        new, old = newer.values.get(name), older.values.get(name)
        if new and old:
            return max(new) if max(new) > max(old) else None  # ISO dates sort
    return None


def _same_thing(one: Edition, other: Edition) -> bool:
    for name in _THING:
        ours, theirs = one.values.get(name), other.values.get(name)
        if ours or theirs:
            return bool(ours and theirs and ours & theirs)
    return False
