"""The index queue: which documents the search index does not know yet as they are now."""

from sqlalchemy import Connection, delete, func, insert, select

from archiver.catalogue.tables import index_queue
from archiver.core.model import DocumentId


def push(connection: Connection, document: DocumentId) -> None:
    """Ask that the index be brought up to date about `document`."""
    connection.execute(insert(index_queue).values(document=document))


def peek(connection: Connection, limit: int) -> tuple[int, tuple[DocumentId, ...]]:
    """The oldest requests: the number of the last of them (0 for none), their documents once."""
    rows = connection.execute(select(index_queue).order_by(index_queue.c.no).limit(limit)).all()
    named = dict.fromkeys(DocumentId(row.document) for row in rows)
    return (rows[-1].no if rows else 0), tuple(named)


def drop(connection: Connection, upto: int) -> None:
    """Forget the requests up to number `upto`: the index knows."""
    connection.execute(delete(index_queue).where(index_queue.c.no <= upto))


def length(connection: Connection) -> int:
    """How many requests wait."""
    return connection.execute(select(func.count()).select_from(index_queue)).scalar_one()
