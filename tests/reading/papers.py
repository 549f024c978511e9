"""Papers made for the tests of the reading room: scans, PDFs, pictures."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from archiver.core.model import Arrival, Digest, ReceiptId, Scan, Shape
from archiver.reading.sniff import media_type

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def scan_of(path: Path) -> Scan:
    """`path` as the step before reading gives it."""
    size = path.stat().st_size
    arrival = Arrival(
        ReceiptId("R1"),
        source=path.name,
        path=path,
        folder=None,
        named=None,
        received=datetime(2026, 5, 20, tzinfo=UTC),
        shape=Shape(size, 0, 0),
    )
    return Scan(arrival, Digest("0" * 64), size, media_type(path))


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def lettered(*lines: str, size: tuple[int, int] = (1240, 600)) -> Image.Image:
    """Black letters of the font that Pillow carries, on white."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    for row, line in enumerate(lines):
        draw.text((80, 60 + 90 * row), line, fill="black", font=ImageFont.load_default(48))
    return picture


def encoded(picture: Image.Image, format: str, **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, format, **options)
    return stream.getvalue()


@dataclass(frozen=True)
class Sheet:
    """One page of a PDF.

    Attributes:
        content: PDF operators; the fonts are /F (Helvetica) and /H (Chinese, not embedded, codes
            are UTF-16), the picture is /P.
        box: the size it claims, in points.
        turned: /Rotate.
    """

    content: str
    box: tuple[float, float] = (595, 842)
    turned: int = 0


def pdf_of(sheets: Iterable[Sheet], title: str = "", password: tuple[str, str] = ("", "")) -> bytes:
    """A PDF of those pages; `password` is what users and owners must give."""
    writer = PdfWriter()
    for sheet in sheets:
        page = writer.add_blank_page(*sheet.box)
        stream = DecodedStreamObject()
        stream.set_data(sheet.content.encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Rotate")] = NumberObject(sheet.turned)
        page[NameObject("/Resources")] = DictionaryObject(
            {
                NameObject("/Font"): DictionaryObject(
                    {NameObject("/F"): _font("/Type1", "/Helvetica"), NameObject("/H"): _chinese()}
                ),
                NameObject("/XObject"): DictionaryObject(
                    {NameObject("/P"): writer._add_object(_picture())}
                ),
            }
        )
    if title:
        writer.add_metadata({"/Title": title})
    if any(password):
        writer.encrypt(*password)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def words(text: str, x: float = 72, y: float = 700, mode: int = 0) -> str:
    """Operators that write one line of Latin text; mode 3 is invisible."""
    return f"BT /F 12 Tf {mode} Tr {x} {y} Td ({text}) Tj ET\n"


def han(text: str, x: float = 72, y: float = 700) -> str:
    """Operators that write one line of Chinese."""
    return f"BT /H 12 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def picture(width: float, height: float) -> str:
    """Operators that lay the picture over the lower left of the page."""
    return f"q {width} 0 0 {height} 0 0 cm /P Do Q\n"


def _font(kind: str, name: str) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject(kind),
            NameObject("/BaseFont"): NameObject(name),
        }
    )


def _chinese() -> DictionaryObject:
    descendant = _font("/CIDFontType0", "/STSong-Light")
    descendant[NameObject("/CIDSystemInfo")] = DictionaryObject(
        {
            NameObject("/Registry"): TextStringObject("Adobe"),
            NameObject("/Ordering"): TextStringObject("GB1"),
            NameObject("/Supplement"): NumberObject(4),
        }
    )
    font = _font("/Type0", "/STSong-Light")
    font[NameObject("/Encoding")] = NameObject("/UniGB-UCS2-H")
    font[NameObject("/DescendantFonts")] = ArrayObject([descendant])
    return font


def _picture() -> DecodedStreamObject:
    """64 × 64 grey pixels with something on them."""
    stream = DecodedStreamObject()
    stream.set_data(bytes(range(0, 256, 4)) * 64)
    for key, value in {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Image"),
        "/Width": NumberObject(64),
        "/Height": NumberObject(64),
        "/BitsPerComponent": NumberObject(8),
        "/ColorSpace": NameObject("/DeviceGray"),
    }.items():
        stream[NameObject(key)] = value
    return stream
