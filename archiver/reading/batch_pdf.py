"""Inside a parser process: the pages of a batch that is a PDF."""

import contextlib
import io
from pathlib import Path

import pypdfium2 as pdfium
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from archiver.reading.divide import Cut, Leaf, Run
from archiver.reading.embedded import papers
from archiver.reading.ending import breaks_off
from archiver.reading.image import Bounds, flat
from archiver.reading.layer import layer_of
from archiver.reading.leaf import DPI, leaf_of
from archiver.reading.page import Trouble
from archiver.reading.pdf import opened, render

_BINDING = ("/AcroForm", "/Collection", "/OCProperties", "/Perms")
"""Entries of the root that speak of pages together: forms and signatures, portfolios, layers."""
_ELSEWHERE = ("/B", "/StructParents", "/Tabs")
"""Entries of a page that mean nothing without the rest of its file."""


def leaves(path: Path, cut: Cut, bounds: Bounds) -> list[Leaf]:
    """What each page is; nothing for a file that must stay whole."""
    if breaks_off(path) or not _may_be_divided(path, bounds):
        return []
    with contextlib.closing(pdfium.PdfDocument(path)) as document:
        numbers = range(1, len(document) + 1)
        return [_leaf(document, number, cut, bounds) for number in numbers]


def _leaf(document: pdfium.PdfDocument, number: int, cut: Cut, bounds: Bounds) -> Leaf:
    """A page with text in fonts of the machine's shows nothing here, and is not blank for that."""
    with contextlib.closing(opened(document, number)) as page:
        leaf = leaf_of(flat(render(page, bounds, DPI)), cut)
        return Leaf.PAPER if leaf is Leaf.BLANK and layer_of(page).letters else leaf


def _may_be_divided(path: Path, bounds: Bounds) -> bool:
    """Whether its pages can stand alone; what pypdf cannot follow stays whole."""
    try:
        with path.open("rb") as stream:
            reader = PdfReader(stream)
            if reader.is_encrypted or any(key in reader.root_object for key in _BINDING):
                return False
            return 1 < len(reader.pages) <= bounds.pages and not papers(reader)
    except (PyPdfError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return False


def copied(path: Path, run: Run) -> bytes:
    """Those pages as a PDF of their own: their objects as they are, and the same bytes each time.

    Raises:
        Trouble: `damaged`.
    """
    made = io.BytesIO()
    try:
        with path.open("rb") as stream:
            writer = PdfWriter()
            writer.metadata = None
            # Unlike a page added alone, these do not drag along the pages that they have links to.
            writer.append(
                PdfReader(stream),
                pages=(run.first - 1, run.last),
                import_outline=False,
                excluded_fields=_ELSEWHERE,
            )
            writer.write(made)
    except PyPdfError as error:
        raise Trouble("damaged", why="its content cannot be decoded") from error
    return made.getvalue()
