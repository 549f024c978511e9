"""What a file is, from its first bytes alone. The name is never believed."""

import codecs
from pathlib import Path

from archiver.core.errors import DocumentError
from archiver.core.model import Because

PDF, TEXT = "application/pdf", "text/plain"
_HEAD = 65536

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
    (b"7z\xbc\xaf", "7Z"),
    (b"{\\rtf", "RTF"),
)

_INSIDE_ZIP = (
    (b"word/", "DOCX"),
    (b"xl/", "XLSX"),
    (b"ppt/", "PPTX"),
    (b"OFD.xml", "OFD"),
    (b"opendocument.text", "ODT"),
)


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
    if not head:
        raise DocumentError(Because.of("empty"))
    found = _binary(head) or _text(head)
    if found is None:
        raise DocumentError(Because.of("unsupported_format", kind=_foreign(head)))
    return found


def _binary(head: bytes) -> str | None:
    """A media type known by its magic number; PDF readers allow 1 KiB before the header."""
    if b"%PDF-" in head[:1029] or (b" obj" in head and b"endobj" in head):
        return PDF
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "image/bmp"
    return None


def _text(head: bytes) -> str | None:
    """Plain text in an encoding offices use, or None."""
    if _foreign(head) != "?":
        return None
    return TEXT if encoding_of(head, whole=len(head) < _HEAD) else None


def encoding_of(data: bytes, *, whole: bool) -> str | None:
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
        if _sensible(text):
            return name
    return None


def _sensible(text: str) -> bool:
    """Whether text has next to no control characters."""
    strange = sum(1 for c in text if ord(c) < 32 and c not in "\t\n\r\f\x1a")
    return strange * 200 <= len(text)


def _foreign(head: bytes) -> str:
    """What a file we do not take looks like; `?` when nobody knows."""
    if head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"mif1", b"heim", b"msf1"}:
        return "HEIC"
    for magic, kind in _FOREIGN:
        if head.startswith(magic):
            inside = (name for part, name in _INSIDE_ZIP if kind == "ZIP" and part in head)
            return next(inside, kind)
    return "?"
