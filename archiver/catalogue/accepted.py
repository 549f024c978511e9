"""Which documents a person has decided about."""

from sqlalchemy import Connection

from archiver.catalogue.documents import document_of, rows
from archiver.catalogue.tables import documents
from archiver.core.model import Document


def accepted(connection: Connection, most: int) -> tuple[Document, ...]:
    """The newest documents that a person has accepted, newest first; of several files the whole."""
    query = rows().where(
        documents.c.accepted_by.is_not(None),
        documents.c.joined_to.is_(None),
        documents.c.open == "[]",
    )
    found = connection.execute(query.order_by(documents.c.id.desc()).limit(most))
    return tuple(document_of(row) for row in found)
