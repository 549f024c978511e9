"""Which document was probably meant by a number that none has."""

import re

from sqlalchemy import Connection, select

from archiver.catalogue.tables import archive_numbers, documents
from archiver.core.normalise import compact

_ID = re.compile(r"d?0*(\d{1,9})")
_ARCHIVE_NO = re.compile(r"(\d{1,6})-(\d{1,2})-(\d{4})(?:-(\d{1,6}))?")


def nearby(connection: Connection, handle: str) -> str | None:
    """A number that does exist: the same one with its zeros, else the last of that series."""
    plain = compact(handle)
    if found := _ID.fullmatch(plain):
        return _exact(connection, f"D{int(found[1]):06d}") or _last_id(connection)
    if found := _ARCHIVE_NO.fullmatch(plain):
        series = f"{int(found[1]):04d}-{int(found[2]):02d}-{found[3]}-"
        return _in_series(connection, series, found[4])
    return None


def _exact(connection: Connection, document: str) -> str | None:
    query = select(documents.c.id).where(documents.c.id == document)
    return connection.execute(query).scalar_one_or_none()


def _last_id(connection: Connection) -> str | None:
    query = select(documents.c.id).order_by(documents.c.id.desc()).limit(1)
    return connection.execute(query).scalar_one_or_none()


def _in_series(connection: Connection, series: str, running: str | None) -> str | None:
    """The number of the series with that running number, else its last one."""
    of_series = select(archive_numbers.c.archive_no).where(
        archive_numbers.c.archive_no.startswith(series, autoescape=True)
    )
    wanted = f"{series}{int(running):04d}" if running else ""
    exact = of_series.where(archive_numbers.c.archive_no == wanted)
    last = of_series.order_by(archive_numbers.c.archive_no.desc()).limit(1)
    found = connection.execute(exact).scalar_one_or_none() or connection.execute(last).scalar()
    return str(found) if found else None
