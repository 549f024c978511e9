"""Numbered changes of the catalogue's shape, each recorded in the transaction that performs it.

Until the first release there is one: the whole shape. A later one appends a function to `STEPS`
and never edits an earlier one.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, func, insert, inspect, select

from archiver.catalogue.tables import METADATA, migrations
from archiver.core.errors import N_, EngineError

Step = Callable[[Connection], None]


def _first_shape(connection: Connection) -> None:
    """All tables as of version 0.1."""
    METADATA.create_all(connection)


STEPS: tuple[Step, ...] = (_first_shape,)


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
