"""What is remembered of papers that left the archive, and which of their files still lie there.

A tombstone points to the ledger entry that says everything; it stays when the row goes.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, true

from archiver.catalogue import decisions, ledger
from archiver.catalogue.among import among
from archiver.catalogue.retention_tables import leavings, tombstones
from archiver.catalogue.tables import archive_numbers
from archiver.core.model import CustomerId, Document, DocumentId


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One file that left.

    Attributes:
        archive_no: the number that it had at last.
        act: the act of two people by which it left; None when it left otherwise.
        told: the entry of the ledger: day, `withdrawal` or another word for why, ids and digests.
    """

    document: DocumentId
    archive_no: str
    act: str | None
    told: ledger.Noted


@dataclass(frozen=True, slots=True)
class Leaving:
    """A file that has no row any more and may still lie at `path`, relative to the vault."""

    no: int
    document: DocumentId
    path: str


def put(connection: Connection, document: Document, *, entry: int, act: str | None) -> None:
    """Remember a document, before its row goes; note every place where its file may lie.

    A move that was begun and is not over may have left it at its old place: that one goes first,
    because whoever finishes the move meanwhile makes the new name from the old one.
    """
    mine = select(archive_numbers.c.archive_no).where(archive_numbers.c.document == document.id)
    others = [one for one in connection.execute(mine).scalars() if one != document.archive_no]
    row = {"document": document.id, "act": act, "entry": entry}
    numbers = " ".join([document.archive_no, *others])
    connection.execute(insert(tombstones), {**row, "numbers": f" {numbers} "})
    begun = [one.old_path for one in decisions.moves(connection) if one.document == document.id]
    for path in (*begun, document.path):
        leave(connection, document.id, path)


def leave(connection: Connection, document: DocumentId, path: str) -> None:
    """Note that a file must go from `path`, unless a row names it when the time comes."""
    connection.execute(insert(leavings), {"document": document, "path": path})


def leaving(connection: Connection) -> tuple[Leaving, ...]:
    """The files that must still go, in the order in which they must."""
    rows = connection.execute(select(leavings).order_by(leavings.c.no))
    return tuple(Leaving(row.no, DocumentId(row.document), row.path) for row in rows)


def left(connection: Connection, one: Leaving) -> None:
    """It lies there no more."""
    connection.execute(delete(leavings).where(leavings.c.no == one.no))


def find(connection: Connection, handle: str) -> Tombstone | None:
    """What is remembered of a paper by its id, or by any archive number that it ever had."""
    numbered = tombstones.c.numbers.contains(f" {handle} ", autoescape=True)
    query = select(tombstones).where(or_(tombstones.c.document == handle.upper(), numbered))
    row = connection.execute(query.limit(1)).first()
    return of(connection, [DocumentId(row.document)]).get(DocumentId(row.document)) if row else None


def of(connection: Connection, wanted: Collection[DocumentId]) -> dict[DocumentId, Tombstone]:
    """The tombstones of some documents, for those that have one."""
    found = _several(connection, among(tombstones.c.document, wanted))
    return {one.document: one for one in found}


def every(connection: Connection) -> tuple[Tombstone, ...]:
    """All of them, in the order in which they left."""
    return _several(connection, true())


def _several(connection: Connection, where: ColumnElement[bool]) -> tuple[Tombstone, ...]:
    entries = ledger.numbered(connection, select(tombstones.c.entry).where(where))
    told = {one.seq: one for one in entries}
    rows = connection.execute(select(tombstones).where(where).order_by(tombstones.c.entry))
    return tuple(
        Tombstone(DocumentId(row.document), row.numbers.split()[0], row.act, told[row.entry])
        for row in rows
        if row.entry in told
    )


def whose(connection: Connection, document: DocumentId) -> CustomerId | None:
    """The customer a document belonged to at last; None when nothing is remembered of it."""
    stone = of(connection, [document]).get(document)
    customer = stone.told.facts.get("customer") if stone else None
    return CustomerId(str(customer)) if customer else None
