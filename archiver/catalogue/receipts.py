"""Receipts: what became of each drop, as at that moment, never rewritten."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, true

from archiver.catalogue import notices
from archiver.catalogue.documents import Reasons, pack_reasons, unpack_reasons
from archiver.catalogue.tables import receipts, settlements
from archiver.core.model import Digest, DocumentId, Outcome, ReceiptId


@dataclass(frozen=True, slots=True)
class Receipt:
    """One drop and its outcome.

    Attributes:
        day: the trusted civil day of the outcome.
        path: where the paper lay then, relative to the vault; for a duplicate the stored copy.
        within: the receipt of the file (a mail, an archive) that it was taken out of; such a part
            is not counted as a drop of its own.
        folder: the folder of the inbox it was dropped into, if any.
        gone: the document that it was, where that has left the archive since.
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
    within: ReceiptId | None = None
    folder: str | None = None
    gone: DocumentId | None = None


def give(connection: Connection, receipt: Receipt) -> None:
    """Write a receipt; the database refuses a second one of the same id."""
    notices.notify(connection, receipt.folder)
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
            "within": receipt.within,
            "folder": receipt.folder,
        },
    )


def get(connection: Connection, receipt: ReceiptId) -> Receipt | None:
    """The receipt of that id, if the drop has an outcome already."""
    found = _several(connection, receipts.c.id == receipt)
    return found[0] if found else None


def aside(connection: Connection, *, settled: bool = False) -> tuple[Receipt, ...]:
    """What lies in quarantine, oldest first; of a file with parts those parts, not the whole.

    Args:
        connection: the transaction.
        settled: those too that have left it since.
    """
    quarantined = receipts.c.outcome == Outcome.QUARANTINED.value
    itself = receipts.c.reasons.not_like('[["holds_parts"%')
    still = receipts.c.id.not_in(select(settlements.c.receipt))
    return _several(connection, quarantined & itself & (true() if settled else still))


def parts_of(connection: Connection, receipt: ReceiptId) -> tuple[Receipt, ...]:
    """What was taken out of a file, and the file's own paper, in the order they were taken."""
    found = _several(connection, receipts.c.within == receipt)
    return tuple(sorted(found, key=lambda one: int(one.id.rpartition(".")[2])))


def latest(connection: Connection, folder: str | None, limit: int) -> tuple[Receipt, ...]:
    """The newest drops, the newest first: those of one folder of the inbox, or all (None)."""
    newest = select(receipts).where(receipts.c.within.is_(None))
    if folder is not None:
        newest = newest.where(receipts.c.folder == folder)
    newest = newest.order_by(receipts.c.settled_at.desc())
    return tuple(_receipt(row) for row in connection.execute(newest.limit(limit)))


def tally(
    connection: Connection, first: date | None = None, last: date | None = None
) -> Counter[Outcome]:
    """How many drops had which outcome, on some days or ever; parts count with their file."""
    query = select(receipts.c.outcome, func.count()).where(_drops(first, last))
    rows = connection.execute(query.group_by(receipts.c.outcome))
    return Counter({Outcome(row[0]): row[1] for row in rows})


def ids(
    connection: Connection, first: date | None = None, last: date | None = None
) -> tuple[ReceiptId, ...]:
    """The receipts of the drops of some days, or of all."""
    rows = connection.execute(select(receipts.c.id).where(_drops(first, last)))
    return tuple(ReceiptId(row.id) for row in rows)


def drops(
    connection: Connection, first: date | None = None, last: date | None = None
) -> Iterator[Receipt]:
    """The drops of some days, or all, oldest first."""
    by_age = select(receipts).where(_drops(first, last))
    for row in connection.execute(by_age.order_by(receipts.c.settled_at, receipts.c.id)):
        yield _receipt(row)


def _drops(first: date | None, last: date | None) -> ColumnElement[bool]:
    """No parts; from the `first` day to the `last`, both included, where they are given."""
    since = receipts.c.day >= first if first is not None else true()
    until = receipts.c.day <= last if last is not None else true()
    return receipts.c.within.is_(None) & since & until


def by_day(connection: Connection, first: date, last: date) -> Counter[tuple[date, Outcome]]:
    """How many drops had which outcome on which day of a span, both ends included."""
    query = (
        select(receipts.c.day, receipts.c.outcome, func.count())
        .where(_drops(first, last))
        .group_by(receipts.c.day, receipts.c.outcome)
    )
    return Counter({(row[0], Outcome(row[1])): row[2] for row in connection.execute(query)})


def _several(connection: Connection, where: ColumnElement[bool]) -> tuple[Receipt, ...]:
    by_age = select(receipts).where(where).order_by(receipts.c.settled_at, receipts.c.id)
    return tuple(_receipt(row) for row in connection.execute(by_age))


def _receipt(row: Row[tuple[object, ...]]) -> Receipt:
    return Receipt(
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
        within=ReceiptId(row.within) if row.within else None,
        folder=row.folder,
        gone=DocumentId(row.gone) if row.gone else None,
    )
