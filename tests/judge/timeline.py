"""Keeps the books of an invented archive, so that the real judge can be asked about it.

Every act changes facts as the vocabulary of the retention cases says; nothing here decides how
long anything is kept. Acts of disposal (review, approval, destruction, withdrawal) are not played.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

from archiver.core.clock import civil_day
from archiver.core.model import CustomerId, DocumentId
from archiver.core.periods import Period, add
from archiver.declarations.retention import RuleSet
from archiver.judge.clock import Trusted, trusted
from archiver.judge.contexts import redate, remember
from archiver.judge.evaluate import Answer, State, evaluate, locked
from archiver.judge.facts import (
    ENDS,
    RAISES,
    Context,
    Customers,
    Dated,
    Event,
    Hold,
    Record,
)
from archiver.judge.given import SHIPPED_TERMS, Given, Terms


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
    }
)
NEEDS_REASON = frozenset({"hold_place", "hold_release", "clock_reset"})


class Refusal(Exception):
    """An act that is not allowed; carries the published code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Paper:
    """What is known of a paper now, decided or not."""

    customers: Customers
    category: str | None
    case_no: str | None
    doc_date: date | None


@dataclass(frozen=True)
class Settings:
    """What a vault is set to."""

    zone: ZoneInfo
    most_unattended: int | None = None
    never_reappraised: frozenset[str] = frozenset({"accident"})
    terms: Terms = SHIPPED_TERMS


class Timeline:
    """An archive that grows step by step.

    Args:
        rules: the rules in force at the beginning.
        load: gives another version by name; raises `Refusal`.
    """

    def __init__(self, rules: RuleSet, load: Callable[[str], RuleSet], settings: Settings) -> None:
        self.rules = rules
        self.load = load
        self.settings = settings
        self.papers: dict[str, Paper] = {}
        self.records: dict[str, Record] = {}
        self.events: dict[str, Event] = {}
        self.holds: dict[str, Hold] = {}
        self.joined: dict[str, Customers] = {}
        self.entry = 0
        self.clock = date.min
        self.last: date | None = None
        self.trust = Trusted(date.min)
        self.received_in_a_jump: set[str] = set()

    # ---- the front door

    def act(self, step: Step) -> None:
        """Take one step.

        Raises:
            Refusal: with the published code; nothing has changed but the day.
            NotImplementedError: nobody has built this act yet.
        """
        self.look(step["at"])
        play = ACTS.get(step["type"])
        if play is None:
            raise NotImplementedError(step["type"])
        if step["type"] in NEEDS_REASON and not step.get("reason"):
            raise Refusal("REASON_REQUIRED")
        if step["type"] in NEEDS_TWO:
            _two(step.get("by"))
        self.entry += 1
        play(self, step)
        self._catch()

    def look(self, at: str) -> None:
        """Read the clock."""
        self.clock = day_of(at, self.settings.zone)
        self.trust = trusted(self.last, self.clock, self.settings.most_unattended)
        self.last = self.trust.day
        if not self.trust.anomaly:
            self.received_in_a_jump.clear()

    def answer(self, doc: str) -> Answer:
        """Ask the judge."""
        return evaluate(self.records[doc], self.given())

    def given(self) -> Given:
        """Everything the judge is told besides the record."""
        return Given(
            self.trust.day,
            self.events.values(),
            self.holds.values(),
            terms=self.settings.terms,
            clock_anomaly=self.trust.anomaly,
        )

    # ---- records

    def ingest(self, step: Step) -> None:
        doc, today = step["doc"], self.trust.day
        self.papers[doc] = Paper(
            customers=self._whose(step.get("customer")),
            category=step.get("doc_type"),
            case_no=step.get("case"),
            doc_date=_day(step.get("doc_date")),
        )
        self.records[doc] = Record(DocumentId(doc), received=today, contexts=(), checked=today)
        if self.trust.anomaly and self.clock > today:
            self.received_in_a_jump.add(doc)
        self._decided(doc)

    def accept(self, step: Step) -> None:
        """Matters for withdrawals only."""

    def assign(self, step: Step) -> None:
        if self.papers[step["doc"]].customers:
            raise Refusal("ALREADY_ASSIGNED")
        self._give(step["doc"], step["customer"])

    def move_doc(self, step: Step) -> None:
        if not self.papers[step["doc"]].customers:
            raise Refusal("NOT_ASSIGNED")
        self._give(step["doc"], step["to"])

    def _give(self, doc: str, customer: str | None) -> None:
        self.papers[doc].customers = self._whose(customer)
        self._decided(doc)

    def set_doc_type(self, step: Step) -> None:
        self.papers[step["doc"]].category = step["value"]
        self._decided(step["doc"])

    def set_case(self, step: Step) -> None:
        self.papers[step["doc"]].case_no = step["value"]
        self._decided(step["doc"])

    def set_doc_date(self, step: Step) -> None:
        doc, value = step["doc"], _day(step["value"])
        self.papers[doc].doc_date = value
        self._keep(
            replace(
                self.records[doc],
                contexts=redate(self.records[doc].contexts, value, self.trust.day),
            )
        )

    def extend(self, step: Step) -> None:
        until, answer = date.fromisoformat(step["until"]), self.answer(step["doc"])
        waits = answer.state in {State.AWAITING_TRIGGER, State.EXCEPTION, State.PERMANENT}
        if waits or until < (answer.retain_through or date.min):
            raise Refusal("WOULD_SHORTEN")
        self._keep(replace(self.records[step["doc"]], extended=until))

    def approve_shortening(self, step: Step) -> None:
        given = self.given()
        for record in map(self.records.__getitem__, step["docs"]):
            if record.contexts and locked(record, given):
                raise Refusal("LOCKED")
            if evaluate(record, given).held:
                raise Refusal("HOLD_ACTIVE")
        for doc in step["docs"]:
            newest = self.records[doc].contexts[-1:]
            self._keep(
                replace(self.records[doc], contexts=newest, since=self.entry, notice=self.trust.day)
            )

    def erasure_request(self, step: Step) -> None:
        for doc in self._papers_of(self._whose(step["customer"])):
            self._keep(replace(self.records[doc], restricted=True))

    def fixity(self, step: Step) -> None:
        if step["result"] == "OK":
            self._keep(replace(self.records[step["doc"]], checked=self.trust.day))
        else:
            self._keep(replace(self.records[step["doc"]], incident=True))

    def incident_close(self, step: Step) -> None:
        self._keep(replace(self.records[step["doc"]], incident=False, checked=self.trust.day))

    # ---- events

    def event(self, step: Step) -> None:
        doc, today = step.get("doc"), self.trust.day
        whose = self._whose(step.get("customer"))
        if not whose and doc in self.papers:
            whose = self.papers[doc].customers
        name = step.get("event_id", f"#{self.entry}")
        day = day_of(step["date"], self.settings.zone) if step.get("date") else today
        self.events[name] = Event(
            id=name,
            type=step["event"],
            customers=whose,
            document=DocumentId(doc) if doc else None,
            case_no=step.get("case"),
            dates=(Dated(day, self.entry, today),),
            vouched=None if step.get("source") == "read" else self.entry,
        )

    def confirm_event(self, step: Step) -> None:
        event = self.events[step["event_id"]]
        if event.vouched is None:
            self.events[event.id] = replace(event, vouched=self.entry)

    def correct_event(self, step: Step) -> None:
        self.confirm_event(step)
        event = self.events[step["event_id"]]
        dated = Dated(date.fromisoformat(step["date"]), self.entry, self.trust.day)
        self.events[event.id] = replace(event, dates=(*event.dates, dated))

    def void_event(self, step: Step) -> None:
        event = self.events[step["event_id"]]
        self.events[event.id] = replace(event, void=True)
        for doc in self._papers_of(event.customers):
            self._keep(replace(self.records[doc], notice=self.trust.day))

    def reappraise(self, step: Step) -> None:
        whose, flag = self._whose(step["customer"]), step["flag"]
        docs = list(self._papers_of(whose))
        if any(self.answer(doc).held for doc in docs):
            raise Refusal("HOLD_ACTIVE")
        if flag in self.settings.never_reappraised:
            raise Refusal("FLAG_NOT_REAPPRAISABLE")
        end = self._end_of(flag, whose)
        for event in self._flagging(flag, whose):
            self.events[event.id] = replace(event, lifted=True)
        years = step["keep_years_after_end"]
        until = add(end, Period(years=years)) if years else end
        for doc in docs:
            later = max(until, self.records[doc].extended or until)
            self._keep(replace(self.records[doc], extended=later, notice=self.trust.day))

    def _flagging(self, flag: str, whose: Customers) -> list[Event]:
        return [
            event
            for event in self.events.values()
            if RAISES.get(event.type) == flag and event.customers & whose and not event.void
        ]

    def _end_of(self, flag: str, whose: Customers) -> date:
        """The end of the matter, if a person stands for it and it was recorded after the start."""
        begun = max((event.entry for event in self._flagging(flag, whose)), default=0)
        ends = [
            event.date
            for event in self.events.values()
            if ENDS.get(event.type) == flag
            and event.customers & whose
            and event.vouched is not None
            and event.entry > begun
            and not event.void
        ]
        if not ends:
            authority = flag == "authority_instruction"
            raise Refusal("NOT_RELEASED_BY_AUTHORITY" if authority else "NOT_SETTLED")
        return max(ends)

    # ---- rules, holds, customers, clock

    def rule_set(self, step: Step) -> None:
        self.rules = self.load(step["rule_set"])
        for doc in self.records:
            self._decided(doc)

    def hold_place(self, step: Step) -> None:
        scope = step["scope"]
        wanted = scope.get("query", {}).get("doc_type")
        self.holds[step["hold"]] = Hold(
            id=step["hold"],
            documents=frozenset({DocumentId(scope["doc"])}) if "doc" in scope else frozenset(),
            customers=self._whose(scope.get("customer")),
            categories=frozenset({wanted}) if wanted else frozenset(),
        )

    def hold_release(self, step: Step) -> None:
        name = step["hold"]
        self.holds[name] = replace(self.holds[name], released=self.trust.day)

    def _catch(self) -> None:
        """What a hold covers once it keeps until its release."""
        for hold in self.holds.values():
            if hold.released is None:
                caught = {record.id for record in self.records.values() if hold.covers(record)}
                self.holds[hold.id] = replace(hold, documents=hold.documents | caught)

    def merge_customers(self, step: Step) -> None:
        one, other = self._whose(step["from"]), self._whose(step["into"])
        if one == other:
            raise Refusal("SAME_CUSTOMER")
        merged = one | other
        self.joined.update(dict.fromkeys(merged, merged))
        for doc in self._papers_of(merged):
            self.papers[doc].customers = merged
            self._decided(doc)

    def split_customer(self, step: Step) -> None:
        old, new = self._whose(step["customer"]), self._whose(step["new"])
        for event in self.events.values():
            if event.customers & old:
                self.events[event.id] = replace(event, customers=event.customers | new)
        for hold in self.holds.values():
            if hold.customers & old:
                self.holds[hold.id] = replace(hold, customers=hold.customers | new)
        for doc in step["docs"]:
            self.papers[doc].customers = new
            self._decided(doc)

    def confirm_clock(self, step: Step) -> None:
        for doc in self.received_in_a_jump:
            self._keep(replace(self.records[doc], received=self.clock, checked=self.clock))
        self.last = None
        self.look(step["at"])

    def clock_reset(self, step: Step) -> None:
        to = date.fromisoformat(step["to"])
        if to > self.trust.day:
            raise Refusal("NOT_LOWER")
        self.last = to
        self.look(step["at"])
        today = self.trust.day
        for doc, record in self.records.items():
            self._keep(
                replace(
                    self.records[doc],
                    received=min(record.received, today),
                    checked=min(record.checked, today) if record.checked else None,
                    notice=min(record.notice, today) if record.notice else None,
                )
            )
        for hold in self.holds.values():
            if hold.released:
                self.holds[hold.id] = replace(hold, released=min(hold.released, today))

    # ---- the books

    def _whose(self, customer: str | None) -> Customers:
        if customer is None:
            return frozenset()
        return self.joined.get(customer, frozenset({CustomerId(customer)}))

    def _papers_of(self, whose: Customers) -> Iterator[str]:
        return (doc for doc, paper in self.papers.items() if paper.customers & whose)

    def _keep(self, record: Record) -> None:
        self.records[record.id] = record

    def _decided(self, doc: str) -> None:
        """Enter the context a paper is in now, once customer and category are known."""
        paper, record = self.papers[doc], self.records[doc]
        record = replace(record, customers=paper.customers, category=paper.category)
        if paper.customers and paper.category:
            context = Context(
                rules=self.rules,
                customers=paper.customers,
                kind="customer",
                category=paper.category,
                case_no=paper.case_no,
                doc_date=paper.doc_date,
            )
            since = record.since if record.contexts else self.entry
            record = replace(record, contexts=remember(record.contexts, context), since=since)
        self._keep(record)


def _two(by: str | list[str] | None) -> None:
    people = [by] if isinstance(by, str) else by or []
    if len(people) < 2:
        raise Refusal("SECOND_PERSON_REQUIRED")
    if people[0] == people[1]:
        raise Refusal("SAME_PERSON")


def day_of(at: str, zone: ZoneInfo) -> date:
    """A civil day, or the civil day of an instant with offset."""
    return civil_day(datetime.fromisoformat(at), zone) if "T" in at else date.fromisoformat(at)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


ACTS: Mapping[str, Callable[[Timeline, Step], None]] = {
    name: getattr(Timeline, name)
    for name in (
        "ingest",
        "accept",
        "assign",
        "move_doc",
        "set_doc_type",
        "set_case",
        "set_doc_date",
        "extend",
        "event",
        "confirm_event",
        "correct_event",
        "void_event",
        "reappraise",
        "rule_set",
        "approve_shortening",
        "hold_place",
        "hold_release",
        "merge_customers",
        "split_customer",
        "erasure_request",
        "fixity",
        "incident_close",
        "confirm_clock",
        "clock_reset",
    )
}
"""The acts that are played."""
