"""A clock that does not fit, at the front door: said in one screen, put right by two people."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from archiver.cli import door
from archiver.core.errors import ExitCode
from archiver.vault.vault import Vault
from tests.cli.inside import typed
from tests.worlds import NOW, a_vault, drop, ingest, reopened

WHY = ("--reason", "closed from June to December")
Sitting = Callable[[str, int], None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "cat.txt", "meow")
        ingest(vault)
    return tmp_path / "vault"


@pytest.fixture
def sits(monkeypatch: pytest.MonkeyPatch) -> Sitting:
    """Who types, and how many days after the start the clock stands."""

    def sit(login: str, days: int) -> None:
        def open_it(root: Path, _: str) -> Vault:
            with reopened(root) as vault:
                vault.login, vault.clock = login, lambda: NOW + timedelta(days=days)
                clock = vault.settings.clock.model_copy(update={"max_unattended_days": 90})
                vault.settings = vault.settings.model_copy(update={"clock": clock})
            return vault

        monkeypatch.setattr(door, "open_vault", open_it)

    return sit


def shown(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    capsys.readouterr()
    typed(root, *words, "--json")
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(
    ("days", "anomaly"), [(0, None), (90, None), (91, "ahead"), (-1, "behind")]
)
def test_what_is_said_of_a_clock(
    root: Path,
    sits: Sitting,
    capsys: pytest.CaptureFixture[str],
    days: int,
    anomaly: str | None,
) -> None:
    sits("clerk", days)
    assert typed(root, "clock", "show") == (ExitCode.PERSON_NEEDED if anomaly else ExitCode.FINE)
    told = capsys.readouterr().out
    assert ("archiver clock confirm" in told) == (anomaly == "ahead")
    assert ("archiver clock reset" in told) == (anomaly == "behind")
    day = (NOW + timedelta(days=days)).date().isoformat()
    row = shown(root, capsys, "clock", "show")
    assert (row["anomaly"], row["clock_day"], row["since"]) == (anomaly, day, None)
    assert row["trusted_day"] == (NOW.date().isoformat() if anomaly else day)
    assert shown(root, capsys, "status")["clock_anomaly"] == anomaly
    assert typed(root, "status") == ExitCode.FINE
    assert ("does not fit" in told or "the last day known here" in told) == bool(anomaly)


def test_two_people_believe_it(
    root: Path, sits: Sitting, capsys: pytest.CaptureFixture[str]
) -> None:
    sits("clerk", 200)
    refused = typed(root, "review", "withdraw", "D000001", *WHY)
    assert refused == ExitCode.REFUSED
    assert "[CLOCK_ANOMALY]" in capsys.readouterr().err
    assert typed(root, "clock", "confirm") == ExitCode.REFUSED
    assert "[REASON_REQUIRED]" in capsys.readouterr().err
    assert typed(root, "clock", "confirm", *WHY) == ExitCode.PERSON_NEEDED
    assert "archiver act confirm A000001" in capsys.readouterr().out
    assert typed(root, "act", "confirm", "A000001") == ExitCode.REFUSED
    assert "[SAME_PERSON]" in capsys.readouterr().err
    sits("archivist", 201)
    assert typed(root, "act", "confirm", "A000001") == ExitCode.FINE
    assert shown(root, capsys, "clock", "show")["anomaly"] is None
    assert typed(root, "check", "--deep") == ExitCode.FINE
    assert typed(root, "clock", "confirm", *WHY) == ExitCode.USAGE, "nothing to believe"


def test_two_people_lower_the_day(
    root: Path, sits: Sitting, capsys: pytest.CaptureFixture[str]
) -> None:
    sits("clerk", 80)
    assert typed(root, "customer", "add", "甲店") == ExitCode.FINE
    sits("clerk", 1)
    day = (NOW + timedelta(days=1)).date().isoformat()
    later = (NOW + timedelta(days=81)).date().isoformat()
    assert typed(root, "clock", "reset", later, *WHY) == ExitCode.REFUSED
    assert "[NOT_LOWER]" in capsys.readouterr().err
    assert typed(root, "clock", "reset", day) == ExitCode.REFUSED
    assert "[REASON_REQUIRED]" in capsys.readouterr().err
    assert typed(root, "clock", "reset", "yesterday", *WHY) == ExitCode.USAGE
    assert typed(root, "clock", "reset", day, *WHY) == ExitCode.PERSON_NEEDED
    sits("archivist", 1)
    assert typed(root, "act", "confirm", "A000001") == ExitCode.FINE
    row = shown(root, capsys, "clock", "show")
    assert (row["trusted_day"], row["anomaly"]) == (day, None)
    assert typed(root, "clock", "reset", day, *WHY) == ExitCode.PERSON_NEEDED
    capsys.readouterr()
    assert typed(root, "act", "reject", "A000002", "--reason", "no need") == ExitCode.FINE
    assert "the last known day stays" in capsys.readouterr().out


@pytest.mark.parametrize(("day", "told"), [("2026-05-01", "follows"), ("2025-05-01", "90 days")])
def test_lowering_the_day_under_a_clock_that_fits_is_doubted(
    root: Path, sits: Sitting, capsys: pytest.CaptureFixture[str], day: str, told: str
) -> None:
    sits("a", 0)
    typed(root, "clock", "reset", day, *WHY)
    assert told in capsys.readouterr().err


def test_lowering_the_day_after_a_wrong_clock_was_put_right_is_not(
    root: Path, sits: Sitting, capsys: pytest.CaptureFixture[str]
) -> None:
    sits("a", 80)
    typed(root, "customer", "add", "甲店")
    sits("a", 0)
    capsys.readouterr()
    assert typed(root, "clock", "reset", "2026-05-20", *WHY) == ExitCode.PERSON_NEEDED
    assert "Note" not in capsys.readouterr().err


def test_what_happened_on_a_day_nobody_knows_needs_its_date(
    root: Path, sits: Sitting, capsys: pytest.CaptureFixture[str]
) -> None:
    sits("a", 0)
    typed(root, "customer", "add", "云泽样本食品厂")
    words = ("event", "add", "service_completed", "云泽样本食品厂")
    assert typed(root, *words) == ExitCode.FINE
    sits("a", 91)
    assert typed(root, *words) == ExitCode.USAGE
    assert "--date" in capsys.readouterr().err
    assert typed(root, *words, "--date", NOW.date().isoformat()) == ExitCode.FINE


def test_who_appraises_all_is_told_of_a_wrong_clock(
    root: Path, sits: Sitting, capsys: pytest.CaptureFixture[str]
) -> None:
    sits("a", 91)
    assert typed(root, "retain", "appraise", "--due") == ExitCode.REFUSED
    assert "[CLOCK_ANOMALY]" in capsys.readouterr().err
