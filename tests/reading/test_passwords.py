"""Locked files open with their password, which goes to the parser by its socket alone."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from archiver.core.errors import DocumentError
from archiver.core.model import Again, Scan
from archiver.reading import archive, embedded, pdf
from archiver.reading.image import Bounds
from archiver.reading.limits import ReadingLimits
from archiver.reading.page import Part, Trouble
from archiver.reading.reader import Reader
from tests.reading.locks import a_locked_zip
from tests.reading.papers import Sheet, pdf_of, scan_of, words, written

BOUNDS = Bounds(pages=5, pixels=100_000_000, ocr_pixels=500_000)
PAPER = pdf_of([Sheet(words("Repair order 7"))])
FILES = {"合同.txt": "采购合同".encode(), "b.txt": b"second"}


def locked_pdf(algorithm: str, user: str = "key", *, attached: bytes = b"") -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(PAPER))
    if attached:
        writer.add_attachment("note.txt", attached)
    writer.encrypt(user, "owner", algorithm=algorithm)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def opening(path: Path, password: str | None) -> Scan:
    scan = scan_of(path)
    again = Again("retried", scan.digest, password)
    return replace(scan, arrival=replace(scan.arrival, again=again))


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_a_pdf_opens_with_its_password(tmp_path: Path, algorithm: str) -> None:
    path = written(tmp_path, "a.pdf", locked_pdf(algorithm))
    facts, page = pdf.tell(path, BOUNDS, "key")
    assert facts.facts["encrypted"] == "password"
    assert [line for line, _ in page.lines] == ["Repair order 7"]
    for password, code in ((None, "encrypted"), ("no", "wrong_password")):
        with pytest.raises(Trouble) as refusal:
            list(pdf.tell(path, BOUNDS, password))
        assert refusal.value.code == code


def test_a_password_that_nobody_needed_does_no_harm(tmp_path: Path) -> None:
    for name, content in (("a.pdf", PAPER), ("b.pdf", locked_pdf("AES-256", user=""))):
        facts, page = pdf.tell(written(tmp_path, name, content), BOUNDS, "any")
        assert facts.facts.get("encrypted") in {None, "owner"}
        assert page.lines


def test_a_pdf_whose_structure_nobody_else_understands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> PdfReader:
        raise ValueError

    monkeypatch.setattr(pdf, "PdfReader", lost)
    path = written(tmp_path, "a.pdf", locked_pdf("AES-128"))
    facts, _ = pdf.tell(path, BOUNDS, "key")
    assert facts.facts == {"structure": "ValueError", "encrypted": "password"}
    for password, code in ((None, "encrypted"), ("no", "wrong_password")):
        with pytest.raises(Trouble) as refusal:
            list(pdf.tell(path, BOUNDS, password))
        assert refusal.value.code == code


def test_what_is_attached_to_a_locked_pdf(tmp_path: Path) -> None:
    path = written(tmp_path, "a.pdf", locked_pdf("AES-256", attached=b"attached"))
    with embedded.parts(path, "key") as found:
        assert contents(found) == {"note.txt": b"attached"}


def contents(found: list[Part]) -> dict[str, bytes]:
    return {part.name: b"".join(part.chunks()) for part in found}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_an_archive_opens_with_its_password(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "a.zip", a_locked_zip(FILES, "密码7".encode(encoding)))
    with archive.parts(path, "密码7") as found:
        assert contents(found) == FILES


@pytest.mark.parametrize("number", range(300))
def test_no_wrong_password_opens_an_archive(tmp_path: Path, number: int) -> None:
    """One in 256 passes the check at the beginning of a file; its bytes are not those wanted."""
    path = written(tmp_path, "a.zip", a_locked_zip({"a": b"some content"}, b"right"))
    with archive.parts(path, f"wrong {number}") as (part,):
        with pytest.raises(Trouble) as refusal:
            list(part.chunks())
        assert refusal.value.code == "wrong_password"


def test_an_archive_that_is_locked_otherwise_or_not_at_all(tmp_path: Path) -> None:
    for password, method in ((None, 0), ("right", 99)):
        path = written(tmp_path, "a.zip", a_locked_zip(FILES, b"right", method=method))
        with archive.parts(path, password) as (part, _):
            with pytest.raises(Trouble) as refusal:
                list(part.chunks())
            assert refusal.value.code == "encrypted"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as plain:
        plain.writestr("a", b"open")
    broken = stream.getvalue().replace(b"open", b"oxen")
    path = written(tmp_path, "b.zip", broken)
    with archive.parts(path, "any") as (part,), pytest.raises(zipfile.BadZipFile):
        list(part.chunks())


def test_the_password_reaches_the_parser(tmp_path: Path) -> None:
    paper = written(tmp_path, "a.pdf", locked_pdf("AES-256"))
    package = written(tmp_path, "a.zip", a_locked_zip(FILES, b"key"))
    (tmp_path / "into").mkdir()
    with Reader(ReadingLimits(parsers=1), (tmp_path,)) as reader:
        assert "Repair order 7" in reader.read(opening(paper, "key")).text
        with pytest.raises(DocumentError) as refusal:
            reader.read(opening(paper, "no"))
        assert refusal.value.because.code == "wrong_password"
        with pytest.raises(DocumentError) as refusal:
            reader.read(opening(paper, None))
        assert refusal.value.because.code == "encrypted"
        found = reader.unpack(opening(package, "key"), tmp_path / "into")
        assert [one.path.read_bytes() for one in found if one.path] == list(FILES.values())
    assert "key" not in repr(opening(paper, "key"))
