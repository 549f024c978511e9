"""How the contexts of a record grow. Forgetting them takes two people and is an act elsewhere."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, Self, TypeVar


class Dated(Protocol):
    """A context, as the judge or the catalogue has it."""

    @property
    def doc_date(self) -> date | None:
        """The date of the paper."""

    def dated(self, day: date | None) -> Self:
        """The same with another date."""


C = TypeVar("C", bound=Dated)


def remember(contexts: Sequence[C], newest: C) -> tuple[C, ...]:
    """`contexts` with `newest` at the end; what lay between two stays of it is kept."""
    return (*(one for one in contexts if one != newest), newest)


def redate(contexts: Sequence[C], value: date | None, today: date) -> tuple[C, ...]:
    """The contexts of a record whose paper is given the date `value` on the trusted day `today`.

    A date that was missing, or lay ahead, never counted: the new one takes its place in every
    context. A valid one stays where it stood, and a context with the new one follows.
    """
    if not contexts:
        return ()
    dated: tuple[C, ...] = ()
    for one in contexts:
        counted = one.doc_date is not None and one.doc_date <= today
        dated = remember(dated, one if counted else one.dated(value))
    return remember(dated, contexts[-1].dated(value))
