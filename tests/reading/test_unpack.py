"""Unpacking: what is inside a ZIP, a mail or a PDF comes out whole, or a reason does."""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from archiver.core.errors import DocumentError
from archiver.core.model import Because
from archiver.reading import archive
from archiver.reading.frames import Header
from archiver.reading.image import Bounds
from archiver.reading.inside import MIB, Allowance, tell
from archiver.reading.limits import ReadingLimits
from archiver.reading.members import Member
from archiver.reading.page import TROUBLES, Trouble
from archiver.reading.parse import _ended, _teller
from archiver.reading.reader import Reader
from archiver.reading.sniff import MAIL, PDF, ZIP
from tests.reading.office import (
    DOCX,
    PPTX,
    SCAN,
    XLSX,
    a_book,
    a_letter,
    a_photo,
    a_talk,
    an_ofd,
    ofd_page,
    ofd_text,
)
from tests.reading.papers import Sheet, lettered, pdf_of, scan_of, words, written
from tests.worlds import a_mail

PAPER = pdf_of([Sheet(words("Repair order 7"))])
ALLOWANCE = Allowance(parts=6, member=2_000_000, total=3_000_000)
BOUNDS = Bounds(pages=9, pixels=10**7, ocr_pixels=10**5, lines=999, parts=6)
LIMITS = ReadingLimits(parsers=1, max_parts=6, max_unpacked=3_000_000, max_member=2_000_000)


def unpacked(content: bytes, folder: Path, limits: ReadingLimits = LIMITS) -> list[Member]:
    into = folder / "into"
    into.mkdir(exist_ok=True)
    with Reader(limits) as reader:
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


def locked(content: bytes) -> bytes:
    """The same archive with every file marked as encrypted (APPNOTE.TXT 4.4.4, bit 0)."""
    raw = bytearray(content)
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.find(magic)
        while start >= 0:
            raw[start + at] |= 1
            start = raw.find(magic, start + 4)
    return bytes(raw)


def inside_of(
    content: bytes, folder: Path, media_type: str = ZIP, allowance: Allowance = ALLOWANCE
) -> list[tuple[str, bytes, str]]:
    """Name, bytes and trouble of what is inside, told in this process."""
    found: list[tuple[str, bytes, str]] = []
    for header, chunk in tell(written(folder, "a.bin", content), media_type, allowance):
        if "part" in header:
            found.append((str(header["name"]), b"", ""))
        name, before, trouble = found[-1]
        found[-1] = (name, before + chunk, str(header.get("trouble", trouble)))
    return found


def trouble_of(content: bytes, folder: Path, media_type: str = ZIP) -> str:
    with pytest.raises(Trouble) as refusal:
        inside_of(content, folder, media_type)
    return refusal.value.code


def test_names_are_those_that_were_given(tmp_path: Path) -> None:
    old = zipped(("@" * len("执照.pdf".encode("gb18030")), b"a"))
    old = old.replace(b"@" * len("执照.pdf".encode("gb18030")), "执照.pdf".encode("gb18030"))
    assert inside_of(old, tmp_path)[0][0] == "执照.pdf"
    odd = zipped(("../../x.pdf", b"a"), ("/etc/passwd", b"b"), ("C:\\x.pdf", b"c"))
    names = [name for name, _, _ in inside_of(odd, tmp_path)]
    assert names == ["../../x.pdf", "/etc/passwd", "C:/x.pdf"]
    members = unpacked(odd, tmp_path)
    assert {one.path.parent for one in members if one.path} == {tmp_path / "into"}


def test_locked_and_broken_members_are_told_one_by_one(tmp_path: Path) -> None:
    assert inside_of(locked(zipped(("a", b"x"), ("b", b"y"))), tmp_path) == [
        ("a", b"", "encrypted"),
        ("b", b"", "encrypted"),
    ]
    broken = zipped(("a", b"x" * 500), ("b", b"whole"))
    at = broken.find(b"PK\x03\x04") + 30 + 1
    broken = broken[: at + 2] + b"\xff\xff\xff" + broken[at + 5 :]
    first, second = inside_of(broken, tmp_path)
    assert first[2] == "damaged"
    assert second == ("b", b"whole", "")
    members = unpacked(broken, tmp_path)
    assert members[0].path is None
    assert members[0].trouble == Because.of("damaged", why="its content cannot be decoded")
    assert sorted(path.name for path in (tmp_path / "into").iterdir()) == ["0002"]


def test_what_is_too_much_is_refused_whole(tmp_path: Path) -> None:
    bomb = zipped(*((f"{at}", b"\0" * 1_900_000) for at in range(3)))
    assert trouble_of(zipped(("a", b"\0" * 3_000_000)), tmp_path) == "too_large"
    assert trouble_of(bomb, tmp_path) == "too_large"
    assert code_of(bomb, tmp_path) == "too_large"
    many = zipped(*((f"{at}", b"x") for at in range(7)))
    assert trouble_of(many, tmp_path) == "too_many_parts"
    assert code_of(many, tmp_path) == "too_many_parts"
    with pytest.raises(Trouble) as refusal:
        list(archive.tell(written(tmp_path, "b.bin", many), replace(BOUNDS, parts=6)))
    assert refusal.value.code == "too_many_parts"


def test_sizes_that_lie_do_not_matter(tmp_path: Path) -> None:
    content = zipped(("a", b"\0" * 2_500_000))
    lying = content.replace((2_500_000).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    ((_, data, trouble),) = inside_of(lying, tmp_path)
    assert len(data) <= 2_000_000
    assert trouble == "damaged"


def test_files_that_overlap_are_how_bombs_are_built(tmp_path: Path) -> None:
    content = zipped(("a", bytes(range(256)) * 40))
    start = content.find(b"PK\x01\x02")
    end = content.find(b"PK\x05\x06")
    entry, tail = content[start:end], bytearray(content[end:])
    tail[8:12] = (5).to_bytes(2, "little") * 2
    tail[12:16] = (len(entry) * 5).to_bytes(4, "little")
    assert trouble_of(content[:start] + entry * 5 + bytes(tail), tmp_path) == "damaged"


def test_an_archive_of_nothing_says_so(tmp_path: Path) -> None:
    for content in (zipped(), zipped(("a/", b""), ("Thumbs.db", b"x"))):
        assert trouble_of(content, tmp_path) == "nothing_inside"
    assert code_of(zipped(("a/", b"")), tmp_path) == "nothing_inside"
    (facts,) = archive.tell(written(tmp_path, "b.bin", zipped(("a", b"x"))), BOUNDS)
    assert facts.facts == {"attachments": "1"}


def a_portfolio(*, key: str = "") -> bytes:
    """A PDF with files of every relation to it, one of them hung on the page."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PAPER)))
    writer.add_attachment("附件.pdf", PAPER)
    writer.add_attachment("factur-x.xml", b"<x/>")
    data = writer.add_attachment("data.csv", b"1,2")
    data.associated_file_relationship = NameObject("/Data")
    hung = writer._add_object(_stream(b"on the page"))
    note = DictionaryObject(
        {
            NameObject("/Subtype"): NameObject("/FileAttachment"),
            NameObject("/FS"): DictionaryObject(
                {
                    NameObject("/F"): TextStringObject("页上.txt"),
                    NameObject("/EF"): DictionaryObject({NameObject("/F"): hung}),
                }
            ),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([note, NameObject("/Odd")])
    if key:
        writer.encrypt(key, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _stream(content: bytes) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(content)
    return stream


def test_files_in_a_pdf_that_are_papers_of_their_own(tmp_path: Path) -> None:
    found = inside_of(a_portfolio(), tmp_path, PDF)
    assert [(name, trouble) for name, _, trouble in found] == [("附件.pdf", ""), ("页上.txt", "")]
    assert found[0][1] == PAPER
    assert contents(unpacked(a_portfolio(), tmp_path)) == {
        "附件.pdf": PAPER,
        "页上.txt": b"on the page",
    }


def test_a_pdf_that_cannot_be_taken_apart_says_why(tmp_path: Path) -> None:
    assert trouble_of(a_portfolio(key="x"), tmp_path, PDF) == "encrypted"
    assert trouble_of(b"%PDF-1.4 nothing", tmp_path, PDF) == "damaged"
    assert inside_of(b"whatever", tmp_path, "image/png") == []


@given(st.data())
@settings(max_examples=150)
def test_broken_papers_are_refused_and_never_more(data: st.DataObject) -> None:
    """Whatever is cut off or flipped: parts, or one of the ways in which a parser says no."""
    kind, content = data.draw(st.sampled_from(_KINDS))
    broken = bytearray(content[: data.draw(st.integers(1, len(content)))])
    for _ in range(data.draw(st.integers(0, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), "a.bin", bytes(broken))
        for telling in (tell(path, kind, ALLOWANCE), _teller(kind)(path, BOUNDS)):
            ended = list(_ended(_plain(telling)))
            last = ended[-1][0]
            assert last.get("last")
            assert last.get("trouble") in {None, *TROUBLES}
            size = sum(len(chunk) for _, chunk in ended)
            assert size <= ALLOWANCE.total + MIB


def _plain(telling: Iterator[object]) -> Iterator[tuple[Header, bytes]]:
    """What either telling says, as messages."""
    for one in telling:
        yield one if isinstance(one, tuple) else ({}, b"")


_KINDS = (
    (ZIP, zipped(("a.txt", b"x" * 300), ("执照.pdf", PAPER))),
    (PDF, a_portfolio()),
    (MAIL, a_mail("附件请查收", {"a.pdf": PAPER})),
    (DOCX, a_letter(SCAN)),
    (XLSX, a_book([["甲", 1], ["乙", 2.5]])),
    (PPTX, a_talk()),
    ("application/ofd", an_ofd(ofd_page(ofd_text("10 10 80 10", 'X="0" Y="5"', "发票号码")))),
    ("image/heic", a_photo(lettered("x", size=(64, 48)))),
)
