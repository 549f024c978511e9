"""Whatever a file is called, it is taken whole, accounted for, and told in valid text."""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.core.model import Outcome
from archiver.core.names import readable
from archiver.disk.claim import claim
from archiver.disk.place import DRAFT
from archiver.intake.arrivals import new_receipt
from archiver.intake.ingest import ingest_given, ingest_inbox
from archiver.intake.sweep import PAGE, sweep
from archiver.repair.check import check
from archiver.report.account import account
from archiver.vault.vault import Vault
from tests.nightly import often
from tests.worlds import NOW, a_vault, drop, ingest, papers, reopened, tree

GB = os.fsdecode("执照.txt".encode("gb18030"))
GB_FOLDER = os.fsdecode("华信汽车".encode("gb18030"))


def named(name: bytes) -> bool:
    """Whether Linux takes a file of that name."""
    return 0 < len(name) <= 255 and not {0, 0x2F} & set(name) and name not in {b".", b".."}


odd = st.sampled_from(
    [
        "执照.txt".encode("gb18030"),
        "執照.txt".encode("big5"),
        b"-rf",
        b"  blank ",
        b"..x",
        b".pdf",
        b"a\nb.txt",
        b"\x1b[2J.txt",
        b"CON.txt",
        b"a.tmp\n",
        "x\u202etxt.exe".encode(),
        "e\u0301.txt".encode(),
        "é.txt".encode(),
        b"A.TXT",
        b"a.txt",
        b"\xff" * 255,
        "长".encode() * 85,
        b"a." + b"x" * 253,
        b"manifest-sha256.txt",
        b"records.jsonl",
        b"_unassigned",
        b"C0000",
        "\ufeff".encode(),
        "\u2028\u2029".encode(),
    ]
)
any_name = st.binary(min_size=1, max_size=255).filter(named)
names = st.lists(st.tuples(st.none() | odd | any_name, odd | any_name), max_size=8)


LEFT = re.compile(r"\..*|~\$.*|.*~|thumbs\.db|desktop\.ini|收件回执\.html|.*\.[a-z]+", re.I | re.S)
"""The only names that may be taken for somebody else's."""


def texts(vault: Vault) -> Iterator[bytes]:
    """What people and other programs are given to read, and the names that papers lie under."""
    yield from (os.fsencode(path) for path in tree(vault.layout.customers))
    for path, content in tree(vault.layout.root).items():
        if path.endswith((".jsonl", ".reason.txt", "manifest-sha256.txt", PAGE)):
            yield content


def aside(vault: Vault) -> list[bytes]:
    found = tree(vault.layout.quarantine)
    return [content for path, content in found.items() if not path.endswith(".reason.txt")]


def sound(vault: Vault) -> bool:
    return not check(vault, deep=True, progress=lambda done, of: None)


@pytest.mark.usefixtures("unmeasured")
@settings(max_examples=often(40))
@given(names)
def test_any_name_that_linux_can_hold(found: list[tuple[bytes | None, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder, a_vault(Path(folder) / "vault") as vault:
        dropped: dict[str, bytes] = {}
        for number, (where, name) in enumerate(found):
            path = os.fsdecode(b"/".join(filter(None, (where, name))))
            content = b"%s %d" % (b"paper" if number % 3 else b"LOCKED", number)
            try:
                drop(vault, path, content)
            except OSError:  # a file lies where the folder should, or the other way round
                continue
            dropped[path] = content
        taken = list(ingest_inbox(vault, None, lambda _: None))
        left = {path for path in tree(vault.layout.inbox) if path in dropped}
        assert all(any(map(LEFT.fullmatch, path.split("/"))) for path in left)
        gone = {path: content for path, content in dropped.items() if path not in left}
        assert sorted(one.source for one in taken) == sorted(map(readable, gone))
        assert sorted([*papers(vault).values(), *aside(vault)]) == sorted(gone.values())
        assert account(vault, None).received == len(gone)
        for text in texts(vault):
            text.decode()
        assert sound(vault)


def test_a_name_from_a_chinese_windows_is_read_as_it_was_written(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, f"{GB_FOLDER}/{GB}", "a page")
        drop(vault, "华信汽车/执照.txt", "another")
        taken = list(ingest_inbox(vault, None, lambda _: None))
        assert [one.source for one in taken] == ["华信汽车/执照.txt"] * 2
        assert len({one.receipt for one in taken}) == 2
        assert {one.document.proposed for one in taken if one.document} == {"C0001"}
        for folder in (GB_FOLDER, "华信汽车"):
            page = (vault.layout.inbox / folder / PAGE).read_text(encoding="utf-8")
            assert page.count("执照.txt") == 2
        assert sound(vault)


def test_a_claim_left_by_a_crash_is_found_under_the_same_readable_name(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    with a_vault(root) as vault:
        drop(vault, f"{GB_FOLDER}/{GB}", "a page")
        assert claim(vault.layout.inbox, f"{GB_FOLDER}/{GB}", new_receipt(NOW, "0000"))
    with reopened(root) as vault:
        assert list(ingest(vault)) == ["华信汽车/执照.txt"]
        assert len(papers(vault)) == 1
        assert sound(vault)


def test_moved_files_go_one_by_one_though_two_are_told_by_one_name(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        twins = [tmp_path / GB, tmp_path / "执照.txt"]
        twins[0].write_bytes(b"a page")
        coming = ingest_given(vault, twins, None, move=True)
        twins[1].write_bytes(b"another")
        for number, taken in enumerate(coming):
            assert taken.outcome is Outcome.REVIEW
            assert [one.exists() for one in twins] == [False, not number]
        assert len(papers(vault)) == 2


def test_names_of_our_own_files_are_nothing_special(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, f"{PAGE}/a.txt", "in a folder called like our page")
        drop(vault, f"{DRAFT}7/a.txt", "hidden, and nobody's")
        drop(vault, f"{DRAFT}notes", "hidden too, but not ours to remove")
        drop(vault, "x.tmp/a.txt", "in a folder called like half a copy")
        drop(vault, "_unassigned/a.txt", "in a folder called like the unassigned one")
        drop(vault, "manifest-sha256.txt", "a paper called like a manifest")
        taken = ingest(vault)
        assert sorted(one.split("/")[0] for one in taken) == sorted(
            ["manifest-sha256.txt", "x.tmp", "_unassigned", PAGE]
        )
        ingest(vault)
        assert (vault.layout.inbox / f"{DRAFT}notes").exists()
        assert sound(vault)


def test_two_long_names_do_not_share_a_reason(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        for number in range(2):
            drop(vault, f"{number}/{'长' * 83}.txt", f"LOCKED {number}")
        ingest(vault)
        found = list(tree(vault.layout.quarantine))
        assert len(found) == 4
        assert len({name for name in found if f"{name}.reason.txt" in found}) == 2
        assert all(len(name.encode()) <= 255 for name in found)


def test_a_path_too_long_to_be_claimed_waits_and_says_so(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        deep = os.open(vault.layout.inbox, os.O_RDONLY)
        for _ in range(20):
            os.mkdir("长" * 80, dir_fd=deep)
            inner = os.open("长" * 80, os.O_RDONLY, dir_fd=deep)
            os.close(deep)
            deep = inner
        os.close(os.open("a.txt", os.O_CREAT | os.O_WRONLY, dir_fd=deep))
        os.close(deep)
        drop(vault, "b.txt", "a page")
        taken = ingest(vault)
        assert sorted(one.outcome for one in taken.values()) == [Outcome.REVIEW, Outcome.WAITING]
        (waiting,) = [one for one in taken.values() if one.outcome is Outcome.WAITING]
        assert [one.code for one in waiting.reasons] == ["path_too_long"]
        assert account(vault, None).received == 2


def test_a_folder_nobody_may_look_into_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def scandir(folder: Path) -> object:
        if Path(folder).name == "locked":
            raise PermissionError
        if Path(folder).name == "gone":
            raise FileNotFoundError
        return real(folder)

    with a_vault(tmp_path / "vault") as vault:
        for name in ("a.txt", "gone/b.txt", "locked/c.txt"):
            drop(vault, name, name)
        monkeypatch.setattr(os, "scandir", scandir)
        told = {one.relative: type(one).__name__ for one in sweep(vault.layout.inbox)}
        assert told == {"a.txt": "Drop", "locked": "Stuck"}
