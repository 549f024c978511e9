"""Civil arithmetic of retention: whole years, months and days from a civil day.

The event day is not counted; the corresponding day is the last one, the month's end where there is
no such day (民法典 Civil Code art. 201–202).
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_PERIOD = re.compile(r"^(?=.)(?:(\d+)y)?(?:(\d+)m)?(?:(\d+)d)?$")


class Start(StrEnum):
    """From which day a period runs."""

    NEXT_DAY = "next_day"
    NEXT_MONTH_1 = "next_month_1"
    NEXT_JAN_1 = "next_jan_1"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in years, months and days; never nothing."""

    years: int = 0
    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `3y`, `6m`, `100d`, `3y6m`.

        Raises:
            ValueError: another form, or no time at all.
        """
        match = _PERIOD.match(text)
        parts = [int(part or 0) for part in match.groups()] if match else []
        if not any(parts):
            raise ValueError(f"{text!r} is not a period like 3y, 6m, 100d or 3y6m")
        return cls(*parts)

    def __str__(self) -> str:
        parts = ((self.years, "y"), (self.months, "m"), (self.days, "d"))
        return "".join(f"{count}{unit}" for count, unit in parts if count)


def add(day: date, period: Period) -> date:
    """`day` plus years and months, cut to the month's end, then plus days.

    Raises:
        OverflowError: beyond the year 9999.
    """
    months = day.year * 12 + day.month - 1 + period.years * 12 + period.months
    year, month = divmod(months, 12)
    if year > date.max.year:
        raise OverflowError(f"{day} + {period}")
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days=period.days)


def retain_through(trigger: date, period: Period, start: Start) -> date:
    """The last day to be kept, itself included; it is due the day after."""
    if start is Start.NEXT_DAY:
        return add(trigger, period)
    if start is Start.NEXT_JAN_1:
        begin = date(trigger.year + 1, 1, 1)
    else:
        begin = add(trigger.replace(day=1), Period(months=1))
    return add(begin, period) - timedelta(days=1)
