"""Records what happened to a customer or one paper: the facts that retention counts from.

A person says so, or a paper does. What was only read waits until a person confirms it: a misread
year must not start a period by itself (`judge.question`), though it may lengthen one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from archiver.catalogue import (
    customers,
    decisions,
    documents,
    events,
    keepings,
    ledger,
    tombstones,
)
from archiver.catalogue.events import Spot, StoredEvent
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, UsageError
from archiver.core.model import CustomerId, Document, DocumentId, Findings
from archiver.custody.ripple import ripple, tell_index
from archiver.custody.rules import in_force
from archiver.custody.stamp import stamp
from archiver.declarations.retention import RuleSet
from archiver.declarations.rule import Trigger
from archiver.judge.facts import ENDS, HAPPENS_ONLY_TO, RAISES
from archiver.recognition.title import dating
from archiver.vault.vault import Vault

_AT_ONCE = 200
"""Events confirmed in one transaction: an intake beside it waits no longer than that."""


def add_event(
    vault: Vault,
    kind: str,
    *,
    customer: CustomerId | None,
    document: DocumentId | None,
    day: date | None,
    case_no: str | None = None,
    spot: Spot | None = None,
) -> StoredEvent:
    """Record an event; without `day` it happened on the trusted day.

    Args:
        vault: the open vault.
        kind: what happened.
        customer: to whom, under every id they go by: some records only know one that was merged
            with another since; None for what is only about a case or a paper.
        document: the paper it is about; of one that left the archive its customer is remembered.
        day: when; None for today.
        case_no: the case it is about.
        spot: where a paper says so; a person must still stand for it. None when a person says so.
    """
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        told = Told(kind, customer, day or when.day, case_no, document, spot)
        event = enter(tx, when, told)
        ripple(vault, tx, when, reached(tx, event), words=False)
    return event


@dataclass(frozen=True, slots=True)
class Told:
    """One event as somebody tells it; see `add_event`."""

    type: str
    customer: CustomerId | None
    day: date
    case_no: str | None
    document: DocumentId | None
    spot: Spot | None = None


def enter(tx: Connection, when: Stamp, told: Told) -> StoredEvent:
    """Write an event down, with its ledger entry; what follows from it is the caller's."""
    customer, document = told.customer, told.document
    if document and not documents.some(tx, [document]):
        customer, document = customer or tombstones.whose(tx, document), None
    living = customers.living(tx, customer) if customer else None
    customer = living.id if living else None
    event = events.add(
        tx,
        when,
        told.type,
        day=told.day,
        customer=customer,
        document=document,
        case_no=told.case_no,
        spot=told.spot,
    )
    if customer:
        event = events.concern(tx, event, customers.under(tx, customer) - {customer})
    note(tx, when, "event_read" if told.spot else "event_added", event)
    return event


@dataclass(frozen=True, slots=True)
class _Told:
    """What a paper tells: that something happened to its customer, when, and where it says so."""

    type: str
    day: date
    spot: Spot


def read_event(
    vault: Vault, tx: Connection, document: Document, findings: Findings, *, when: Stamp
) -> None:
    """Record what a paper tells whose customer and category are decided; harmless to repeat.

    An event follows its paper (another customer, category or date) as long as it only waits. What a
    person stands for stays as it is, and so does a flag, and what keeps the papers of the former
    customer longer: whatever may shorten takes two people.
    """
    told = None if document.joined_to else _told(vault, tx, document, findings, when=when)
    known = events.read_from(tx, document.id)
    under = customers.under(tx, document.customer)
    if told and any(_says(event, told, under) for event in known):
        return
    for event in known:
        waits = not event.confirmed and event.type not in RAISES and not document.joined_to
        same = told and event.type == told.type and not under.isdisjoint(whose(event))
        if waits and (same or not _counts(vault, tx, event)):
            _forget(tx, when, event)
    if told and not events.denied(tx, document.id, told.type):
        lengthens = len(under) > 1 or _lengthens(vault, tx, told, document.customer)
        event = events.add(
            tx,
            when,
            told.type,
            day=told.day,
            customer=document.customer,
            document=document.id,
            spot=told.spot,
        )
        event = events.concern(tx, event, under - {document.customer})
        note(tx, when, "event_read", event)
        if lengthens:
            tell_index(tx, under)


def _told(
    vault: Vault, tx: Connection, document: Document, findings: Findings, *, when: Stamp
) -> _Told | None:
    """What the paper tells; None without a date of one meaning, or with one still to come."""
    rule = vault.categories.by_code.get(document.category)
    kind = rule.raises if rule else None
    where = dating(findings)
    if kind is None or where is None or date.fromisoformat(where.value) > when.day:
        return None
    whose = customers.get(tx, document.customer)
    if whose is None or whose.kind not in HAPPENS_ONLY_TO.get(kind, {whose.kind}):
        return None
    spot = Spot(where.page, where.box, where.raw)
    return _Told(kind, date.fromisoformat(where.value), spot)


def _says(event: StoredEvent, told: _Told, under: frozenset[CustomerId]) -> bool:
    """Whether the event is what the paper tells; the day that a person confirmed is the right one.

    A flag counts whatever its day.
    """
    same_day = event.day == told.day or event.confirmed or event.type in RAISES
    return event.type == told.type and not under.isdisjoint(whose(event)) and same_day


def _counts(vault: Vault, tx: Connection, event: StoredEvent) -> bool:
    """Whether an event that only waits may keep some record longer already.

    It does beside one that people stand for: then only two people may say that it never happened.
    """
    papers = [event.document] if event.document else []
    known = events.concerning(tx, whose(event), papers, [event.case_no] if event.case_no else [])
    sure = {one.type for one in known if one.confirmed and not one.void}
    return any(
        event.type in trigger.events and not sure.isdisjoint(trigger.events)
        for trigger in _every_trigger(in_force(vault, tx))
    )


def _forget(tx: Connection, when: Stamp, event: StoredEvent) -> None:
    """Its paper does not say so any more, and no person ever did."""
    events.rewrite(tx, replace(event, void=True))
    facts: dict[str, ledger.Fact] = {"event": event.id, "document": event.document}
    ledger.append(tx, when, "event_unread", facts)
    tell_index(tx, whose(event))


def _lengthens(vault: Vault, tx: Connection, told: _Told, customer: CustomerId) -> bool:
    """Whether what was read changes the day of any other paper, as the judge would say.

    A flag does when it is the first; a start does when it is later than all that count with it,
    and a person stands for one of these. Most do not, so that 10,000 papers of one customer cost
    as many steps.
    """
    if told.type in RAISES:
        return not _days(tx, customer, {told.type})
    return told.type not in ENDS and any(
        _later(told.day, _days(tx, customer, trigger.events))
        for trigger in _triggers(in_force(vault, tx))
        if told.type in trigger.events
    )


def _triggers(rules: RuleSet) -> Iterable[Trigger]:
    """What starts periods for all papers of a customer."""
    return (one for one in _every_trigger(rules) if one.scope == "customer")


def _every_trigger(rules: RuleSet) -> Iterable[Trigger]:
    counted = (rule.counting for rule in rules.rules)
    return (one.trigger for one in counted if one)


def _days(tx: Connection, customer: CustomerId, kinds: Iterable[str]) -> dict[bool, date]:
    """Whether people stand for it → the latest day on which one of these happened."""
    found: dict[bool, date] = {}
    for confirmed in (True, False):
        days = (events.latest(tx, customer, kind, confirmed=confirmed) for kind in kinds)
        known = [day for day in days if day]
        if known:
            found[confirmed] = max(known)
    return found


def _later(day: date, known: Mapping[bool, date]) -> bool:
    return True in known and day > max(known.values())


def confirm_events(
    vault: Vault, wanted: Iterable[StoredEvent], *, day: date | None = None
) -> tuple[StoredEvent, ...]:
    """A person stands for events that were read; those that do not wait any more are passed over.

    Args:
        vault: the open vault.
        wanted: which.
        day: when it happened, where that was misread; see `correct_event`.

    Raises:
        UsageError: the day is still to come.
    """
    listed = [event.id for event in wanted]
    done: list[StoredEvent] = []
    for start in range(0, len(listed), _AT_ONCE):
        with vault.catalogue.write() as tx:
            when = stamp(vault, tx)
            _refuse_future(day, when.day)
            waiting = events.some(tx, listed[start : start + _AT_ONCE])
            done += [_vouch(tx, when, one, day or one.day) for one in waiting if one.waits]
            whom = {x for one in waiting if one.waits for x in reached(tx, one)}
            ripple(vault, tx, when, whom, words=False)
    return tuple(done)


def reached(tx: Connection, event: StoredEvent) -> set[CustomerId]:
    """All customers whose records may count from an event."""
    papers = documents.some(tx, [event.document] if event.document else [])
    cases = keepings.customers_of_case(tx, event.case_no) if event.case_no else ()
    return {*whose(event), *(one.customer for one in papers), *cases}


def _vouch(tx: Connection, when: Stamp, event: StoredEvent, day: date) -> StoredEvent:
    """A person stands for an event, and so for the paper that told it."""
    if event.document:
        decisions.accept(tx, event.document, when.actor)
    vouched = replace(event, confirmed=True, vouched=ledger.head(tx).seq + 1)
    if day == event.day:
        events.rewrite(tx, vouched)
        note(tx, when, "event_confirmed", vouched)
        return vouched
    corrected = events.redate(tx, vouched, day, when)
    note(tx, when, "event_corrected", corrected)
    return corrected


def correct_event(vault: Vault, wanted: str, day: date) -> StoredEvent:
    """It happened on another day. A later one counts at once.

    An earlier one does for records that never knew the other; all others are kept as before until
    two people approve that they are kept shorter. Who corrects what was only read stands for it.

    Raises:
        UsageError: there is no such event, it is void, or the day is still to come where it was
            not before.
    """
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        event = next(iter(events.some(tx, [wanted])), None)
        if event is None or event.void:
            raise UsageError(
                N_("{event} is void already") if event else N_("no event {event}"),
                hint=N_("see them with: archiver event list"),
                event=wanted,
            )
        if event.waits:
            done = _vouch(tx, when, event, day)
        elif event.day == day:
            return event
        else:
            done = events.redate(tx, event, day, when)
            note(tx, when, "event_corrected", done)
        ripple(vault, tx, when, reached(tx, done), words=False)
    return done


def whose(event: StoredEvent) -> frozenset[CustomerId]:
    """All customers that an event happened to."""
    return event.others | {event.customer} if event.customer else event.others


def _refuse_future(day: date | None, today: date) -> None:
    if day and day > today:
        raise UsageError(
            N_("{day} is still to come"),
            hint=N_("give the day on which it happened"),
            day=day.isoformat(),
        )


def note(tx: Connection, when: Stamp, action: str, event: StoredEvent) -> None:
    """Write what is said of an event into the ledger: all that is needed to have it again."""
    facts: dict[str, ledger.Fact] = {
        "event": event.id,
        "type": event.type,
        "customer": event.customer,
        "document": event.document,
        "date": event.day.isoformat(),
    }
    if event.case_no:
        facts["case"] = event.case_no
    if event.spot:
        facts["page"] = event.spot.page
    ledger.append(tx, when, action, facts)
