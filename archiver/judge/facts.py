"""What retention is judged from: events, and the contexts a record has lived under."""

from dataclasses import dataclass
from datetime import date as day
from enum import StrEnum

from archiver.core.model import CustomerId, DocumentId
from archiver.declarations.retention import RuleSet

RAISES = {
    "dispute_opened": "dispute",
    "accident_reported": "accident",
    "marked_doubtful": "doubtful",
    "authority_instruction": "authority_instruction",
}
"""Event → the flag it sets on the customer, from the moment it is recorded."""

ENDS = {
    "dispute_settled": "dispute",
    "doubt_cleared": "doubtful",
    "authority_released": "authority_instruction",
}
"""Event → the flag whose matter it ends; the flag itself stays until a re-appraisal."""

STARTS = (
    "service_completed",
    "purchase_completed",
    "relationship_ended",
    "contract_ended",
    "licence_replaced",
)
"""Events that may start a period."""


class State(StrEnum):
    """Where a record stands; the order is that of `strength`."""

    UNSCHEDULED = "UNSCHEDULED"
    RETAINED = "RETAINED"
    DUE = "DUE"
    AWAITING_TRIGGER = "AWAITING_TRIGGER"
    EXCEPTION = "EXCEPTION"
    PERMANENT = "PERMANENT"


@dataclass(frozen=True, slots=True)
class Event:
    """A dated fact.

    Attributes:
        date: the civil day it happened.
        confirmed: entered or confirmed by a person; a date merely read starts nothing by itself.
        void: it never happened.
    """

    id: str
    type: str
    customer: CustomerId | None
    document: DocumentId | None
    case_no: str | None
    date: day
    confirmed: bool = True
    void: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """Rules, customer, kind of party, category, case and date, as they really were at one time."""

    rules: RuleSet
    customer: CustomerId
    kind: str
    category: str
    case_no: str | None
    doc_date: day | None


@dataclass(frozen=True, slots=True)
class Record:
    """One archived paper as retention sees it; without contexts it is still in decision."""

    id: DocumentId
    contexts: tuple[Context, ...]
