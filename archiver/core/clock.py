"""Time is an argument: nobody below the front door asks the machine what day it is."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Gives the present instant, timezone-aware."""


def system_clock(zone: ZoneInfo) -> Clock:
    """The machine's clock in the archive's time zone."""
    return lambda: datetime.now(zone)


def civil_day(instant: datetime, zone: ZoneInfo) -> date:
    """The day of `instant` in the archive's time zone.

    Raises:
        ValueError: `instant` is naive.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(zone).date()
