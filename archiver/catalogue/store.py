"""Opens the catalogue and hands out its transactions."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
)

from archiver.catalogue.migrations import STEPS, current, migrate
from archiver.core.errors import N_, Busy, DamageFound, EngineError, VaultError

__all__ = ["Catalogue", "Connection", "commit", "open_catalogue"]

_DRIVERS = {"sqlite": "archiver.catalogue.sqlite"}
"""Scheme of the address → module that is a `Driver`."""


class Driver(Protocol):
    """What one kind of database must be able to do."""

    def connect(self, target: str, base: Path) -> Engine:
        """Open `target`, files relative to `base`."""

    def is_there(self, target: str, base: Path) -> bool:
        """Whether there is anything to open."""

    def snapshot(self, connection: Connection, target: Path) -> None:
        """Copy what the transaction sees into the new file `target`."""

    def fault(self, connection: Connection) -> str | None:
        """What the database finds torn in itself."""

    def forget(self, engine: Engine) -> None:
        """Let no file hold what was deleted and committed, as far as nobody still reads it."""


class Catalogue:
    """What is known of every paper. Several may read at once; one writes at a time."""

    def __init__(self, driver: Driver, target: str, base: Path) -> None:
        self._engine = driver.connect(target, base)
        self._driver = driver
        self._name = target
        self._base = base

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
            DamageFound: the file is no catalogue any more.
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
        except DatabaseError as error:
            if isinstance(error, (IntegrityError, ProgrammingError, DataError)):
                raise  # a bug of ours, no damage
            raise _told(error) from error

    def snapshot(self, connection: Connection, folder: Path) -> Path:
        """Copy the catalogue, as the transaction sees it, into `folder`.

        Others read and write meanwhile. What is made there is, lying beside `vault.toml`, the
        catalogue of a vault with the same settings. Its bytes are not synced.

        Returns:
            The file that was made.

        Raises:
            EngineError: this catalogue does not lie beside `vault.toml`, so no copy could stand
                in for it.
            VaultError: `folder` cannot be written.
        """
        if len(Path(self._name).parts) != 1:
            raise EngineError(
                N_("a catalogue at {name} is not part of the vault and cannot be copied with it"),
                hint=N_("vault.toml, key catalogue: a name without a folder"),
                name=self._name,
            )
        target = folder / self._name
        self._driver.snapshot(connection, target)
        return target

    def fault(self, connection: Connection) -> str | None:
        """What the database finds torn in itself; reads all of it."""
        return self._driver.fault(connection)

    def forget(self) -> None:
        """Let no file of the catalogue hold what was deleted, as far as nobody still reads it."""
        try:
            self._driver.forget(self._engine)
        except DatabaseError as error:
            raise _told(error) from error

    def prepare(self, now: datetime, *, founding: bool) -> None:
        """Make or migrate the tables; a catalogue as it should be is only looked at.

        Args:
            now: when.
            founding: the vault is new, so that an empty catalogue is the right one.

        Raises:
            VaultError: there is none, and the vault has a history; nothing is made.
            DamageFound: it is there and torn.
        """
        if not founding and not self._driver.is_there(self._name, self._base):
            raise _gone(self._name)
        with self.read() as connection:
            if current(connection) == len(STEPS):
                return
        with self.write() as connection:
            if not founding and not current(connection):
                raise _gone(self._name)
            migrate(connection, now)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


def commit(connection: Connection) -> None:
    """The durable moment of a transaction, named so that a test can cut the power around it."""
    connection.commit()


def _gone(name: str) -> VaultError:
    return VaultError(
        N_("the catalogue {name} is gone, and this vault has a history"),
        hint=N_(
            "look at the key catalogue in vault.toml; else put a backup back:"
            " archiver restore BACKUP INTO"
        ),
        name=name,
    )


def _told(error: DatabaseError) -> Exception:
    """The driver's complaint as one of ours."""
    words = str(error.orig)
    if not isinstance(error, OperationalError):
        return DamageFound(
            N_("the catalogue is torn: {why}"),
            hint=N_("put a backup back: archiver restore BACKUP INTO"),
            why=words,
        )
    if "locked" in words or "busy" in words:
        return Busy(
            N_("the catalogue is busy"),
            hint=N_("another process is writing; run the command again in a moment"),
        )
    if "unable to open" in words:
        return VaultError(
            N_("the catalogue refused: {why}"),
            hint=N_("look at the key catalogue in vault.toml, and at who may read that file"),
            why=words,
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
    driver: Driver = importlib.import_module(_DRIVERS[scheme])
    return Catalogue(driver, target, base)
