"""The embedded engine: SQLite in one file, every commit on stable storage."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from archiver.core.errors import N_, VaultError

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA busy_timeout=30000",
    "PRAGMA cache_size=-16000",
)


def connect(target: str, base: Path) -> Engine:
    """Open `target` (a path relative to `base`) as a SQLAlchemy engine.

    The driver's own transaction handling is switched off: the catalogue says BEGIN IMMEDIATE
    itself, so that a writer takes its lock before it looks at anything.
    """
    engine = create_engine(f"sqlite:///{base / target}")

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(pragma).close()

    return engine


def is_there(target: str, base: Path) -> bool:
    """Whether there is something to open; SQLite would make an empty catalogue in silence."""
    path = base / target
    return path.is_dir() or (path.exists() and path.stat().st_size > 0)


def fault(connection: Connection) -> str | None:
    """What SQLite itself finds torn in its file, the first thing of all; None when it is whole."""
    found = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one())
    if found != "ok":
        return found
    row = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    return f"{row[0]}: {row[2]}?" if row else None


def snapshot(connection: Connection, target: Path) -> None:
    """Copy the whole catalogue, as the transaction of `connection` sees it, to the new `target`.

    Through SQLite's backup interface, in one step: a copy in several would begin again whenever
    another process wrote. The copy is one file without a write-ahead log beside it.

    Raises:
        VaultError: the copy cannot be written.
    """
    # The view of a transaction begins with its first look, and the copy must be of that view.
    connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one()
    source = connection.connection.driver_connection
    if not isinstance(source, sqlite3.Connection):
        raise TypeError(source)
    try:
        with closing(sqlite3.connect(target, isolation_level=None)) as copied:
            source.backup(copied)
            copied.execute("PRAGMA journal_mode=DELETE").close()
    except sqlite3.Error as error:
        raise VaultError(
            N_("the catalogue cannot be copied: {why}"),
            hint=N_("free some space or check the disk, then run the command again"),
            why=error,
        ) from error
