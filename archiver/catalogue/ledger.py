"""Ledger rows: hash-chained, written in the same transaction as the change they record.

Entries hold ids, codes and digests, never names or paths of persons. The chain is that of
`core.proof`: each entry carries the leaf of the one before it.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Select, func, insert, or_, select

from archiver.catalogue import numbers
from archiver.catalogue.tables import ledger
from archiver.core.errors import Phrase
from archiver.core.proof import GENESIS, canonical, find_fault, leaf_hash

Fact = str | int | None
_TOLD = "ledger_exported"


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and by whom: the system's instant, the trusted day, the id of the person."""

    at: datetime
    day: date
    actor: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry: its number (0 for an empty ledger) and its leaf in hex."""

    seq: int
    leaf: str


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry as it is read back: its number, the trusted day, what was done, ids and codes."""

    seq: int
    day: date
    action: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Timed:
    """An entry with the instant that the clock of the machine showed."""

    seq: int
    at: datetime
    day: date
    facts: Mapping[str, Fact]


_HEAD = select(ledger.c.seq, ledger.c.leaf).order_by(ledger.c.seq.desc()).limit(1)


def head(connection: Connection) -> Head:
    """The newest entry."""
    row = connection.execute(_HEAD).first()
    return Head(row.seq, row.leaf) if row else Head(0, GENESIS)


def append(connection: Connection, stamp: Stamp, action: str, facts: Mapping[str, Fact]) -> int:
    """Write the next entry; gives its number.

    Args:
        connection: the transaction of the change itself.
        stamp: when and by whom.
        action: a PREMIS 3 event type in snake case where one fits (`ingestion`, `fixity_check`).
        facts: ids, codes, digests, days; keys `document` and `customer` name the subject.
    """
    last = head(connection)
    entry = {
        "seq": last.seq + 1,
        "time": stamp.at.isoformat(timespec="seconds"),
        "day": stamp.day.isoformat(),
        "actor": stamp.actor,
        "action": action,
        "facts": dict(facts),
        "prev": last.leaf,
    }
    line = canonical(entry)
    leaf = leaf_hash(line.encode()).hex()
    connection.execute(insert(ledger), {"seq": last.seq + 1, "entry": line, "leaf": leaf})
    return last.seq + 1


def lines(connection: Connection, after: int = 0, actions: Collection[str] = ()) -> Iterator[str]:
    """The entries after number `after`, as exported; those that may be of some kinds of act."""
    wanted = [ledger.c.entry.contains(f'"action":"{one}"', autoescape=True) for one in actions]
    query = select(ledger.c.entry).where(ledger.c.seq > after)
    query = query.where(or_(*wanted)) if wanted else query
    for row in connection.execute(query.order_by(ledger.c.seq)):
        yield row.entry


def noted(connection: Connection, actions: Collection[str]) -> Iterator[Noted]:
    """The entries of some kinds of act, oldest first; what cannot be read is left to `fault`."""
    yield from _read(lines(connection, actions=actions), actions)


def _read(found: Iterable[str], actions: Collection[str] = ()) -> Iterator[Noted]:
    """Entries of some kinds of act, or of all kinds."""
    for line in found:
        with suppress(ValueError, KeyError, TypeError):
            entry = json.loads(line)
            if not actions or entry["action"] in actions:
                day = date.fromisoformat(entry["day"])
                yield Noted(entry["seq"], day, entry["action"], dict(entry["facts"]))


def newest_first(connection: Connection) -> Iterator[Timed]:
    """All entries, from the end; what cannot be read is left to `fault`."""
    query = select(ledger.c.entry).order_by(ledger.c.seq.desc())
    for line in connection.execute(query).scalars():
        with suppress(ValueError, KeyError, TypeError):
            entry = json.loads(line)
            at, day = datetime.fromisoformat(entry["time"]), date.fromisoformat(entry["day"])
            yield Timed(entry["seq"], at, day, dict(entry["facts"]))


def entry(connection: Connection, seq: int) -> Noted | None:
    """The entry of that number; None when there is none that can be read."""
    line = connection.execute(select(ledger.c.entry).where(ledger.c.seq == seq))
    return next(_read(line.scalars()), None)


def numbered(connection: Connection, wanted: Select[tuple[int]]) -> Iterator[Noted]:
    """The entries whose numbers another table names, oldest first."""
    query = select(ledger.c.entry).where(ledger.c.seq.in_(wanted)).order_by(ledger.c.seq)
    yield from _read(connection.execute(query).scalars())


def about(connection: Connection, document: str) -> Iterator[Noted]:
    """All that was ever written with a document as its subject, oldest first."""
    part = canonical({"document": document}).strip("{}")
    query = select(ledger.c.entry).where(ledger.c.entry.contains(part, autoescape=True))
    yield from _read(connection.execute(query.order_by(ledger.c.seq)).scalars())


def fault(connection: Connection, anchor: Head | None = None) -> Phrase | None:
    """What is wrong with the chain, or None."""
    found = find_fault(lines(connection), (anchor.seq, anchor.leaf) if anchor else None)
    return Phrase.of(found[0], **found[1]) if found else None


def count(connection: Connection) -> int:
    """How many entries there are."""
    return connection.execute(select(func.count()).select_from(ledger)).scalar_one()


def last(connection: Connection, action: str, **facts: Fact) -> Noted | None:
    """The newest entry of one kind of act, with these facts; looked for from the end."""
    parts = [canonical({"action": action}), *(canonical({key: facts[key]}) for key in facts)]
    query = select(ledger.c.entry).order_by(ledger.c.seq.desc()).limit(1)
    for part in parts:
        query = query.where(ledger.c.entry.contains(part.strip("{}"), autoescape=True))
    line = connection.execute(query).scalar_one_or_none()
    return next(_read([line], [action]), None) if line else None


def told(connection: Connection) -> int:
    """How many entries the exported ledger is known to hold."""
    return int(numbers.recall(connection, _TOLD) or 0)


def tell(connection: Connection, count: int) -> None:
    """Remember that the exported ledger holds so many entries."""
    numbers.remember(connection, _TOLD, str(count))
