"""Opens the catalogue and hands out its transactions."""

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from archiver.catalogue.migrations import STEPS, current, migrate
from archiver.core.errors import N_, Busy, DamageFound, EngineError, VaultError

__all__ = ["Catalogue", "Connection", "commit", "open_catalogue"]

_DRIVERS = {"sqlite": "archiver.catalogue.sqlite"}
"""Scheme of the address → module with `connect(target, base)`, `snapshot(connection, file)`."""

Snapshot = Callable[[Connection, Path], None]


class Catalogue:
    """What is known of every paper. Several may read at once; one writes at a time."""

    def __init__(self, engine: Engine, name: str, snapshot: Snapshot) -> None:
        self._engine = engine
        self._name = name
        self._snapshot = snapshot

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
        except OperationalError as error:
            raise _told(error) from error
        except DatabaseError as error:
            if type(error) is not DatabaseError:  # the others are bugs of ours
                raise
            raise _damaged(error) from error

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
        self._snapshot(connection, target)
        return target

    def prepare(self, now: datetime) -> None:
        """Make or migrate the tables; a catalogue that is as it should be is only looked at."""
        with self.read() as connection:
            if current(connection) == len(STEPS):
                return
        with self.write() as connection:
            migrate(connection, now)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


def commit(connection: Connection) -> None:
    """The durable moment of a transaction, named so that a test can cut the power around it."""
    connection.commit()


def _damaged(error: DatabaseError) -> DamageFound:
    """What SQLite says of a file that is torn, or none of its own."""
    return DamageFound(
        N_("the catalogue is damaged: {why}"),
        hint=N_("papers and ledger lie beside it; put the catalogue back: archiver restore"),
        why=error.orig,
    )


def _told(error: OperationalError) -> Exception:
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
    return Catalogue(driver.connect(target, base), target, driver.snapshot)
