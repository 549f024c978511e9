"""`backup` and `restore` as scripts use them."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.repair.backups import filled
from tests.worlds import a_vault, tree

BACKUP_KEYS = [
    *("backup", "made_at", "head", "documents", "files", "linked", "bytes", "manifest", "faults"),
]
RESTORE_KEYS = ["vault", "made_at", "head", "files", "removed", "faults"]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
    return Shell(tmp_path)


def test_there_and_back(shell: Shell, tmp_path: Path) -> None:
    (made,) = shell.rows("backup", "backups")
    assert list(made) == BACKUP_KEYS
    before = tree(shell.vault / "customers")
    told = shell("restore", str(made["backup"]), "back")
    assert told.returncode == 0, told.stderr
    assert "as recorded" in told.stdout
    assert "--ledger" in told.stderr
    assert tree(tmp_path / "back" / "customers") == before
    shell.vault = tmp_path / "back"
    assert shell("check", "--deep").returncode == 0
    assert shell("ledger", "verify", "--head", str(made["head"])).returncode == 0
    (found,) = shell.rows("search", "营业执照")
    assert found["document"] == "D000001"
    exported = (tmp_path / "back" / "ledger" / "current.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["action"] for line in exported[-2:]] == [
        "restoration",
        "fixity_check",
    ]


def test_a_later_ledger(shell: Shell) -> None:
    (made,) = shell.rows("backup", "backups")
    ledger = str(shell.vault / "ledger" / "current.jsonl")
    (back,) = shell.rows("restore", str(made["backup"]), "back", "--ledger", ledger)
    assert list(back) == RESTORE_KEYS
    assert (back["removed"], back["faults"]) == ([], [])
    wrong = shell(
        "restore", str(made["backup"]), "more", "--ledger", str(made["backup"]) + "/bagit.txt"
    )
    assert wrong.returncode == 5
    assert "does not continue" in wrong.stderr


def test_damage_is_exit_5(shell: Shell) -> None:
    (made,) = shell.rows("backup", "backups")
    (paper, *_) = sorted((Path(str(made["backup"])) / "data" / "customers").rglob("*.txt"))
    paper.chmod(0o640)
    paper.write_bytes(paper.read_bytes()[:-1] + b"\0")
    done = shell("restore", str(made["backup"]), "back", "--json")
    assert done.returncode == 5
    (row,) = map(json.loads, done.stdout.splitlines())
    (fault,) = row["faults"]
    assert fault["kind"] == "altered"
    assert fault["path"].endswith(paper.name)
    (original, *_) = sorted((shell.vault / "customers").rglob("*.txt"))
    original.unlink()
    told = shell("backup", "elsewhere")
    assert told.returncode == 5
    assert "missing" in told.stdout


def test_wrong_words_are_exit_2(shell: Shell) -> None:
    (made,) = shell.rows("backup", "backups")
    for words in (
        ("backup", "vault/inside"),
        ("restore", str(made["backup"]), "vault"),
        ("restore", "backups", "back"),
        ("restore", "nothing", "back"),
        ("restore", str(made["backup"])),
    ):
        done = shell(*words)
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr


def test_both_speak(shell: Shell) -> None:
    told = shell("backup", "backups")
    assert "2 papers" in told.stdout
    assert "Ledger head" in told.stdout
