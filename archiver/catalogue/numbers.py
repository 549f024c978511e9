"""Running numbers, and the few values the vault itself remembers."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, select, update

from archiver.catalogue.tables import counters, meta, people

_TAKE = (
    update(counters)
    .where(counters.c.name == bindparam("series"))
    .values(value=counters.c.value + 1)
    .returning(counters.c.value)
)
_RECALL = select(meta.c.value).where(meta.c.key == bindparam("wanted"))
_PERSON = select(people.c.id).where(people.c.login.in_(bindparam("wanted", expanding=True)))
_LOGIN = select(people.c.login).where(people.c.id == bindparam("wanted"))


def take(connection: Connection, name: str) -> int:
    """The next number of the series `name`, from 1; never given twice."""
    given = connection.execute(_TAKE, {"series": name}).scalar_one_or_none()
    if given is None:
        connection.execute(insert(counters).values(name=name, value=1))
        return 1
    return int(given)


def reached(connection: Connection, name: str) -> int:
    """The last number given of the series `name`; 0 before the first."""
    given = select(counters.c.value).where(counters.c.name == name)
    return connection.execute(given).scalar_one_or_none() or 0


def skip(connection: Connection, name: str, number: int) -> None:
    """Never give a number of the series `name` up to and including `number` from now on."""
    reached = connection.execute(select(counters.c.value).where(counters.c.name == name))
    last = reached.scalar_one_or_none()
    if last is None:
        connection.execute(insert(counters).values(name=name, value=number))
    elif last < number:
        connection.execute(update(counters).where(counters.c.name == name).values(value=number))


def remember(connection: Connection, key: str, value: str) -> None:
    """Keep `value` under `key`, whatever was there."""
    changed = connection.execute(update(meta).where(meta.c.key == key).values(value=value))
    if not changed.rowcount:
        connection.execute(insert(meta).values(key=key, value=value))


def recall(connection: Connection, key: str) -> str | None:
    """What was kept under `key`."""
    return connection.execute(_RECALL, {"wanted": key}).scalar_one_or_none()


def known(connection: Connection, logins: Sequence[str]) -> str | None:
    """The id that stands for the person with these accounts; None before the first sight.

    Accounts that were two people once keep both their ids; the first of them is the person's.
    """
    found = connection.execute(_PERSON, {"wanted": list(logins)}).scalars()
    return min(found, key=lambda one: int(one[1:]), default=None)


def person(connection: Connection, logins: Sequence[str]) -> str:
    """The id that stands for a person in ledger entries; given on first sight.

    Args:
        connection: the transaction of what the person does.
        logins: every account of that one person; the first is remembered.
    """
    given = known(connection, logins)
    if given is None:
        given = f"P{take(connection, 'person'):04d}"
        connection.execute(insert(people).values(id=given, login=logins[0]))
    return given


def login_of(connection: Connection, person: str) -> str | None:
    """The account that a person's id was given to; None for an id nobody has."""
    return connection.execute(_LOGIN, {"wanted": person}).scalar_one_or_none()


def logins(connection: Connection) -> dict[str, str]:
    """The id of a person → the login it stands for."""
    return {row.id: row.login for row in connection.execute(select(people))}
