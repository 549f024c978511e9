"""Retention as a pure function: a record and what is given → state, dates, reasons.

The order of answers is UNSCHEDULED < a date (later wins) < AWAITING_TRIGGER < EXCEPTION <
PERMANENT; all rules that reach the highest are named. Every context a record has lived under
counts and the longest wins, so that nothing shortens silently.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from archiver.core.model import Because
from archiver.core.periods import due_date
from archiver.declarations.retention import RuleSet
from archiver.judge.facts import RAISES, Context, Hold, Record, Step
from archiver.judge.findings import Doubt, Finding, Rank, Reason, strongest
from archiver.judge.given import Given
from archiver.judge.question import findings, remembers


class State(StrEnum):
    """Where a record stands."""

    UNSCHEDULED = "UNSCHEDULED"
    AWAITING_TRIGGER = "AWAITING_TRIGGER"
    EXCEPTION = "EXCEPTION"
    RETAINED = "RETAINED"
    DUE = "DUE"
    IN_REVIEW = "IN_REVIEW"
    APPROVED = "APPROVED"
    PERMANENT = "PERMANENT"
    DESTROYED = "DESTROYED"
    WITHDRAWN = "WITHDRAWN"


class Block(StrEnum):
    """Why no step of disposal may be taken today, the first that applies."""

    ALREADY_DESTROYED = "ALREADY_DESTROYED"
    HELD = "HELD"
    NOT_DUE = "NOT_DUE"
    UNSCHEDULED = "UNSCHEDULED"
    AWAITING_TRIGGER = "AWAITING_TRIGGER"
    EXCEPTION = "EXCEPTION"
    PERMANENT = "PERMANENT"
    INTEGRITY_INCIDENT = "INTEGRITY_INCIDENT"
    CLOCK_ANOMALY = "CLOCK_ANOMALY"
    GRACE_PERIOD = "GRACE_PERIOD"


class Answer(NamedTuple):
    """How long a record is kept, and why.

    Attributes:
        retain_through: the last day to be kept, itself included; None without one.
        exception: what is missing or impossible, in state EXCEPTION only.
        governing_rules: ids of the rules that decide, sorted; `OVERRIDE` is an extension or a
            re-appraisal, `REVIEW` a review that made it permanent.
        block_reason: why nothing may be disposed of today; None when a step may be taken.
        held: a hold covers it.
        pending_shortening: its newest context and the newest dates of events would by themselves
            give less; two people may approve that.
        incident: an integrity problem is open.
        restricted: an erasure of personal data was asked for: storage and protection only.
        legal_review: it was, the record is not due, and no deciding rule is statutory.
        clock_anomaly: the clock cannot be trusted today.
        inspection_overdue: its last good inspection is too long ago.
        late_event: a flag was raised for its customer after it was gone.
    """

    state: State
    reasons: tuple[Reason, ...]
    block_reason: Block | None
    retain_through: date | None = None
    exception: Doubt | None = None
    governing_rules: tuple[str, ...] = ()
    held: bool = False
    pending_shortening: bool = False
    incident: bool = False
    restricted: bool = False
    legal_review: bool = False
    clock_anomaly: bool = False
    inspection_overdue: bool = False
    late_event: bool = False

    @property
    def because(self) -> tuple[Because, ...]:
        """The reasons, with the arithmetic."""
        return _once(one.said() for one in self.reasons)

    @property
    def due_date(self) -> date | None:
        """The day after `retain_through`: a review may start, unless something blocks it."""
        return due_date(self.retain_through) if self.retain_through else None

    @property
    def may_go(self) -> bool:
        """Nothing but a block stands between the record and the next step of its disposal."""
        return self.state in _MAY_GO

    @property
    def permanent(self) -> bool:
        """Kept for ever."""
        return self.state is State.PERMANENT

    @property
    def eligible(self) -> bool:
        """A step of disposal may be taken today."""
        return self.block_reason is None


def evaluate(record: Record, given: Given) -> Answer:
    """The answer for one record on the trusted day."""
    if record.step and record.step.gone:
        return _gone(record, record.step, given)
    deciding = strongest(_found(record, record.contexts, given, now=False))
    first = deciding[0]
    state = _state(first, record, given.day)
    holds = given.holds(record)
    block, why_not = next(_blocks(state, record, given, holds), (None, None))
    newest = alone(record, given) if remembers(record, given) else first
    pending = newest.strength < first.strength
    reasons = [reason for one in deciding for reason in one.reasons]
    lawful = any(one.statutory for one in deciding)
    if pending:
        reasons.append(Reason.of("could_shorten", instead=_outcome(newest)))
    if why_not:
        reasons.append(why_not)
    if record.restricted:
        reasons.append(Reason.of(_erasure(state, lawful=lawful)))
    return Answer(
        state=state,
        reasons=tuple(reasons),
        block_reason=block,
        retain_through=first.last if first.rank is Rank.DATE else None,
        exception=first.doubt,
        governing_rules=tuple(sorted({one.by for one in deciding if one.by})),
        held=any(hold.released is None for hold in holds),
        pending_shortening=pending,
        incident=record.incident,
        restricted=record.restricted,
        legal_review=record.restricted and state not in _MAY_GO and not lawful,
        clock_anomaly=given.clock_anomaly,
        inspection_overdue=_overdue(record, given),
    )


def alone(record: Record, given: Given) -> Finding:
    """What its newest context and the newest dates of events would give by themselves."""
    return strongest(_found(record, record.contexts[-1:], given, now=True))[0]


def locked(record: Record, given: Given) -> bool:
    """Whether other rules would shorten what locked rules gave: not even two people may do that.

    What the paper is and whose may be corrected under locked rules like under any others; so they
    are asked about the record as it is known today.
    """

    def gives(rules: RuleSet) -> tuple[Rank, date]:
        context = replace(record.contexts[-1], rules=rules)
        return strongest(findings(record, context, given, now=True))[0].strength

    versions = {one.rules for one in record.contexts if one.rules.locked}
    return any(gives(rules) > gives(record.contexts[-1].rules) for rules in versions)


_MAY_GO = {State.DUE, State.IN_REVIEW, State.APPROVED}


def _erasure(state: State, *, lawful: bool) -> str:
    """The reason code of what becomes of a record whose erasure was asked for."""
    if state in _MAY_GO:
        return "erasure_due"
    return "erasure_statutory" if lawful else "erasure_legal_review"


def _found(
    record: Record, contexts: Iterable[Context], given: Given, *, now: bool
) -> Iterator[Finding]:
    """What rules and people say of a record in the given contexts."""
    if not record.contexts:
        reasons = (Reason.of("in_decision"),)
        yield Finding(Rank.EXCEPTION, "", reasons, doubt=Doubt.IN_DECISION)
    for context in contexts:
        yield from findings(record, context, given, now=now)
    if record.for_ever:
        yield Finding(Rank.PERMANENT, "REVIEW", (Reason.of("permanent_by_review"),))
    if record.extended:
        last = record.extended
        reasons = (Reason.of("extended", retain_through=last, due_date=due_date(last)),)
        yield Finding(Rank.DATE, "OVERRIDE", reasons, last)


def _state(first: Finding, record: Record, today: date) -> State:
    if first.rank is not Rank.DATE:
        return State[first.rank.name]
    if today <= first.last:
        return State.RETAINED
    return State(record.step.stage) if record.step else State.DUE


def _once(reasons: Iterable[Because]) -> tuple[Because, ...]:
    """Each reason once; what several versions of the rules say alike, as the newest says it."""
    said = {
        (one.code, *(fact for fact in one.facts if fact[0] != "version")): one for one in reasons
    }
    return tuple(said.values())


def _outcome(finding: Finding) -> str:
    return finding.last.isoformat() if finding.rank is Rank.DATE else finding.rank.name


def _blocks(
    state: State, record: Record, given: Given, holds: list[Hold]
) -> Iterator[tuple[Block, Reason | None]]:
    """Whatever forbids disposal, in the published order, with the reason if it is not told yet."""
    active = sorted((hold.id, hold.authority) for hold in holds if hold.released is None)
    if active:
        names, authorities = (", ".join(dict.fromkeys(each)) for each in zip(*active, strict=True))
        yield Block.HELD, Reason.of("held", holds=names, authorities=authorities)
    if state is State.RETAINED:
        yield Block.NOT_DUE, None
    elif state not in _MAY_GO:
        yield Block(state), None
    if record.incident:
        yield Block.INTEGRITY_INCIDENT, Reason.of("incident_open")
    if given.clock_anomaly:
        yield Block.CLOCK_ANOMALY, Reason.of("clock_not_trusted", day=given.day)
    until, code, since = max(_graces(record, given, holds))
    if given.day < until:
        yield Block.GRACE_PERIOD, Reason.of(code, day=since, until=until)


def _graces(record: Record, given: Given, holds: list[Hold]) -> Iterator[tuple[date, str, date]]:
    """(first eligible day, reason code, day it began) of every grace."""
    terms = given.terms
    yield _after(record.received, terms.ingest_grace, "grace_received")
    for hold in holds:
        if hold.released:
            yield _after(hold.released, terms.release_grace, "grace_released")
    if record.notice:
        yield _after(record.notice, terms.shortening_notice, "grace_shortened")


def _after(day: date, days: int, code: str) -> tuple[date, str, date]:
    return day + timedelta(days=days), code, day


def _overdue(record: Record, given: Given) -> bool:
    last = record.checked or record.received
    return (given.day - last).days > given.terms.inspection_interval


def _gone(record: Record, step: Step, given: Given) -> Answer:
    """A record that is no more keeps its state; a flag raised too late is shown."""
    whose = {record.customers, *(context.customers for context in record.contexts)}
    late = any(
        event.type in RAISES and event.entry > step.entry
        for customers in whose
        for event in given.customer(customers).events
    )
    return Answer(
        state=State(step.stage),
        reasons=(Reason.of("removed"),),
        block_reason=Block.ALREADY_DESTROYED,
        clock_anomaly=given.clock_anomaly,
        late_event=late,
    )
