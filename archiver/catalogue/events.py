"""Event rows: the dated facts that start periods and raise flags."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, insert, select, true

from archiver.catalogue.ledger import Stamp
from archiver.catalogue.numbers import take
from archiver.catalogue.tables import events
from archiver.core.model import CustomerId, DocumentId


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """A dated fact about a customer or one document.

    Attributes:
        day: the civil day it happened.
        recorded_on: the trusted day it was entered.
        source: `person` or `read` (from a paper, waiting for confirmation).
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


def add(
    connection: Connection,
    stamp: Stamp,
    kind: str,
    *,
    day: date,
    customer: CustomerId | None,
    document: DocumentId | None,
    case_no: str | None = None,
) -> StoredEvent:
    """Record what a person says happened on `day`."""
    event = StoredEvent(
        id=f"E{take(connection, 'event'):06d}",
        type=kind,
        customer=customer,
        document=document,
        case_no=case_no,
        day=day,
        recorded_on=stamp.day,
        source="person",
        confirmed=True,
        void=False,
    )
    connection.execute(
        insert(events).values(
            id=event.id,
            type=kind,
            customer=customer,
            document=document,
            case_no=case_no,
            date=day,
            recorded_on=stamp.day,
            recorded_at=stamp.at.isoformat(),
            source=event.source,
            confirmed=True,
            void=False,
        )
    )
    return event


def all_events(connection: Connection) -> tuple[StoredEvent, ...]:
    """Every event, in the order of entry."""
    return _several(connection, true())


def concerning(
    connection: Connection,
    whom: Collection[CustomerId],
    papers: Collection[DocumentId],
    cases: Collection[str],
) -> tuple[StoredEvent, ...]:
    """The events of these customers, documents and cases, in the order of entry."""
    where = (
        events.c.customer.in_(whom) | events.c.document.in_(papers) | events.c.case_no.in_(cases)
    )
    return _several(connection, where)


def _several(connection: Connection, where: ColumnElement[bool]) -> tuple[StoredEvent, ...]:
    rows = connection.execute(select(events).where(where).order_by(events.c.id))
    return tuple(
        StoredEvent(
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
        )
        for row in rows
    )
