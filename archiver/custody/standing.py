"""What retention says of documents, from the facts in the catalogue, loaded in bulk."""

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from archiver.catalogue import (
    contexts,
    customers,
    events,
    holds,
    incidents,
    keepings,
    series,
    tombstones,
)
from archiver.catalogue.keepings import Keeping
from archiver.catalogue.store import Connection
from archiver.catalogue.tombstones import Tombstone
from archiver.core.model import CustomerId, Document, DocumentId
from archiver.custody.rules import version_of
from archiver.custody.stamp import trust
from archiver.declarations.retention import RuleSet
from archiver.judge.evaluate import Answer, evaluate
from archiver.judge.facts import Context, Dated, Event, Hold, Record, Stage, Step
from archiver.judge.given import Given, Terms
from archiver.vault.vault import Vault

T = TypeVar("T")
Rows = Iterator[tuple[str, list[Context]]]


class Planned(NamedTuple):
    """A record with what retention says of it today."""

    record: Record
    answer: Answer


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """The collector of rubbish does not go through all that was loaded after every few records."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


class Facts:
    """Everything retention needs, read in bulk: no query a record.

    Args:
        vault: the open vault.
        tx: one view of the catalogue.
        today: the trusted day.
        only: the records that will be asked about; None for all of them.
        trusting: leave out of account that the clock may be wrong today.
    """

    @_seldom_collected()
    def __init__(
        self,
        vault: Vault,
        tx: Connection,
        today: date,
        only: Collection[DocumentId] | None = None,
        *,
        trusting: bool = False,
    ) -> None:
        self._vault, self._tx, self._only = vault, tx, only
        self._rules: dict[str, RuleSet] = {}
        self._composed = customers.composition(tx)
        self._whole: dict[tuple[str, str | None], frozenset[CustomerId]] = {}
        self._damaged = _damaged(tx, only)
        anomaly = not trusting and trust(vault, tx).anomaly
        self._given = Given(
            today,
            map(event_of, self._events(tx, only)),
            [self._hold(one) for one in holds.every(tx)],
            terms=terms_of(vault),
            clock_anomaly=anomaly,
        )

    @property
    def given(self) -> Given:
        """What is judged from besides the records."""
        return self._given

    def records(self) -> Iterator[Record]:
        """The records, in the order of their ids; further files only where they were named."""
        lived = _Ordered(self._contexts())
        said = _Ordered((one.document, one) for one in keepings.every(self._tx, self._only))
        for row in keepings.kept(self._tx, self._only):
            if row.further and self._only is None:
                continue
            context = lived.at(row.id, [])
            yield self._record(row, context, said.at(row.id, Keeping(DocumentId(row.id))))

    def stream(self) -> Iterator[Planned]:
        """Every record with its answer, one at a time."""
        with _seldom_collected():
            for record in self.records():
                yield Planned(record, evaluate(record, self._given))

    @cached_property
    def _known(self) -> dict[DocumentId, Record]:
        return {record.id: record for record in self.records()}

    def record(self, document: DocumentId) -> Record:
        """One of the records asked about."""
        return self._known[document]

    def answer(self, document: Document) -> Answer:
        """What retention says of one document on the trusted day."""
        return evaluate(self._known[document.id], self._given)

    def _record(self, row: keepings.Kept, lived: list[Context], keeping: Keeping) -> Record:
        stage = keeping.stage
        return Record(
            id=DocumentId(row.id),
            received=row.received_on,
            contexts=() if row.open else tuple(lived),
            since=keeping.since,
            customers=self._whole_of(row.customer),
            category=row.category,
            case_no=keeping.case_no,
            extended=keeping.extended,
            for_ever=keeping.for_ever,
            notice=keeping.notice,
            checked=row.checked_on,
            incident=row.id in self._damaged,
            restricted=keeping.restricted is not None,
            step=Step(Stage(stage), keeping.stage_entry or 0) if stage else None,
        )

    def _contexts(self) -> Rows:
        """Document → its contexts, by document."""
        document: str | None = None
        found: list[Context] = []
        for row in contexts.every(self._tx, self._only):
            if row.document != document and document is not None:
                yield document, found
                found = []
            document = row.document
            found.append(
                Context(
                    rules=self._version(row.rules),
                    customers=self._merged(row.customer, row.merged),
                    kind=row.kind or "customer",
                    category=row.category,
                    case_no=row.case_no,
                    doc_date=row.doc_date,
                )
            )
        if document is not None:
            yield document, found

    def _version(self, version: str) -> RuleSet:
        rules = self._rules.get(version)
        if rules is None:
            rules = self._rules[version] = version_of(self._vault, self._tx, version)
        return rules

    def _merged(self, customer: str, merged: str | None) -> frozenset[CustomerId]:
        """As the customer was composed then; the same value for the same words."""
        whole = self._whole.get((customer, merged))
        if whole is None:
            whole = self._whole[customer, merged] = contexts.merged_of(customer, merged)
        return whole

    def _whole_of(self, customer: str) -> frozenset[CustomerId]:
        one = CustomerId(customer)
        return self._composed.get(one) or self._merged(customer, None)

    def _events(
        self, tx: Connection, only: Collection[DocumentId] | None
    ) -> tuple[events.StoredEvent, ...]:
        """The events that can matter to the records asked about."""
        if only is None:
            return events.all_events(tx)
        lived = list(contexts.every(tx, only))
        whom = {one for row in lived for one in contexts.merged_of(row.customer, row.merged)}
        whom |= {one for row in keepings.kept(tx, only) for one in self._whole_of(row.customer)}
        cases = {row.case_no for row in lived if row.case_no}
        return events.concerning(tx, whom, only, cases)

    def _hold(self, stored: holds.StoredHold) -> Hold:
        targets = stored.target.split() if stored.scope == "customer" else []
        return Hold(
            id=stored.id,
            documents=stored.documents,
            customers=frozenset(one for target in targets for one in self._whole_of(target)),
            cases=frozenset({stored.target} if stored.scope == "case" else ()),
            released=stored.released_on,
            authority=stored.authority,
        )


def _damaged(tx: Connection, only: Collection[DocumentId] | None) -> set[DocumentId]:
    """The files with an open incident, and the documents that have such a file."""
    family = series.family(tx, only)
    found = {one.document for one in incidents.of(tx, only and {*only, *family})}
    return found | {family[one] for one in found if one in family}


class _Ordered(Generic[T]):
    """Values by document, in the order of documents; asked for in that order."""

    def __init__(self, rows: Iterator[tuple[str, T]]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def at(self, document: str, otherwise: T) -> T:
        """The value of that document, passing over those before it."""
        while self._next is not None and self._next[0] < document:
            self._next = next(self._rows, None)
        if self._next is not None and self._next[0] == document:
            return self._next[1]
        return otherwise


def terms_of(vault: Vault) -> Terms:
    """The days of grace and of notice of a vault."""
    said = vault.settings.retention
    return Terms(
        ingest_grace=said.ingest_grace_days,
        release_grace=said.post_release_grace_days,
        shortening_notice=said.shortening_notice_days,
        inspection_interval=said.inspection_interval_days,
        cooling_off=said.cooling_off_days,
        approval_valid=said.approval_valid_days,
    )


def event_of(stored: events.StoredEvent) -> Event:
    """An event as retention sees it."""
    first = stored.corrected[0].was if stored.corrected else stored.day
    later = (Dated(one.day, one.entry, one.recorded_on) for one in stored.corrected)
    whose = {stored.customer} if stored.customer else set()
    return Event(
        id=stored.id,
        type=stored.type,
        customers=frozenset(whose | stored.others),
        document=stored.document,
        case_no=stored.case_no,
        dates=(Dated(first, stored.entry, stored.recorded_on), *later),
        vouched=stored.vouched,
        void=stored.void,
        lifted=stored.lifted,
    )


def answers(
    vault: Vault, tx: Connection, papers: Iterable[Document], today: date
) -> dict[DocumentId, Answer]:
    """The answer for each of the documents."""
    listed = list(papers)
    facts = Facts(vault, tx, today, [document.id for document in listed])
    return {document.id: facts.answer(document) for document in listed}


def owners(
    stone: Tombstone, whole: Mapping[CustomerId, frozenset[CustomerId]]
) -> frozenset[CustomerId]:
    """Every customer that a record belonged to which is gone, under all the ids that each has."""
    facts = stone.told.facts
    words = str(facts.get("customers") or facts.get("customer") or "").split()
    return frozenset(x for one in map(CustomerId, words) for x in whole.get(one, {one}))


def remembered(vault: Vault, tx: Connection, document: DocumentId, today: date) -> Answer | None:
    """The answer for a record that left: its tombstone, and whether a flag came too late.

    None when it never was, or is still there.
    """
    stone = tombstones.of(tx, [document]).get(document)
    if stone is None or any(keepings.kept(tx, [document])):
        return None
    facts = stone.told.facts
    whose = owners(stone, customers.composition(tx))
    stage = (
        Stage.WITHDRAWN if facts.get("was", stone.told.action) == "withdrawal" else Stage.DESTROYED
    )
    record = Record(
        document,
        received=date.fromisoformat(str(facts["received"])),
        contexts=(),
        customers=whose,
        step=Step(stage, stone.told.seq),
    )
    happened = map(event_of, events.concerning(tx, whose, (), ()))
    anomaly = trust(vault, tx).anomaly
    return evaluate(record, Given(today, happened, clock_anomaly=anomaly))
