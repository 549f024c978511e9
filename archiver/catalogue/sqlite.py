"""The embedded engine: SQLite in one file, every commit on stable storage."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from archiver.core.errors import N_, VaultError

_READING = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=30000",
    "PRAGMA cache_size=-16000",
)
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    *_READING,
)


def connect(target: str, base: Path) -> Engine:
    """Open `target` (a path relative to `base`) as a SQLAlchemy engine.

    The driver's own transaction handling is switched off: the catalogue says BEGIN IMMEDIATE
    itself, so that a writer takes its lock before it looks at anything.
    """
    path = base / target
    engine = create_engine(f"sqlite:///{path}")
    pragmas: tuple[str, ...] = _PRAGMAS
    if _is_read_only(path):
        engine = create_engine(f"sqlite:///{path}", creator=lambda: _frozen(path))
        pragmas = _READING

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
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


def _is_read_only(path: Path) -> bool:
    """Whether nobody can write to the catalogue, and all of it is in the one file."""
    if not path.exists() or not os.statvfs(path).f_flag & os.ST_RDONLY:
        return False
    ahead = path.with_name(f"{path.name}-wal")
    return not ahead.exists() or not ahead.stat().st_size


def _frozen(path: Path) -> sqlite3.Connection:
    """Reads a file beside which no lock and no log can be made: a disk mounted read-only."""
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


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


def forget(engine: Engine) -> None:
    """Move the write-ahead log into the file, where deleted content is overwritten, and empty it.

    https://sqlite.org/pragma.html#pragma_wal_checkpoint; a reader of an older state keeps it alive
    until the next time.
    """
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
