"""The index queue: which documents, in which folders, the derived files do not know as they are.

A request for a whole customer is one row however many papers there are: their days follow from what
happened to the customer, and only the index has them.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath

from sqlalchemy import Connection, delete, func, insert, select

from archiver.catalogue.tables import index_queue
from archiver.core.model import CustomerId, DocumentId


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


def push_customer(connection: Connection, customer: CustomerId) -> None:
    """Ask that the index be brought up to date about every paper of `customer`."""
    row = {"document": "", "folder": "", "customer": customer}
    connection.execute(insert(index_queue), row)


def peek(connection: Connection, limit: int) -> Batch:
    """The oldest `limit` requests; they stay until dropped."""
    papers = select(index_queue).where(index_queue.c.customer.is_(None))
    rows = connection.execute(papers.order_by(index_queue.c.no).limit(limit)).all()
    return Batch(
        last=rows[-1].no if rows else 0,
        documents=tuple(dict.fromkeys(DocumentId(row.document) for row in rows)),
        folders=tuple(dict.fromkeys(row.folder for row in rows)),
    )


def drop(connection: Connection, upto: int) -> None:
    """Forget the requests up to number `upto`: the derived files know."""
    papers = index_queue.c.customer.is_(None)
    connection.execute(delete(index_queue).where(papers, index_queue.c.no <= upto))


def customers(connection: Connection) -> tuple[int, tuple[CustomerId, ...]]:
    """The customers about all of whose papers somebody asks, and the number of the last request."""
    wholes = select(index_queue).where(index_queue.c.customer.is_not(None))
    rows = connection.execute(wholes.order_by(index_queue.c.no)).all()
    asked = dict.fromkeys(CustomerId(row.customer) for row in rows)
    return (rows[-1].no if rows else 0), tuple(asked)


def drop_customers(connection: Connection, upto: int) -> None:
    """Forget the requests for customers up to number `upto`."""
    wholes = index_queue.c.customer.is_not(None)
    connection.execute(delete(index_queue).where(wholes, index_queue.c.no <= upto))


def length(connection: Connection) -> int:
    """How many requests wait."""
    return connection.execute(select(func.count()).select_from(index_queue)).scalar_one()
