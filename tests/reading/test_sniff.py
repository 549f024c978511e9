"""What a file is, from its bytes."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.errors import DocumentError
from archiver.declarations.sentences import sentence
from archiver.reading.sniff import encoding_of, extension, media_type
from tests.reading.office import a_mail
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


def open_document(kind: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", f"application/{kind}")
        archive.writestr("content.xml", "x")
    return stream.getvalue()


def ole(name: str) -> bytes:
    """A header, and somewhere behind it a directory with that stream."""
    written = name.encode("utf-16-le")
    entry = written.ljust(64, b"\0") + struct.pack("<H", len(written) + 2)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    return head.ljust(3 << 20, b"\0") + entry.ljust(512, b"\0")


OFFICE = "application/vnd.openxmlformats-officedocument"
MAIL = b"Received: from a\r\n\tby b\r\nFrom: a@b.example\r\nDate: 1 May 2026 10:00 +0800\r\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), f"{OFFICE}.wordprocessingml.document"),
        (zipped("[Content_Types].xml", "word/main2.xml"), f"{OFFICE}.wordprocessingml.document"),
        (zipped("xl\\workbook.xml", "xl/vbaProject.bin"), f"{OFFICE}.spreadsheetml.sheet"),
        (zipped("word/embeddings/a.xlsx", "ppt/presentation.xml"), f"{OFFICE}.presentationml.pres"),
        (zipped(*"abc", "OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
        (zipped("word/document.docx", "xl/a.xlsx"), "application/zip"),
        (zipped("合同.pdf") + b"junk", "application/zip"),
        (b"PK\5\6" + bytes(18), "application/zip"),
        (zipped("[Content_Types].xml", "word/document.xml")[:-40], f"{OFFICE}.wordprocessingml"),
        (b"\0\0\0\x18ftypheic" + bytes(20), "image/heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(20), "image/heic"),
        (MAIL + b"\r\nhello", "message/rfc822"),
        (b"\xef\xbb\xbf\r\n" + MAIL, "message/rfc822"),
        (MAIL + "Subject: 合同\r\n\r\n".encode("gb18030") + bytes(9), "message/rfc822"),
        (MAIL.replace(b"Received", b"X-Seen"), "text/plain"),
        ("From: 华信\nTo: 车管所\nDate: 5月\nSubject: 函\n\n您好".encode(), "text/plain"),
        ("致：车管所\n\n".encode() + MAIL, "text/plain"),
    ],
)
def test_what_is_taken_is_known_by_what_is_in_it(tmp_path: Path, content: bytes, kind: str) -> None:
    found = media_type(written(tmp_path, "a.bin", content))
    assert found.startswith(kind)
    assert extension(found).startswith(".")


def test_a_stored_pdf_does_not_make_an_archive_a_pdf(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.pdf", pdf_of([Sheet("")]))
    assert media_type(written(tmp_path, "a.pdf", stream.getvalue())) == "application/zip"


def test_a_large_archive_is_known_by_its_last_name(tmp_path: Path) -> None:
    content = zipped(*(f"Doc_0/Res/{number:05d}.xml" for number in range(9000)), "OFD.xml")
    assert media_type(written(tmp_path, "a", content)) == "application/ofd"


def test_an_office_file_under_a_password_is_encrypted(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as refusal:
        media_type(written(tmp_path, "a.docx", ole("EncryptedPackage")))
    assert refusal.value.because.code == "encrypted"


@given(
    st.binary(max_size=400), st.integers(0, 400), st.sampled_from([b"PK\3\4", b"\xd0\xcf\x11\xe0"])
)
def test_a_broken_directory_misleads_nobody(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int, magic: bytes
) -> None:
    good = zipped("[Content_Types].xml", "word/document.xml")
    content = magic + good[4:at] + junk + good[at + len(junk) :]
    try:
        found = extension(media_type(written(tmp_path_factory.getbasetemp(), "any", content)))
    except DocumentError as error:
        found = error.because.code
    assert found in {".zip", ".docx", ".pdf", ".txt", "unsupported_format", "encrypted"}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped("xl/workbook.bin", "[Content_Types].xml"), "XLSB"),
        (zipped("META-INF/MANIFEST.MF"), "JAR"),
        (open_document("vnd.oasis.opendocument.spreadsheet"), "ODS"),
        (open_document("epub+zip"), "EPUB"),
        (ole("WordDocument"), "DOC"),
        (ole("Workbook"), "XLS"),
        (ole("__properties_version1.0"), "MSG"),
        (ole("Contents"), "OLE"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif" + bytes(20), "AVIF"),
        (b"Rar!\x1a\x07\x01\0" + bytes(20), "RAR"),
        (b"\0\0\0\x18ftypisom" + bytes(20), "MP4"),
        (b"8BPS\0\1" + bytes(20), "PSD"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n", "PostScript"),
        (b"\x00\x01\x02\x03" * 50, "unknown)"),
        (b"\x78\x9f\x3e\x22\x01" + bytes(20), "TNEF"),
        (b"MZ\x90\0" + bytes(60) + b"PE", "EXE"),
        (bytes.fromhex("3082013006092a864886f70d010703a0820121"), "S/MIME"),
        (b"From a@b Tue May  5 10:00:00 2026\n" + a_mail().as_bytes(), "MBOX"),
        ("甲方 a\n".encode("gb18030") + "违约责任，乙方。\n".encode() * 3, "mixed encoding"),
        ("採購合同的違約責任".encode("big5") * 9, "mixed encoding"),
        ("采购合同\n".encode("utf-16-le") * 9, "mixed encoding"),
        ("采购合同\n".encode("utf-32"), "mixed encoding"),
    ],
)
def test_what_is_not_taken_is_named(tmp_path: Path, content: bytes, kind: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        media_type(written(tmp_path, "a.pdf", content))
    assert refusal.value.because.code == "unsupported_format"
    because = refusal.value.because
    assert kind in f"{dict(because.facts)['kind']} {sentence(because)}"


@pytest.mark.parametrize("content", [b"", b"\0" * 9, b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_empty(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(DocumentError) as refusal:
        media_type(written(tmp_path, "a.pdf", content))
    assert refusal.value.because.code == "empty"
