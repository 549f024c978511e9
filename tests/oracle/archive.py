"""A scratch vault that is played step by step, through the acts that the commands call.

It has the same face as `tests.judge.timeline.Timeline`, which keeps its books by other means: the
two check one another.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from archiver.catalogue import customers, documents, events, numbers, tombstones
from archiver.catalogue.events import Spot, StoredEvent
from archiver.catalogue.store import Connection
from archiver.core.errors import Refused
from archiver.core.model import (
    UNASSIGNED,
    Arrival,
    Because,
    Category,
    CustomerId,
    Document,
    DocumentId,
    Field,
    Findings,
    Line,
    Page,
    Reading,
    ReceiptId,
    Scan,
    Shape,
    Standing,
    TextSource,
    Verdict,
)
from archiver.custody import act, clock, destruction, disposal, erasure, fact, hold, place
from archiver.custody.activate import activate
from archiver.custody.file import file, record
from archiver.custody.merge import merge
from archiver.custody.split import parting
from archiver.custody.stamp import today, trust_from_now
from archiver.custody.standing import answers, remembered
from archiver.custody.witness import inspected
from archiver.declarations.retention import RuleSet
from archiver.disk.digest import digest_of
from archiver.intake.publish import publish
from archiver.judge.evaluate import Answer
from archiver.vault.vault import Vault
from tests.judge.steps import Refusal, Scope, Step, day_of

NOON = time(12, 0)
LEAVES = {"destroy", "withdraw"}
"""After these what derives from the papers follows, as at the end of every command."""


class Archive:
    """An archive that grows step by step.

    Args:
        vault: new and empty; its clock is taken over.
        load: gives another version of the rules by name; raises `Refusal`.
    """

    def __init__(self, vault: Vault, load: Callable[[str], RuleSet]) -> None:
        self.vault = vault
        self.load = load
        self.papers: dict[str, DocumentId] = {}
        self.customers: dict[str, CustomerId] = {}
        self.events: dict[str, str] = {}
        self.holds: dict[str, str] = {}
        self.bytes: dict[str, str] = {}
        self.begun = False
        self.now = datetime(2000, 1, 1, 12, tzinfo=vault.zone)
        vault.clock = lambda: self.now

    # ---- the front door

    def look(self, at: str) -> None:
        """Set the clock."""
        zone: ZoneInfo = self.vault.zone
        given = datetime.fromisoformat(at) if "T" in at else None
        self.now = given or datetime.combine(date.fromisoformat(at), NOON, zone)
        if not self.begun:
            with self.vault.catalogue.write() as tx:
                trust_from_now(tx, clock.clock_day(self.vault))
            self.begun = True

    def act(self, step: Step) -> None:
        """Take one step.

        Raises:
            Refusal: with the published code.
        """
        self.look(step["at"])
        play = ACTS.get(step["type"])
        if play is None:
            raise NotImplementedError(step["type"])
        by = step.get("by")
        self.vault.login = by[0] if isinstance(by, list) and by else str(by or "system")
        try:
            play(self, step)
        except Refused as error:
            raise Refusal(error.code) from error
        if step["type"] in LEAVES:
            publish(self.vault)

    def answer(self, doc: str) -> Answer:
        """What retention says of a record today."""
        document = self.papers[doc]
        clock.look(self.vault)
        with self.vault.catalogue.read() as tx:
            day = today(self.vault, tx)
            gone = remembered(self.vault, tx, document, day)
            if gone:
                return gone
            found = documents.some(tx, [document])
            return answers(self.vault, tx, found, day)[document]

    def answers(self) -> dict[str, Answer]:
        """The same of every record, in one look."""
        clock.look(self.vault)
        with self.vault.catalogue.read() as tx:
            day = today(self.vault, tx)
            living = documents.some(tx, self.papers.values())
            found = answers(self.vault, tx, living, day)
            return {
                doc: found.get(one) or self._remembered(tx, one, day)
                for doc, one in self.papers.items()
            }

    def _remembered(self, tx: Connection, document: DocumentId, day: date) -> Answer:
        gone = remembered(self.vault, tx, document, day)
        assert gone, f"{document} is lost"
        return gone

    def gone(self, doc: str) -> bool:
        """Whether a permanent note of its removal exists."""
        with self.vault.catalogue.read() as tx:
            return bool(tombstones.of(tx, [self.papers[doc]]))

    def there(self, doc: str) -> bool:
        """Whether a file with its bytes still lies among the papers."""
        data = self.bytes[doc].encode()
        found = self.vault.layout.customers.rglob("*.txt")
        return any(path.read_bytes() == data for path in found)

    # ---- papers

    def ingest(self, step: Step) -> None:
        doc = step["doc"]
        self.bytes[doc] = step.get("sha256") or f"paper {doc}"
        verdict = self._verdict(step)
        with self.vault.catalogue.read() as tx:
            whose = customers.get(tx, verdict.customer)
        assert whose
        done = record(self.vault, file(self.vault, verdict, whose), case_no=step.get("case"))
        assert isinstance(done, Document), "the same bytes of the same customer"
        self.papers[doc] = done.id

    def _verdict(self, step: Step) -> Verdict:
        doc, customer, category = step["doc"], step.get("customer"), step.get("doc_type")
        path = self.vault.layout.scratch / f"{doc}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(self.bytes[doc], encoding="utf-8")
        digest, size = digest_of(path)
        arrival = Arrival(
            receipt=ReceiptId(doc),
            source=f"{doc}.txt",
            path=path,
            folder=None,
            named=None,
            received=self.now,
            shape=Shape(size, 0, 0),
        )
        day = step.get("doc_date")
        lines = (Line(f"签订日期：{day}", None, 1.0),) if day else ()
        values = (Field("issue_date", day, day, 1.0, 1, None, "label"),) if day else ()
        findings = Findings(
            Reading(Scan(arrival, digest, size, "text/plain"), (Page(1, lines, TextSource.PLAIN),)),
            Category(category or "other", 1.0 if category else 0.0, ()),
            values,
        )
        undecided = [
            Because.of(code)
            for code, known in (("no_customer", customer), ("weak_category", category))
            if not known
        ]
        return Verdict(
            findings=findings,
            customer=self._customer(customer) if customer else UNASSIGNED,
            category=category or "other",
            proposed=None,
            why=(),
            open=tuple(undecided),
        )

    def _customer(self, name: str) -> CustomerId:
        if name not in self.customers:
            with self.vault.catalogue.write() as tx:
                made = customers.add(
                    tx, name, kind="customer", standing=Standing.ACTIVE, at=self.now
                )
            self.customers[name] = made.id
        return self.customers[name]

    def accept(self, step: Step) -> None:
        place.accept(self.vault, self.papers[step["doc"]])

    def assign(self, step: Step) -> None:
        place.assign(self.vault, self.papers[step["doc"]], self._customer(str(step["customer"])))

    def move_doc(self, step: Step) -> None:
        place.move(self.vault, self.papers[step["doc"]], self._customer(step["to"]))

    def set_doc_type(self, step: Step) -> None:
        place.set_category(self.vault, self.papers[step["doc"]], str(step["value"]))

    def set_case(self, step: Step) -> None:
        place.set_case(self.vault, self.papers[step["doc"]], step["value"])

    def set_doc_date(self, step: Step) -> None:
        day = date.fromisoformat(step["value"]) if step["value"] else None
        place.set_date(self.vault, self.papers[step["doc"]], day)

    def merge_customers(self, step: Step) -> None:
        merge(self.vault, self._customer(step["from"]), self._customer(step["into"]))

    def split_customer(self, step: Step) -> None:
        whose = self._customer(str(step["customer"]))
        terms = parting([self.papers[doc] for doc in step["docs"]], step["new"])
        self._two(step, "split_customer", whose, terms)
        with self.vault.catalogue.read() as tx:
            found = [one.id for one in customers.all_customers(tx) if one.name == step["new"]]
        self.customers[step["new"]] = found[0]

    # ---- events

    def event(self, step: Step) -> None:
        doc, whose = step.get("doc"), step.get("customer")
        document = self.papers.get(doc) if doc else None
        customer = self._customer(whose) if whose else self._whose(document)
        day = day_of(step["date"], self.vault.zone) if step.get("date") else None
        spot = Spot(None, None, "") if step.get("source") == "read" else None
        made = fact.add_event(
            self.vault,
            step["event"],
            customer=customer,
            document=document,
            day=day,
            case_no=step.get("case"),
            spot=spot,
        )
        self.events[step.get("event_id", f"#{made.id}")] = made.id

    def _whose(self, document: DocumentId | None) -> CustomerId | None:
        with self.vault.catalogue.read() as tx:
            found = documents.some(tx, [document] if document else [])
        return next((one.customer for one in found if one.customer != UNASSIGNED), None)

    def confirm_event(self, step: Step) -> None:
        fact.confirm_events(self.vault, self._event(step))

    def correct_event(self, step: Step) -> None:
        fact.correct_event(
            self.vault, self.events[step["event_id"]], date.fromisoformat(step["date"])
        )

    def _event(self, step: Step) -> tuple[StoredEvent, ...]:
        with self.vault.catalogue.read() as tx:
            return events.some(tx, [self.events[step["event_id"]]])

    def void_event(self, step: Step) -> None:
        self._two(step, "void_event", self.events[step["event_id"]])

    def reappraise(self, step: Step) -> None:
        terms = {"flag": step["flag"], "years": step["keep_years_after_end"]}
        self._two(step, "reappraise", self._customer(str(step["customer"])), terms)

    def rule_set(self, step: Step) -> None:
        activate(self.vault, self.load(step["rule_set"]))

    # ---- disposal

    def approve_shortening(self, step: Step) -> None:
        named = " ".join(sorted(self.papers[doc] for doc in step["docs"]))
        self._two(step, "approve_shortening", named)

    def withdraw(self, step: Step) -> None:
        self._two(step, "withdraw", self.papers[step["doc"]], needs_reason=True)

    def extend(self, step: Step) -> None:
        until = date.fromisoformat(step["until"])
        disposal.extend(self.vault, self.papers[step["doc"]], until)

    def review_start(self, step: Step) -> None:
        disposal.appraise(self.vault, [self.papers[step["doc"]]], step.get("reason"))

    def review_extend(self, step: Step) -> None:
        document = self.papers[step["doc"]]
        disposal.keep_longer(self.vault, document, step["years"], step.get("reason"))

    def review_permanent(self, step: Step) -> None:
        disposal.keep_for_ever(self.vault, self.papers[step["doc"]], step.get("reason"))

    def approve(self, step: Step) -> None:
        disposal.approve(self.vault, self._batch(step, "NOT_IN_REVIEW"))

    def _batch(self, step: Step, otherwise: str) -> str:
        return disposal.batch_of(self.vault, self.papers[step["doc"]], otherwise)

    def destroy(self, step: Step) -> None:
        batch = self._batch(step, "NOT_APPROVED")
        seen = [self._person(one) for one in step.get("witnesses", ())]
        destruction.destroy(self.vault, batch, seen)

    def user_delete(self, step: Step) -> None:
        disposal.delete(self.vault, self.papers[step["doc"]])

    def _person(self, login: str) -> str:
        with self.vault.catalogue.write() as tx:
            return numbers.person(tx, [login])

    # ---- holds, damage, erasure

    def hold_place(self, step: Step) -> None:
        made = hold.place(
            self.vault,
            *self._scope(step["scope"]),
            reason=step.get("reason"),
            authority=step.get("authority"),
        )
        self.holds[step["hold"]] = made.id

    def _scope(self, scope: Scope) -> tuple[str, str]:
        if "doc" in scope:
            return "document", self.papers[scope["doc"]]
        if "customer" in scope:
            return "customer", self._customer(scope["customer"])
        return "query", f"category:{scope['query']['doc_type']}"

    def hold_release(self, step: Step) -> None:
        hold.release(self.vault, self.holds[step["hold"]], step.get("reason"))

    def fixity(self, step: Step) -> None:
        document, result = self.papers[step["doc"]], step["result"].lower()
        with self.vault.catalogue.read() as tx:
            if not documents.some(tx, [document]):
                raise Refusal("ALREADY_DESTROYED")
        sound = [document] if result == "ok" else []
        faults = () if result == "ok" else ((result, document),)
        inspected(self.vault, sound, faults, deep=True)

    def incident_close(self, step: Step) -> None:
        self._two(step, "close_incident", self.papers[step["doc"]])

    def erasure_request(self, step: Step) -> None:
        erasure.request(self.vault, self._customer(str(step["customer"])))

    # ---- the clock

    def confirm_clock(self, step: Step) -> None:
        self._two(step, "confirm_clock", clock.clock_day(self.vault).isoformat())

    def clock_reset(self, step: Step) -> None:
        self._two(step, "clock_reset", step["to"], needs_reason=True)

    def _two(
        self,
        step: Step,
        kind: str,
        subject: str,
        terms: Mapping[str, object] | None = None,
        *,
        needs_reason: bool = False,
    ) -> None:
        """One proposes, another confirms; what is asked of the people comes before all else.

        In the commands one person proposes alone, and hears of what forbids the act then; the
        cases ask for the two people first.
        """
        by = step.get("by")
        people = [by] if isinstance(by, str) else list(by or ())
        reason = step.get("reason") if needs_reason else step.get("reason") or "because"
        early = {"ALREADY_DESTROYED", "REASON_REQUIRED"}
        try:
            proposed = act.propose(self.vault, kind, subject, reason, terms=terms or {})
        except Refused as error:
            if error.code in early:
                raise
            if len(people) < 2:
                raise Refusal("SECOND_PERSON_REQUIRED") from error
            if people[0] == people[1]:
                raise Refusal("SAME_PERSON") from error
            raise
        if len(people) < 2:
            act.reject(self.vault, proposed.id, "alone")
            raise Refusal("SECOND_PERSON_REQUIRED")
        with self._as(people[1]):
            try:
                act.confirm(self.vault, proposed.id)
            except Refused:
                act.reject(self.vault, proposed.id, "refused")
                raise

    @contextmanager
    def _as(self, login: str) -> Iterator[None]:
        before, self.vault.login = self.vault.login, login
        try:
            yield
        finally:
            self.vault.login = before


ACTS: Mapping[str, Callable[[Archive, Step], None]] = {
    name: getattr(Archive, name)
    for name in (
        "ingest",
        "event",
        "confirm_event",
        "correct_event",
        "void_event",
        "reappraise",
        "approve_shortening",
        "withdraw",
        "extend",
        "review_start",
        "review_extend",
        "review_permanent",
        "approve",
        "destroy",
        "user_delete",
        "accept",
        "assign",
        "move_doc",
        "set_doc_type",
        "set_case",
        "set_doc_date",
        "merge_customers",
        "split_customer",
        "rule_set",
        "hold_place",
        "hold_release",
        "fixity",
        "incident_close",
        "erasure_request",
        "confirm_clock",
        "clock_reset",
    )
}
"""The acts that are played."""
