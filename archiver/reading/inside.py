"""Inside a parser process: tells what files are inside a file, within bounds."""

import importlib
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path
from zipfile import BadZipFile

from archiver.reading.frames import Header
from archiver.reading.page import Part, Trouble
from archiver.reading.sniff import MAIL, PDF, ZIP

_DRIVERS = {
    MAIL: "archiver.reading.mail",
    PDF: "archiver.reading.embedded",
    ZIP: "archiver.reading.archive",
}
"""Media type → the module whose `parts` gives what is inside such a file."""

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the inside of one file may come to.

    Attributes:
        parts: most files.
        member: most bytes of one.
        total: most bytes of all.
    """

    parts: int
    member: int
    total: int


def tell(
    path: Path, media_type: str, allowance: Allowance, password: str | None = None
) -> Iterator[tuple[Header, bytes]]:
    """The files inside a file: for each its name, then its bytes or why they cannot be had.

    What comes out is counted, whatever sizes the file declares.

    Args:
        path: the file.
        media_type: what it is.
        allowance: what its inside may come to.
        password: opens it, where its format knows passwords.

    Raises:
        Trouble: `too_many_parts` before anything is told; `too_large`; or what the format knows.
    """
    driver = _DRIVERS.get(media_type)
    if driver is None:
        return
    parts: Callable[[Path, str | None], AbstractContextManager[list[Part]]] = (
        importlib.import_module(driver).parts
    )
    with parts(path, password) as found:
        yield from counted(found, allowance)


def counted(found: list[Part], allowance: Allowance) -> Iterator[tuple[Header, bytes]]:
    """Tell those files, as many bytes of them as may be.

    Raises:
        Trouble: `too_many_parts` before anything is told; `too_large`.
    """
    if len(found) > allowance.parts:
        raise Trouble("too_many_parts", parts=len(found), most=allowance.parts)
    left = allowance.total
    for number, part in enumerate(found, start=1):
        yield {"part": number, "name": part.name}, b""
        most = min(allowance.member, left)
        size = 0
        for header, chunk in _told(part):
            size += len(chunk)
            if size > most:
                raise Trouble("too_large", why=f"> {most // MIB} MiB")
            yield header, chunk
        left -= size


def _told(part: Part) -> Iterator[tuple[Header, bytes]]:
    """The bytes of one file, as far as they come."""
    try:
        for chunk in part.chunks():
            if chunk:
                yield {}, chunk
    except Trouble as trouble:
        yield {"trouble": trouble.code, "facts": trouble.facts}, b""
    except _BROKEN:
        why = "its content cannot be decoded"
        yield {"trouble": "damaged", "facts": {"why": why}}, b""


_BROKEN = (
    ArithmeticError,
    BadZipFile,
    EOFError,
    LookupError,
    LZMAError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What libraries raise on one broken file inside a sound one."""
