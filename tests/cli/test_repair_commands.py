"""`check`, `repair` and `status` about a vault that somebody touched, as people type them."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from archiver.core.errors import ExitCode
from archiver.custody import anew
from tests.cli.shell import Shell
from tests.repair.backups import filled
from tests.worlds import CONTRACT, a_vault, drop, ingest, reopened

REPAIR_KEYS = ["kind", "document", "path", "detail", "healed", "how"]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
    return Shell(tmp_path)


def pasted(told: str) -> list[str]:
    """The words of the first command that was offered, as bash takes them."""
    (line, *_) = (one for one in told.splitlines() if "archiver ingest" in one)
    typed = line.partition(": archiver ")[2]
    done = subprocess.run(
        ["bash", "-c", rf"printf '%s\0' {typed}"], capture_output=True, check=True, text=False
    )
    return done.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]


def test_a_stranger_is_offered_and_taken_in(shell: Shell) -> None:
    strange = shell.vault / "customers" / "it's $new; x.txt"
    strange.write_text(CONTRACT.format(name="华信"), encoding="utf-8")
    told = shell("check")
    assert told.returncode == ExitCode.DAMAGE
    assert "repair" not in told.stderr, "it is not to be repaired"
    status = shell("status")
    assert "1 file that nobody took in lies" in status.stdout
    assert "found sound" not in status.stdout
    done = shell(*pasted(told.stderr))
    assert done.returncode == ExitCode.PERSON_NEEDED, done.stderr
    assert not strange.exists()
    assert shell("check", "--deep").returncode == 0
    assert "found sound" in shell("status").stdout


def test_a_stranger_whose_name_is_no_text(shell: Shell) -> None:
    raw = os.fsencode(shell.vault / "customers") + b"/\xd6\xb4\xd5\xd5'\x1b.txt"
    Path(os.fsdecode(raw)).write_text(CONTRACT.format(name="华信"), encoding="utf-8")
    told = shell("check")
    done = shell(*pasted(told.stderr))
    assert done.returncode == ExitCode.PERSON_NEEDED, done.stderr
    assert shell("check").returncode == 0


def test_given_originals_of_ours_stay(shell: Shell) -> None:
    """Whatever is named to be moved in, no archived or quarantined file goes by it."""
    with reopened(shell.vault) as vault:
        drop(vault, "e.txt", CONTRACT.format(name="华信"))
        ingest(vault)
    for folder in ("customers", "quarantine"):
        shell("ingest", "--move", str(shell.vault / folder))
    assert shell("check", "--deep", "--json").stdout == ""


def test_repair_tells_what_it_did(shell: Shell) -> None:
    (made,) = shell.rows("backup", "backups")
    (paper, *_) = sorted((shell.vault / "customers").glob("*/*/* *.txt"))
    paper.unlink()
    assert "repair --from BACKUP" in shell("check").stderr
    tried = shell("repair", "--from", str(made["backup"]), "--dry-run", "--json")
    assert tried.returncode == ExitCode.DAMAGE
    (row,) = map(json.loads, tried.stdout.splitlines())
    assert list(row) == REPAIR_KEYS
    assert (row["kind"], row["healed"]) == ("missing", False)
    assert shell("repair").returncode == ExitCode.DAMAGE
    done = shell("repair", "--from", str(made["backup"]), lang="zh")
    assert done.returncode == 0, done.stderr
    assert "用备份修复" in done.stdout
    assert paper.is_file()
    again = shell("repair")
    assert again.returncode == 0
    assert "as recorded" in again.stderr
    assert shell("repair", "--from", "nowhere").returncode == ExitCode.USAGE


def test_an_index_that_is_gone_is_one_line(shell: Shell) -> None:
    with reopened(shell.vault) as vault:
        for number in range(6):
            drop(vault, f"{number}.txt", f"第 {number} 份样本")
        ingest(vault)
    shutil.rmtree(shell.vault / ".archiver" / "index")
    assert "the search index cannot be read" in shell("status").stdout
    told = shell("check")
    assert len(told.stdout.splitlines()) == 2, "the heading and one line"
    assert "there is none" in told.stdout
    assert "archiver reindex" in told.stderr
    assert len(shell.rows("check")) == 1
    assert shell("repair").returncode == 0
    assert shell("check").returncode == 0
    assert "search index cannot" not in shell("status").stdout


def test_damage_stays_told_after_a_quick_check(shell: Shell) -> None:
    (paper, *_) = sorted((shell.vault / "customers").glob("*/*/* *.txt"))
    data = paper.read_bytes()
    paper.chmod(0o640)
    paper.write_bytes(data[:-1] + b"\0")
    assert shell("check", "--deep").returncode == ExitCode.DAMAGE
    assert shell("check").returncode == 0, "it reads no bytes"
    (row,) = shell.rows("status")
    assert (row["faults"], row["strangers"]) == (1, 0)


def test_many_strangers_are_not_all_offered(shell: Shell) -> None:
    for number in range(7):
        (shell.vault / "customers" / f"{number}.txt").write_text(str(number))
    (shell.vault / "customers" / "link").symlink_to("/etc/hostname")
    told = shell("--vault", str(shell.vault), "check")
    assert told.stderr.count(f"archiver --vault {shell.vault} ingest --move") == 5
    assert "and 2 more" in told.stderr


@pytest.mark.parametrize("command", ["status", "check", "ingest", "repair", "account"])
def test_a_catalogue_that_is_gone_or_torn_is_told(shell: Shell, command: str) -> None:
    state = shell.vault / ".archiver"
    for path in state.glob("catalogue.db*"):
        path.unlink()
    done = shell(command)
    assert (done.returncode, "is gone" in done.stderr) == (ExitCode.STORE, True)
    assert not (state / "catalogue.db").exists()
    (state / "catalogue.db").write_bytes(b"torn" * 2000)
    done = shell(command)
    assert (done.returncode, "restore BACKUP INTO" in done.stderr) == (ExitCode.DAMAGE, True)


def test_a_broken_chain_is_for_restore(shell: Shell) -> None:
    with reopened(shell.vault) as vault, vault.catalogue.write() as tx:
        tx.exec_driver_sql("UPDATE ledger SET entry = replace(entry, 'ingestion', 'nothing')")
    told = shell("check")
    assert "restore BACKUP INTO" in told.stderr


def test_a_reindex_that_was_stopped_goes_on(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anew, "BATCH", 1)
    with reopened(shell.vault) as vault:
        drop(vault, "more.txt", "一份样本")
        ingest(vault)
        steps = anew.make_anew(vault)
        for _ in range(2):
            next(steps)
        steps.close()
    told = shell("reindex")
    assert told.returncode == 0
    assert "1 of 3" in told.stderr
    assert "3 papers indexed" in told.stdout + told.stderr
    assert shell("check").returncode == 0
