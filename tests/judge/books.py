"""The books of an invented archive: papers, records, the clock, and acts on single records."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from archiver.core.model import CustomerId, DocumentId
from archiver.declarations.retention import RuleSet
from archiver.judge.clock import Trusted, trusted
from archiver.judge.contexts import redate, remember
from archiver.judge.evaluate import Answer, State, evaluate, locked
from archiver.judge.facts import (
    Context,
    Customers,
    Event,
    Hold,
    Record,
)
from archiver.judge.given import SHIPPED_TERMS, Given, Terms
from tests.judge.steps import Refusal, Step, a_day, day_of


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
    withdraw_days: int = 30


class Books:
    """What an archive knows.

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
        self.accepted: set[str] = set()
        self.bytes: dict[str, str] = {}
        self.reviewer: dict[str, str] = {}
        self.approved: dict[str, date] = {}

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
        self.bytes[doc] = step.get("sha256", doc)
        self.papers[doc] = Paper(
            customers=self._whose(step.get("customer")),
            category=step.get("doc_type"),
            case_no=step.get("case"),
            doc_date=a_day(step.get("doc_date")),
        )
        self.records[doc] = Record(DocumentId(doc), received=today, contexts=(), checked=today)
        if self.trust.anomaly and self.clock > today:
            self.received_in_a_jump.add(doc)
        self._decided(doc)

    def gone(self, doc: str) -> bool:
        """Whether a record is no more."""
        record = self.records.get(doc)
        return record is not None and record.step is not None and record.step.gone

    def there(self, doc: str) -> bool:
        """Whether the bytes of a record are still held, by itself or by another one."""
        same = (other for other, digest in self.bytes.items() if digest == self.bytes[doc])
        return any(not self.gone(other) for other in same)

    def accept(self, step: Step) -> None:
        """Matters for withdrawals only."""
        self.accepted.add(step["doc"])

    def assign(self, step: Step) -> None:
        if self.papers[step["doc"]].customers:
            raise Refusal("ALREADY_ASSIGNED")
        self.accept(step)
        self._give(step["doc"], step["customer"])

    def move_doc(self, step: Step) -> None:
        if not self.papers[step["doc"]].customers:
            raise Refusal("NOT_ASSIGNED")
        self._give(step["doc"], step["to"])

    def _give(self, doc: str, customer: str | None) -> None:
        self.papers[doc].customers = self._whose(customer)
        self._decided(doc)

    def set_doc_type(self, step: Step) -> None:
        self.accept(step)
        self.papers[step["doc"]].category = step["value"]
        self._decided(step["doc"])

    def set_case(self, step: Step) -> None:
        self.papers[step["doc"]].case_no = step["value"]
        self._decided(step["doc"])

    def set_doc_date(self, step: Step) -> None:
        doc, value = step["doc"], a_day(step["value"])
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
