"""Customers become one, or two, and papers belong to cases: at the front door."""

import json
from pathlib import Path

import pytest

from archiver.cli import door
from archiver.core.errors import ExitCode
from archiver.core.model import DocumentId
from archiver.custody import party, place
from archiver.intake.publish import publish
from tests.cli.inside import typed
from tests.cli.test_act import reopened_by
from tests.worlds import a_vault, drop, ingest

OLD, NEW, THIRD = "青梧市华信样本运输有限公司", "云泽样本食品厂", "分出来的样本店"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault with two customers, each with one paper."""
    _becomes(monkeypatch, "clerk")
    with a_vault(tmp_path / "vault") as vault:
        for name in (OLD, NEW):
            party.add(vault, name, kind="customer", aliases=[], codes=[])
            drop(vault, f"{name}/a.txt", f"关于{name}")
        ingest(vault)
        for document in ("D000001", "D000002"):
            place.set_category(vault, DocumentId(document), "certificate")
        publish(vault)
    return tmp_path / "vault"


def _becomes(monkeypatch: pytest.MonkeyPatch, login: str) -> None:
    monkeypatch.setattr(door, "open_vault", lambda root, _: reopened_by(root, login))


def _said(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    capsys.readouterr()
    typed(root, *words, "--json")
    row: dict[str, object] = json.loads(capsys.readouterr().out.splitlines()[0])
    return row


def test_a_merged_customer_is_found_under_every_name(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(root, "customer", "merge", OLD, NEW)
    assert f"C0001 {OLD} is C0002 {NEW} now" in capsys.readouterr().out
    assert typed(root, "customer", "merge", "C0001", NEW) == ExitCode.REFUSED
    assert "[SAME_CUSTOMER]" in capsys.readouterr().err
    for name in ("C0001", OLD, "C0002", "华信"):
        assert _said(root, capsys, "customer", "show", name)["documents"] == 2
    for name in (OLD, NEW):
        typed(root, "search", "--customer", name, "--json")
        assert len(capsys.readouterr().out.splitlines()) == 2
    typed(root, "event", "add", "service_completed", "C0001", "--date", "2026-05-01")
    assert _said(root, capsys, "event", "list", "--customer", "C0001")["customer"] == "C0002"
    typed(root, "customer", "list")
    assert "merged" in capsys.readouterr().out


def test_parties_of_different_kinds_become_one_only_when_somebody_says_so(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(root, "customer", "add", "远川样本供应商行", "--kind", "supplier")
    words = ("customer", "merge", "远川样本供应商行", NEW)
    assert typed(root, *words) == ExitCode.USAGE
    assert "--yes" in capsys.readouterr().err
    assert typed(root, *words, "--yes") == ExitCode.FINE


def test_a_parting_says_to_the_second_person_what_goes(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("customer", "split", OLD, "D000001", "--name", THIRD)
    assert typed(root, *words) == ExitCode.REFUSED
    assert typed(root, *words, "--reason", "two") == ExitCode.PERSON_NEEDED
    capsys.readouterr()
    act = _said(root, capsys, "act", "list")
    assert act["about"] == f"C0001: D000001 → {THIRD}"
    _becomes(monkeypatch, "archivist")
    assert typed(root, "act", "confirm", "A000001") == ExitCode.FINE
    assert "C0001 is parted" in capsys.readouterr().out
    assert _said(root, capsys, "customer", "show", THIRD)["documents"] == 1
    assert _said(root, capsys, "show", "D000001")["customer"] == "C0003"


def test_a_name_is_put_right_and_the_folder_stays(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(root, "customer", "rename", OLD, "华信物流")
    row = _said(root, capsys, "customer", "show", OLD)
    assert (row["name"], row["aliases"], row["folder"]) == ("华信物流", [OLD], OLD)
    assert typed(root, "customer", "rename", "华信物流", NEW) == ExitCode.USAGE
    typed(root, "customer", "rename", "华信物流", OLD)
    assert _said(root, capsys, "customer", "show", OLD)["aliases"] == ["华信物流"]
    assert typed(root, "check", "--deep") == ExitCode.FINE


def test_a_paper_belongs_to_a_case_or_to_none(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(root, "document", "case", "D000001", "W 1")
    assert "D000001 belongs to case W 1" in capsys.readouterr().out
    assert _said(root, capsys, "show", "D000001")["case"] == "W 1"
    typed(root, "show", "D000001")
    assert "Case: W 1" in capsys.readouterr().out
    added = ("event", "add", "service_completed", OLD, "--case", "W 1")
    assert _said(root, capsys, *added)["case"] == "W 1"
    typed(root, "document", "case", "D000001", "--none")
    assert "D000001 belongs to no case" in capsys.readouterr().out
    assert _said(root, capsys, "show", "D000001")["case"] is None
    for wrong in ((), (" ",), ("W1", "--none")):
        assert typed(root, "document", "case", "D000001", *wrong) == ExitCode.USAGE
