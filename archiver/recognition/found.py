"""A value read, and the fields it becomes: two where a date has two meanings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from archiver.core.model import Field, Line
from archiver.recognition.dates import Found
from archiver.recognition.rows import Row

DAY_FIRST, MONTH_FIRST = "|day_first", "|month_first"
"""End the rules of the two readings of a date that has both."""


@dataclass(frozen=True, slots=True)
class Value:
    """What was read behind a label.

    Attributes:
        value: as it is meant.
        raw: as it stands there.
        other: a second meaning, as sure as the first; None for most.
        currency: of an amount that names it.
    """

    value: str
    raw: str
    other: str | None = None
    currency: str | None = None


def day(found: Found) -> Value:
    """A date as a value."""
    other = found.other.isoformat() if found.other else None
    return Value(found.value.isoformat(), found.raw, other)


def fields(
    name: str, value: Value, at: tuple[Row, Line], rule: tuple[str, float]
) -> Iterator[Field]:
    """The value as a field; with two meanings two fields, neither of which is sure.

    Args:
        name: of the field.
        value: what was read.
        at: where it stands.
        rule: what found it, and how sure that is on a line read without doubt.
    """
    row, line = at
    confidence = rule[1] * line.confidence
    one = Field(name, value.value, value.raw, round(confidence, 3), row.page, line.box, rule[0])
    if value.other is None:
        yield one
        return
    half = round(confidence / 2, 3)
    yield replace(one, confidence=half, rule=rule[0] + DAY_FIRST)
    yield replace(one, value=value.other, confidence=half, rule=rule[0] + MONTH_FIRST)


def day_fields(
    name: str, found: Found, at: tuple[Row, Line], rule: tuple[str, float]
) -> Iterator[Field]:
    """A date as a field, or two."""
    return fields(name, day(found), at, rule)


def in_one_order(found: Iterable[Field], *, day_first: bool | None) -> Iterator[Field]:
    """Dates with two meanings read as the rest of the paper writes its dates, if it shows that."""
    for one in found:
        ours, theirs = (DAY_FIRST, MONTH_FIRST) if day_first else (MONTH_FIRST, DAY_FIRST)
        if day_first is None or not one.rule.endswith((ours, theirs)):
            yield one
        elif one.rule.endswith(ours):
            yield replace(one, confidence=round(one.confidence * 2, 3))


def is_ambiguous(field: Field) -> bool:
    """Whether the field is one of two meanings that nobody has decided between."""
    return field.confidence <= 0.5 and field.rule.endswith((DAY_FIRST, MONTH_FIRST))
