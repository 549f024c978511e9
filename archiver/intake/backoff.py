"""When a quarantined file is tried again by itself: only where the cause may pass, ever later."""

from datetime import datetime, timedelta

_WAITS = (
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)
_TRIES = {
    "timed_out": 4,
    "out_of_memory": 4,
    "unreadable": 4,
    "interrupted": 4,
    "parser_crashed": 1,
    "ocr_crashed": 1,
}
"""Reason → how often in all it is tried again. What makes readers crash mostly does so for ever."""


def next_try(code: str, tries: int, last: datetime) -> datetime | None:
    """The moment from which it is tried again; None when only a person can help.

    Args:
        code: of the newest reason.
        tries: how often it was tried again already, by whomever.
        last: the instant of the last try, else of the receipt.
    """
    return last + _WAITS[tries] if tries < _TRIES.get(code, 0) else None
