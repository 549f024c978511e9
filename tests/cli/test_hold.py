"""Holds at the front door: placed, shown with the paper, listed, released."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from archiver.cli import door
from archiver.core.errors import ExitCode
from archiver.custody import party
from archiver.vault.vault import Vault
from tests.cli.inside import typed
from tests.worlds import CONTRACT, NOW, a_vault, drop, ingest, reopened

NAME = "青梧市华信样本运输有限公司"
PLACE = ("hold", "place", "--reason", "open court case", "--authority", "court")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault with two contracts and a note that waits."""
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[])
        for at, text in enumerate((CONTRACT.format(name=NAME), CONTRACT.format(name=NAME), "便条")):
            drop(vault, f"{at}.txt", f"{text}\n{at}")
        ingest(vault)
    _on(monkeypatch, 0)
    return tmp_path / "vault"


def _on(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    def opened(root: Path, _: str) -> Vault:
        with reopened(root) as vault:
            vault.clock = lambda: NOW + timedelta(days=days)
        return vault

    monkeypatch.setattr(door, "open_vault", opened)


def listed(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    capsys.readouterr()
    assert typed(root, "hold", "list", "--json", *words) == ExitCode.FINE
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_placed_shown_listed_released(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(root, "hold", "list") == ExitCode.FINE
    assert "Nothing is held" in capsys.readouterr().err
    words = ("--customer", "华信", "--reference", "No. 1", "--review", "2026-06-01")
    assert typed(root, *PLACE, *words) == ExitCode.FINE
    assert "H0001 holds 2 papers" in capsys.readouterr().out
    assert typed(root, *PLACE, "--query", "便条") == ExitCode.FINE
    assert "H0002 holds 1 paper;" in capsys.readouterr().out
    for command in (("show", "D000001"), ("retain", "explain", "D000001")):
        assert typed(root, *command) == ExitCode.FINE
        told = capsys.readouterr().out.replace("\n", " ")
        assert "Stopped by hold H0001 (ordered by: court)" in told
    one, other = listed(root, capsys)
    assert (one["target"], one["target_name"], one["documents"]) == ("C0001", NAME, 2)
    assert (one["reference"], one["review_on"], one["standing"]) == (
        "No. 1",
        "2026-06-01",
        "active",
    )
    assert (other["scope"], other["target"], other["placed_by"]) == ("query", "便条", "clerk")
    _on(monkeypatch, 30)
    assert typed(root, "hold", "list") == ExitCode.FINE
    told, talk = capsys.readouterr()
    assert "review date passed" in told
    assert "1 hold has passed" in talk
    typed(root, "status")
    assert "1 hold should be looked at again: archiver hold list" in capsys.readouterr().out
    assert typed(root, "hold", "release", "h0001", "--reason", "settled") == ExitCode.FINE
    assert "H0001 is released" in capsys.readouterr().out
    assert [hold["hold"] for hold in listed(root, capsys)] == ["H0002"]
    gone, _ = listed(root, capsys, "--all")
    assert (gone["standing"], gone["released_on"], gone["released_why"]) == (
        "released",
        "2026-06-19",
        "settled",
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((*PLACE,), ExitCode.USAGE, "--doc, --customer, --case or --query"),
        ((*PLACE, "--doc", "D000001", "--case", "1"), ExitCode.USAGE, "one of them"),
        ((*PLACE, "--doc", "D000009"), ExitCode.USAGE, "no document D000009"),
        ((*PLACE, "--query", "state:due"), ExitCode.USAGE, "cannot ask for a state"),
        (("hold", "place", "--doc", "1", "--reason", "x"), ExitCode.USAGE, "--authority"),
        (
            ("hold", "place", "--authority", "tax", "--case", "1"),
            ExitCode.REFUSED,
            "REASON_REQUIRED",
        ),
        (("hold", "release", "H0001"), ExitCode.REFUSED, "[REASON_REQUIRED]"),
        (("hold", "release", "H0001", "--reason", "x"), ExitCode.USAGE, "no hold H0001"),
    ],
)
def test_what_is_refused(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    code: ExitCode,
    said: str,
) -> None:
    assert typed(root, *words) == code
    assert said in capsys.readouterr().err
    assert listed(root, capsys, "--all") == []


def test_what_is_exported_follows(root: Path) -> None:
    assert typed(root, *PLACE, "--doc", "D000001") == ExitCode.FINE
    exported = root / "ledger" / "current.jsonl"
    assert '"hold_placed"' in exported.read_text(encoding="utf-8")
    assert typed(root, "hold", "release", "H0001", "--reason", "over") == ExitCode.FINE
    assert '"hold_released"' in exported.read_text(encoding="utf-8")


def test_an_id_nobody_has_is_not_offered_as_a_name(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(root, *PLACE, "--customer", "C0000") == ExitCode.USAGE
    said = capsys.readouterr().err
    assert "archiver customer list" in said
    assert "customer add" not in said
