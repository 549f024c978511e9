"""Incidents at the front door: told by status, blocking, closed by two people."""

import json
from pathlib import Path

import pytest

from archiver.cli import door
from archiver.core.errors import ExitCode
from archiver.vault.vault import Vault
from tests.cli.inside import typed
from tests.worlds import a_vault, drop, ingest, papers, reopened


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault with a paper that somebody has altered."""
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", "便条")
        ingest(vault)
        (path,) = papers(vault)
        (vault.layout.root / "customers" / path).chmod(0o600)
        (vault.layout.root / "customers" / path).write_text("别的", encoding="utf-8")
    _becomes(monkeypatch, "clerk")
    return tmp_path / "vault"


def _becomes(monkeypatch: pytest.MonkeyPatch, login: str) -> None:
    def opened(root: Path, _: str) -> Vault:
        with reopened(root) as vault:
            vault.login = login
        return vault

    monkeypatch.setattr(door, "open_vault", opened)


def test_from_the_check_to_the_end(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(root, "incident", "list") == ExitCode.FINE
    assert "No incident is open" in capsys.readouterr().err
    assert typed(root, "incident", "close", "D000001", "--reason", "x") == ExitCode.USAGE
    assert typed(root, "check", "--deep") == ExitCode.DAMAGE
    capsys.readouterr()
    assert typed(root, "status") == ExitCode.FINE
    assert "1 incident is open: archiver incident list" in capsys.readouterr().out
    typed(root)
    assert "1 incident is open" in capsys.readouterr().out
    typed(root, "incident", "list")
    told, talk = capsys.readouterr()
    assert all(word in told for word in ("I000001", "D000001", "altered", "2026-05-20"))
    assert "archiver incident close DOC" in talk
    assert typed(root, "incident", "close", "D000001") == ExitCode.REFUSED
    assert "[REASON_REQUIRED]" in capsys.readouterr().err
    words = ("incident", "close", "D000001", "--reason", "written over by mistake")
    assert typed(root, *words) == ExitCode.PERSON_NEEDED
    assert "archiver act confirm A000001" in capsys.readouterr().out.replace("\n", " ")
    typed(root, "show", "D000001", "--json")
    (shown,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert [act["document"] for act in shown["acts"]] == ["D000001"]
    assert typed(root, "act", "confirm", "A000001") == ExitCode.REFUSED
    _becomes(monkeypatch, "archivist")
    assert typed(root, "act", "confirm", "A000001") == ExitCode.FINE
    assert "The incidents of D000001 are closed" in capsys.readouterr().out
    typed(root, "incident", "list", "--all", "--json")
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["closed_on"], row["resolution"]) == ("2026-05-20", "written over by mistake")
    typed(root, "status", "--json")
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["incidents"], row["holds_overdue"]) == (0, 0)


def test_bytes_that_still_differ_are_told_to_both(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(root, "check", "--deep")
    capsys.readouterr()
    typed(root, "incident", "close", "D000001", "--reason", "so be it")
    assert "D000001 is still not as it was archived: altered" in capsys.readouterr().err
    _becomes(monkeypatch, "archivist")
    assert typed(root, "act", "confirm", "A000001") == ExitCode.FINE
    assert "D000001 is still not as it was archived: altered" in capsys.readouterr().err


def test_of_a_file_that_is_whole_again_nothing_is_said(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(root, "check", "--deep")
    (path,) = (root / "customers").rglob("*便条*.txt")
    path.write_text("便条", encoding="utf-8")
    capsys.readouterr()
    typed(root, "incident", "close", "D000001", "--reason", "brought back")
    assert "still" not in capsys.readouterr().err
