"""ZIP archives: the files that lie in them. An archive says nothing by itself."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from archiver.reading.image import Bounds
from archiver.reading.page import CHUNK, Part, Told, Trouble
from archiver.reading.words import decoded

_UTF8, _LOCKED = 0x800, 0x1
"""General purpose bits 11 and 0 (APPNOTE.TXT 4.4.4)."""
_AES = 99
"""The compression method of files locked with AES, as WinZip introduced it (APPNOTE.TXT 4.4.5)."""
_LITTER = {".ds_store", "thumbs.db", "desktop.ini"}
"""What file managers leave behind."""


def tell(path: Path, bounds: Bounds) -> Iterator[Told]:
    """How many files there are; pages there are none.

    Raises:
        Trouble: `damaged`, `nothing_inside`, `too_many_parts`.
    """
    with parts(path) as found:
        count = len(found)
    if count > bounds.parts:
        raise Trouble("too_many_parts", parts=count, most=bounds.parts)
    yield Told(0, facts={"attachments": str(count)})


@contextmanager
def parts(path: Path, password: str | None = None) -> Iterator[list[Part]]:
    """The files in the order of the directory, to be had inside the block.

    Raises:
        Trouble: `damaged`, `nothing_inside`.
        BadZipFile: it is none.
    """
    with path.open("rb") as stream, ZipFile(stream) as archive:
        entries = archive.infolist()
        if sum(entry.compress_size for entry in entries) > path.stat().st_size:
            # One stretch of bytes that is the content of many files: how bombs are built.
            raise Trouble("damaged", why="its files overlap")
        named = ((_wanted(entry), entry) for entry in entries)
        found = [
            Part(name, partial(_chunks, archive, entry, password)) for name, entry in named if name
        ]
        if not found:
            raise Trouble("nothing_inside")
        yield found


def _wanted(entry: ZipInfo) -> str | None:
    """The name of a file; None for folders, empty files and what systems leave behind."""
    name = _name(entry)
    *folders, last = name.split("/")
    if not last or not entry.file_size or "__MACOSX" in folders:
        return None
    return None if last.lower() in _LITTER or last.startswith("~$") else name


def _name(entry: ZipInfo) -> str:
    """The name, which older Windows programs write in the encoding of their country."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8:
        name = decoded(name.encode("cp437", "replace"))
    return name.replace("\\", "/")


def _chunks(archive: ZipFile, entry: ZipInfo, password: str | None) -> Iterator[bytes]:
    key = _key(archive, entry, password) if entry.flag_bits & _LOCKED else None
    try:
        with archive.open(entry, pwd=key) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except (BadZipFile, zlib.error) as error:
        if key is None:
            raise
        raise Trouble("wrong_password") from error  # one in 256 of them seems to fit at first


def _key(archive: ZipFile, entry: ZipInfo, password: str | None) -> bytes:
    """The password in the encoding that fits: programs use that of their country, or UTF-8.

    Raises:
        Trouble: `encrypted` without a password, or in a way the library does not know (AES);
            `wrong_password`.
    """
    if password is None or entry.compress_type == _AES:
        raise Trouble("encrypted")
    for encoding in ("utf-8", "gb18030"):
        with suppress(RuntimeError), archive.open(entry, pwd=password.encode(encoding)):
            return password.encode(encoding)
    raise Trouble("wrong_password")
