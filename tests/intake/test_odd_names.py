"""Whatever a dropped file is called, it is taken, and what is said of it is plain UTF-8."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.catalogue import ledger
from archiver.core.model import Outcome
from archiver.core.names import readable
from archiver.intake.ingest import ingest_given
from archiver.intake.sweep import PAGE
from archiver.repair.check import check
from archiver.report.account import account
from archiver.vault.vault import Vault
from tests.worlds import a_vault, ingest, papers, reopened, tree

NAMES = [
    "执照.txt".encode("gb18030"),
    b"\xff\xfe\x80.txt",
    b"two\nlines.txt",
    b"\x1b[31mred\x1b[0m.txt",
    "gnp.\u202etxt".encode(),
    "é.txt".encode(),
    "e\u0301.txt".encode(),
    b"-rf",
    b" blank .txt",
    b"a.TXT",
    b"A.txt",
    ("档".encode("gb18030") * 120) + b".pdf",
    b"x" * 255,
    b"\x80" * 250 + b".jpeg",
    "C:\\扫描\\a.txt".encode(),
]


def write(folder: Path, name: bytes, content: str) -> None:
    os.makedirs(os.path.dirname(os.fsencode(folder) + b"/" + name), exist_ok=True)  # noqa: PTH103, PTH120 - names as bytes
    with open(os.fsencode(folder) + b"/" + name, "w", encoding="utf-8") as stream:  # noqa: PTH123 - the same
        stream.write(content)


def sound(vault: Vault) -> None:
    assert not check(vault, deep=True, progress=lambda done, of: None)
    assert account(vault, None).waiting == 0
    for path in (*tree(vault.layout.customers), *tree(vault.layout.quarantine)):
        path.encode()
    with vault.catalogue.read() as tx:
        for line in ledger.lines(tx):
            line.encode()
    (vault.layout.inbox / PAGE).read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", [b"", "华信".encode("gb18030") + b"/"], ids=["plain", "folder"])
def test_every_name_is_taken_and_told_in_plain_letters(tmp_path: Path, folder: bytes) -> None:
    with a_vault(tmp_path / "vault") as vault:
        for number, name in enumerate(NAMES):
            write(
                vault.layout.inbox, folder + name, f"LOCKED {number}" if number % 2 else f"{number}"
            )
        found = ingest(vault)
        assert len(found) == len(NAMES)
        json.dumps(list(found), ensure_ascii=False).encode()
        assert f"{os.fsdecode(folder and '华信/'.encode())}执照.txt" in found
        assert {one.outcome for one in found.values()} == {Outcome.REVIEW, Outcome.QUARANTINED}
        sound(vault)


def test_a_claim_left_by_a_crash_keeps_its_readable_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with a_vault(tmp_path / "vault") as vault:
        write(vault.layout.inbox, NAMES[0], "one")
        with monkeypatch.context() as patched:
            patched.setattr("archiver.intake.pipeline.known", cut)
            with pytest.raises(KeyboardInterrupt):
                ingest(vault)
    with reopened(tmp_path / "vault") as vault:
        assert list(ingest(vault)) == ["执照.txt"]
        sound(vault)


def test_given_files_of_odd_names_are_moved(tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    for number, name in enumerate(NAMES):
        write(scans, name, f"{number}")
    write(scans, "执照.txt".encode(), "the same name once it is read")
    with a_vault(tmp_path / "vault") as vault:
        taken = list(ingest_given(vault, [scans], None, move=True))
        assert len(taken) == len(NAMES) + 1 == len(papers(vault))
        assert list(scans.iterdir()) == []
        vault.layout.inbox.joinpath(PAGE).read_text(encoding="utf-8")


def test_a_stranger_of_an_odd_name_is_named(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        write(vault.layout.customers, NAMES[0], "nobody's")
        (fault,) = check(vault, deep=True, progress=lambda done, of: None)
        assert (fault.kind, fault.path) == ("extra", "customers/执照.txt")


@given(st.binary(min_size=1, max_size=255).filter(lambda raw: not set(raw) & {0, 0x2F}))
def test_a_readable_name_is_plain_and_fits(raw: bytes) -> None:
    shown = readable(os.fsdecode(raw))
    assert 0 < len(shown.encode("utf-8")) <= 255
    assert "/" not in shown
    assert not any(ord(c) < 32 or c == "\x7f" for c in shown)
    assert readable(shown) == shown, "what has been made readable stays as it is"


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.text(st.characters(categories=["L", "N", "P", "S", "M"]), min_size=1, max_size=60))
def test_a_plain_name_stays_as_it_is(name: str) -> None:
    if "/" not in name:
        assert readable(name) == name
