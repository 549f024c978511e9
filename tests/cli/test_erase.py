"""A request for erasure at the front door: what becomes of each paper, and where it shows."""

import json
from datetime import date
from pathlib import Path

import pytest

from archiver.cli import door
from archiver.core.errors import ExitCode
from archiver.custody import party
from archiver.custody.act import confirm, propose
from archiver.custody.fact import add_event, correct_event
from tests.cli.inside import typed
from tests.cli.test_act import reopened_by
from tests.company import keep_practice_alone
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


def test_equal_reasons_are_said_once_and_a_request_before_is_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with reopened_by(root, "clerk") as vault:
        drop(vault, "b.txt", CONTRACT.format(name=NAME) + "\n第二份")
        ingest(vault)
    typed(root, "customer", "erase", "华信", "--reason", "a letter")
    told, talk = capsys.readouterr()
    assert told.count("the legal department must decide") == 1
    assert "D000001, D000002: " in told
    assert "before" not in talk
    typed(root, "customer", "erase", "C0001")
    assert "It was asked for before, on 2026-05-20" in capsys.readouterr().err


def test_what_is_due_but_stopped_is_not_sent_to_the_appraisal(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with reopened_by(root, "clerk") as vault:
        keep_practice_alone(vault)
        correct_event(vault, "E000001", date(2015, 1, 5))
        act = propose(vault, "approve_shortening", "D000001", "x")
        vault.login = "other"
        confirm(vault, act.id)
    assert typed(root, "retain", "appraise", "D000001") == ExitCode.REFUSED
    capsys.readouterr()
    typed(root, "customer", "erase", "华信")
    told = " ".join(capsys.readouterr().out.split())
    assert "may be appraised, but not yet" in told
    assert "nothing may be done about it before" in told
    typed(root, "customer", "erase", "华信", "--json")
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["outcome"], row["block_reason"]) == ("due", "GRACE_PERIOD")
