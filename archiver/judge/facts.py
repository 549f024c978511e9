"""What retention is judged from: events, holds, and the contexts a record has lived under.

The order of things is that of the ledger, never that of a clock: an `entry` is the number of the
ledger entry that made a fact known, so a clock set back cannot put a correction before the
date it corrects.
"""

from dataclasses import dataclass, replace
from datetime import date as day
from enum import StrEnum
from typing import Self

from archiver.core.model import CustomerId, DocumentId
from archiver.declarations.retention import RuleSet
from archiver.declarations.rule import Flag

STARTS = (
    "service_completed",
    "purchase_completed",
    "relationship_ended",
    "contract_ended",
    "licence_replaced",
)
"""Events that may start a period; a company's rules may name others of its own."""

RAISES = {
    "dispute_opened": Flag.DISPUTE,
    "accident_reported": Flag.ACCIDENT,
    "marked_doubtful": Flag.DOUBTFUL,
    "authority_instruction": Flag.AUTHORITY_INSTRUCTION,
}
"""Event → the flag it sets on the customer, from the moment it is recorded, whatever its date."""

ENDS = {
    "dispute_settled": Flag.DISPUTE,
    "doubt_cleared": Flag.DOUBTFUL,
    "authority_released": Flag.AUTHORITY_INSTRUCTION,
}
"""Event → the flag whose matter it ends; the flag itself stays until a re-appraisal."""

HAPPENS_ONLY_TO = {
    "service_completed": frozenset({"customer"}),
    "purchase_completed": frozenset({"customer", "supplier"}),
    "relationship_ended": frozenset({"customer", "supplier", "staff"}),
}
"""Event → the kinds of party it can happen to; every other event can happen to any."""

Customers = frozenset[CustomerId]
"""A customer as it was at one time: itself, and every customer merged into it by then."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date an event has had.

    Attributes:
        date: the civil day on which it is said to have happened.
        entry: the ledger entry that said so.
        recorded: the trusted day of that entry.
    """

    date: day
    entry: int
    recorded: day


@dataclass(frozen=True, slots=True)
class Event:
    """A dated fact.

    Attributes:
        customers: whose it is, as the customer was composed when it was recorded.
        document: the paper it is about or was read from.
        dates: every date it has had, oldest first; never empty.
        vouched: the ledger entry by which a person stood for it; None while it is only read.
        void: two people said that it never happened.
        lifted: a re-appraisal took off the flag that it set.
    """

    id: str
    type: str
    customers: Customers
    document: DocumentId | None
    case_no: str | None
    dates: tuple[Dated, ...]
    vouched: int | None
    void: bool = False
    lifted: bool = False

    @property
    def date(self) -> day:
        """The day it is now said to have happened."""
        return self.dates[-1].date

    @property
    def entry(self) -> int:
        """The ledger entry that recorded it."""
        return self.dates[0].entry


@dataclass(frozen=True, slots=True)
class Context:
    """Rules, customer, kind of party, category, case and date, as they really were at one time."""

    rules: RuleSet
    customers: Customers
    kind: str
    category: str
    case_no: str | None
    doc_date: day | None

    def dated(self, value: day | None) -> Self:
        """The same with another date of the paper."""
        return replace(self, doc_date=value)


class Stage(StrEnum):
    """Where disposal has brought a record."""

    IN_REVIEW = "IN_REVIEW"
    APPROVED = "APPROVED"
    DESTROYED = "DESTROYED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class Step:
    """The stage a record has reached, and the ledger entry that brought it there."""

    stage: Stage
    entry: int

    @property
    def gone(self) -> bool:
        """The file is no more; this cannot change again."""
        return self.stage in {Stage.DESTROYED, Stage.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Record:
    """One archived paper as retention sees it.

    Attributes:
        received: the trusted day it came in.
        contexts: all it has lived under and not been made to forget, newest last; empty while
            customer or category is not decided.
        since: the ledger entry of its first context, or of the approved shortening that made it
            forget; dates that events had before are unknown to it.
        customers: whose it is now, for holds; empty while unknown.
        category: what it is now, for holds; None while unknown.
        case_no: the case it belongs to now, for holds.
        extended: people want it kept at least through this day.
        for_ever: a review made it permanent.
        notice: the trusted day on which something was shortened with two people's consent.
        checked: the trusted day of its last good inspection.
        incident: an integrity problem is open.
        restricted: an erasure of personal data was asked for.
    """

    id: DocumentId
    received: day
    contexts: tuple[Context, ...]
    since: int = 0
    customers: Customers = frozenset()
    category: str | None = None
    case_no: str | None = None
    extended: day | None = None
    for_ever: bool = False
    notice: day | None = None
    checked: day | None = None
    incident: bool = False
    restricted: bool = False
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """A stop on disposal.

    Attributes:
        documents: papers it names, and all it ever caught: those stay caught until the release.
        customers: it covers whatever is theirs, now or later.
        categories: it covers whatever is of these, now or later.
        cases: it covers whatever belongs to these, now or later.
        released: the trusted day of its release.
        authority: who ordered it.
    """

    id: str
    documents: frozenset[DocumentId] = frozenset()
    customers: Customers = frozenset()
    categories: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    released: day | None = None
    authority: str = ""

    def covers(self, record: Record) -> bool:
        """Whether it stops the disposal of `record`; a released one stopped what it had caught."""
        if record.id in self.documents:
            return True
        return self.released is None and (
            bool(self.customers & record.customers)
            or record.category in self.categories
            or record.case_no in self.cases
        )
