"""What a decision about a filed paper changes in its row, and what it is decided from."""

import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from archiver.catalogue.documents import (
    Reasons,
    fields_of,
    pack_reasons,
    pages_of,
    unpack_reasons,
)
from archiver.catalogue.tables import documents, intents
from archiver.core.model import (
    Arrival,
    Category,
    CustomerId,
    Document,
    DocumentId,
    Findings,
    Reading,
    Scan,
    Shape,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What decided about a document: for its category, and for its customer."""

    findings: Findings
    why: Reasons
    accepted_by: str | None


def evidence_of(connection: Connection, document: Document) -> Evidence:
    """The findings of a document as they were when it came in, so that it can be matched again."""
    row = connection.execute(select(documents).where(documents.c.id == document.id)).one()
    arrival = Arrival(
        receipt=document.receipt,
        source=document.source,
        path=Path(document.path),
        folder=row.folder,
        named=CustomerId(row.named) if row.named else None,
        received=document.received,
        shape=Shape(document.size, 0, 0),
    )
    scan = Scan(arrival, document.digest, document.size, document.media_type)
    findings = Findings(
        reading=Reading(
            scan, pages_of(connection, document.id), tuple(sorted(json.loads(row.facts).items()))
        ),
        category=Category(row.guess, row.confidence, unpack_reasons(row.evidence)),
        fields=fields_of(connection, document.id),
    )
    return Evidence(findings, unpack_reasons(row.why), row.accepted_by)


def reopen(
    connection: Connection,
    document: DocumentId,
    *,
    proposed: CustomerId | None,
    why: Reasons,
    still_open: Reasons,
) -> None:
    """Write what is known now about a paper that stays where it is."""
    connection.execute(
        update(documents)
        .where(documents.c.id == document)
        .values(proposed=proposed, why=pack_reasons(why), open=pack_reasons(still_open))
    )


def accept(connection: Connection, document: DocumentId, by: str | None) -> None:
    """A person has looked: this is a record of ours; None takes that back."""
    connection.execute(update(documents).where(documents.c.id == document).values(accepted_by=by))


def relocate(
    connection: Connection, document: DocumentId, *, customer: CustomerId, category: str, path: str
) -> None:
    """Customer, category and path of a paper whose new name stands on the disk."""
    connection.execute(
        update(documents)
        .where(documents.c.id == document)
        .values(customer=customer, category=category, path=path)
    )


@dataclass(frozen=True, slots=True)
class Move:
    """An act on a filed paper that crosses file system and catalogue, begun and not yet done."""

    no: int
    document: DocumentId
    old_path: str
    new_path: str


def intend_move(connection: Connection, document: DocumentId, old_path: str, new_path: str) -> None:
    """Write down the move before the disk is touched."""
    connection.execute(
        insert(intents).values(act="move", document=document, old_path=old_path, new_path=new_path)
    )


def moves(connection: Connection) -> tuple[Move, ...]:
    """Moves not yet done, oldest first."""
    rows = connection.execute(select(intents).order_by(intents.c.no))
    return tuple(Move(row.no, DocumentId(row.document), row.old_path, row.new_path) for row in rows)


def done(connection: Connection, number: int) -> None:
    """The old name is gone: the move is over."""
    connection.execute(delete(intents).where(intents.c.no == number))
