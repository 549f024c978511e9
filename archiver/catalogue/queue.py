"""The index queue: which documents, in which folders, the derived files do not know as they are."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from sqlalchemy import Connection, delete, func, insert, select

from archiver.catalogue.tables import index_queue
from archiver.core.model import DocumentId


@dataclass(frozen=True, slots=True)
class Batch:
    """The oldest requests.

    Attributes:
        last: number of the last of them; 0 when there are none.
        documents: each once, in the order of the requests.
        folders: whose manifests must be rebuilt, relative to the vault.
    """

    last: int
    documents: tuple[DocumentId, ...]
    folders: tuple[str, ...]


def push(connection: Connection, document: DocumentId, path: str) -> None:
    """Ask that index and manifests be brought up to date about `document`, which lies at `path`."""
    folder = PurePosixPath(path).parent.as_posix()
    connection.execute(insert(index_queue), {"document": document, "folder": folder})


def peek(connection: Connection, limit: int) -> Batch:
    """The oldest `limit` requests; they stay until dropped."""
    rows = connection.execute(select(index_queue).order_by(index_queue.c.no).limit(limit)).all()
    return Batch(
        last=rows[-1].no if rows else 0,
        documents=tuple(dict.fromkeys(DocumentId(row.document) for row in rows)),
        folders=tuple(dict.fromkeys(row.folder for row in rows)),
    )


def drop(connection: Connection, upto: int) -> None:
    """Forget the requests up to number `upto`: the derived files know."""
    connection.execute(delete(index_queue).where(index_queue.c.no <= upto))


def length(connection: Connection) -> int:
    """How many requests wait."""
    return connection.execute(select(func.count()).select_from(index_queue)).scalar_one()
