"""A CRC-32 behind what Whoosh reads as pickles, so that a torn one is never taken for an index.

Whoosh reads no further than its own end, so these four bytes are nothing to it. Sealed are a whole
table of contents, and of a segment its head and the directory at its end; what lies between is
summed in itself (`whoosh_postings`, the column `sum`).
"""

import struct
import zlib
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.reading import CorruptIndexError

_CRC = struct.Struct("<I")
_HEAD = struct.Struct("!qi")
"""Of a segment: where its directory begins, and how long it is."""


def seal(path: Path) -> None:
    """Append the CRC-32 of a finished file."""
    crc = _CRC.pack(zlib.crc32(_sealed(path)))
    with path.open("ab") as file:
        file.write(crc)


def verify(path: Path) -> None:
    """Look whether a file is as it was sealed.

    Raises:
        CorruptIndexError: it is not.
        FileNotFoundError: there is none.
    """
    found = _sealed(path)
    if found[-_CRC.size :] != _CRC.pack(zlib.crc32(found[: -_CRC.size])):
        raise CorruptIndexError(f"{path.name} is torn")


def _sealed(path: Path) -> bytes:
    """The bytes of a file that count, to its end."""
    with path.open("rb") as file:
        if path.suffix != Segment.COMPOUND_EXT:
            return file.read()
        head = file.read(_HEAD.size)
        start = _HEAD.unpack(head)[0] if len(head) == _HEAD.size else -1
        if not 0 <= start <= path.stat().st_size:
            return b""
        file.seek(start)
        return head + file.read()
