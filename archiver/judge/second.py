"""Whether a second person may confirm an act: pure, the same for every kind of act."""

from dataclasses import dataclass
from datetime import date, timedelta

CONFIRM_DAYS = 90
"""Days after the proposal within which it can be confirmed, the last one included."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one person proposed.

    Attributes:
        by: the id of that person.
        on: the trusted day of it.
        bound: what is there now is what the proposal was bound to.
    """

    by: str
    on: date
    bound: bool


def last_day(proposed: date) -> date:
    """The last trusted day on which an act can be confirmed."""
    return proposed + timedelta(days=CONFIRM_DAYS)


def may_confirm(proposal: Proposal, person: str, today: date) -> str | None:
    """The code of the first refusal that applies; None when nothing forbids it.

    Args:
        proposal: the act.
        person: the id of who confirms.
        today: the trusted day.
    """
    refusals = (
        ("SAME_PERSON", person == proposal.by),
        ("ACT_EXPIRED", today > last_day(proposal.on)),
        ("ACT_CHANGED", not proposal.bound),
    )
    return next((code for code, applies in refusals if applies), None)
