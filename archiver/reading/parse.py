"""Inside a parser process: opens one file and tells its pages, as text or as pixels."""

import importlib
import struct
import zlib
from collections.abc import Callable, Iterator
from errno import EINVAL
from pathlib import Path
from typing import cast
from zipfile import BadZipFile

from archiver.reading import image, inside, pdf
from archiver.reading.divide import Cut
from archiver.reading.frames import Header
from archiver.reading.page import Part, Told, Trouble
from archiver.reading.sniff import DOCX, HEIC, MAIL, OFD, PDF, PPTX, TEXT, XLSX, ZIP
from archiver.reading.worker import Answer, Options

_TELLERS = {
    DOCX: "archiver.reading.word",
    HEIC: "archiver.reading.heic",
    MAIL: "archiver.reading.mail",
    OFD: "archiver.reading.ofd",
    PPTX: "archiver.reading.slides",
    TEXT: "archiver.reading.text",
    XLSX: "archiver.reading.sheets",
    ZIP: "archiver.reading.archive",
}
"""Media type → the module whose `tell` tells the pages; everything but PDF is a picture."""

_LIBRARY_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What libraries raise on broken files, each in its own way."""


def serve(options: Options) -> Answer:
    """The answering function of a parser process."""
    pdf.prepare(fonts=bool(options.get("fonts")))
    bounds = image.Bounds(
        pages=int(options["max_pages"]),
        pixels=int(options["max_pixels"]),
        ocr_pixels=int(options["ocr_pixels"]),
        lines=int(options["max_lines"]),
        parts=int(options["max_parts"]),
    )
    allowance = inside.Allowance(
        parts=bounds.parts,
        member=int(options["max_member"]),
        total=int(options["max_unpacked"]),
    )

    def messages(request: Header) -> Iterator[tuple[Header, bytes]]:
        path, media_type = Path(str(request["path"])), str(request["media_type"])
        password = str(request["password"]) if request.get("password") else None
        if request.get("unpack"):
            yield from inside.tell(path, media_type, allowance, password)
            return
        if "cut" in request:
            blank, separator = cast("tuple[bool, str | None]", request["cut"])
            found = _divided()(path, media_type, Cut(blank, separator), bounds)
            yield from inside.counted(found, allowance)
            return
        if "picture" in request:
            pages = _pictured(path, media_type, cast("int", request["picture"]), bounds)
        elif media_type == PDF:
            pages = pdf.tell(path, bounds, password)
        else:
            pages = _teller(media_type)(path, bounds)
        for told in pages:
            yield told.header(), told.pixels

    def answer(request: Header, raw: bytes) -> Iterator[tuple[Header, bytes]]:
        yield from _ended(messages(request))

    return answer


def _ended(messages: Iterator[tuple[Header, bytes]]) -> Iterator[tuple[Header, bytes]]:
    """Messages, and a last one that says whether that was all."""
    try:
        yield from messages
    except Trouble as trouble:
        yield trouble.header(), b""
    except MemoryError:
        yield Trouble("out_of_memory").header(), b""
    except _LIBRARY_FAILURES as error:
        yield _failure(error).header(), b""
    else:
        yield {"last": True}, b""


def _pictured(path: Path, media_type: str, number: int, bounds: image.Bounds) -> Iterator[Told]:
    """One page as pixels, to be looked at; nothing where there is no picture of it."""
    if media_type == PDF:
        yield from pdf.picture(path, number, bounds)
        return
    for told in _teller(media_type)(path, bounds):
        if told.page == number and told.pixels:
            yield told
        if told.page >= number:
            return


def _teller(media_type: str) -> Callable[[Path, image.Bounds], Iterator[Told]]:
    """What tells the pages of such a file; its libraries are loaded with the first of them."""
    tell: Callable[[Path, image.Bounds], Iterator[Told]] = importlib.import_module(
        _TELLERS.get(media_type, "archiver.reading.image")
    ).tell
    return tell


def _divided() -> Callable[[Path, str, Cut, image.Bounds], list[Part]]:
    """What divides batches; few vaults have any, so it is loaded with the first of them."""
    parts: Callable[[Path, str, Cut, image.Bounds], list[Part]] = importlib.import_module(
        "archiver.reading.batch"
    ).parts
    return parts


def _failure(error: Exception) -> Trouble:
    """What a library's complaint means; only the system's own errors carry a number.

    An invalid argument is a place before the beginning of the file, where a broken ZIP points.
    """
    if isinstance(error, OSError) and error.errno not in {None, EINVAL}:
        return Trouble("unreadable", why=error.strerror)
    if "truncated" in str(error):  # as Pillow says it of every format
        return Trouble("damaged", why="the end of the file is missing")
    return Trouble("damaged", why="its content cannot be decoded")
