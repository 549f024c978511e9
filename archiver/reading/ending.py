"""Whether a file has an end, from a few of its bytes: what lacks one is often still on its way.

A guess that costs time only: where it is wrong, a paper is taken half a minute later.
"""

import os
from collections.abc import Callable
from pathlib import Path
from struct import unpack_from
from typing import BinaryIO

_TAIL = 1 << 16
_PDF_HEAD = 1024
"""The header of a PDF may lie that far behind the beginning (ISO 32000-1, annex H.3.4.1)."""
_MOST_DIRECTORIES = 2000
_ENTRY = 12
"""Bytes of an entry in a TIFF directory."""


def breaks_off(path: Path) -> bool:
    """Whether a PDF, JPEG, PNG, TIFF or ZIP lacks its end; False for all else, or when it is gone.

    Nothing is decoded; at most 64 KiB at the end and the chain of TIFF directories are looked at.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_PDF_HEAD)
            size = stream.seek(0, os.SEEK_END)
            for magic, lacks_end in _KINDS:
                if head.startswith(magic):
                    return lacks_end(stream, size)
            return b"%PDF-" in head and _pdf(stream, size)
    except OSError:
        return False


def _tail(stream: BinaryIO, size: int) -> bytes:
    stream.seek(max(0, size - _TAIL))
    return stream.read(_TAIL)


def _pdf(stream: BinaryIO, size: int) -> bool:
    """Whether the last thing in the file is an object: nothing that ends a PDF follows it.

    PDFium rebuilds what is left, and half a contract would look like a whole one.
    """
    tail = _tail(stream, size)
    return max(tail.rfind(b"startxref"), tail.rfind(b"%%EOF")) <= tail.rfind(b" obj")


def _lacks(mark: bytes) -> Callable[[BinaryIO, int], bool]:
    return lambda stream, size: mark not in _tail(stream, size)


def _tiff(stream: BinaryIO, size: int) -> bool:
    """Whether the chain of directories leads out of the file (TIFF 6.0, section 2)."""
    stream.seek(0)
    order = "<" if stream.read(2) == b"II" else ">"
    stream.seek(4)
    pointer = stream.read(4)
    for _ in range(_MOST_DIRECTORIES):
        if len(pointer) < 4:
            return True
        (directory,) = unpack_from(f"{order}I", pointer)
        if not directory:
            return stream.tell() == 8  # a header that points nowhere yet
        stream.seek(directory)
        count = stream.read(2)
        if len(count) < 2:
            return True
        stream.seek(directory + 2 + _ENTRY * unpack_from(f"{order}H", count)[0])
        pointer = stream.read(4)
    return False


_KINDS: tuple[tuple[bytes, Callable[[BinaryIO, int], bool]], ...] = (
    (b"\xff\xd8\xff", _lacks(b"\xff\xd9")),
    (b"\x89PNG\r\n", _lacks(b"IEND")),
    (b"II*\0", _tiff),
    (b"MM\0*", _tiff),
    (b"PK\3\4", _lacks(b"PK\5\6")),
)
"""How a kind of file begins, and what tells that its end is missing."""
