"""Where papers lie, and whether a place is free."""

from pathlib import PurePosixPath

from sqlalchemy import Connection, select

from archiver.catalogue.documents import document_of, rows
from archiver.catalogue.tables import customers, documents, intents
from archiver.core.model import Document, DocumentId


def free(connection: Connection, document: DocumentId, path: str) -> str:
    """`path`, or with a number behind its name when another paper lies, or still lies, there.

    One customer may have the same bytes twice, since two customers can become one; such papers
    would be called the same.
    """
    wanted, number = PurePosixPath(path), 1
    while _taken(connection, document, path):
        number += 1
        path = wanted.with_name(f"{wanted.stem} {number}{wanted.suffix}").as_posix()
    return path


def _taken(connection: Connection, document: DocumentId, path: str) -> bool:
    lies = select(documents.c.id).where(documents.c.path == path, documents.c.id != document)
    leaves = select(intents.c.no).where(intents.c.old_path == path, intents.c.document != document)
    return any(connection.execute(query.limit(1)).first() for query in (lies, leaves))


def named(connection: Connection, path: str) -> bool:
    """Whether a paper lies there by now."""
    row = connection.execute(select(documents.c.id).where(documents.c.path == path)).first()
    return row is not None


def left_behind(connection: Connection) -> tuple[Document, ...]:
    """The documents that still lie with a customer who became another, oldest first."""
    query = rows().where(customers.c.merged_into.is_not(None), documents.c.joined_to.is_(None))
    return tuple(document_of(row) for row in connection.execute(query.order_by(documents.c.id)))
