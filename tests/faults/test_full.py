"""Disks and limits that are really full, read-only or torn, under the real commands."""

import errno
import gc
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.catalogue import decisions, documents
from archiver.cli.look import noted
from archiver.core.errors import DamageFound, ExitCode, VaultError
from archiver.core.model import Digest, Document, Outcome
from archiver.custody import duplicate, party
from archiver.custody.move import finish_moves
from archiver.disk import copies
from archiver.disk.digest import digest_of
from archiver.repair.check import check
from archiver.vault.vault import Vault
from tests.faults.invariants import put_aside, sound
from tests.faults.kills import NAME
from tests.worlds import CODE, CONTRACT, a_vault, drop, ingest, papers, reopened

COUNT = 40
_UNMEASURED = {name: os.environ[name] for name in os.environ if not name.startswith("COVERAGE_")}
INSIDE = [f"{CONTRACT.format(name=NAME)}\n第 {one} 份\n{'样本 ' * 400}" for one in range(COUNT)]


def filled(root: Path) -> None:
    with a_vault(root) as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        for number, text in enumerate(INSIDE):
            drop(vault, f"{number}.txt", text)
        told = vault.layout.settings.read_text("utf-8")
        vault.layout.settings.write_text(told.replace("quiet = 2.0", "quiet = 0.0"), "utf-8")


def command(
    root: Path, *words: str, limited: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "archiver.cli.app", "--vault", str(root), *words],
        capture_output=True,
        text=True,
        check=False,
        env=None if limited is None else _UNMEASURED,  # what measures it would meet the limit too
        preexec_fn=limited,
    )


def at_peace(root: Path) -> None:
    with reopened(root) as vault:
        ingest(vault)
        texts = [text.encode() for text in INSIDE]
        sound(vault, received=COUNT, archived=texts, aside=())


@pytest.mark.parametrize("most", [300_000])
def test_a_file_that_may_not_grow_stops_the_intake_and_loses_nothing(
    tmp_path: Path, most: int
) -> None:
    """The catalogue meets the limit in the middle: SQLite's own error, from its own writes."""
    filled(tmp_path / "vault")
    done = command(
        tmp_path / "vault",
        "--lang",
        "en",
        "ingest",
        limited=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert done.returncode == ExitCode.STORE, done.stderr
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr
    with reopened(tmp_path / "vault") as vault:
        assert not put_aside(vault)
    at_peace(tmp_path / "vault")


@pytest.mark.parametrize("most", [12, 24])
def test_a_process_short_of_files_puts_no_paper_aside(tmp_path: Path, most: int) -> None:
    filled(tmp_path / "vault")
    done = command(
        tmp_path / "vault",
        "ingest",
        limited=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most)),
    )
    assert done.returncode in {ExitCode.FINE, ExitCode.STORE}, done.stderr
    assert "Traceback" not in done.stderr
    with reopened(tmp_path / "vault") as vault:
        assert not put_aside(vault)
    at_peace(tmp_path / "vault")


def torn(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4096] = os.urandom(3996)
    path.write_bytes(data)


def no_catalogue(path: Path) -> None:
    path.write_bytes(b"no catalogue at all" * 100)


@pytest.mark.parametrize("harm", [torn, no_catalogue])
def test_a_damaged_catalogue_is_damage_and_no_bug(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", INSIDE[0])
        ingest(vault)
    harm(tmp_path / "vault" / ".archiver" / "catalogue.db")
    done = command(tmp_path / "vault", "status", "--json")
    assert done.returncode == ExitCode.DAMAGE, done.stderr
    assert json.loads(done.stderr)["error"] == "DamageFound"


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def halved(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


# Whoosh leaves a table of contents open that it cannot read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("harm", [emptied, halved, Path.unlink, no_catalogue])
@pytest.mark.parametrize("which", ["*.toc", "*.seg"])
def test_a_torn_index_is_made_anew_and_stops_nobody(
    tmp_path: Path, which: str, harm: Callable[[Path], None]
) -> None:
    root = tmp_path / "vault"
    with a_vault(root) as vault:
        drop(vault, "a.txt", INSIDE[0])
        ingest(vault)
        for path in list((root / ".archiver" / "index").glob(which)):
            harm(path)
        drop(vault, "b.txt", INSIDE[1])
        ingest(vault)
        texts = [text.encode() for text in INSIDE[:2]]
        sound(vault, received=2, archived=texts, aside=())
        assert len(papers(vault)) == 2
    gc.collect()


class ReadOnly:
    """What statvfs(3) says of a disk that is mounted so."""

    f_flag = os.ST_RDONLY


def test_a_vault_on_a_read_only_disk_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", INSIDE[0])
        ingest(vault)
    monkeypatch.setattr(os, "statvfs", lambda path: ReadOnly)
    with reopened(tmp_path / "vault") as vault:
        (document,) = papers_of(vault)
        noted(vault, document, "show")
        with pytest.raises(VaultError, match="readonly"):
            party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    assert "readonly" in capsys.readouterr().err


def test_what_the_log_still_holds_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A catalogue whose newest entries are only in the log beside it is not read without them."""
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        monkeypatch.setattr(os, "statvfs", lambda path: ReadOnly)
        with reopened(tmp_path / "vault") as second:
            assert party.directory(second).resolve(NAME)


def papers_of(vault: Vault) -> list[Document]:
    with vault.catalogue.read() as tx:
        return list(documents.all_documents(tx))


def test_a_move_that_cannot_end_keeps_nobody_waiting(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", INSIDE[0])
        ingest(vault)
        (document,) = papers_of(vault)
        with vault.catalogue.write() as tx:
            decisions.intend_move(tx, document.id, document.path, "customers/elsewhere/a.txt")
        (vault.layout.root / document.path).unlink()
        drop(vault, "b.txt", INSIDE[1])
        assert ingest(vault)["b.txt"].outcome is not Outcome.WAITING
        found = check(vault, deep=True, progress=lambda done, of: None)
        assert [(one.kind, one.document) for one in found] == [("missing", document.id)]
        with pytest.raises(DamageFound):
            finish_moves(vault)


def test_a_stored_copy_that_cannot_be_read_is_healed_by_a_duplicate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", INSIDE[0])
        ingest(vault)
        (document,) = papers_of(vault)
        stored, real = vault.layout.root / document.path, digest_of

        def bad_sector(path: Path) -> tuple[Digest, int]:
            if path == stored:
                raise OSError(errno.EIO, "Input/output error")
            return real(path)

        monkeypatch.setattr(duplicate, "digest_of", bad_sector)
        drop(vault, "again.txt", INSIDE[0])
        assert ingest(vault)["again.txt"].outcome is Outcome.DUPLICATE
        assert stored.read_bytes() == INSIDE[0].encode()
        assert len(put_aside(vault)) == 1


@pytest.mark.parametrize("code", [errno.EMFILE, errno.ENFILE])
def test_a_machine_short_of_files_does_not_make_a_backup_a_damaged_one(code: int) -> None:
    with pytest.raises(OSError, match="short"):
        copies.unreadable(Path("a"), OSError(code, "short"))
