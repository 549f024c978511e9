"""The plan tells what lies over a state; explanations and extensions say what they mean."""

import re
from datetime import date
from pathlib import Path

import click
import pytest

from archiver.cli import period
from archiver.cli.overlays import rule_names, state_with_marks
from archiver.cli.wrap import width
from archiver.core.errors import ExitCode
from archiver.core.model import CustomerId
from archiver.custody.erasure import request
from archiver.custody.hold import release
from archiver.custody.stamp import trust_from_now
from archiver.declarations.codes import STATES
from archiver.declarations.words import speaking
from archiver.vault.vault import Vault
from tests.cli import test_dispose
from tests.cli.screen import ended
from tests.cli.shell import Shell
from tests.cli.test_batched import held, told
from tests.cli.test_dispose import NAME, Type, rows
from tests.worlds import believing

vault, by = test_dispose.vault, test_dispose.by


def test_the_plan_tells_what_lies_over_a_state(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    held(vault, "document", "D000001")
    release(vault, held(vault, "document", "D000002").id, "over")
    request(vault, CustomerId("C0001"), "a letter")
    capsys.readouterr()
    assert by("a", "retain", "plan") == 0
    shown = told(capsys.readouterr().out)
    for words in (
        f"D000001 {NAME} due: held, restricted",
        f"D000002 {NAME} due: restricted, in grace",
        f"D000003 {NAME} due: restricted",
    ):
        assert words in shown
    by("a", "retain", "plan", "--json")
    assert "told" not in rows(capsys)[0]


def test_what_waits_for_two_people_stands_in_the_plan(
    by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "event", "correct", "E000001", "2026-01-05")
    by("a", "event", "correct", "E000001", "2016-01-05")
    capsys.readouterr()
    by("a", "retain", "plan")
    assert "retained: shorter waits" in told(capsys.readouterr().out)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_state_and_mark_has_words_that_fit(lang: str) -> None:
    keys = ("held", "incident", "restricted", "legal_review", "pending_shortening")
    with speaking(lang):
        for state in STATES:
            for key in keys:
                row = {**dict.fromkeys(keys, False), key: True}
                text = state_with_marks({**row, "state": state, "block_reason": "GRACE_PERIOD"})
                assert not re.search("[A-Z]{2}|_", text)


def test_a_clock_that_is_not_believed_is_told_below_the_plan(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "ingest")
    capsys.readouterr()
    by("a", "retain", "plan")
    assert "clock" not in capsys.readouterr().err
    with vault.catalogue.write() as tx:
        trust_from_now(tx, date(2990, 1, 1))
    by("a", "retain", "plan")
    assert "archiver clock reset DAY" in capsys.readouterr().err


def test_people_are_no_rule(by: Type, capsys: pytest.CaptureFixture[str]) -> None:
    assert rule_names(["OVERRIDE", "W1"]) == "people, W1"
    assert by("a", "retain", "extend", "D000001", "--years", "2") == 0
    capsys.readouterr()
    by("a", "retain", "explain", "D000001")
    shown = capsys.readouterr().out
    assert "people want it kept that long" in told(shown)
    assert "OVERRIDE" not in shown
    by("a", "retain", "explain", "D000002")
    assert "Rule R1: " in capsys.readouterr().out


def test_a_very_late_day_is_asked_about(
    by: Type, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    far = ("retain", "extend", "D000001", "--until", "2999-01-01")
    assert by("a", *far) == ExitCode.USAGE
    assert "--yes" in capsys.readouterr().err
    assert by("a", "retain", "extend", "D000001", "--years", "31") == ExitCode.USAGE
    monkeypatch.setattr(period, "interactive", lambda: True)
    monkeypatch.setattr(click, "confirm", lambda *_, **__: False)
    assert by("a", *far) == 0
    by("a", "retain", "plan", "--json")
    assert {one["state"] for one in rows(capsys) if "state" in one} == {"DUE"}
    assert by("a", "retain", "extend", "D000001", "--years", "30") == 0
    assert by("a", *far, "--yes") == 0
    assert "2999-01-01" in capsys.readouterr().out


def test_the_note_on_what_waits_is_said_only_where_something_does(
    by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    note = "waits for two people"
    by("a", "event", "add", "service_completed", NAME, "--date", "2026-03-01")
    capsys.readouterr()
    by("a", "event", "correct", "E000001", "2014-01-05")
    assert note not in capsys.readouterr().err
    by("a", "event", "correct", "E000002", "2026-02-01")
    assert note in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_plan_and_batch_fit_a_terminal(vault: Vault, by: Type, tmp_path: Path, lang: str) -> None:
    held(vault, "document", "D000001")
    by("a", "retain", "appraise", "D000002", "D000003", "--opinion", "已无保存价值 " * 12)
    shell = Shell(tmp_path)
    believing(vault)
    for words in (("plan",), ("batches",), ("batches", "B000001")):
        shown = ended(shell, "--lang", lang, "retain", *words, env={"TERM": "dumb"})
        assert "D000002" in shown or words == ("batches",)
        assert max(width(line.rstrip("\r")) for line in shown.split("\n")) <= 80, shown
