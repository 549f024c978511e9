"""What a file is, from its bytes."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.errors import DocumentError
from archiver.declarations.sentences import sentence
from archiver.reading.sniff import encoding_of, extension, media_type
from tests.reading.papers import Sheet, encoded, lettered, pdf_of, written

CHINESE = "甲方：青梧市样本运输有限公司\n合同编号 YB-1\n"


@pytest.mark.parametrize(
    ("format", "kind"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("TIFF", "image/tiff"),
        ("WEBP", "image/webp"),
        ("GIF", "image/gif"),
        ("BMP", "image/bmp"),
    ],
)
def test_pictures_are_known_whatever_they_are_called(
    tmp_path: Path, format: str, kind: str
) -> None:
    path = written(tmp_path, "合同.pdf", encoded(lettered("x"), format))
    assert media_type(path) == kind
    assert extension(kind).startswith(".")


@pytest.mark.parametrize("junk", [b"", b"\n", b"HTTP/1.1 200 OK\r\n\r\n", b"\0" * 1024])
def test_a_pdf_may_begin_with_a_kilobyte_of_junk(tmp_path: Path, junk: bytes) -> None:
    assert media_type(written(tmp_path, "a", junk + pdf_of([Sheet("")]))) == "application/pdf"


def test_a_pdf_without_its_header_is_not_filed_as_text(tmp_path: Path) -> None:
    path = written(tmp_path, "a.pdf", b"1 0 obj\n<< /Type /Catalog >>\nendobj\n")
    assert media_type(path) == "application/pdf"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_in_the_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "信.txt", (CHINESE * 3000).encode(encoding))
    assert media_type(path) == "text/plain"


def test_text_must_decode_to_its_last_byte(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", CHINESE.encode() * 3000 + b"\xff\xfe\xff")
    with pytest.raises(DocumentError):
        media_type(path)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]), min_size=1))
def test_any_text_is_text(text: str) -> None:
    assert encoding_of(text.encode()) == "utf-8-sig"


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_something_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = written(tmp_path_factory.getbasetemp(), "any", data)
    try:
        found = extension(media_type(path))
    except DocumentError as error:
        found = error.because.code
    nothing = not data.strip(b"\0 \t\r\n")
    assert (found == "empty") == nothing
    assert found in {"empty", "unsupported_format"} or found.startswith(".")


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped("a.pdf"), "ZIP"),
        (zipped("[Content_Types].xml", "word/document.xml"), "DOCX"),
        (zipped("xl/workbook.xml"), "XLSX"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "OFD"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "DOC/XLS/PPT"),
        (b"\0\0\0\x18ftypheic" + bytes(20), "HEIC"),
        (b"\0\0\0\x18ftypisom" + bytes(20), "MP4"),
        (b"8BPS\0\1" + bytes(20), "PSD"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n", "PostScript"),
        (b"\x00\x01\x02\x03" * 50, "unknown"),
    ],
)
def test_what_is_not_taken_is_named(tmp_path: Path, content: bytes, kind: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        media_type(written(tmp_path, "a.pdf", content))
    assert refusal.value.because.code == "unsupported_format"
    assert kind in sentence(refusal.value.because)


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as refusal:
        media_type(written(tmp_path, "a.pdf", b""))
    assert refusal.value.because.code == "empty"
