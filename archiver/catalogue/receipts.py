"""Receipts: what became of each drop, as at that moment, never rewritten."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, insert, select

from archiver.catalogue.documents import Reasons, pack_reasons, unpack_reasons
from archiver.catalogue.tables import receipts
from archiver.core.model import Digest, DocumentId, Outcome, ReceiptId


@dataclass(frozen=True, slots=True)
class Receipt:
    """One drop and its outcome.

    Attributes:
        day: the trusted civil day of the outcome.
        path: where the paper lay then, relative to the vault; for a duplicate the stored copy.
    """

    id: ReceiptId
    source: str
    day: date
    settled_at: str
    outcome: Outcome
    digest: Digest | None
    size: int
    document: DocumentId | None
    path: str
    reasons: Reasons


def give(connection: Connection, receipt: Receipt) -> None:
    """Write a receipt; the database refuses a second one of the same id."""
    connection.execute(
        insert(receipts),
        {
            "id": receipt.id,
            "source": receipt.source,
            "day": receipt.day,
            "settled_at": receipt.settled_at,
            "outcome": receipt.outcome.value,
            "digest": receipt.digest,
            "size": receipt.size,
            "document": receipt.document,
            "path": receipt.path,
            "reasons": pack_reasons(receipt.reasons),
        },
    )


def get(connection: Connection, receipt: ReceiptId) -> Receipt | None:
    """The receipt of that id, if the drop has an outcome already."""
    found = _several(connection, receipts.c.id == receipt)
    return found[0] if found else None


def with_outcome(connection: Connection, outcome: Outcome) -> tuple[Receipt, ...]:
    """All receipts of one outcome, oldest first."""
    return _several(connection, receipts.c.outcome == outcome.value)


def tally(connection: Connection, day: date | None = None) -> Counter[Outcome]:
    """How many drops had which outcome, on one day or ever."""
    query = select(receipts.c.outcome, func.count()).group_by(receipts.c.outcome)
    if day is not None:
        query = query.where(receipts.c.day == day)
    return Counter({Outcome(row[0]): row[1] for row in connection.execute(query)})


def by_day(connection: Connection, first: date, last: date) -> Counter[tuple[date, Outcome]]:
    """How many drops had which outcome on which day of a span, both ends included."""
    query = (
        select(receipts.c.day, receipts.c.outcome, func.count())
        .where(receipts.c.day.between(first, last))
        .group_by(receipts.c.day, receipts.c.outcome)
    )
    return Counter({(row[0], Outcome(row[1])): row[2] for row in connection.execute(query)})


def count(connection: Connection, first: date, last: date) -> int:
    """How many drops had their outcome in a span of days, both ends included."""
    query = select(func.count()).select_from(receipts).where(receipts.c.day.between(first, last))
    return connection.execute(query).scalar_one()


def _several(connection: Connection, where: ColumnElement[bool]) -> tuple[Receipt, ...]:
    rows = connection.execute(
        select(receipts).where(where).order_by(receipts.c.settled_at, receipts.c.id)
    )
    return tuple(
        Receipt(
            id=ReceiptId(row.id),
            source=row.source,
            day=row.day,
            settled_at=row.settled_at,
            outcome=Outcome(row.outcome),
            digest=Digest(row.digest) if row.digest else None,
            size=row.size,
            document=DocumentId(row.document) if row.document else None,
            path=row.path,
            reasons=unpack_reasons(row.reasons),
        )
        for row in rows
    )
