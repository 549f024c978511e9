"""The embedded engine: SQLite in one file, every commit on stable storage."""

import sqlite3
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

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
