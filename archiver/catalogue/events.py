"""Event rows: the dated facts that start periods and raise flags."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    func,
    insert,
    literal,
    select,
    true,
    update,
)

from archiver.catalogue import ledger
from archiver.catalogue.among import among
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.numbers import take
from archiver.catalogue.retention_tables import concerned, corrections, events
from archiver.core.model import Box, CustomerId, DocumentId
from archiver.core.proof import canonical

_READ = "read"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where on its paper an event was read: the page, the box of the line, the words themselves."""

    page: int | None
    box: Box | None
    raw: str


@dataclass(frozen=True, slots=True)
class Correction:
    """Another day that an event was given.

    Attributes:
        was: the day it had before.
        entry: the ledger entry that said so; `recorded_on` its trusted day.
    """

    was: date
    day: date
    entry: int
    recorded_on: date


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """A dated fact about a customer or one document.

    Attributes:
        day: the civil day it happened.
        recorded_on: the trusted day it was entered.
        source: `person` or `read` (from a paper, waiting for confirmation).
        entry: the ledger entry that recorded it.
        vouched: the ledger entry by which a person stood for it; None while it is only read.
        lifted: a re-appraisal took off the flag that it set.
        spot: of one that was read; the day may have been put right by a person since.
        corrected: every other day it has been given, oldest first.
        others: further customers whose it is too: merged with this one when it was recorded, or
            parted from it since.
    """

    id: str
    type: str
    customer: CustomerId | None
    document: DocumentId | None
    case_no: str | None
    day: date
    recorded_on: date
    source: str
    confirmed: bool
    void: bool
    entry: int = 0
    vouched: int | None = None
    lifted: bool = False
    spot: Spot | None = None
    corrected: tuple[Correction, ...] = ()
    others: frozenset[CustomerId] = frozenset()

    @property
    def waits(self) -> bool:
        """It was only read: nobody has stood for it yet."""
        return not self.confirmed and not self.void


def add(
    connection: Connection,
    stamp: Stamp,
    kind: str,
    *,
    day: date,
    customer: CustomerId | None,
    document: DocumentId | None,
    case_no: str | None = None,
    spot: Spot | None = None,
) -> StoredEvent:
    """Record what happened on `day`: a person says so, or a paper, which waits to be confirmed.

    The caller writes the ledger entry of it next, in the same transaction.
    """
    entry = ledger.head(connection).seq + 1
    event = StoredEvent(
        id=f"E{take(connection, 'event'):06d}",
        type=kind,
        customer=customer,
        document=document,
        case_no=case_no,
        day=day,
        recorded_on=stamp.day,
        source=_READ if spot else "person",
        confirmed=spot is None,
        void=False,
        entry=entry,
        vouched=None if spot else entry,
        spot=spot,
    )
    connection.execute(
        insert(events),
        {
            **_said(event),
            "id": event.id,
            "entry": entry,
            "case_no": case_no,
            "recorded_on": stamp.day,
            "recorded_at": stamp.at.isoformat(),
            "source": event.source,
        },
    )
    return event


def rewrite(connection: Connection, event: StoredEvent) -> None:
    """Write what is known of an event from now on."""
    connection.execute(update(events).where(events.c.id == event.id).values(**_said(event)))


def redate(connection: Connection, event: StoredEvent, day: date, stamp: Stamp) -> StoredEvent:
    """Give an event another day; the old one is remembered. The ledger entry of it comes next."""
    new = Correction(event.day, day, ledger.head(connection).seq + 1, stamp.day)
    connection.execute(
        insert(corrections),
        {
            "event": event.id,
            "entry": new.entry,
            "was": new.was,
            "date": new.day,
            "recorded_on": new.recorded_on,
        },
    )
    event = replace(event, day=day, corrected=(*event.corrected, new))
    rewrite(connection, event)
    return event


def concern(
    connection: Connection, event: StoredEvent, others: frozenset[CustomerId]
) -> StoredEvent:
    """A new event happened to these customers too."""
    rows = [{"event": event.id, "customer": one} for one in sorted(others)]
    if rows:
        connection.execute(insert(concerned), rows)
    return replace(event, others=others)


def share(connection: Connection, whom: Collection[CustomerId], other: CustomerId) -> None:
    """Whatever happened to a customer so far, under any of its ids, happened to `other` too."""
    told = select(events.c.id, literal(other)).where(_whose(whom))
    connection.execute(insert(concerned).from_select(["event", "customer"], told))


def _said(event: StoredEvent) -> dict[str, object]:
    """The columns that may change."""
    spot = event.spot
    return {
        "type": event.type,
        "customer": event.customer,
        "document": event.document,
        "date": event.day,
        "confirmed": event.confirmed,
        "void": event.void,
        "vouched": event.vouched,
        "lifted": event.lifted,
        "page": spot.page if spot else None,
        "box": canonical(spot.box) if spot and spot.box else None,
        "raw": spot.raw if spot else None,
    }


def all_events(connection: Connection) -> tuple[StoredEvent, ...]:
    """Every event, in the order of entry."""
    return _several(connection, true())


def some(connection: Connection, wanted: Collection[str]) -> tuple[StoredEvent, ...]:
    """The named events that exist, in the order of entry."""
    return _several(connection, among(events.c.id, wanted))


def of_customer(connection: Connection, under: Collection[CustomerId]) -> tuple[StoredEvent, ...]:
    """What happened to a customer under any of its ids, in the order of entry."""
    return _several(connection, _whose(under))


def denied(connection: Connection, document: DocumentId, kind: str) -> bool:
    """Whether two people said that what a paper tells never happened."""
    return connection.execute(_DENIED, {"wanted": document, "kind": kind}).first() is not None


def waiting(connection: Connection) -> tuple[StoredEvent, ...]:
    """The events that were only read, in the order of entry."""
    return _several(connection, _WAITS)


def count_waiting(connection: Connection) -> int:
    """How many events were only read."""
    counted = select(func.count()).select_from(events).where(_WAITS)
    return connection.execute(counted).scalar_one()


_WAITS = events.c.confirmed.is_(False) & events.c.void.is_(False)
_DENIED = select(events.c.id).where(
    events.c.document == bindparam("wanted"),
    events.c.type == bindparam("kind"),
    events.c.void.is_(True),
    events.c.confirmed.is_(True),
)
_READ_FROM = select(events.c.id).where(
    events.c.document == bindparam("wanted"), events.c.source == _READ, events.c.void.is_(False)
)
_LATEST = select(func.max(events.c.date)).where(
    events.c.customer == bindparam("customer"),
    events.c.type == bindparam("kind"),
    events.c.void == bindparam("void"),
    events.c.confirmed == bindparam("confirmed"),
)


def read_from(connection: Connection, document: DocumentId) -> tuple[StoredEvent, ...]:
    """The events that were read off a document."""
    rows = connection.execute(_READ_FROM, {"wanted": document}).all()
    return some(connection, [row.id for row in rows]) if rows else ()


def latest(
    connection: Connection, customer: CustomerId, kind: str, *, confirmed: bool
) -> date | None:
    """The latest day on which this happened to a customer, as people or only papers say."""
    asked = {"customer": customer, "kind": kind, "void": False, "confirmed": confirmed}
    return connection.execute(_LATEST, asked).scalar_one_or_none()


def concerning(
    connection: Connection,
    whom: Collection[CustomerId],
    papers: Collection[DocumentId],
    cases: Collection[str],
) -> tuple[StoredEvent, ...]:
    """The events of these customers, documents and cases, in the order of entry."""
    where = _whose(whom) | among(events.c.document, papers) | among(events.c.case_no, cases)
    return _several(connection, where)


def _whose(whom: Collection[CustomerId]) -> ColumnElement[bool]:
    shared = select(concerned.c.event).where(among(concerned.c.customer, whom))
    return among(events.c.customer, whom) | events.c.id.in_(shared)


def _several(connection: Connection, where: ColumnElement[bool]) -> tuple[StoredEvent, ...]:
    rows = connection.execute(select(events).where(where).order_by(events.c.id)).all()
    if not rows:
        return ()
    ours = select(events.c.id).where(where)
    days = _corrections(connection, ours)
    others: dict[str, set[CustomerId]] = defaultdict(set)
    for one in connection.execute(select(concerned).where(concerned.c.event.in_(ours))):
        others[one.event].add(CustomerId(one.customer))
    return tuple(
        _event(row, tuple(days.get(row.id, ())), frozenset(others.get(row.id, ()))) for row in rows
    )


def _corrections(connection: Connection, ours: Select[tuple[str]]) -> dict[str, list[Correction]]:
    query = select(corrections).where(corrections.c.event.in_(ours)).order_by(corrections.c.entry)
    found: dict[str, list[Correction]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.event].append(Correction(row.was, row.date, row.entry, row.recorded_on))
    return found


def _event(
    row: Row[tuple[object, ...]],
    corrected: tuple[Correction, ...],
    others: frozenset[CustomerId],
) -> StoredEvent:
    box = tuple(json.loads(row.box)) if row.box else None
    return StoredEvent(
        id=row.id,
        type=row.type,
        customer=CustomerId(row.customer) if row.customer else None,
        document=DocumentId(row.document) if row.document else None,
        case_no=row.case_no,
        day=row.date,
        recorded_on=row.recorded_on,
        source=row.source,
        confirmed=row.confirmed,
        void=row.void,
        entry=row.entry or 0,
        vouched=(row.vouched or 0) if row.confirmed else None,
        lifted=bool(row.lifted),
        spot=Spot(row.page, box, row.raw or "") if row.source == _READ else None,
        corrected=corrected,
        others=others,
    )
