"""Disposition batches: what is appraised, approved and destroyed together, line by line."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, true, update

from archiver.catalogue.numbers import take
from archiver.catalogue.retention_tables import batch_items, batches
from archiver.core.model import DocumentId


class State(StrEnum):
    """Where a batch stands; `destroying` until absence was verified."""

    APPRAISED = "appraised"
    APPROVED = "approved"
    DESTROYING = "destroying"
    DESTROYED = "destroyed"
    REJECTED = "rejected"
    EMPTIED = "emptied"


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a batch.

    Attributes:
        line: what two people agreed to: digests, due day, rules; canonical JSON.
        left_because: why it is in the batch no more; None while it is.
    """

    document: DocumentId
    line: str
    left_because: str | None

    @property
    def agreed(self) -> Mapping[str, Any]:
        """The line, read: `sha256` of its files, `due` day, `rules` that decide."""
        found: Mapping[str, Any] = json.loads(self.line)
        return found


@dataclass(frozen=True, slots=True)
class Batch:
    """A list of records on their way out.

    Attributes:
        manifest: SHA-256 over the lines of its items, in hex.
        opinion: the appraisal's finding, in the words of who appraised.
        witnesses: ids of persons, space between.
    """

    id: str
    state: State
    manifest: str
    appraised_by: str
    appraised_on: date
    opinion: str | None
    approved_by: str | None
    approved_on: date | None
    destroyed_by: str | None
    destroyed_on: date | None
    witnesses: str | None
    items: tuple[Item, ...]

    @property
    def inside(self) -> tuple[Item, ...]:
        """The items that are still in it."""
        return tuple(one for one in self.items if one.left_because is None)


def begin(
    connection: Connection,
    *,
    manifest: str,
    lines: Mapping[DocumentId, str],
    by: str,
    on: date,
    opinion: str | None,
) -> str:
    """Write a batch down under the next number; gives its id."""
    number = f"B{take(connection, 'batch'):06d}"
    row = {
        "id": number,
        "state": State.APPRAISED.value,
        "manifest": manifest,
        "appraised_by": by,
        "appraised_on": on,
        "opinion": opinion,
    }
    connection.execute(insert(batches), row)
    connection.execute(
        insert(batch_items),
        [{"batch": number, "document": one, "line": line} for one, line in lines.items()],
    )
    return number


def change(connection: Connection, batch: str, **values: object) -> None:
    """Write some columns of a batch."""
    connection.execute(update(batches).where(batches.c.id == batch).values(**values))


def agree(connection: Connection, batch: str, lines: Mapping[DocumentId, str]) -> None:
    """What was agreed to in the end, record by record."""
    for document, line in lines.items():
        mine = (batch_items.c.batch == batch) & (batch_items.c.document == document)
        connection.execute(update(batch_items).where(mine).values(line=line))


def leave(connection: Connection, batch: str, document: DocumentId, why: str) -> None:
    """One record is in the batch no more; a batch that the last one leaves is over."""
    ours = batch_items.c.batch == batch
    mine = ours & (batch_items.c.document == document)
    connection.execute(update(batch_items).where(mine).values(left_because=why))
    inside = select(batch_items.c.document).where(ours, batch_items.c.left_because.is_(None))
    on_its_way = batches.c.state.in_([State.APPRAISED.value, State.APPROVED.value])
    empty = (batches.c.id == batch) & on_its_way & ~inside.exists()
    connection.execute(update(batches).where(empty).values(state=State.EMPTIED.value))


def get(connection: Connection, batch: str) -> Batch | None:
    """One batch, or None."""
    return next(iter(_several(connection, batches.c.id == batch)), None)


def every(connection: Connection) -> tuple[Batch, ...]:
    """All batches, oldest first."""
    return _several(connection, true())


def unfinished(connection: Connection) -> tuple[Batch, ...]:
    """The batches whose records are gone and whose absence nobody has verified yet."""
    return _several(connection, batches.c.state == State.DESTROYING.value)


def _several(connection: Connection, where: ColumnElement[bool]) -> tuple[Batch, ...]:
    rows = connection.execute(select(batches).where(where).order_by(batches.c.id)).all()
    items: dict[str, list[Item]] = {row.id: [] for row in rows}
    ours = select(batches.c.id).where(where)
    query = select(batch_items).where(batch_items.c.batch.in_(ours))
    for one in connection.execute(query.order_by(batch_items.c.document)):
        items[one.batch].append(Item(DocumentId(one.document), one.line, one.left_because))
    return tuple(
        Batch(**{**row._mapping, "state": State(row.state)}, items=tuple(items[row.id]))
        for row in rows
    )
