"""Whether a wrong drop may be taken back: pure, the codes and their order as published."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Drop:
    """A paper that somebody calls a wrong drop, and its customer.

    Attributes:
        received: the trusted day it came in; of several files the first.
        held: a hold covers it.
        flagged: a customer it belongs, belonged or is proposed to carries a flag.
        accepted: a person has once said that it is a record.
    """

    received: date
    held: bool
    flagged: bool
    accepted: bool


def last_day(received: date, days: int) -> date:
    """The last trusted day on which a drop can be taken back: so many days after receipt."""
    return received + timedelta(days=days)


def may_withdraw(drop: Drop, today: date, *, days: int, clock_anomaly: bool) -> str | None:
    """The code of the first refusal that applies; None when nothing forbids it.

    Args:
        drop: the paper.
        today: the trusted day.
        days: after receipt, within which it can be; the last one included.
        clock_anomaly: the clock cannot be trusted today.
    """
    refusals = (
        ("HELD", drop.held),
        ("PERMANENT", drop.flagged),
        ("ALREADY_ACCEPTED", drop.accepted),
        ("TOO_LATE", today > last_day(drop.received, days)),
        ("CLOCK_ANOMALY", clock_anomaly),
    )
    return next((code for code, applies in refusals if applies), None)
