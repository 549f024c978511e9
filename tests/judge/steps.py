"""The steps of a timeline, as the file of retention cases writes them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

from archiver.core.clock import civil_day


class Scope(TypedDict, total=False):
    doc: str
    customer: str
    query: Mapping[str, str]


Step = TypedDict(
    "Step",
    {
        "at": str,
        "type": str,
        "expect": object,
        "doc": str,
        "docs": list[str],
        "customer": str | None,
        "doc_type": str | None,
        "doc_date": str | None,
        "case": str | None,
        "event": str,
        "event_id": str,
        "date": str,
        "source": str,
        "by": str | list[str],
        "reason": str,
        "authority": str,
        "to": str,
        "from": str,
        "into": str,
        "new": str,
        "value": str | None,
        "until": str,
        "years": int,
        "witnesses": list[str],
        "flag": str,
        "keep_years_after_end": int,
        "hold": str,
        "scope": Scope,
        "rule_set": str,
        "result": str,
        "resolution": str,
        "sha256": str,
    },
    total=False,
)
"""One step of a timeline, as the case file writes it."""

NEEDS_TWO = frozenset(
    {
        "void_event",
        "reappraise",
        "approve_shortening",
        "split_customer",
        "incident_close",
        "confirm_clock",
        "clock_reset",
        "withdraw",
    }
)
NEEDS_REASON = frozenset({"hold_place", "hold_release", "clock_reset", "withdraw"})


class Refusal(Exception):
    """An act that is not allowed; carries the published code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def two_people(by: str | list[str] | None) -> None:
    """Refuse one person where two are needed."""
    people = [by] if isinstance(by, str) else by or []
    if len(people) < 2:
        raise Refusal("SECOND_PERSON_REQUIRED")
    if people[0] == people[1]:
        raise Refusal("SAME_PERSON")


def one_person(step: Step) -> str:
    """Who acts."""
    by = step.get("by")
    return by if isinstance(by, str) else (by or [""])[0]


def day_of(at: str, zone: ZoneInfo) -> date:
    """A civil day, or the civil day of an instant with offset."""
    return civil_day(datetime.fromisoformat(at), zone) if "T" in at else date.fromisoformat(at)


def a_day(text: str | None) -> date | None:
    """A civil day, if there is one."""
    return date.fromisoformat(text) if text else None
