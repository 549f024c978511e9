"""PDF: structure by pypdf, text and pictures of pages by PDFium."""

import contextlib
import ctypes
import logging
import signal
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image
from pypdf import PasswordType, PdfReader
from pypdf.errors import PyPdfError

from archiver.core.model import Box
from archiver.reading.image import Bounds, flat, shown
from archiver.reading.page import Told, ToldLine, Trouble

_DPI = 200
_MIN_TEXT = 16
"""Characters below which the text of a page with a picture on it is a stamp, not the page."""
_SCAN_TEXT = 120
"""The same for a page that one picture nearly fills (a scanner's watermark or footer)."""
_STRUCTURE_SECONDS = 5.0
_SOFT_HYPHEN = 2
"""PDFium's stand-in for a soft hyphen at the end of a line."""

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def tell(path: Path, bounds: Bounds) -> Iterator[Told]:
    """The facts of a PDF, then its pages: text where there is text, pixels elsewhere.

    Raises:
        Trouble: `encrypted`, `damaged`, `too_many_pages`, `too_large`.
    """
    yield Told(0, facts=_structure(path))
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise Trouble("encrypted" if "password" in str(error) else "damaged", str(error)) from error
    with contextlib.closing(document):
        count = len(document)
        if not count:
            raise Trouble("damaged", "no pages")
        if count > bounds.pages:
            raise Trouble("too_many_pages", str(count))
        for number in range(1, count + 1):
            yield _page(document, number, bounds)


def _structure(path: Path) -> dict[str, str]:
    """What pypdf knows of the file; where it knows nothing, PDFium may still read the pages.

    Raises:
        Trouble: `encrypted`: the file opens with a password only.
    """

    def ring(number: int, frame: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, _STRUCTURE_SECONDS)
    try:
        return _facts(PdfReader(path))
    except (PyPdfError, OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        return {"structure": type(error).__name__}
    except (RecursionError, AssertionError, ArithmeticError, NotImplementedError) as error:
        return {"structure": type(error).__name__}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _facts(reader: PdfReader) -> dict[str, str]:
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise Trouble("encrypted")
    found: Mapping[str, object] = reader.metadata or {}
    wanted = {"/Title": "title", "/Producer": "producer", "/CreationDate": "created"}
    facts = {name: str(found[key])[:200] for key, name in wanted.items() if key in found}
    return {**facts, "encrypted": "owner"} if reader.is_encrypted else facts


def _page(document: pdfium.PdfDocument, number: int, bounds: Bounds) -> Told:
    """One page: its text if it has any worth the name, else its picture."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError as error:
        raise Trouble("damaged", f"page {number}") from error
    with contextlib.closing(page):
        lines = _lines(page)
        if _usable(page, lines):
            return Told(number, "layer", lines)
        if raw.FPDFPage_CountObjects(page) <= 0 and not lines:
            return Told(number, "none")
        return shown(flat(_render(page, bounds)), number)


def _lines(page: pdfium.PdfPage) -> tuple[ToldLine, ...]:
    """The lines of the text layer in the order of the page's own content."""
    with contextlib.closing(page.get_textpage()) as text:
        found: list[ToldLine] = []
        letters: list[str] = []
        edges: list[tuple[float, float, float, float]] = []
        for index in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text, index)
            if code in {10, 13}:
                found.extend(_line(page, letters, edges))
                letters, edges = [], []
            elif code:
                letters.append("-" if code == _SOFT_HYPHEN else chr(code))
                edges.extend(_edges(text, index))
        found.extend(_line(page, letters, edges))
    return tuple(found)


def _edges(text: pdfium.PdfTextPage, index: int) -> Iterator[tuple[float, float, float, float]]:
    """The box of one character in page space: left, bottom, right, top."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if raw.FPDFText_GetCharBox(text, index, left, right, bottom, top):
        yield left.value, bottom.value, right.value, top.value


def _line(
    page: pdfium.PdfPage,
    letters: list[str],
    edges: list[tuple[float, float, float, float]],
) -> Iterator[ToldLine]:
    """One line with its box, unless it is blank."""
    text = "".join(letters).encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
    if text:
        yield text, _box(page, edges) if edges else None


def _box(page: pdfium.PdfPage, edges: list[tuple[float, float, float, float]]) -> Box:
    """The hull of character boxes as fractions of the upright page."""
    scale = 10000
    corners = []
    hull = (
        (min(edge[0] for edge in edges), min(edge[1] for edge in edges)),
        (max(edge[2] for edge in edges), max(edge[3] for edge in edges)),
    )
    for x, y in hull:
        column, row = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, scale, scale, 0, x, y, column, row)
        corners.append((_share(column.value / scale), _share(row.value / scale)))
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))


def _usable(page: pdfium.PdfPage, lines: tuple[ToldLine, ...]) -> bool:
    """Whether the text layer is the page's text, not a stamp on a scan nor unmapped glyphs."""
    letters = [c for text, _ in lines for c in text if not c.isspace()]
    good = sum(unicodedata.category(c) not in {"Co", "Cc", "Cn"} and c != "\ufffd" for c in letters)
    if not good or good < 0.7 * len(letters):
        return False
    if good >= _SCAN_TEXT:
        return True
    filled = _filled_by_pictures(page)
    return filled == 0 or (good >= _MIN_TEXT and filled < 0.6)


def _filled_by_pictures(page: pdfium.PdfPage) -> float:
    """The share of the page that its largest picture covers."""
    width, height = page.get_size()
    largest = 0.0
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        largest = max(largest, (right - left) * (top - bottom))
    return largest / (width * height) if width and height else 0.0


def _render(page: pdfium.PdfPage, bounds: Bounds) -> Image.Image:
    """The page at 200 dpi, or what fits into the bounds whatever size it claims."""
    width, height = page.get_size()
    scale = min(_DPI / 72, (bounds.ocr_pixels / max(1.0, width * height)) ** 0.5)
    if width * scale < 1 or height * scale < 1:
        raise Trouble("too_large", f"{width:.0f} × {height:.0f} points")
    picture: Image.Image = page.render(scale=scale).to_pil()
    return picture
