"""Numbered changes of the catalogue's shape, each recorded in the transaction that performs it.

The first makes the whole shape as it is now. A later one brings catalogues made before it to that
shape, and finds nothing to do in a new one; it is appended to `STEPS` and never edited.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, Table, bindparam, func, insert, inspect, select, update
from sqlalchemy.schema import CreateColumn

from archiver.catalogue.retention_tables import contexts, events, rule_sets
from archiver.catalogue.shape import METADATA
from archiver.catalogue.tables import customers, documents, index_queue, migrations, pages, receipts
from archiver.core.errors import N_, EngineError

Step = Callable[[Connection], None]


def _first_shape(connection: Connection) -> None:
    """All tables as of version 0.1."""
    METADATA.create_all(connection)


def _parts_and_series(connection: Connection) -> None:
    """Files that hold several papers, papers of several files, receipts by folder."""
    METADATA.create_all(connection)
    _extend(connection, documents)
    if "folder" in _extend(connection, receipts):
        folder = update(receipts).where(receipts.c.id == bindparam("receipt"))
        for row in connection.execute(select(receipts.c.id, receipts.c.source)).all():
            first, slash, _ = row.source.partition("/")
            if slash and first:
                connection.execute(folder.values(folder=first), {"receipt": row.id})


def _quarantine_settled(connection: Connection) -> None:
    """What became of quarantined files afterwards, and what was tried meanwhile."""
    METADATA.create_all(connection)


def _looks_and_links(connection: Connection) -> None:
    """What pages look like, by what a scan is found again, which papers have to do with another."""
    METADATA.create_all(connection)
    _extend(connection, pages)
    _extend(connection, documents)


def _events_read(connection: Connection) -> None:
    """Where on its paper an event was read; requests for all papers of a customer."""
    METADATA.create_all(connection)
    _extend(connection, events)
    _extend(connection, index_queue)


def _acts_and_tombstones(connection: Connection) -> None:
    """Acts that wait for a second person, and what is remembered of papers that left."""
    METADATA.create_all(connection)
    _extend(connection, receipts)


def _disposal(connection: Connection) -> None:
    """What retention and disposal must remember of records, rules, events, holds and customers."""
    METADATA.create_all(connection)
    for table in (contexts, customers, events, rule_sets):
        _extend(connection, table)


def _twins(connection: Connection) -> None:
    """One customer may have the same bytes twice, since two customers can become one.

    The constraint cannot be taken off a table, so the rows are put into a new one. Whatever names
    a row waits with its complaint until the rows are back.
    """
    _extend(connection, contexts)
    if not inspect(connection).get_unique_constraints(documents.name):
        return
    columns = [column["name"] for column in inspect(connection).get_columns(documents.name)]
    names = ", ".join(columns)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    connection.exec_driver_sql("CREATE TABLE kept_aside AS SELECT * FROM documents")
    documents.drop(connection)
    documents.create(connection)
    connection.exec_driver_sql(
        f"INSERT INTO documents ({names}) SELECT {names} FROM kept_aside"  # noqa: S608 - our names
    )
    connection.exec_driver_sql("DROP TABLE kept_aside")


def _tags(connection: Connection) -> None:
    """Words that people put on papers."""
    METADATA.create_all(connection)


def _extend(connection: Connection, table: Table) -> set[str]:
    """Give a table the columns and indexes that it lacks; gives the names of the new columns."""
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    new = [column for column in table.columns if column.name not in there]
    for column in new:
        described = CreateColumn(column).compile(dialect=connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {described}")
    for index in table.indexes:
        index.create(connection, checkfirst=True)
    return {column.name for column in new}


STEPS: tuple[Step, ...] = (
    _first_shape,
    _parts_and_series,
    _quarantine_settled,
    _looks_and_links,
    _events_read,
    _acts_and_tombstones,
    _disposal,
    _twins,
    _tags,
)


def current(connection: Connection) -> int:
    """The number of the last migration that ran; 0 for an empty catalogue."""
    if not inspect(connection).has_table(migrations.name):
        return 0
    return connection.execute(select(func.max(migrations.c.number))).scalar_one() or 0


def migrate(connection: Connection, now: datetime) -> None:
    """Bring the catalogue to the newest shape, inside the caller's transaction.

    Raises:
        EngineError: the catalogue was made by a newer program.
    """
    reached = current(connection)
    if reached > len(STEPS):
        raise EngineError(
            N_("the catalogue has shape {found}, this program knows up to {known}"),
            hint=N_("use the newer archiver that last opened this vault"),
            found=reached,
            known=len(STEPS),
        )
    for number, step in enumerate(STEPS[reached:], start=reached + 1):
        step(connection)
        connection.execute(
            insert(migrations).values(
                number=number, name=step.__name__.strip("_"), ran_at=now.isoformat()
            )
        )
