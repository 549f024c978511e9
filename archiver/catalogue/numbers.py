"""Running numbers, and the few values the vault itself remembers."""

from sqlalchemy import Connection, bindparam, insert, select, update

from archiver.catalogue.tables import counters, meta, people

_TAKE = (
    update(counters)
    .where(counters.c.name == bindparam("series"))
    .values(value=counters.c.value + 1)
    .returning(counters.c.value)
)
_RECALL = select(meta.c.value).where(meta.c.key == bindparam("wanted"))
_PERSON = select(people.c.id).where(people.c.login == bindparam("wanted"))


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


def person(connection: Connection, login: str) -> str:
    """The id that stands for `login` in ledger entries; given on first sight."""
    known = connection.execute(_PERSON, {"wanted": login}).scalar_one_or_none()
    if known is None:
        known = f"P{take(connection, 'person'):04d}"
        connection.execute(insert(people).values(id=known, login=login))
    return known


def logins(connection: Connection) -> dict[str, str]:
    """The id of everybody who ever acted → the login it stands for."""
    return {row.id: row.login for row in connection.execute(select(people))}
