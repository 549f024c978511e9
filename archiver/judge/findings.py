"""What one rule says of one record; the strongest of many decides."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import IntEnum, StrEnum
from typing import NamedTuple

from archiver.core.model import Because


class Rank(IntEnum):
    """The order of answers; between two dates the later wins."""

    UNSCHEDULED = 0
    DATE = 1
    AWAITING_TRIGGER = 2
    EXCEPTION = 3
    PERMANENT = 4


class Doubt(StrEnum):
    """What makes an exception."""

    IN_DECISION = "IN_DECISION"
    MISSING_TRIGGER_DATE = "MISSING_TRIGGER_DATE"
    FUTURE_TRIGGER_DATE = "FUTURE_TRIGGER_DATE"


class Reason(NamedTuple):
    """A reason that need not be put in words yet: few of a million are ever shown."""

    code: str
    facts: Mapping[str, object]

    @classmethod
    def of(cls, code: str, **facts: object) -> "Reason":
        """Build one from keyword facts."""
        return cls(code, facts)

    def said(self) -> Because:
        """The reason as it is written and shown."""
        return Because.of(self.code, **self.facts)


class Finding(NamedTuple):
    """What one rule says, or one act of people.

    Attributes:
        by: the rule's id, OVERRIDE or REVIEW; empty when no rule was asked.
        last: the day to be kept through; means something for a date only.
        statutory: the rule rests on a law or an administrative regulation.
    """

    rank: Rank
    by: str
    reasons: tuple[Reason, ...]
    last: date = date.min
    doubt: Doubt | None = None
    statutory: bool = False

    @property
    def strength(self) -> tuple[Rank, date]:
        """Orders findings."""
        return self.rank, self.last


UNSCHEDULED = Finding(Rank.UNSCHEDULED, "", (Reason.of("no_rule"),))
"""What holds when no rule matches."""


def strongest(found: Iterable[Finding]) -> list[Finding]:
    """All that reach the maximum; never empty."""
    best, height = [UNSCHEDULED], UNSCHEDULED.strength
    for one in found:
        strength = one.strength
        if strength > height:
            best, height = [one], strength
        elif strength == height:
            best.append(one)
    return best
