"""The month a report accounts for."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from archiver.core.errors import N_, UsageError

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Span:
    """A month, or the part of it that has passed.

    Attributes:
        label: `2026-10`.
        first: its first day.
        last: its last day, or the trusted day while the month still runs; itself included.
        whole: the month is over.
    """

    label: str
    first: date
    last: date
    whole: bool


def span_of(text: str | None, today: date) -> Span:
    """The month named `text`; None is the one that `today` lies in.

    Raises:
        UsageError: it is no month, or has not begun.
    """
    label = text or f"{today:%Y-%m}"
    found = _MONTH.fullmatch(label)
    if found is None or found[1] == "0000":
        raise UsageError(N_("{text} is not a month"), hint=N_("name one like 2026-10"), text=label)
    year, month = int(found[1]), int(found[2])
    first = date(year, month, 1)
    end = date(year, month, calendar.monthrange(year, month)[1])
    if first > today:
        raise UsageError(
            N_("{text} has not begun"), hint=N_("today is {today}"), text=label, today=today
        )
    return Span(label, first, min(end, today), whole=end < today)
