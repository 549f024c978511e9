"""Opens the catalogue and hands out its transactions."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from archiver.catalogue.migrations import migrate
from archiver.core.errors import N_, Busy, EngineError, VaultError

__all__ = ["Catalogue", "Connection", "commit", "open_catalogue"]

_DRIVERS = {"sqlite": "archiver.catalogue.sqlite"}
"""Scheme of the address → module with `connect(target, base)`."""


class Catalogue:
    """What is known of every paper. Several may read at once; one writes at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view; nothing may be changed through it."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: everything in the block, on stable storage, or nothing at all.

        Raises:
            Busy: another process wrote for longer than half a minute.
            VaultError: the store refused (full, read-only, gone).
        """
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                connection.exec_driver_sql(begin)
                yield connection
                commit(connection)
        except OperationalError as error:
            raise _told(error) from error

    def prepare(self, now: datetime) -> None:
        """Make or migrate the tables."""
        with self.write() as connection:
            migrate(connection, now)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


def commit(connection: Connection) -> None:
    """The durable moment of a transaction, named so that a test can cut the power around it."""
    connection.commit()


def _told(error: DatabaseError) -> Exception:
    """The driver's complaint as one of ours."""
    words = str(error.orig)
    if "locked" in words or "busy" in words:
        return Busy(
            N_("the catalogue is busy"),
            hint=N_("another process is writing; run the command again in a moment"),
        )
    return VaultError(
        N_("the catalogue refused: {why}"),
        hint=N_("free some space or check the disk, then run the command again"),
        why=words,
    )


def open_catalogue(address: str, base: Path) -> Catalogue:
    """Open the catalogue at `address` (`sqlite:///catalogue.db`), files relative to `base`.

    Raises:
        EngineError: no driver of that name.
    """
    scheme, _, target = address.partition(":///")
    if scheme not in _DRIVERS:
        raise EngineError(
            N_("unknown catalogue engine {scheme}"),
            hint=N_("vault.toml, key catalogue: one of {known}"),
            scheme=scheme,
            known=", ".join(_DRIVERS),
        )
    driver = importlib.import_module(_DRIVERS[scheme])
    return Catalogue(driver.connect(target, base))
