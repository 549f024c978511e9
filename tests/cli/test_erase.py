"""A request for erasure at the front door: what becomes of each paper, and where it shows."""

import json
from datetime import date
from pathlib import Path

import pytest

from archiver.cli import door
from archiver.core.errors import ExitCode
from archiver.custody import party
from archiver.custody.fact import add_event
from tests.cli.inside import typed
from tests.cli.test_act import reopened_by
from tests.worlds import CONTRACT, a_vault, drop, ingest

NAME = "青梧市华信样本运输有限公司"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A customer with a contract that only the company's own rule keeps."""
    with a_vault(tmp_path / "vault") as vault:
        whose = party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[]).id
        party.add(vault, "没有文件的样本店", kind="customer", aliases=[], codes=[])
        add_event(vault, "service_completed", customer=whose, document=None, day=date(2025, 1, 1))
        drop(vault, "a.txt", CONTRACT.format(name=NAME))
        ingest(vault)
    monkeypatch.setattr(door, "open_vault", lambda root, _: reopened_by(root, "clerk"))
    return tmp_path / "vault"


def test_what_is_said_of_each_paper(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(root, "customer", "erase", "没有文件的样本店") == ExitCode.FINE
    assert "No papers of that customer" in capsys.readouterr().err
    assert typed(root, "customer", "erase", "C0009") == ExitCode.USAGE
    capsys.readouterr()
    assert typed(root, "customer", "erase", "华信", "--reason", "a letter") == ExitCode.FINE
    told, talk = capsys.readouterr()
    assert "for legal review" in told
    assert "the legal department must decide" in told.replace("\n", " ")
    assert "1 paper: 1 for legal review" in talk
    assert typed(root, "customer", "erase", "华信", "--json") == ExitCode.FINE
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["document"], row["outcome"], row["restricted"]) == ("D000001", "legal_review", True)
    for command in (("show", "D000001"), ("retain", "plan"), ("retain", "explain", "D000001")):
        assert typed(root, *command, "--json") == ExitCode.FINE
        (row,) = map(json.loads, capsys.readouterr().out.splitlines())
        overlays = {key: row[key] for key in ("held", "incident", "restricted", "legal_review")}
        assert overlays == {
            "held": False,
            "incident": False,
            "restricted": True,
            "legal_review": True,
        }
    for command in (("show", "D000001"), ("retain", "explain", "D000001")):
        assert typed(root, *command) == ExitCode.FINE
        assert "Its erasure was asked for" in capsys.readouterr().out.replace("\n", " ")
