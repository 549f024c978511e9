"""Hold rows: named stops on disposal, and what each has caught."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, true, update

from archiver.catalogue.numbers import take
from archiver.catalogue.retention_tables import caught, holds
from archiver.catalogue.tables import documents
from archiver.core.model import CustomerId, DocumentId


@dataclass(frozen=True, slots=True)
class StoredHold:
    """A stop on disposal, who ordered it and why.

    Attributes:
        scope: `document`, `customer`, `case` or `query`; `target` is an id, a number or the query.
        authority: who ordered it: a court, the police, an office, the company itself.
        review_on: the day on which somebody should ask whether it is still needed.
        documents: every record it has ever caught: these stay caught until the release.
    """

    id: str
    scope: str
    target: str
    reason: str
    authority: str
    reference: str | None
    contact: str | None
    review_on: date | None
    placed_by: str
    placed_on: date
    released_by: str | None
    released_on: date | None
    released_why: str | None
    documents: frozenset[DocumentId] = frozenset()

    @property
    def active(self) -> bool:
        """Not released yet."""
        return self.released_on is None

    def standing(self, day: date) -> str:
        """How it stands on a day: `active`, `overdue` for a look at it, or `released`."""
        late = self.review_on is not None and self.review_on < day
        return "released" if not self.active else "overdue" if late else "active"


def place(connection: Connection, row: dict[str, object]) -> str:
    """Insert a hold under the next number; gives its id."""
    number = f"H{take(connection, 'hold'):04d}"
    connection.execute(insert(holds), {**row, "id": number})
    return number


def release(connection: Connection, hold: str, **values: object) -> None:
    """Write down the end of a hold."""
    connection.execute(update(holds).where(holds.c.id == hold).values(**values))


def catch(connection: Connection, hold: str, papers: Iterable[DocumentId]) -> None:
    """Remember that a hold covers these; what it has already is passed over."""
    known = set(
        connection.execute(select(caught.c.document).where(caught.c.hold == hold)).scalars()
    )
    new = [{"hold": hold, "document": one} for one in papers if one not in known]
    if new:
        connection.execute(insert(caught), new)


def counts(connection: Connection) -> dict[str, int]:
    """Hold → how many documents that are here it has ever caught, each of several files once."""
    query = (
        select(caught.c.hold, func.count())
        .join(documents, documents.c.id == caught.c.document)
        .where(documents.c.joined_to.is_(None))
        .group_by(caught.c.hold)
    )
    return {hold: count for hold, count in connection.execute(query)}


def pass_on(connection: Connection, document: DocumentId, into: DocumentId) -> None:
    """Whatever has caught one record has caught the other instead."""
    of_document = select(caught.c.hold).where(caught.c.document == document)
    for hold in connection.execute(of_document).scalars().all():
        catch(connection, hold, [into])
    connection.execute(delete(caught).where(caught.c.document == document))
    named = (holds.c.scope == "document") & (holds.c.target == document)
    connection.execute(update(holds).where(named).values(target=into))


def extend(connection: Connection, whom: Collection[CustomerId], other: CustomerId) -> None:
    """Every active hold on a customer, under any of its ids, is one on `other` too."""
    for hold in active(connection):
        if hold.scope == "customer" and not set(whom).isdisjoint(hold.target.split()):
            target = f"{hold.target} {other}"
            connection.execute(update(holds).where(holds.c.id == hold.id).values(target=target))


def every(connection: Connection) -> tuple[StoredHold, ...]:
    """All holds, released ones too, oldest first."""
    return _several(connection, true())


def some(connection: Connection, wanted: Collection[str]) -> tuple[StoredHold, ...]:
    """The named holds that exist."""
    return _several(connection, holds.c.id.in_(wanted))


def active(connection: Connection) -> tuple[StoredHold, ...]:
    """The holds that are not released, oldest first."""
    return _several(connection, holds.c.released_on.is_(None))


def _several(connection: Connection, where: ColumnElement[bool]) -> tuple[StoredHold, ...]:
    rows = connection.execute(select(holds).where(where).order_by(holds.c.id)).all()
    members: dict[str, set[DocumentId]] = {row.id: set() for row in rows}
    ours = select(holds.c.id).where(where)
    for one in connection.execute(select(caught).where(caught.c.hold.in_(ours))):
        members[one.hold].add(DocumentId(one.document))
    return tuple(StoredHold(**row._mapping, documents=frozenset(members[row.id])) for row in rows)
