"""Counts of many answers, for the plan."""

from collections import Counter
from collections.abc import Iterable

from archiver.judge.evaluate import Answer, State


def tally(answers: Iterable[Answer]) -> Counter[tuple[State, int | None]]:
    """How many records are in which state, by the year they must be kept through, if any."""
    return Counter(
        (one.state, one.retain_through.year if one.retain_through else None) for one in answers
    )
