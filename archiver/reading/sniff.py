"""What a file is, from its bytes alone. The name is never believed."""

import codecs
import re
import unicodedata
from pathlib import Path
from typing import BinaryIO

from archiver.core.errors import DocumentError
from archiver.core.model import Because
from archiver.reading.packed import ole_names, zip_names

PDF, TEXT, MAIL, ZIP = "application/pdf", "text/plain", "message/rfc822", "application/zip"
TIFF = "image/tiff"
HEIC, OFD = "image/heic", "application/ofd"
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = f"{_OFFICE}.wordprocessingml.document"
XLSX = f"{_OFFICE}.spreadsheetml.sheet"
PPTX = f"{_OFFICE}.presentationml.presentation"
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
    TIFF: ".tif",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    TEXT: ".txt",
    HEIC: ".heic",
    DOCX: ".docx",
    XLSX: ".xlsx",
    PPTX: ".pptx",
    OFD: ".ofd",
    MAIL: ".eml",
    ZIP: ".zip",
}

_MAGIC = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"II+\0", TIFF),
    (b"MM\0+", TIFF),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)

_BMP_HEADERS = {12, 40, 52, 56, 64, 108, 124}
"""Sizes of the bitmap header in use; `BM` alone begins many a text."""

_FOREIGN = (
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
    (b"\x78\x9f\x3e\x22", "TNEF (winmail.dat)"),
)
_CMS = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
"""What follows the first lengths of a signed or locked mail: an object of PKCS #7 (RFC 5652)."""

_NOTHING = b"\0 \t\r\n"
"""What a file begins with that was given its size, but never its bytes."""
_MARKS = codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE
_ZIP, _OLE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGES = (
    ("OFD.xml", OFD),
    ("xl/workbook.xml", XLSX),
    ("ppt/presentation.xml", PPTX),
    ("word/document.xml", DOCX),
)
"""Parts that make a ZIP a paper."""
_FOREIGN_PACKAGES = (
    ("xl/workbook.bin", "XLSB"),
    ("FixedDocSeq.fdseq", "XPS"),
    ("FixedDocumentSequence.fdseq", "XPS"),
    ("visio/document.xml", "VSDX"),
    ("AndroidManifest.xml", "APK"),
    ("META-INF/MANIFEST.MF", "JAR"),
    ("Index/Document.iwa", "Pages/Numbers/Keynote"),
)
_DECLARED = re.compile(rb"mimetypeapplication/(?:vnd\.oasis\.opendocument\.)?([a-z+]{1,30})")
"""What OpenDocument and EPUB files begin with (OpenDocument 1.3, part 2, 3.3)."""
_OPEN_DOCUMENTS = {
    b"text": "ODT",
    b"spreadsheet": "ODS",
    b"presentation": "ODP",
    b"graphics": "ODG",
    b"epub+zip": "EPUB",
}
_OLE_KINDS = (
    ("__properties_version1.0", "MSG, an Outlook mail"),
    ("WordDocument", "DOC"),
    ("PowerPoint Document", "PPT"),
    ("Workbook", "XLS"),
    ("Book", "XLS"),
)

_BRANDS = dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"), HEIC)
"""Major brands of ISO base media files that hold pictures we take (ISO/IEC 23008-12, annex B)."""
_AVIF = (b"avif", b"avis")

_FIELD = re.compile(rb"[!-9;-~]{1,76}:|[ \t]")
"""What begins a line of a mail's head: a field's name, or white space (RFC 5322, 2.2)."""
_BY_MACHINES = {b"mime-version", b"message-id", b"received", b"return-path", b"dkim-signature"}
"""Fields that nobody writes into a letter by hand."""


def extension(media_type: str) -> str:
    """The file extension for a media type that `media_type` gives."""
    return _EXTENSIONS[media_type]


def is_taken(media_type: str) -> bool:
    """Whether files of that type are read."""
    return media_type in _EXTENSIONS


def media_type(path: Path) -> str:
    """The media type of the file at `path`.

    Raises:
        DocumentError: `empty`, or `unsupported_format` naming what it looks like.
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        if head in _MARKS or not head.strip(_NOTHING):
            raise DocumentError(Because.of("empty"))
        found = _known(head) or _packed(stream, head) or _marked(head)
        if found:
            return found
        foreign = _foreign(head)
        if foreign is None and encoding_of(head, whole=len(head) < _HEAD):
            stream.seek(len(head))
            rest = stream.read(MAX_TEXT - len(head))
            if encoding_of(head + rest, whole=not stream.read(1)):
                return TEXT
    raise _unsupported(foreign or ("unknown_text" if _is_like_text(head) else "unknown"))


def _unsupported(kind: str) -> DocumentError:
    return DocumentError(Because.of("unsupported_format", kind=kind))


def _known(head: bytes) -> str | None:
    """A media type known by its magic number."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "image/bmp"
    if head[4:8] == b"ftyp" and not any(brand in head[8:64] for brand in _AVIF):
        return _BRANDS.get(head[8:12])
    return None


def _packed(stream: BinaryIO, head: bytes) -> str | None:
    """What a ZIP or an OLE file is, by what lies in it; None when it is neither.

    Raises:
        DocumentError: `encrypted`, or `unsupported_format`.
    """
    if head.startswith(_OLE):
        names = ole_names(stream)
        if "EncryptedPackage" in names:
            raise DocumentError(Because.of("encrypted"))
        raise _unsupported(next((kind for name, kind in _OLE_KINDS if name in names), "OLE"))
    return _of_zip(stream, head) if head.startswith(_ZIP) else None


def _of_zip(stream: BinaryIO, head: bytes) -> str:
    """A paper made of several parts, or an archive of files."""
    declared = _DECLARED.search(head, 26, 128)
    if declared:
        raise _unsupported(_OPEN_DOCUMENTS.get(declared[1], "OpenDocument"))
    names = set(zip_names(stream))
    # One that was cut off has lost its directory, but is a paper still: a damaged one.
    found = names.__contains__ if names else lambda part: part.encode() in head
    for part, kind in _PACKAGES:
        if found(part):
            return kind
    foreign = next((kind for part, kind in _FOREIGN_PACKAGES if found(part)), None)
    if foreign:
        raise _unsupported(foreign)
    if found("[Content_Types].xml"):
        return _by_folder(names)
    return ZIP


def _by_folder(names: set[str]) -> str:
    """An office file that calls its main part as no other does."""
    for folder, kind in (("xl/", XLSX), ("ppt/", PPTX), ("word/", DOCX)):
        if any(name.startswith(folder) for name in names):
            return kind
    return ZIP


def _marked(head: bytes) -> str | None:
    """A mail, though a PDF may hang on it; a PDF after some junk, or one without its header.

    Readers will find the last one damaged; it must not be filed as plain text.
    """
    if _is_mail(head):
        return MAIL
    start = head[: _JUNK + len(b"%PDF-")]
    return PDF if b"%PDF-" in start or _OBJECT.search(start) else None


def _is_mail(head: bytes) -> bool:
    """Whether a file begins as RFC 5322 says, with what mail programs put there.

    A letter may begin with From and To as well; nobody types a Message-ID.
    """
    fields = set[bytes]()
    for line in head.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n").splitlines():
        if not line.strip():
            break
        if not _FIELD.match(line):
            return False
        fields.add(line.partition(b":")[0].strip().lower())
    said = bool(fields & {b"date", b"subject"})
    return said and b"from" in fields and not fields.isdisjoint(_BY_MACHINES)


def _foreign(head: bytes) -> str | None:
    """What a file we do not take looks like; None when nobody knows."""
    if head[4:8] == b"ftyp":
        return "AVIF" if any(brand in head[8:64] for brand in _AVIF) else "MP4"
    if head.startswith(b"From ") and _is_mail(head.partition(b"\n")[2]):
        return "MBOX"
    if head[:2] == b"MZ" and b"\0" in head:
        return "EXE"
    if _CMS in head[:16]:
        return "S/MIME"
    return next((kind for magic, kind in _FOREIGN if head.startswith(magic)), None)


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


def _is_like_text(head: bytes) -> bool:
    """Whether a person would call it text, though no encoding of ours fits the whole of it."""
    if b"\0" not in head:
        return _sensible(head.decode("ascii", "replace"))
    even = head[: len(head) // 4 * 4]
    for name in ("utf-16-le", "utf-16-be", "utf-32"):
        text = even.decode(name, "replace")
        common = sum("\t" <= c <= "~" or "\u3000" <= c <= "\u9fff" for c in text)
        if common * 10 > len(text) * 9:
            return True
    return False


def _sensible(text: str) -> bool:
    """Whether text has next to no characters that no keyboard gives."""
    strange = sum(
        unicodedata.category(c) in {"Cc", "Cn", "Co"} and c not in "\t\n\r\f\x1a" for c in text
    )
    return strange * 200 <= len(text)
