"""Inside a parser process: opens one file and tells its pages, as text or as pixels."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from archiver.reading import image, pdf, text
from archiver.reading.frames import Header
from archiver.reading.page import Trouble
from archiver.reading.sniff import PDF, TEXT
from archiver.reading.worker import Answer

_TELLERS = {PDF: pdf.tell, TEXT: text.tell}
"""Media type → what tells the pages of such a file; everything else is a picture."""

_LIBRARY_FAILURES = (
    OSError,
    ValueError,
    TypeError,
    SyntaxError,
    LookupError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    EOFError,
    RecursionError,
    NotImplementedError,
    struct.error,
    zlib.error,
)
"""What libraries raise on broken files, each in its own way."""


def serve(options: dict[str, int | str]) -> Answer:
    """The answering function of a parser process."""
    limits = image.Bounds(
        pages=int(options["max_pages"]),
        pixels=int(options["max_pixels"]),
        ocr_pixels=int(options["ocr_pixels"]),
    )

    def answer(request: Header, raw: bytes) -> Iterator[tuple[Header, bytes]]:
        path = Path(str(request["path"]))
        tell = _TELLERS.get(str(request["media_type"]), image.tell)
        try:
            for told in tell(path, limits):
                yield told.header(), told.pixels
        except Trouble as trouble:
            yield {"last": True, "trouble": trouble.code, "why": trouble.why}, b""
        except MemoryError:
            yield {"last": True, "trouble": "too_large", "why": "memory"}, b""
        except _LIBRARY_FAILURES as error:
            yield {"last": True, "trouble": "damaged", "why": type(error).__name__}, b""
        else:
            yield {"last": True}, b""

    return answer
