"""The papers of a scratch vault: how they come in, and what is said of each."""

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from archiver.catalogue import customers, documents, tombstones
from archiver.catalogue.store import Connection
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
from archiver.custody import clock, place
from archiver.custody.file import file, record
from archiver.custody.merge import merge
from archiver.custody.stamp import today, trust_from_now
from archiver.custody.standing import answers, remembered
from archiver.declarations.retention import RuleSet
from archiver.disk.digest import digest_of
from archiver.judge.evaluate import Answer
from archiver.vault.vault import Vault
from tests.judge.steps import Step

NOON = time(12, 0)


class Papers:
    """What an archive holds, and what is said of single papers.

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
