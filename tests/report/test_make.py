"""A report that is made lies where it should, is told in the ledger, and can be verified."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.catalogue import ledger
from archiver.core.errors import Busy, ExitCode, UsageError
from archiver.disk.guard import only_one
from archiver.intake.publish import publish
from archiver.report.make import Made, make
from archiver.vault.vault import Vault
from tests.cli.inside import typed
from tests.report.firm import MAY, Hands, empty, world
from tests.warm import Warm
from tests.worlds import tree

KEYS = [
    *("period", "first", "last", "as_of", "folder", "copy", "files", "ledger_head"),
    *("ledger_entry", "papers", "bytes", "due", "permanent", "exceptions", "review"),
    *("quarantined", "damage", "received", "findings", "now", "soon", "note"),
]


def made(vault: Vault, period: str | None = None, copy_to: Path | None = None) -> Made:
    return make(vault, period, deep=False, copy_to=copy_to, progress=lambda done, of: None)


def test_it_is_filed_and_told_in_the_ledger(tmp_path: Path) -> None:
    with world(tmp_path / "vault") as vault:
        first = made(vault, copy_to=tmp_path / "stick" / "报告")
        files = tree(first.folder)
        assert first.folder == vault.layout.root / "reports" / "2026-05"
        assert sorted(files) == ["report.html", "report.xlsx", "values.json"]
        assert {name: hashlib.sha256(data).hexdigest() for name, data in files.items()} == dict(
            first.files
        )
        copied = tree(tmp_path / "stick" / "报告")
        assert {name: copied[name] for name in files} == files
        second = made(vault, "2026-05")
        assert second.entry > first.entry
        assert tree(second.folder) != files, "made again it has a later head"
        assert second.values.cover.previous
        assert second.values.cover.previous.seq == first.values.cover.seq
        assert second.values.cover.previous.leaf == first.values.cover.leaf
        with vault.catalogue.read() as tx:
            told = list(ledger.noted(tx, ("report_made",)))
        assert [one.seq for one in told] == [first.entry, second.entry]
        assert told[0].facts["sha256:report.html"] == first.files["report.html"]
        assert told[0].facts["as_of"] == first.values.cover.seq


def test_an_outsider_verifies_the_head_it_prints(tmp_path: Path) -> None:
    with world(tmp_path / "vault") as vault:
        report = made(vault)
        publish(vault)
        cover = report.values.cover
        root = vault.layout.root
    head = f"{cover.seq}:{cover.leaf}"
    command = [sys.executable, "-I", "reports/verify.py", "ledger/current.jsonl"]
    done = subprocess.run([*command, head], capture_output=True, cwd=root, check=False)
    assert done.returncode == 0, done.stdout
    printed = re.search(
        r"<dd[^>]*>([^<]*)<br><span[^>]*>([^<]*)</span></dd>",
        (report.folder / "report.html").read_text(encoding="utf-8"),
    )
    assert printed
    assert printed[2] == head
    for copied in printed.groups():
        words = [*command, *copied.split()]
        done = subprocess.run(words, capture_output=True, cwd=root, check=False)
        assert done.returncode == 0, done.stdout
        assert typed(root, "ledger", "verify", "--head", copied) == ExitCode.FINE
    assert typed(root, "ledger", "verify", "--head", "1:abc") == ExitCode.USAGE
    wrong = f"{cover.seq}:{'0' * 64}"
    assert subprocess.run([*command, wrong], capture_output=True, cwd=root, check=False).returncode


def test_what_is_refused_writes_nothing(tmp_path: Path) -> None:
    with empty(tmp_path / "vault", Hands(MAY)) as vault:
        with vault.catalogue.read() as tx:
            before = ledger.head(tx)
        with pytest.raises(UsageError):
            made(vault, "2026-06")
        with only_one(vault.layout.reporting, "report"), pytest.raises(Busy):
            made(vault)
        with vault.catalogue.read() as tx:
            assert ledger.head(tx) == before
        assert tree(vault.layout.root / "reports") == {}


def archiver(warm: Warm, vault: Path, *words: str) -> subprocess.CompletedProcess[str]:
    known = {k: v for k, v in os.environ.items() if not k.startswith("LC_")}
    return warm.run(["--vault", str(vault), *words], Path.cwd(), known)


def test_the_command_and_its_exit_codes(tmp_path: Path, warm: Warm) -> None:
    root = tmp_path / "vault"
    with world(root):
        pass
    done = archiver(
        warm, root, "--lang", "en", "report", "--json", "--output", str(tmp_path / "copy")
    )
    assert done.returncode == ExitCode.FINE, done.stderr
    told = json.loads(done.stdout)
    assert list(told) == KEYS
    assert told["papers"] == 4
    assert told["findings"] == told["now"] + told["soon"] + told["note"]
    for folder in (told["folder"], told["copy"]):
        for name, digest in told["files"].items():
            assert hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest() == digest
    assert told["ledger_head"].split(":")[1] in (root / "ledger" / "current.jsonl").read_text()
    spoken = archiver(warm, root, "--lang", "en", "report", "--deep")
    assert "report.html" in spoken.stdout
    assert "4 papers held, " in spoken.stdout
    assert 'lang="zh-CN"' in _page(warm, root, told["period"], "zh")
    assert archiver(warm, root, "report", "--period", "soon").returncode == ExitCode.USAGE
    (paper,) = (root / "customers").glob("*/营业执照/* 营业执照 *.txt")
    paper.unlink()
    damaged = archiver(warm, root, "--lang", "en", "report", "--json")
    assert damaged.returncode == ExitCode.DAMAGE
    assert json.loads(damaged.stdout)["damage"] == 1
    aloud = archiver(warm, root, "--lang", "en", "report")
    assert aloud.returncode == ExitCode.DAMAGE
    assert "1 fault." in aloud.stderr
    assert "missing" in _page(warm, root, told["period"], None)


def _page(warm: Warm, root: Path, period: str, lang: str | None) -> str:
    """The page that stands; made anew in the vault's own language when one is named."""
    if lang:
        assert archiver(warm, root, "report").returncode == ExitCode.FINE
    return (root / "reports" / period / "report.html").read_text(encoding="utf-8")
