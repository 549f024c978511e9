"""Takes a document out of the catalogue: nothing of what it said stays but its receipts."""

from sqlalchemy import Connection, delete, update

from archiver.catalogue.links import forget
from archiver.catalogue.tables import (
    archive_numbers,
    contexts,
    documents,
    events,
    fields,
    intents,
    pages,
    receipts,
    settlements,
)
from archiver.core.model import DocumentId


def remove(connection: Connection, document: DocumentId) -> None:
    """Delete the row with its text, fields, contexts and events; its numbers are not given again.

    Receipts stay, so that the account still adds up, and point nowhere.
    """
    for told in (receipts, settlements):
        connection.execute(update(told).where(told.c.document == document).values(document=None))
    forget(connection, document)
    for table in (archive_numbers, contexts, events, fields, intents, pages):
        connection.execute(delete(table).where(table.c.document == document))
    connection.execute(delete(documents).where(documents.c.id == document))
