"""Everything judged from besides the record itself: grouped once, asked for every record."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from archiver.core.model import CustomerId, DocumentId
from archiver.declarations.retention import RuleSet
from archiver.declarations.rule import Flag, Rule
from archiver.judge.facts import RAISES, Context, Customers, Event, Hold, Record
from archiver.judge.findings import Finding


@dataclass(frozen=True, slots=True)
class Terms:
    """Days of grace and notice.

    Attributes:
        ingest_grace: after receipt nothing is eligible.
        release_grace: after the release of a hold.
        shortening_notice: after a shortening with the consent of two people.
        inspection_interval: a good inspection is due this often.
        cooling_off: from approval to destruction, at least.
        approval_valid: from approval to destruction, at most.
    """

    ingest_grace: int = 30
    release_grace: int = 30
    shortening_notice: int = 30
    inspection_interval: int = 180
    cooling_off: int = 7
    approval_valid: int = 90


SHIPPED_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Customer:
    """What happened to one customer.

    Attributes:
        events: all that are not void.
        flags: each flag it carries, with the event that set it first.
        flagged: the flags alone.
        corrections: the ledger entries that gave an event another date, ascending.
    """

    events: tuple[Event, ...]
    flags: dict[Flag, Event]
    flagged: frozenset[Flag]
    corrections: tuple[int, ...]


class Follows(Enum):
    """What the answer of a rule follows from, besides the rule."""

    PAPER = auto()
    """The date of the paper."""
    CUSTOMER = auto()
    """The events of the customer, whatever the paper."""
    UNTOUCHED = auto()
    """The same, as long as nothing happened to the paper itself."""
    MORE = auto()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that fits a kind of party and a category.

    Attributes:
        follows: from what its answer follows.
        said: what it said already, by that; `MOST_SAID` answers at most.
    """

    rule: Rule
    follows: Follows
    said: dict[object, Finding]

    @classmethod
    def of(cls, rule: Rule) -> "Candidate":
        """A rule that has not said anything yet."""
        return cls(rule, _follows(rule), said={})

    def remember(self, key: object, found: Finding) -> None:
        """Keep an answer; all of them begin anew when they are too many."""
        if len(self.said) >= MOST_SAID:
            self.said.clear()
        self.said[key] = found


def _follows(rule: Rule) -> Follows:
    trigger = rule.trigger
    if trigger is None:
        return Follows.CUSTOMER
    if trigger.on_paper:
        return Follows.PAPER
    if trigger.pick == "latest" and trigger.scope != "case":
        return Follows.CUSTOMER if trigger.scope == "customer" else Follows.UNTOUCHED
    return Follows.MORE


class Fitting(NamedTuple):
    """The rules that fit a context.

    Attributes:
        follows: from what their answers follow, all together.
    """

    candidates: tuple[Candidate, ...]
    follows: frozenset[Follows]


MOST_SAID = 20_000
"""Answers that a rule remembers: memory must not grow with the archive."""


class Given:
    """The trusted day, events and holds.

    Args:
        day: the trusted civil day.
        events: all of them, in any order.
        holds: released ones included: grace follows a release.
        terms: days of grace and notice.
        clock_anomaly: the clock cannot be trusted today.
    """

    def __init__(
        self,
        day: date,
        events: Iterable[Event] = (),
        holds: Iterable[Hold] = (),
        *,
        terms: Terms = SHIPPED_TERMS,
        clock_anomaly: bool = False,
    ) -> None:
        self.day = day
        self.terms = terms
        self.clock_anomaly = clock_anomaly
        self._holds = tuple(holds)
        self._of_customer: dict[CustomerId, list[Event]] = defaultdict(list)
        self._of_case: dict[str | None, list[Event]] = defaultdict(list)
        self._of_document: dict[DocumentId | None, list[Event]] = defaultdict(list)
        self._customers: dict[Customers, Customer] = {}
        self._candidates: dict[tuple[RuleSet, str], Candidate] = {}
        self._fitting: dict[tuple[RuleSet, str, str, frozenset[Flag]], Fitting] = {}
        for event in events:
            if not event.void:
                self._add(event)

    def _add(self, event: Event) -> None:
        for customer in event.customers:
            self._of_customer[customer].append(event)
        self._of_case[event.case_no].append(event)
        self._of_document[event.document].append(event)

    def customer(self, customers: Customers) -> Customer:
        """What happened to a customer, under any of the names it had."""
        known = self._customers.get(customers)
        if known is None:
            found = {e.id: e for one in customers for e in self._of_customer.get(one, ())}
            events = tuple(sorted(found.values(), key=lambda e: (e.entry, e.id)))
            raised = (e for e in reversed(events) if e.type in RAISES and not e.lifted)
            corrections = sorted(dated.entry for e in events for dated in e.dates[1:])
            flags = {RAISES[e.type]: e for e in raised}
            known = Customer(events, flags, frozenset(flags), tuple(corrections))
            self._customers[customers] = known
        return known

    def fitting(self, context: Context, flags: frozenset[Flag]) -> Fitting:
        """The rules of a context that fit its kind of party and category, and the flags."""
        key = (context.rules, context.kind, context.category, flags)
        found = self._fitting.get(key)
        if found is None:
            fitting = tuple(
                self._candidates.setdefault((context.rules, rule.id), Candidate.of(rule))
                for rule in context.rules.rules
                if rule.match.fits(context.kind, context.category)
                and (not rule.match.flags or rule.match.flags & flags)
            )
            follows = frozenset(one.follows for one in fitting)
            found = self._fitting[key] = Fitting(fitting, follows)
        return found

    def case(self, case_no: str | None) -> Iterable[Event]:
        """The events of a case; none for no case."""
        return self._of_case.get(case_no, ()) if case_no is not None else ()

    def document(self, document: DocumentId) -> Iterable[Event]:
        """The events about one paper."""
        return self._of_document.get(document, ())

    @property
    def all_holds(self) -> tuple[Hold, ...]:
        """Every hold, released ones too."""
        return self._holds

    def holds(self, record: Record) -> list[Hold]:
        """The holds that cover a record, or covered it until their release."""
        return [hold for hold in self._holds if hold.covers(record)]
