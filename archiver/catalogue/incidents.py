"""Incident rows: damage that was found and that two people have not closed yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, insert, select, true, update

from archiver.catalogue.among import among
from archiver.catalogue.numbers import take
from archiver.catalogue.retention_tables import incidents
from archiver.catalogue.tables import documents
from archiver.core.model import DocumentId


@dataclass(frozen=True, slots=True)
class Incident:
    """One integrity problem of one record.

    Attributes:
        kind: `altered`, `missing`, `unreadable`, `misplaced` or `extra`.
        resolution: how it ended, in the words of who closed it; None while it is open.
    """

    id: str
    document: DocumentId
    kind: str
    opened_on: date
    closed_on: date | None
    resolution: str | None

    @property
    def open(self) -> bool:
        """Nobody has closed it."""
        return self.closed_on is None


_OPEN = incidents.c.closed_on.is_(None)


def begin(connection: Connection, document: DocumentId, kind: str, day: date) -> str | None:
    """Open an incident; None when one of that kind is open for the record already."""
    same = _OPEN & (incidents.c.document == document) & (incidents.c.kind == kind)
    if connection.execute(select(incidents.c.id).where(same)).first():
        return None
    number = f"I{take(connection, 'incident'):06d}"
    row = {"id": number, "document": document, "kind": kind, "opened_on": day}
    connection.execute(insert(incidents), row)
    return number


def close(connection: Connection, document: DocumentId, day: date, resolution: str) -> None:
    """End every open incident of a record."""
    where = _OPEN & (incidents.c.document == document)
    ended = {"closed_on": day, "resolution": resolution}
    connection.execute(update(incidents).where(where).values(**ended))


def every(connection: Connection) -> tuple[Incident, ...]:
    """All of them, oldest first."""
    return _several(connection, true())


def of(
    connection: Connection, wanted: Collection[DocumentId] | None = None
) -> tuple[Incident, ...]:
    """The open ones of some records, or (None) of all that are here."""
    here = _OPEN & incidents.c.document.in_(select(documents.c.id))
    where = here if wanted is None else here & among(incidents.c.document, wanted)
    return _several(connection, where)


def _several(connection: Connection, where: ColumnElement[bool]) -> tuple[Incident, ...]:
    rows = connection.execute(select(incidents).where(where).order_by(incidents.c.id))
    return tuple(Incident(*row) for row in rows)
