"""A wrong drop is taken back by two people at the front door, in either language."""

import json
import re
from pathlib import Path

import pytest

from archiver.cli import door
from archiver.core.errors import ExitCode
from archiver.vault.vault import Vault
from tests.cli.inside import typed
from tests.cli.test_desk import review
from tests.worlds import a_vault, drop, ingest, papers, reopened

WHY = "a cat, not a paper"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A vault with a cat in it."""
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "cat.txt", "meow")
        ingest(vault)
    return tmp_path / "vault"


@pytest.fixture(autouse=True)
def _clerk(monkeypatch: pytest.MonkeyPatch) -> None:
    _becomes(monkeypatch, "clerk")


def _becomes(monkeypatch: pytest.MonkeyPatch, login: str) -> None:
    """From now on another person types; the clock is that of the vaults of tests."""
    monkeypatch.setattr(door, "open_vault", lambda root, _: reopened_by(root, login))


def reopened_by(root: Path, login: str) -> Vault:
    with reopened(root) as vault:
        vault.login = login
    return vault


def objects(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_from_the_drop_to_the_tombstone(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(root, "act", "list") == ExitCode.FINE
    assert "Nothing needs a second person" in capsys.readouterr().err
    assert typed(root, "review", "withdraw", "D000001") == ExitCode.REFUSED
    assert "[REASON_REQUIRED]" in capsys.readouterr().err
    proposed = typed(root, "review", "withdraw", "D000001", "--reason", WHY)
    assert proposed == ExitCode.PERSON_NEEDED
    assert "archiver act confirm A000001" in capsys.readouterr().out
    assert typed(root, "review", "withdraw", "D000001", "--reason", WHY) == ExitCode.USAGE
    assert "archiver act confirm A000001" in capsys.readouterr().err
    assert typed(root, "act", "confirm", "A000001") == ExitCode.REFUSED
    assert "[SAME_PERSON]" in capsys.readouterr().err

    assert typed(root, "act", "list") == ExitCode.PERSON_NEEDED
    told = capsys.readouterr().out
    assert all(word in told for word in ("A000001", "withdrawal", "D000001", "clerk", WHY))
    typed(root, "show", "D000001")
    assert "A000001 waits for a second person until 2026-06-19" in capsys.readouterr().out
    typed(root, "status")
    assert "1 act waits for a second person: archiver act list" in capsys.readouterr().out
    typed(root)
    assert "1 act waits for a second person" in capsys.readouterr().out

    _becomes(monkeypatch, "archivist")
    assert typed(root, "act", "confirm", "A000001") == ExitCode.FINE
    assert "D000001 is withdrawn" in capsys.readouterr().out
    assert typed(root, "act", "list") == ExitCode.FINE
    capsys.readouterr()
    with reopened(root) as vault:
        assert papers(vault) == {}
    assert typed(root, "show", "D000001") == ExitCode.FINE
    told = capsys.readouterr().out
    assert "D000001 was withdrawn on 2026-05-20" in told
    assert f"Reason: {WHY}" in told
    assert "Proposed by clerk on 2026-05-20 (A000001)" in told
    assert "Confirmed by archivist on 2026-05-20" in told
    for words in (
        ("review", "accept", "D000001"),
        ("review", "withdraw", "D000001", "--reason", WHY),
        ("open", "D000001"),
        ("retain", "explain", "D000001"),
    ):
        assert typed(root, *words) == ExitCode.REFUSED
        assert "[ALREADY_DESTROYED]" in capsys.readouterr().err
    assert typed(root, "act", "confirm", "A000001") == ExitCode.USAGE
    assert "confirmed by archivist" in capsys.readouterr().err


def test_no_changes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed(root, "review", "withdraw", "D000001", "--reason", WHY)
    assert typed(root, "act", "reject", "A000001") == ExitCode.REFUSED
    assert typed(root, "act", "reject", "A000001", "--reason", "it is ours") == ExitCode.FINE
    assert typed(root, "act", "confirm", "A000009") == ExitCode.USAGE
    capsys.readouterr()
    assert typed(root, "act", "list", "--json") == ExitCode.FINE
    (act,) = objects(capsys.readouterr().out)
    assert act["state"] == "rejected"
    assert (act["reason"], act["answer"], act["settled_by"]) == (WHY, "it is ours", "clerk")
    assert re.fullmatch("[0-9a-f]{64}", str(act["sha256"]))


def test_scripts_get_the_same_keys_of_what_is_there_and_what_is_gone(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert typed(root, "review", "withdraw", "D000001", "--reason", WHY, "--json") == 4
    (act,) = objects(capsys.readouterr().out)
    typed(root, "show", "D000001", "--json")
    (there,) = objects(capsys.readouterr().out)
    assert there["acts"] == [act]
    assert there["left"] is None
    _becomes(monkeypatch, "archivist")
    typed(root, "act", "confirm", "A000001", "--json")
    (done,) = objects(capsys.readouterr().out)
    assert done["settled_by"] == "archivist"
    typed(root, "show", str(there["archive_no"]), "--json")
    (gone,) = objects(capsys.readouterr().out)
    assert gone.keys() == there.keys()
    assert (gone["state"], gone["sha256"]) == ("WITHDRAWN", there["sha256"])
    assert gone["left"] == {
        **{"on": "2026-05-20", "ledger_entry": 7, "act": done},
        **{"late_event": False, "register": None},
    }


def test_an_error_in_json_carries_the_code(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("review", "withdraw", "D000001", "--json")
    monkeypatch.setattr("sys.argv", ["archiver", *words])
    assert typed(root, *words) == ExitCode.REFUSED
    (told,) = objects(capsys.readouterr().err)
    assert (told["code"], told["exit"]) == ("REASON_REQUIRED", 8)


def test_one_key_proposes(root: Path) -> None:
    with reopened(root) as vault:
        drop(vault, "b.txt", "b")
        ingest(vault)
        player, ended = review(vault, "x", ">", "x", f">{WHY}", "b", "x", f">{WHY}", "q")
    assert (ended.answered, ended.waiting) == (1, 2)
    assert player.questions[0] == ("Why does it not belong here? ", "")
    assert "D000001 goes when a second person says yes: archiver act confirm A000001" in (
        player.seen(2)
    )
    assert f"Proposed by clerk: it goes when a second person says yes (A000001: {WHY})." in (
        player.seen(3).replace("\n", " ")
    )
    assert "that is proposed already, as A000001" in player.seen(4)
