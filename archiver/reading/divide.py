"""Where a batch scan is divided: at blank pages, at separator sheets, or both. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby


class Leaf(StrEnum):
    """What a page of a batch is."""

    PAPER = "paper"
    BLANK = "blank"
    SEPARATOR = "separator"


@dataclass(frozen=True, slots=True)
class Cut:
    """What divides a batch.

    Attributes:
        blank: blank pages do.
        separator: sheets with a code of that text do; None when no code is looked for.
    """

    blank: bool
    separator: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """Pages that are one paper, counted from 1, both ends included."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}-{self.last}" if self.last > self.first else str(self.first)


def runs(leaves: Iterable[Leaf], cut: Cut) -> tuple[Run, ...]:
    """The papers of a batch, in order.

    A paper goes from the first to the last page with anything on it between two dividing pages:
    blank back sides at its ends belong to no paper, and where nothing is there is none.
    """
    dividing = {Leaf.SEPARATOR, Leaf.BLANK} if cut.blank else {Leaf.SEPARATOR}
    numbered = list(enumerate(leaves, start=1))
    return tuple(_runs(numbered, dividing))


def _runs(numbered: list[tuple[int, Leaf]], dividing: set[Leaf]) -> Iterator[Run]:
    for divides, group in groupby(numbered, key=lambda one: one[1] in dividing):
        filled = [] if divides else [number for number, leaf in group if leaf is Leaf.PAPER]
        if filled:
            yield Run(filled[0], filled[-1])
