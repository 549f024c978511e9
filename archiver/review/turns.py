"""A person at the queue: what a key means, where they are, what they have said so far. Pure."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from archiver.core.model import Customer, CustomerId, DocumentId, Standing


class Key(StrEnum):
    """What can be done with the paper on the screen."""

    ACCEPT = "y"
    CUSTOMER = "c"
    CATEGORY = "t"
    JOIN = "j"
    WITHDRAW = "x"
    OPEN = "o"
    PLACE = "p"
    CORRECT = "e"
    WHY = "w"
    SKIP = "s"
    BACK = "b"
    HELP = "?"
    QUIT = "q"
    ENTER = "\r"


_OTHERS = {
    "\n": Key.ENTER,
    " ": Key.SKIP,
    "h": Key.HELP,
    "\x1b[C": Key.SKIP,
    "\x1b[D": Key.BACK,
}
"""Enter, blank, and the arrows to the right and to the left as terminals send them (ECMA-48)."""


def key_of(typed: str) -> Key | None:
    """The meaning of one key; None for any other.

    Capitals and the full-width letters of Chinese input methods (Unicode UAX 15, NFKC) count too.
    """
    if typed in _OTHERS:
        return _OTHERS[typed]
    plain = unicodedata.normalize("NFKC", typed).casefold()
    if plain in _OTHERS:
        return _OTHERS[plain]
    return Key(plain) if plain in set(Key) else None


@dataclass(frozen=True, slots=True)
class Round:
    """One way through the papers that waited when it began.

    Attributes:
        papers: all of them, in the order in which they are shown.
        at: the one on the screen; behind the last one when the round is over.
        settled: those that no longer wait.
    """

    papers: tuple[DocumentId, ...]
    at: int = 0
    settled: frozenset[DocumentId] = frozenset()

    @property
    def paper(self) -> DocumentId | None:
        """The paper on the screen; None when the round is over."""
        return self.papers[self.at] if self.at < len(self.papers) else None

    def settle(self, papers: Iterable[DocumentId]) -> Self:
        """These no longer wait."""
        return replace(self, settled=self.settled | frozenset(papers))

    def onward(self) -> Self:
        """The next paper that waits, or the end."""
        return replace(self, at=self._next(range(self.at + 1, len(self.papers)), len(self.papers)))

    def back(self) -> Self:
        """The paper before that still waits; the same one when there is none."""
        return replace(self, at=self._next(range(self.at - 1, -1, -1), self.at))

    def _next(self, places: Iterable[int], otherwise: int) -> int:
        waiting = (at for at in places if self.papers[at] not in self.settled)
        return next(waiting, otherwise)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A customer who is one only when the answer is carried out."""

    name: str


Whose = Customer | Newcomer


def is_new(whose: Whose) -> bool:
    """Whether the answer makes this customer one."""
    return isinstance(whose, Newcomer) or whose.standing is Standing.PROPOSED


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person has said about the paper on the screen, or is proposed to say."""

    whose: Whose | None = None
    category: str | None = None

    def over(self, proposal: "Draft") -> "Draft":
        """This, and what is proposed where it says nothing."""
        return Draft(self.whose or proposal.whose, self.category or proposal.category)

    @property
    def complete(self) -> bool:
        """Whether a paper can be filed by it."""
        return self.whose is not None and self.category is not None


def known_id(whose: Whose) -> CustomerId | None:
    """The id of a customer who has one."""
    return None if isinstance(whose, Newcomer) else whose.id
