"""The text layer of a PDF page: its lines with their boxes, and whether anybody sees them."""

import contextlib
import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from archiver.core.model import Box
from archiver.reading.page import ToldLine, Trouble

_SOFT_HYPHEN = 2
"""PDFium's stand-in for a soft hyphen at the end of a line."""
_MAX_CHARACTERS = 200_000
"""Of one page; a page of a dense English contract has 5,000."""
_CELL_GAP = 2.5
"""White space, in heights of the line, that parts two cells of a table."""
_COVERS = 0.8
"""Share of the page from which a picture hides the text drawn before it."""
_FORM_DEPTH = 4
_FEW, _ACCENTS = 20, 0.5
"""Characters from which their kinds tell something; the most accents among those of a language."""
_TELLING, _VOWELS = 200, 0.15
"""The same for Latin letters, of which in every language a third or more are vowels."""

Edges = tuple[float, float, float, float]
"""Left, bottom, right, top in page space."""


@dataclass(frozen=True, slots=True)
class Layer:
    """What a page says by itself.

    Attributes:
        lines: that a person sees, in the order of the page's own content.
        letters: how many characters they have, white space not counted.
        good: how many of those are characters of any language.
        pictures: the share of the page that pictures fill, 0–1.
    """

    lines: tuple[ToldLine, ...]
    letters: int
    good: int
    pictures: float


@dataclass(slots=True)
class _Draft:
    """A line that is being put together."""

    letters: list[str] = field(default_factory=list)
    edges: list[Edges] = field(default_factory=list)

    def parted_from(self, edges: Edges) -> bool:
        """Whether a character stands so far to the right that it begins another cell."""
        if not self.edges:
            return False
        _, bottom, right, top = self.edges[-1]
        return edges[0] - right > _CELL_GAP * max(top - bottom, edges[3] - edges[1])


def layer_of(page: pdfium.PdfPage) -> Layer:
    """Read the text layer.

    Raises:
        Trouble: `too_large`.
    """
    pictures, hidden = _survey(page)
    lines: list[ToldLine] = []
    with contextlib.closing(page.get_textpage()) as text:
        count = text.count_chars()
        if count > _MAX_CHARACTERS:
            raise Trouble("too_large", why=f"{count} characters")
        for draft in _drafts(text, count, hidden):
            written = "".join(draft.letters).encode("utf-16", "surrogatepass")
            line = written.decode("utf-16", "replace").strip()
            if line:
                lines.append((line, _box(page, draft.edges) if draft.edges else None))
    letters = [c for line, _ in lines for c in line if not c.isspace()]
    good = 0 if _is_cipher(letters) else sum(map(_is_good, letters))
    return Layer(tuple(lines), len(letters), good, pictures)


def _survey(page: pdfium.PdfPage) -> tuple[float, set[int]]:
    """The share of the page under pictures, and the text objects that nobody sees.

    Scanners put the text they recognised under the picture or draw it invisibly. How good it is
    nobody knows, so it does not count as the text of the page.
    """
    width, height = page.get_size()
    area = max(1.0, width * height)
    filled, hidden, drawn = 0.0, set[int](), set[int]()
    for thing in page.get_objects(max_depth=_FORM_DEPTH):
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            share = (right - left) * (top - bottom) / area
            filled += share
            if share >= _COVERS:
                hidden |= drawn
        elif thing.type == raw.FPDF_PAGEOBJ_TEXT:
            drawn.add(_address(thing.raw))
            if raw.FPDFTextObj_GetTextRenderMode(thing) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
                hidden.add(_address(thing.raw))
    return min(1.0, filled), hidden


def _address(pointer: ctypes.c_void_p) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _drafts(text: pdfium.PdfTextPage, count: int, hidden: set[int]) -> Iterator[_Draft]:
    """Seen characters in lines; a wide gap ends a line as well."""
    glyphs = _Glyphs(text)
    draft = _Draft()
    for index in range(count):
        if hidden and glyphs.drawn_by(index) in hidden:
            continue
        code = glyphs.code(index)
        ends = code in {10, 13}
        edges = glyphs.edges(index) if code > 32 else None
        if ends or (edges and draft.parted_from(edges)):
            yield draft
            draft = _Draft()
        if edges:
            draft.edges.append(edges)
        if not ends:
            draft.letters.append(glyphs.letter(index, code))
    yield draft


class _Glyphs:
    """The characters of a text page, by index; what PDFium fills in is made once for all."""

    def __init__(self, text: pdfium.PdfTextPage) -> None:
        self._text = text.raw
        self._edges = tuple(ctypes.c_double() for _ in range(4))

    def code(self, index: int) -> int:
        """UTF-16 code unit; 0 where the font does not say."""
        return int(raw.FPDFText_GetUnicode(self._text, index))

    def letter(self, index: int, code: int) -> str:
        """The character; U+FFFD for a glyph whose font does not say what it means."""
        if code == _SOFT_HYPHEN:
            return "-"
        unmapped = not code or raw.FPDFText_HasUnicodeMapError(self._text, index) == 1
        return "\ufffd" if unmapped else chr(code)

    def drawn_by(self, index: int) -> int:
        """The address of the text object it belongs to."""
        return _address(raw.FPDFText_GetTextObject(self._text, index))

    def edges(self, index: int) -> Edges | None:
        """Its box, if it has one."""
        left, right, bottom, top = self._edges
        if not raw.FPDFText_GetCharBox(self._text, index, left, right, bottom, top):
            return None
        return left.value, bottom.value, right.value, top.value


def _box(page: pdfium.PdfPage, edges: list[Edges]) -> Box:
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


def _is_cipher(letters: list[str]) -> bool:
    """Whether characters are other ones in disguise: no language is written with such.

    Bytes of GBK taken for Latin-1 (ÖÐ¹ú) are nearly all accents and signs; letters numbered in the
    order of a font (7KLV) have hardly a vowel. Reading such a page from its picture costs a second.
    """
    upper = sum("\x80" <= c <= "\xff" for c in letters)
    latin = [c.lower() for c in letters if c.isascii() and c.isalpha()]
    vowels = sum(c in "aeiouy" for c in latin)
    mute = len(latin) >= _TELLING and vowels < _VOWELS * len(latin)
    return mute or (len(letters) >= _FEW and upper > _ACCENTS * len(letters))


def _is_good(character: str) -> bool:
    """Whether a character belongs to a script; private and unassigned ones are glyph numbers."""
    return character != "\ufffd" and unicodedata.category(character) not in {"Co", "Cc", "Cn"}
