"""PDF: structure by pypdf, text and pictures of pages by PDFium."""

import contextlib
import logging
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from archiver.reading.embedded import papers, unlock
from archiver.reading.ending import breaks_off
from archiver.reading.image import Bounds, flat, shown
from archiver.reading.layer import Layer, layer_of
from archiver.reading.page import LOCKED, Told, Trouble

_DPI = 200
_MIN_TEXT = 16
"""Characters below which the text of a page with any picture is a stamp, not the page."""
_SCAN_TEXT = 120
"""The same for a page of which pictures fill a good part (a scanner's footer, a caption)."""
_SCAN_SHARE = 0.25
_STRUCTURE_SECONDS = 5.0
_UNPRINTED = {raw.FPDF_ANNOT_UNKNOWN, raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP}
_FACTS = {"/Title": "title", "/Producer": "producer", "/CreationDate": "created"}


class _NoFonts(pdfium.PdfSysfontBase):  # type: ignore[misc] # has no types
    """Hides the fonts of the machine from PDFium.

    For every document whose Chinese fonts are not embedded it would read 20 MB of them again,
    thirty times slower, and what a page says does not depend on them.
    """

    def MapFont(self, *_: object) -> int:
        """No font."""
        return 0

    def GetFont(self, *_: object) -> int:
        """No font."""
        return 0


def prepare(*, fonts: bool = False) -> None:
    """Set the libraries up, once in a process.

    Args:
        fonts: of the machine, for pages that a person looks at.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    if not fonts:
        _NoFonts().setup()


def tell(path: Path, bounds: Bounds, password: str | None = None) -> Iterator[Told]:
    """The facts of a PDF, then its pages: text where there is text, pixels elsewhere.

    Raises:
        Trouble: `encrypted`, `wrong_password`, `damaged`, `too_many_pages`, `too_large`.
        OSError: the file is gone or may not be read.
    """
    path.open("rb").close()  # what is gone or closed to us is not damaged
    cut_off = breaks_off(path)
    facts = _structure(path, password)
    document = _document(path, password, facts)
    if cut_off:
        raise Trouble("damaged", why="the end of the file is missing")
    with contextlib.closing(document):
        count = len(document)
        if not count:
            raise Trouble("damaged", why="no pages")
        if count > bounds.pages:
            raise Trouble("too_many_pages", pages=count, most=bounds.pages)
        yield Told(0, facts=facts)
        if document.get_formtype():
            document.init_forms()
        for number in range(1, count + 1):
            yield _page(document, number, bounds)


def picture(path: Path, number: int, bounds: Bounds) -> Iterator[Told]:
    """Page `number` as pixels, whatever text it has; nothing where there is no such page.

    Raises:
        Trouble: `encrypted`, `damaged`, `too_large`.
        OSError: the file is gone or may not be read.
    """
    path.open("rb").close()
    with contextlib.closing(_document(path, None, {})) as document:
        if not 1 <= number <= len(document):
            return
        if document.get_formtype():
            document.init_forms()
        with contextlib.closing(opened(document, number)) as page:
            drawn = flat(render(page, bounds))
    yield Told(number, "ocr", (), drawn.size, drawn.tobytes())


def _document(path: Path, password: str | None, facts: dict[str, str]) -> pdfium.PdfDocument:
    """The file, opened without a password where that will do; adds to the facts where not."""
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" not in str(error):
            raise Trouble("damaged", why="not a whole PDF") from error
        if password is None:
            raise Trouble("encrypted") from error
    try:
        document = pdfium.PdfDocument(path, password=password)
    except pdfium.PdfiumError as error:
        raise Trouble("wrong_password") from error
    facts[LOCKED] = "password"
    return document


def _structure(path: Path, password: str | None) -> dict[str, str]:
    """What pypdf knows of the file; where it knows nothing, PDFium may still read the pages.

    Raises:
        Trouble: `encrypted`, `wrong_password`: the file opens with a password only.
    """

    def ring(number: int, frame: object) -> None:
        raise TimeoutError

    facts = dict[str, str]()
    signal.signal(signal.SIGALRM, ring)
    # Ringing again and again gets through a library that swallows the first alarm.
    signal.setitimer(signal.ITIMER_REAL, _STRUCTURE_SECONDS, 0.5)
    try:
        with path.open("rb") as stream:
            for name, value in _facts(PdfReader(stream), password):
                facts[name] = value
    except (PyPdfError, OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        facts["structure"] = type(error).__name__
    except (RecursionError, AssertionError, ArithmeticError, NotImplementedError) as error:
        facts["structure"] = type(error).__name__
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return facts


def _facts(reader: PdfReader, password: str | None) -> Iterator[tuple[str, str]]:
    """Title, producer, date of making; how it is locked; how many papers are embedded."""
    if reader.is_encrypted:
        yield LOCKED, "password" if unlock(reader, password) else "owner"
    found: Mapping[str, object] = reader.metadata or {}
    yield from ((name, str(found[key])[:200]) for key, name in _FACTS.items() if key in found)
    embedded = len(papers(reader))
    if embedded:
        yield "attachments", str(embedded)


def _page(document: pdfium.PdfDocument, number: int, bounds: Bounds) -> Told:
    """One page: its text if it has any worth the name, else its picture."""
    with contextlib.closing(opened(document, number)) as page:
        layer = layer_of(page)
        if _is_the_text(layer):
            return Told(number, "layer", layer.lines)
        known = layer.lines if layer.good == layer.letters else ()
        if raw.FPDFPage_CountObjects(page) <= 0 and not known:
            return Told(number, "none")
        return shown(flat(render(page, bounds)), number, known)


def opened(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """The page with its form fields and annotations made part of it."""
    try:
        page = document[number - 1]
        if not _is_marked(page):
            return page
        with contextlib.closing(page):
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        return document[number - 1]
    except pdfium.PdfiumError as error:
        raise Trouble("damaged", why=f"page {number}") from error


def _is_marked(page: pdfium.PdfPage) -> bool:
    """Whether there is anything but links on top of the page."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        mark = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(mark)
        raw.FPDFPage_CloseAnnot(mark)
        if kind not in _UNPRINTED:
            return True
    return False


def _is_the_text(layer: Layer) -> bool:
    """Whether the text layer is the page's text, not a stamp on a scan nor unmapped glyphs."""
    if not layer.good or layer.good < 0.7 * layer.letters:
        return False
    if layer.good >= _SCAN_TEXT or not layer.pictures:
        return True
    return layer.good >= _MIN_TEXT and layer.pictures < _SCAN_SHARE


def render(page: pdfium.PdfPage, bounds: Bounds, dpi: float = _DPI) -> Image.Image:
    """The page at that resolution, or what fits into the bounds whatever size it claims."""
    width, height = page.get_size()
    scale = min(dpi / 72, (bounds.ocr_pixels / max(1.0, width * height)) ** 0.5)
    if width * scale < 1 or height * scale < 1:
        raise Trouble("too_large", why=f"{width:.0f} × {height:.0f} points")
    picture: Image.Image = page.render(scale=scale).to_pil()
    return picture
