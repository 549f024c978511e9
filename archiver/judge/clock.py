"""The trusted day: neither a clock set back nor one that jumped ahead makes anything due."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Trusted:
    """The day everything is worked out for, and whether the clock disagrees with it."""

    day: date
    anomaly: bool = False


def trusted(last: date | None, clock: date, most: int | None) -> Trusted:
    """What to make of the clock.

    Args:
        last: the highest day trusted so far; None in a new archive.
        clock: the civil day the clock shows.
        most: days the clock may be ahead of `last` and still be believed; None for any.
    """
    if last is None:
        return Trusted(clock)
    jumped = most is not None and (clock - last).days > most
    return Trusted(last, anomaly=True) if clock < last or jumped else Trusted(clock)
