"""Inside a parser process: opens one file and tells its pages, as text or as pixels."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from archiver.reading import image, pdf, text
from archiver.reading.frames import Header
from archiver.reading.page import Trouble
from archiver.reading.sniff import PDF, TEXT
from archiver.reading.worker import Answer, Options

_TELLERS = {PDF: pdf.tell, TEXT: text.tell}
"""Media type → what tells the pages of such a file; everything else is a picture."""

_LIBRARY_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What libraries raise on broken files, each in its own way."""


def serve(options: Options) -> Answer:
    """The answering function of a parser process."""
    pdf.prepare()
    bounds = image.Bounds(
        pages=int(options["max_pages"]),
        pixels=int(options["max_pixels"]),
        ocr_pixels=int(options["ocr_pixels"]),
    )

    def answer(request: Header, raw: bytes) -> Iterator[tuple[Header, bytes]]:
        tell = _TELLERS.get(str(request["media_type"]), image.tell)
        try:
            for told in tell(Path(str(request["path"])), bounds):
                yield told.header(), told.pixels
        except Trouble as trouble:
            yield trouble.header(), b""
        except MemoryError:
            yield Trouble("out_of_memory").header(), b""
        except _LIBRARY_FAILURES as error:
            yield _failure(error).header(), b""
        else:
            yield {"last": True}, b""

    return answer


def _failure(error: Exception) -> Trouble:
    """What a library's complaint means; only the system's own errors carry a number."""
    if isinstance(error, OSError) and error.errno:
        return Trouble("unreadable", why=error.strerror)
    if "truncated" in str(error):  # as Pillow says it of every format
        return Trouble("damaged", why="the end of the file is missing")
    return Trouble("damaged", why="its content cannot be decoded")
