"""Takes a document out of the catalogue: nothing of what it said stays but receipts and events."""

from sqlalchemy import ColumnElement, Connection, delete, select, update

from archiver.catalogue.links import forget
from archiver.catalogue.retention_tables import contexts, events, keepings
from archiver.catalogue.tables import (
    archive_numbers,
    documents,
    fields,
    intents,
    pages,
    receipts,
    settlements,
    tags,
)
from archiver.core.model import DocumentId


def remove(connection: Connection, document: DocumentId) -> None:
    """Delete the row with its text, fields, tags and contexts; its numbers are not given again.

    Receipts stay, so that the account still adds up; they say what left. Events stay too: what
    happened to a customer has happened, whatever becomes of the paper that told it.
    """
    gone = {"document": None, "gone": document}
    connection.execute(update(receipts).where(_ours(document)).values(**gone))
    for told in (settlements, events):
        connection.execute(update(told).where(told.c.document == document).values(document=None))
    forget(connection, document)
    for table in (archive_numbers, contexts, keepings, fields, intents, pages, tags):
        connection.execute(delete(table).where(table.c.document == document))
    connection.execute(delete(documents).where(documents.c.id == document))


def _ours(document: DocumentId) -> ColumnElement[bool]:
    """The receipts that became a document, at once or out of the quarantine."""
    later = select(settlements.c.receipt).where(settlements.c.document == document)
    return (receipts.c.document == document) | receipts.c.id.in_(later)


def forget_names(connection: Connection, document: DocumentId) -> None:
    """Take what a document was called out of what stays: before `remove`, when it is destroyed.

    The name of a dropped file and the words an event was read from may name persons; the account
    needs neither.
    """
    connection.execute(update(receipts).where(_ours(document)).values(source=document, path=""))
    settled = settlements.c.document == document
    connection.execute(update(settlements).where(settled).values(path=""))
    read = (events.c.document == document) & events.c.raw.is_not(None)
    connection.execute(update(events).where(read).values(raw=""))
