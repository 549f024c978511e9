"""Days that were taken from a clock which turned out to be wrong, and are put right."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import Connection, select, update

from archiver.catalogue import documents
from archiver.catalogue.acts import PENDING
from archiver.catalogue.retention_tables import acts, holds, keepings
from archiver.catalogue.tables import documents as table
from archiver.core.model import Document, DocumentId

_AT_ONCE = 500
"""Papers named in one statement: a database takes so many and no more."""


def papers(connection: Connection, wanted: Collection[DocumentId]) -> Iterator[Document]:
    """The named documents that exist, however many."""
    for some in _pieces(wanted):
        yield from documents.some(connection, some)


def received(connection: Connection, wanted: Collection[DocumentId], day: date) -> None:
    """These papers count as received, and found sound, on `day`."""
    for some in _pieces(wanted):
        rows = update(table).where(table.c.id.in_(some))
        connection.execute(rows.values(received_on=day, checked_on=day))


def lower(connection: Connection, day: date, until: date) -> tuple[DocumentId, ...]:
    """Days of receipt, inspection, release and notice after `day` become it.

    What waits for a second person since such a day counts as proposed on `day`, or it could be
    confirmed for years.

    Args:
        connection: the transaction that lowers the trusted day.
        day: the trusted day from now on.
        until: the last day on which what is proposed on `day` can be confirmed.

    Returns:
        The papers whose day of receipt is another one now.
    """
    later = select(table.c.id).where(table.c.received_on > day).order_by(table.c.id)
    found = tuple(map(DocumentId, connection.execute(later).scalars()))
    for column in (
        table.c.received_on,
        table.c.checked_on,
        keepings.c.notice,
        holds.c.released_on,
    ):
        later_than = update(column.table).where(column > day)
        connection.execute(later_than.values({column: day}))
    proposed = PENDING & (acts.c.proposed_on > day)
    longer = update(acts).where(proposed & (acts.c.until > until))
    connection.execute(longer.values(until=until))
    connection.execute(update(acts).where(proposed).values(proposed_on=day))
    return found


def _pieces(wanted: Collection[DocumentId]) -> Iterator[Sequence[DocumentId]]:
    listed = sorted(wanted)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]
