"""What a file is, from its bytes alone. The name is never believed."""

import codecs
import re
import unicodedata
from pathlib import Path

from archiver.core.errors import DocumentError
from archiver.core.model import Because

PDF, TEXT = "application/pdf", "text/plain"
MAX_TEXT = 4 << 20
"""Bytes of the longest plain text that is read as a paper."""

_HEAD = 65536
_JUNK = 1024
"""Bytes that PDF readers allow before the header (ISO 32000-1, annex H, note 13)."""
_OBJECT = re.compile(rb"\b\d+ \d+ obj\b")

_EXTENSIONS = {
    PDF: ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    TEXT: ".txt",
}

_MAGIC = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),
    (b"MM\0+", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)

_BMP_HEADERS = {12, 40, 52, 56, 64, 108, 124}
"""Sizes of the bitmap header in use; `BM` alone begins many a text."""

_FOREIGN = (
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "DOC/XLS/PPT"),
    (b"8BPS", "PSD"),
    (b"%!PS", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"\x1f\x8b", "GZIP"),
    (b"{\\rtf", "RTF"),
    (b"AT&TFORM", "DjVu"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
)

_NOTHING = b"\0 \t\r\n"
"""What a file begins with that was given its size, but never its bytes."""
_INSIDE_ZIP = (
    (b"OFD.xml", "OFD"),
    (b"opendocument.text", "ODT"),
    (b"opendocument.spreadsheet", "ODS"),
    (b"word/", "DOCX"),
    (b"xl/", "XLSX"),
    (b"ppt/", "PPTX"),
    (b"FixedDocSeq.fdseq", "XPS"),
    (b"[Content_Types].xml", "DOCX/XLSX/PPTX"),
)

_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"), "HEIC"),
    **dict.fromkeys((b"avif", b"avis"), "AVIF"),
}
"""Major brands of ISO base media files that hold pictures; the others are films."""


def extension(media_type: str) -> str:
    """The file extension for a media type that `media_type` gives."""
    return _EXTENSIONS[media_type]


def media_type(path: Path) -> str:
    """The media type of the file at `path`.

    Raises:
        DocumentError: `empty`, or `unsupported_format` naming what it looks like.
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        if not head.strip(_NOTHING):
            raise DocumentError(Because.of("empty"))
        found = _known(head)
        if found:
            return found
        foreign = _foreign(head)
        if foreign is None and encoding_of(head, whole=len(head) < _HEAD):
            rest = stream.read(MAX_TEXT - len(head))
            if encoding_of(head + rest, whole=not stream.read(1)):
                return TEXT
    raise DocumentError(Because.of("unsupported_format", kind=foreign or "unknown"))


def _known(head: bytes) -> str | None:
    """A media type known by its magic number.

    A PDF that has lost its header is still called one: readers will find it damaged, and it must
    not be filed as plain text.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "image/bmp"
    start = head[: _JUNK + len(b"%PDF-")]
    return PDF if b"%PDF-" in start or _OBJECT.search(start) else None


def _foreign(head: bytes) -> str | None:
    """What a file we do not take looks like; None when nobody knows."""
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "MP4")
    for magic, kind in _FOREIGN:
        if head.startswith(magic):
            inside = (name for part, name in _INSIDE_ZIP if kind == "ZIP" and part in head)
            return next(inside, kind)
    return None


def encoding_of(data: bytes, *, whole: bool = True) -> str | None:
    """The encoding in which all of `data` is sensible text, or None.

    Args:
        data: the beginning of a file.
        whole: the file ends with `data`, so a character cut in half is an error.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif b"\0" in data:
        return None
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for name in candidates:
        try:
            text = codecs.getincrementaldecoder(name)("strict").decode(data, final=whole)
        except UnicodeDecodeError:
            continue
        if _sensible(text[:_HEAD]):
            return name
    return None


def _sensible(text: str) -> bool:
    """Whether text has next to no characters that no keyboard gives."""
    strange = sum(
        unicodedata.category(c) in {"Cc", "Cn", "Co"} and c not in "\t\n\r\f\x1a" for c in text
    )
    return strange * 200 <= len(text)
