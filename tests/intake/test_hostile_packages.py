"""Mails and archives made to harm, through real parsers: one outcome each, nothing left over."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from archiver.core.model import Outcome
from archiver.custody import party
from archiver.intake.taken import Taken
from archiver.reading.limits import MIB, ReadingLimits
from archiver.reading.reader import Reader
from archiver.repair.check import check
from archiver.report.account import account
from tests.reading.papers import Sheet, pdf_of, words
from tests.worlds import CODE, LICENCE, a_mail, a_vault, a_zip, drop, ingest, papers, tree

NAME = "青梧市华信样本运输有限公司"
LIMITS = ReadingLimits(parsers=1, max_parts=20, max_member=4 * MIB, max_unpacked=8 * MIB)
_LOCAL, _ENTRY, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), "<4s4H2IH"


def crafted(*members: tuple[bytes, bytes, int, int, int], before: bytes = b"") -> bytes:
    """A ZIP of members that say of themselves what they like (APPNOTE.TXT 4.3).

    Args:
        members: name, packed bytes, method, size as declared, flags.
        before: what stands before the archive.
    """
    body, directory = bytearray(), bytearray()
    for name, packed, method, size, flags in members:
        plain = packed if method == 0 else zlib.decompress(packed, -15)
        facts = (flags, method, 0, 0x5821, zlib.crc32(plain), len(packed), size, len(name), 0)
        directory += _ENTRY.pack(b"PK\1\2", 20, 20, *facts, 0, 0, 0, 0, len(body)) + name
        body += _LOCAL.pack(b"PK\3\4", 20, *facts) + name + packed
    count = len(members)
    end = struct.pack(_END, b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return before + bytes(body + directory) + end


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def stored(name: bytes, content: bytes, flags: int = 0) -> tuple[bytes, bytes, int, int, int]:
    return name, content, 0, len(content), flags


def overlapping() -> bytes:
    one = crafted(stored(b"a.txt", b"x" * 5000))
    start, end = one.index(b"PK\1\2"), one.index(b"PK\5\6")
    entries = one[start:end] * 9
    return one[:start] + entries + struct.pack(_END, b"PK\5\6", 0, 0, 9, 9, len(entries), start, 0)


ZEROS = deflated(b"\0" * (9 * MIB))
BOMB = crafted((b"a.pdf", ZEROS, 8, 9 * MIB, 0))
HALVES = [(b"%d.pdf" % n, deflated(b"%d" % n * (3 * MIB)), 8, 3 * MIB, 0) for n in range(3)]
GOOD = {"a.txt": b"one paper", "b.txt": b"another paper"}


def with_attached(name: str, content: bytes) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf_of([Sheet(words("Repair order 7"))]))))
    writer.add_attachment(name, content)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def codes(taken: Taken) -> set[str]:
    """Every reason, of parts too."""
    return {one.code for one in taken.reasons}.union(*map(codes, taken.parts))


REFUSED = {
    "bomb.zip": (BOMB, "too_large"),
    "halves.zip": (crafted(*HALVES), "too_large"),
    "small.zip": (crafted((b"a.pdf", ZEROS, 8, 10, 0)), "damaged"),
    "overlap.zip": (overlapping(), "damaged"),
    "locked.zip": (crafted(stored(b"a.txt", b"one"), stored(b"b.txt", b"two" * 9, 1)), "encrypted"),
    "many.zip": (a_zip({f"{n}.txt": b"x" for n in range(21)}), "too_many_parts"),
    "empty.zip": (a_zip({}), "nothing_inside"),
    "folders.zip": (crafted(stored(b"a/", b"")), "nothing_inside"),
    "half.zip": (a_zip(GOOD)[:80], "damaged"),
    "tail.zip": (a_zip(GOOD)[:-9], "damaged"),
    "sfx.exe": (crafted(stored(b"a.txt", b"one"), before=b"MZ" + bytes(500)), "unsupported_format"),
}
WITHIN = {
    "mail.eml": (a_mail("一封信", {"bomb.zip": BOMB}), "too_large"),
    "paper.pdf": (with_attached("bomb.zip", BOMB), "too_large"),
    "nest.zip": (a_zip({"a.zip": a_zip({"b.zip": a_zip(GOOD)})}), "nested_too_deep"),
    "bombs.zip": (a_zip({"a.zip": BOMB, "b.zip": BOMB + b"\0", "c.txt": b"fine"}), "too_large"),
    "mails.eml": (a_mail("一封信", {f"{n}.txt": b"%d" % n for n in range(21)}), "too_many_parts"),
    "deep.eml": (
        b"From: a@b\r\nDate: Mon, 18 May 2026 09:00:00 +0800\r\nMIME-Version: 1.0\r\n"
        + b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
            for n in range(3000)
        ),
        "damaged",
    ),
}


def test_each_has_one_outcome_and_nothing_is_left_over(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault, Reader(LIMITS, (tmp_path,)) as reader:
        vault.__dict__["reader"] = reader
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        for name, (content, _) in {**REFUSED, **WITHIN}.items():
            drop(vault, name, content)
        drop(vault, "zz.txt", LICENCE)
        found = ingest(vault)
        for name, (_, code) in {**REFUSED, **WITHIN}.items():
            assert found[name].outcome is Outcome.QUARANTINED, name
            assert code in codes(found[name]), name
        assert not any(found[name].parts for name in REFUSED), "nothing of them is taken"
        assert found["zz.txt"].outcome is Outcome.FILED
        aside = tree(vault.layout.quarantine).values()
        assert all(content in aside for content, _ in REFUSED.values())
        assert sum(map(len, papers(vault).values())) < MIB
        assert list(vault.layout.scratch.iterdir()) == []
        assert account(vault, None).received == len(REFUSED) + len(WITHIN) + 1
        assert ingest(vault) == {}
        assert not check(vault, deep=True, progress=lambda done, of: None)


def test_odd_archives_give_what_is_in_them(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        with archive.open(zipfile.ZipInfo("a.txt"), "w", force_zip64=True) as inside:
            inside.write(b"a large one")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", b"the same name")
    odd = {
        "zip64.zip": stream.getvalue(),
        "lies.zip": crafted((b"a.txt", b"short", 0, 4_000_000_000, 0)),
        "names.zip": crafted(
            *(
                stored(name, b"%d" % number)
                for number, name in enumerate(
                    (b"..\\..\\x", b"/etc/passwd", b"C:\\a.txt", b"\xff\xfe", b"n" * 60_000, b"..")
                )
            )
        ),
    }
    with a_vault(tmp_path / "vault") as vault, Reader(LIMITS, (tmp_path,)) as reader:
        vault.__dict__["reader"] = reader
        for name, content in odd.items():
            drop(vault, name, content)
        found = ingest(vault)
        assert [len(found[name].parts) for name in odd] == [2, 1, 6]
        assert {one.outcome for one in found.values()} == {Outcome.REVIEW}
        assert len(papers(vault)) == 9
        assert list(vault.layout.scratch.iterdir()) == []
        assert not check(vault, deep=True, progress=lambda done, of: None)
