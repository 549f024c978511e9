"""Civil arithmetic of retention: whole years, months and days from a civil day.

The event day is not counted; the corresponding day is the last one, the month's end where there is
no such day (民法典 Civil Code art. 201-202). 29 February plus three years is 28 February, never
1 March.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from archiver.core.errors import N_, Phrase

_NO_PERIOD = N_("{text!r} is not a period like 3y, 6m, 100d or 3y6m")
_PERIOD = re.compile(r"(?:([0-9]{1,4})y)?(?:([0-9]{1,4})m)?(?:([0-9]{1,6})d)?")
_LEAP_CYCLE = [date(2000, 1, 1) + timedelta(days) for days in range(4 * 365 + 1)]
_DAY = timedelta(days=1)

END_OF_TIME = date.max - _DAY
"""What would end later ends here: the calendar stops, and the day after must still exist."""


class Start(StrEnum):
    """From which day a period runs."""

    NEXT_DAY = "next_day"
    NEXT_MONTH_1 = "next_month_1"
    NEXT_JAN_1 = "next_jan_1"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in years, months and days; never nothing, never negative."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        parts = (self.years, self.months, self.days)
        if min(parts) < 0 or not any(parts):
            raise ValueError(Phrase.of(N_("{parts} is no length of time"), parts=parts))

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `3y`, `6m`, `100d`, `3y6m`.

        Raises:
            ValueError: another form, or no time at all.
        """
        match = _PERIOD.fullmatch(text)
        parts = [int(part or 0) for part in match.groups()] if match else []
        if not any(parts):
            raise ValueError(Phrase.of(_NO_PERIOD, text=text))
        return cls(*parts)

    def __str__(self) -> str:
        return _written(self)

    def reaches(self, floor: "Period") -> bool:
        """Whether it is at least as long as `floor`, whatever day it starts on."""
        return all(add(day, self) >= add(day, floor) for day in _LEAP_CYCLE)


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days are worked. An input: make-up days 调休 follow from no rule of the week.

    Attributes:
        holidays: weekdays that are not worked.
        extra: weekend days that are.
        years: those it is known for; any year when None.
    """

    holidays: frozenset[date] = frozenset()
    extra: frozenset[date] = frozenset()
    years: frozenset[int] | None = None

    def roll_forward(self, day: date) -> date:
        """`day`, or the next one that is worked; `day` itself where the calendar ends before that.

        The days of a year are published in the autumn before it: weekdays alone would be a guess.
        """
        reached = self._reached(day)
        return reached if self._known(reached) else day

    def missing(self, day: date) -> int | None:
        """The year whose calendar is needed to roll `day` forward, and is not there."""
        reached = self._reached(day)
        return None if self._known(reached) else reached.year

    def _reached(self, day: date) -> date:
        """The first day from `day` on that is worked, or of which nobody knows whether it is."""
        while self._known(day) and not self._worked(day) and day < END_OF_TIME:
            day += _DAY
        return day

    def _known(self, day: date) -> bool:
        return self.years is None or day.year in self.years

    def _worked(self, day: date) -> bool:
        return day in self.extra or (day.weekday() < 5 and day not in self.holidays)


def add(day: date, period: Period) -> date:
    """`day` plus years and months, cut to the month's end, then plus days."""
    months = day.year * 12 + day.month - 1 + period.years * 12 + period.months
    year, month = divmod(months, 12)
    if year > END_OF_TIME.year:
        return END_OF_TIME
    last = calendar.monthrange(year, month + 1)[1]
    moved = date(year, month + 1, min(day.day, last))
    return moved + timedelta(days=min(period.days, (END_OF_TIME - moved).days))


def elapsed(first: date, last: date) -> Period | None:
    """The whole years and months from `first` to `last`; days where it is less than a month."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and add(first, Period(months=months)) > last:
        months -= 1
    if months > 0:
        return Period(*divmod(months, 12))
    days = (last - first).days
    return Period(days=days) if days > 0 else None


def retain_through(trigger: date, period: Period, start: Start) -> date:
    """The last day to be kept, itself included."""
    if start is Start.NEXT_DAY:
        return add(trigger, period)
    to_begin = Period(months=1 if start is Start.NEXT_MONTH_1 else 13 - trigger.month)
    return add(add(trigger.replace(day=1), to_begin), period) - _DAY


def due_date(last: date) -> date:
    """The day after the last day to be kept: review may start."""
    return min(last, END_OF_TIME) + _DAY


@cache
def _written(period: Period) -> str:
    parts = ((period.years, "y"), (period.months, "m"), (period.days, "d"))
    return "".join(f"{number}{unit}" for number, unit in parts if number)
