"""Notices: which receipts pages in the inbox do not yet show what became of its drops."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from archiver.catalogue.among import among
from archiver.catalogue.tables import notices, receipts, settlements
from archiver.core.model import DocumentId


@dataclass(frozen=True, slots=True)
class Notices:
    """What is asked for.

    Attributes:
        last: number of the newest notice; 0 without any.
        folders: of the inbox, each once; the page of the inbox itself is always meant too.
    """

    last: int
    folders: tuple[str, ...]


def notify(connection: Connection, folder: str | None) -> None:
    """Ask for the page of a folder of the inbox, and that of the inbox."""
    connection.execute(insert(notices), {"folder": folder})


def notify_about(connection: Connection, documents: Iterable[DocumentId]) -> None:
    """Ask for the pages of the folders that these documents were dropped into."""
    wanted = list(documents)
    later = select(settlements.c.receipt).where(among(settlements.c.document, wanted))
    ours = among(receipts.c.document, wanted) | receipts.c.id.in_(later)
    folders = select(receipts.c.folder).where(ours).distinct()
    for row in connection.execute(folders).all():
        notify(connection, row.folder)


def waiting(connection: Connection) -> Notices:
    """The notices so far; they stay until dropped."""
    rows = connection.execute(select(notices).order_by(notices.c.no)).all()
    folders = dict.fromkeys(row.folder for row in rows if row.folder is not None)
    return Notices(rows[-1].no if rows else 0, tuple(folders))


def drop(connection: Connection, upto: int) -> None:
    """Forget the notices up to number `upto`: the pages show it."""
    connection.execute(delete(notices).where(notices.c.no <= upto))
