"""Unpacking: what is inside a ZIP, a mail or a PDF comes out whole, or a reason does."""

import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from archiver.core.errors import DocumentError
from archiver.core.model import Because
from archiver.reading import pdf
from archiver.reading.answers import Begun, End, Nonsense, Piece, Spoiled
from archiver.reading.answers import unpacked as heard
from archiver.reading.embedded import papers
from archiver.reading.image import Bounds
from archiver.reading.limits import ReadingLimits
from archiver.reading.members import Member, Unpacking
from archiver.reading.reader import Reader
from tests.reading.office import a_mail
from tests.reading.papers import Sheet, pdf_of, scan_of, words, written

PAPER = pdf_of([Sheet(words("Repair order 7"))])
LIMITS = ReadingLimits(parsers=1, max_parts=6, max_unpacked=3_000_000, max_member=2_000_000)


def unpacked(content: bytes, folder: Path, limits: ReadingLimits = LIMITS) -> list[Member]:
    into = folder / "into"
    into.mkdir(exist_ok=True)
    with Reader(limits, (folder,)) as reader:
        return list(reader.unpack(scan_of(written(folder, "a.bin", content)), into))


def code_of(content: bytes, folder: Path, limits: ReadingLimits = LIMITS) -> str:
    with pytest.raises(DocumentError) as refusal:
        unpacked(content, folder, limits)
    assert list((folder / "into").iterdir()) == []
    return refusal.value.because.code


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def contents(members: list[Member]) -> dict[str, bytes | None]:
    return {one.name: one.path.read_bytes() if one.path else None for one in members}


def test_an_archive_gives_its_papers_in_order(tmp_path: Path) -> None:
    litter = ["__MACOSX/._a", "x/.DS_Store", "Thumbs.db", "~$合同.docx", "desktop.ini"]
    large = bytes(range(256)) * 7000
    content = zipped(
        ("扫描/", b""),
        ("扫描/合同.pdf", PAPER),
        *((name, b"x") for name in litter),
        ("nothing.txt", b""),
        ("扫描\\照片.bin", large),
    )
    members = unpacked(content, tmp_path)
    assert [one.name for one in members] == ["扫描/合同.pdf", "扫描/照片.bin"]
    assert contents(members) == {"扫描/合同.pdf": PAPER, "扫描/照片.bin": large}
    assert [one.path for one in members] == [tmp_path / "into/0001", tmp_path / "into/0002"]
    assert unpacked(content, tmp_path) == members


def test_names_are_read_as_their_country_wrote_them(tmp_path: Path) -> None:
    def called(name: bytes) -> bytes:
        """Without the flag that says UTF-8."""
        stand_in = b"n" * len(name)
        return zipped((stand_in.decode(), PAPER)).replace(stand_in, name)

    for name in ("采购合同.pdf", "扫描/采购 No.1.pdf"):
        for encoding in ("utf-8", "gb18030"):
            assert contents(unpacked(called(name.encode(encoding)), tmp_path)) == {name: PAPER}


ODD_NAMES = [
    "../../etc/passwd",
    "/etc/passwd",
    "C:\\Windows\\x.pdf",
    "a\u202efdp.exe",
    "a\0b.pdf",
    "长" * 300,
    "..",
    "x" * 5000,
]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_no_name_is_a_path(tmp_path: Path, name: str) -> None:
    inside = zipfile.ZipInfo()
    inside.filename = inside.orig_filename = name
    (one,) = unpacked(zipped((inside, PAPER)), tmp_path)
    assert one.path == tmp_path / "into" / "0001"
    assert len(one.name) <= 1024
    assert "\0" not in one.name
    assert "\\" not in one.name
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    assert found == {"into", "into/0001", "a.bin"}


def test_a_member_under_a_password_and_a_broken_one(tmp_path: Path) -> None:
    content = zipped(("a.pdf", PAPER), ("b.txt", b"good" * 50), ("c.txt", b"broken" * 50))
    at = content.rfind(b"PK\1\2", 0, content.rfind(b"b.txt"))
    locked = bytearray(content)
    locked[content.rfind(b"PK\1\2", 0, content.rfind(b"a.pdf")) + 8] |= 1
    locked[6] |= 1
    start = content.find(b"c.txt") + 5
    locked[start : start + 6] = b"\xff" * 6
    assert at > 0
    first, second, third = unpacked(bytes(locked), tmp_path)
    assert first.trouble == Because.of("encrypted")
    assert second.path
    assert second.path.read_bytes() == b"good" * 50
    assert third.trouble
    assert third.trouble.code == "damaged"
    assert (first.path, third.path) == (None, None)
    assert [path.name for path in (tmp_path / "into").iterdir()] == ["0002"]


def test_more_than_may_be_inside(tmp_path: Path) -> None:
    assert code_of(zipped(*((f"{n}.txt", b"x") for n in range(7))), tmp_path) == "too_many_parts"
    assert code_of(zipped(("a.bin", bytes(2_000_001))), tmp_path) == "too_large"
    two = zipped(("a.bin", bytes(1_600_000)), ("b.bin", bytes(1_600_000)))
    assert code_of(two, tmp_path) == "too_large"
    assert code_of(zipped(("a/", b""), ("a/.DS_Store", b"x")), tmp_path) == "nothing_inside"
    assert code_of(zipped(("a.txt", PAPER))[:-30], tmp_path) == "damaged"


def test_an_archive_tells_how_much_is_in_it_and_has_no_pages(tmp_path: Path) -> None:
    with Reader(LIMITS, (tmp_path,)) as reader:
        reading = reader.read(scan_of(written(tmp_path, "a", zipped(("a.pdf", PAPER)))))
        assert (reading.pages, dict(reading.facts)) == ((), {"attachments": "1"})
        many = zipped(*((f"{n}.txt", b"x") for n in range(7)))
        with pytest.raises(DocumentError) as refusal:
            reader.read(scan_of(written(tmp_path, "b", many)))
        assert dict(refusal.value.because.facts) == {"parts": "7", "most": "6"}


def test_a_bomb_of_overlapping_files_is_refused(tmp_path: Path) -> None:
    """All names of the directory stand for the same compressed bytes."""
    one = zipped(("a.bin", bytes(900_000)))
    start = one.find(b"PK\1\2")
    entry, end = one[start : one.find(b"PK\5\6")], bytearray(one[one.find(b"PK\5\6") :])
    many = entry * 5
    end[8:12] = struct.pack("<HH", 5, 5)
    end[12:16] = struct.pack("<I", len(many))
    assert code_of(one[:start] + many + bytes(end), tmp_path) in {"damaged", "too_large"}


def test_a_size_that_lies_gives_no_more_than_it_says(tmp_path: Path) -> None:
    content = zipped(("a.bin", bytes(1_500_000)))
    size = struct.pack("<I", 1_500_000)
    (less,) = unpacked(content.replace(size, struct.pack("<I", 1)), tmp_path)
    assert less.trouble
    assert less.trouble.code == "damaged"
    (more,) = unpacked(content.replace(size, struct.pack("<I", 2_000_000_000)), tmp_path)
    assert more.path
    assert more.path.stat().st_size == 1_500_000


def test_what_is_in_a_mail(tmp_path: Path) -> None:
    mail = a_mail()
    mail.add_attachment(PAPER, maintype="application", subtype="pdf", filename="采购合同.pdf")
    letter = a_mail("转发")
    mail.add_attachment(letter)
    mail.add_attachment(b"\xff\xd8\xff", maintype="image", subtype="jpeg")
    members = unpacked(mail.as_bytes(), tmp_path)
    found = contents(members)
    assert list(found) == ["采购合同.pdf", "part-3.eml", "part-4.jpg"]
    assert found["采购合同.pdf"] == PAPER
    inner = found["part-3.eml"]
    assert inner
    assert inner.strip() == letter.as_bytes().strip()


def portfolio(*files: tuple[str, str], password: str = "") -> bytes:
    """A PDF with files of those names and relationships embedded, the last one in a note."""
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    for name, relationship in files:
        writer.add_attachment(name, PAPER)
        names = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"]  # type: ignore[index]
        specification = names[names.index(name) + 1].get_object()
        specification[NameObject("/AFRelationship")] = NameObject(relationship)
        specification[NameObject("/UF")] = TextStringObject(name)
    del names[-2:]
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FileAttachment"),
            NameObject("/FS"): specification,
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    if password:
        writer.encrypt("", password)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize("password", ["", "owner"])
def test_what_is_in_a_pdf(tmp_path: Path, password: str) -> None:
    content = portfolio(
        ("合同.pdf", "/Unspecified"),
        ("factur-x.xml", "/Unspecified"),
        ("data.csv", "/Data"),
        ("附件.pdf", "/Unspecified"),
        password=password,
    )
    assert contents(unpacked(content, tmp_path)) == {"合同.pdf": PAPER, "附件.pdf": PAPER}
    facts = next(pdf.tell(tmp_path / "a.bin", Bounds(5, 10**8, 10**6))).facts
    assert facts["attachments"] == "2"


def test_a_tree_of_names_that_bites_its_tail_ends() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("a.pdf", PAPER)
    root = writer.root_object["/Names"]["/EmbeddedFiles"]  # type: ignore[index]
    reference = writer._add_object(root)
    writer.root_object["/Names"][NameObject("/EmbeddedFiles")] = reference  # type: ignore[index]
    root[NameObject("/Kids")] = ArrayObject([reference, reference])
    stream = io.BytesIO()
    writer.write(stream)
    assert [one.name for one in papers(PdfReader(stream))] == ["a.pdf"]


def test_in_other_papers_there_is_nothing(tmp_path: Path) -> None:
    assert unpacked(b"plain text\n", tmp_path) == []
    assert unpacked(PAPER, tmp_path) == []
    assert code_of(pdf_of([Sheet("")], password=("user", "owner")), tmp_path) == "encrypted"


def test_what_a_parser_cannot_mean_is_its_failure(tmp_path: Path) -> None:
    """The parser has opened foreign bytes: its own bounds are not trusted."""
    spoiled = Spoiled(Because.of("encrypted"))
    wrong: list[list[Begun | Piece | Spoiled]] = [
        [Piece(b"x")],
        [spoiled],
        [Begun(2, "a")],
        [Begun(n, "a") for n in range(1, 8)],
    ]
    for messages in wrong:
        with pytest.raises(DocumentError) as refusal:
            all_taken(messages, tmp_path)
        assert refusal.value.because.code == "parser_crashed"
    much: list[Begun | Piece] = [Begun(1, "a"), Piece(bytes(1_900_000)), Piece(bytes(200_000))]
    with pytest.raises(DocumentError) as refusal:
        all_taken(much, tmp_path)
    assert refusal.value.because.code == "too_large"
    assert list(tmp_path.iterdir()) == []


def all_taken(messages: Sequence[Begun | Piece | Spoiled], folder: Path) -> None:
    with Unpacking(folder, LIMITS) as unpacking:
        for message in messages:
            unpacking.take(message)


def test_messages_about_the_inside() -> None:
    assert heard({"part": 1, "name": "合\0同"}, b"") == Begun(1, "合\ufffd同")
    assert heard({}, b"x") == Piece(b"x")
    broken = {"trouble": "damaged", "facts": {"why": "x"}}
    assert heard(dict(broken), b"") == Spoiled(Because.of("damaged", why="x"))
    assert heard({"last": True}, b"") == End(None)
    for wrong in ({}, {"part": 1}, {"part": "1", "name": "x"}, {"trouble": "no_such"}):
        with pytest.raises(Nonsense):
            heard(dict(wrong), b"")
