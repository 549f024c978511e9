"""Bad office papers, archives, mails and photos: pages or a known reason, and never a hang."""

import io
import json
import random
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from archiver.core.errors import DocumentError
from archiver.reading.answers import End, told, unpacked
from archiver.reading.limits import MIB, ReadingLimits
from archiver.reading.page import TROUBLES
from archiver.reading.parse import serve
from archiver.reading.reader import Reader
from archiver.reading.sniff import media_type
from tests.reading.office import (
    SCAN,
    a_book,
    a_letter,
    a_mail,
    a_photo,
    a_talk,
    an_ofd,
    ofd_page,
    ofd_text,
    with_part,
    zipped,
)
from tests.reading.papers import lettered, scan_of, written
from tests.reading.test_parse import OPTIONS

TEXT = ofd_text("0 0 90 9", 'X="0" Y="4" DeltaX="g 3 4"', "增值税发票")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@cache
def papers() -> dict[str, bytes]:
    mail = a_mail()
    mail.add_attachment(SCAN, maintype="image", subtype="png", filename="扫描.png")
    return {
        "docx": a_letter(SCAN),
        "xlsx": a_book([["日期", 7, 0.5]] * 9),
        "pptx": a_talk(),
        "ofd": an_ofd(ofd_page(TEXT), note=TEXT),
        "zip": zipped({"合同.txt": "x" * 500, "b/扫描.png": SCAN}),
        "eml": mail.as_bytes(),
        "heic": a_photo(lettered("x", size=(320, 200)), quality=50),
    }


def fates(path: Path) -> Iterator[str]:
    """How reading a file ends, then how unpacking it does; in this process, so quickly."""
    try:
        kind = media_type(path)
    except DocumentError as error:
        yield error.because.code
        return
    for understand, more in ((told, {}), (unpacked, {"unpack": True})):
        request = {"path": str(path), "media_type": kind, **more}
        for header, raw in serve({**OPTIONS, "max_pages": 9})(dict(request), b""):
            heard = understand(json.loads(json.dumps(header)), raw)
        assert isinstance(heard, End)
        yield heard.trouble.code if heard.trouble else "told"


def spoiled(content: bytes, chance: random.Random) -> bytes:
    """Cut off, or with bits turned, bytes lost or bytes from elsewhere."""
    broken = bytearray(content)
    match chance.randrange(4):
        case 0:
            del broken[chance.randrange(len(broken)) :]
        case 1:
            for _ in range(chance.choice([1, 1, 3, 30])):
                broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        case 2:
            start = chance.randrange(len(broken))
            del broken[start : start + chance.randrange(1, 400)]
        case _:
            start, other = chance.randrange(len(broken)), chance.randrange(len(broken))
            broken[start : start + 200] = broken[other : other + 200]
    return bytes(broken)


@pytest.mark.parametrize("kind", sorted(papers()))
def test_broken_papers_end_in_pages_or_a_reason(tmp_path: Path, kind: str) -> None:
    chance = random.Random(kind)  # noqa: S311
    seen = set[str]()
    assert list(fates(written(tmp_path, "good", papers()[kind]))) == ["told", "told"]
    for number in range(80):
        path = written(tmp_path, f"{number}", spoiled(papers()[kind], chance))
        seen.update(fates(path))
    assert seen <= {"told", "empty", "unsupported_format", *TROUBLES}
    assert len(seen) > 1


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx", "ofd"])
def test_broken_parts_in_sound_packages(tmp_path: Path, kind: str) -> None:
    """What the check sums of the ZIP cannot find: a program that writes nonsense."""
    chance = random.Random(kind)  # noqa: S311
    with zipfile.ZipFile(io.BytesIO(papers()[kind])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for number in range(80):
        name = chance.choice([name for name in parts if parts[name]])
        content = with_part(papers()[kind], name, spoiled(parts[name], chance))
        for fate in fates(written(tmp_path, f"{number}", content)):
            assert fate in {"told", "unsupported_format", *TROUBLES}


LAUGHS = (
    "<!DOCTYPE l [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    + "]>"
)
OUTSIDE = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
DEEP = "<w:p>" * 5000 + "</w:p>" * 5000


@pytest.mark.parametrize(
    ("kind", "part", "xml"),
    [
        ("docx", "word/document.xml", f"{LAUGHS}<d {W}><w:p><w:t>&a11;</w:t></w:p></d>"),
        ("docx", "word/document.xml", f'{LAUGHS}<d {W} a="&a11;"><w:p/></d>'),
        ("docx", "word/document.xml", f"{OUTSIDE}<d {W}><w:p><w:t>&x;</w:t></w:p></d>"),
        ("docx", "word/document.xml", f"<d {W}>{DEEP}</d>"),
        ("ofd", "OFD.xml", f"{LAUGHS}<OFD>&a11;</OFD>"),
        ("ofd", "Doc_0/Pages/0.xml", f"{OUTSIDE}{ofd_page('&x;')}"),
        ("pptx", "ppt/presentation.xml", f"{LAUGHS}<p>&a11;</p>"),
    ],
)
def test_xml_that_grows_or_reaches_out_is_refused(
    tmp_path: Path, kind: str, part: str, xml: str
) -> None:
    path = written(tmp_path, "a", with_part(papers()[kind], part, xml))
    assert next(fates(path)) == "damaged"


@pytest.mark.parametrize("entity", [LAUGHS, OUTSIDE])
def test_sheets_expand_nothing(tmp_path: Path, entity: str) -> None:
    name = "&a11;" if entity is LAUGHS else "&x;"
    cell = f'<c t="inlineStr"><is><t>{name}</t></is></c><c><v>{name}</v></c>'
    sheet = f"{entity}<worksheet {S}><sheetData><row>{cell}</row></sheetData></worksheet>"
    path = written(tmp_path, "a", with_part(papers()["xlsx"], "xl/worksheets/sheet1.xml", sheet))
    request = {"path": str(path), "media_type": media_type(path)}
    said = json.dumps([header for header, _ in serve(OPTIONS)(dict(request), b"")])
    assert "root:" not in said
    assert "haha" not in said


def flat_bomb(part: str, head: bytes, tail: bytes, size: int) -> bytes:
    """A part that is spaces, a thousand times as large as its file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open(part, "w", force_zip64=True) as inside:
            inside.write(head)
            for _ in range(size // MIB):
                inside.write(b" " * MIB)
            inside.write(tail)
    return stream.getvalue()


def test_bombs_go_off_in_nobodys_face(tmp_path: Path) -> None:
    """In real parsers, so that their memory counts; a good paper after each."""
    cells = f"<worksheet {S}><sheetData>".encode()
    bombs = {
        "word.docx": flat_bomb("word/document.xml", b"<d>", b"</d>", 70 * MIB),
        "slides.pptx": flat_bomb("ppt/presentation.xml", b"<d>", b"</d>", 70 * MIB),
        "invoice.ofd": flat_bomb("OFD.xml", b"<d>", b"</d>", 70 * MIB),
        "many.zip": zipped({f"{number}.txt": b"x" for number in range(20_000)}),
        "large.zip": flat_bomb("zeros.bin", cells, b"", 70 * MIB),
    }
    limits = ReadingLimits(parsers=1, max_member=64 * MIB)
    found = {}
    with Reader(limits, (tmp_path,)) as reader:
        for name, content in bombs.items():
            scan = scan_of(written(tmp_path, name, content))
            into = tmp_path / f"{name}.d"
            into.mkdir()
            try:
                reader.read(scan)
                found[name] = f"{len(reader.unpack(scan, into))} files"
            except DocumentError as error:
                found[name] = error.because.code
            assert list(into.iterdir()) == []
            good = scan_of(written(tmp_path, "good", b"fine\n"))
            assert reader.read(good).text == "fine"
    assert found == {
        "word.docx": "too_large",
        "slides.pptx": "too_large",
        "invoice.ofd": "too_large",
        "many.zip": "too_many_parts",
        "large.zip": "too_large",
    }


def test_a_row_of_a_sheet_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    sheet = f"<worksheet {S}><sheetData><row>{'<c><v>1234567</v></c>' * 600_000}"
    content = with_part(papers()["xlsx"], "xl/worksheets/sheet1.xml", sheet)
    with (
        Reader(ReadingLimits(parsers=1), (tmp_path,)) as reader,
        pytest.raises(DocumentError) as refusal,
    ):
        reader.read(scan_of(written(tmp_path, "a", content)))
    assert refusal.value.because.code in {"damaged", "too_large"}
