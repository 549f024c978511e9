"""What lies in a ZIP or an OLE file, by the names alone: looked at without unpacking anything."""

import re
import struct
from collections.abc import Iterator
from typing import BinaryIO

_END = struct.Struct("<4sHHHHIIH")
"""End of central directory (APPNOTE.TXT 4.3.16)."""
_ENTRY = struct.Struct("<4s6H3I5H2I")
"""Central directory header (APPNOTE.TXT 4.3.12)."""
_MAX_COMMENT = 0xFFFF
_MAX_32 = 0xFFFFFFFF
_ZIP64 = 56 + 20
"""The records of large ZIPs that may stand between directory and end (4.3.14, 4.3.15)."""
_MAX_DIRECTORY = 4 << 20
"""Bytes of a directory that are looked at: what a file is stands among its first 40,000 names."""

_BLOCK = 1 << 20
_SLOT = 128
"""Size of an OLE directory entry (MS-CFB 2.6.1); every sector is a multiple of it."""


def zip_names(stream: BinaryIO) -> list[str]:
    """Names in the central directory of a ZIP; none when it has lost its end.

    Args:
        stream: the file, open for reading.
    """
    size = stream.seek(0, 2)
    start = max(0, size - _MAX_COMMENT - _END.size)
    stream.seek(start)
    tail = stream.read(_MAX_COMMENT + _END.size)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        return []
    length = _END.unpack_from(tail, at)[5]
    if length == _MAX_32:
        length = int.from_bytes(tail[at - _ZIP64 + 40 : at - _ZIP64 + 48], "little")
    # Counted from its end: junk before a ZIP shifts every offset.
    stream.seek(max(0, start + at - _ZIP64 - length))
    return list(_names(stream.read(min(length + _ZIP64, _MAX_DIRECTORY))))


def _names(directory: bytes) -> Iterator[str]:
    at = max(0, directory.find(b"PK\1\2"))
    while len(directory) - at >= _ENTRY.size:
        entry = _ENTRY.unpack_from(directory, at)
        if entry[0] != b"PK\1\2":
            return
        name, extra, comment = entry[10:13]
        at += _ENTRY.size
        yield directory[at : at + name].decode("utf-8", "replace").replace("\\", "/")
        at += name + extra + comment


_TELLING = (
    "EncryptedPackage",
    "__properties_version1.0",
    "WordDocument",
    "PowerPoint Document",
    "Workbook",
    "Book",
)
"""Streams that tell what an OLE file is."""


def ole_names(stream: BinaryIO) -> set[str]:
    """Names of the streams in an OLE file, wherever its directory lies.

    Its chains of sectors are not followed: a hostile one has no end. Entries stand at multiples
    of 128 bytes and give the length of their own name, which no text does by chance.
    """
    stream.seek(0)
    found = set[str]()
    while block := stream.read(_BLOCK):
        for name in _TELLING:
            written = name.encode("utf-16-le")
            for match in re.finditer(re.escape(written), block):
                at = match.start()
                length = block[at + 64 : at + 66]
                if at % _SLOT == 0 and _fits(written, length):
                    found.add(name)
    return found


def _fits(written: bytes, length: bytes) -> bool:
    """Whether the length that follows a name is that of the name with its closing zero."""
    return int.from_bytes(length, "little") == len(written) + 2
