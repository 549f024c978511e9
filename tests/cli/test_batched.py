"""Who approves sees what: batches with their papers, on a screen and as objects."""

import click
import pytest

from archiver.catalogue.holds import StoredHold
from archiver.cli import dispose
from archiver.core.errors import ExitCode
from archiver.custody.hold import place
from archiver.vault.vault import Vault
from tests.cli import test_dispose
from tests.cli.test_dispose import NAME, Type, rows
from tests.worlds import papers

vault, by = test_dispose.vault, test_dispose.by


def told(text: str) -> str:
    """As it reads without the ends of lines."""
    return " ".join(text.split())


def held(vault: Vault, scope: str, target: str) -> StoredHold:
    """A hold of the court."""
    return place(
        vault, scope, target, reason="lawsuit", authority="court", reference=None, contact=None
    )


def test_who_approves_sees_which_papers_these_are(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "retain", "appraise", "D000001", "D000002", "--opinion", "no longer needed")
    held(vault, "document", "D000002")
    by("b", "retain", "approve", "B000001")
    shown = told(capsys.readouterr().out)
    for word in (
        "D000001",
        "0001-02-2026-0001",
        NAME,
        "Contract",
        "no longer needed",
        "2018-01-06",
    ):
        assert word in shown, word
    assert "stays: a hold covers it" in shown
    by("a", "retain", "batches", "b000001", "--json")
    (batch,) = rows(capsys)
    items = batch["items"]
    assert isinstance(items, list)
    first = items[0]
    assert (first["document"], first["customer"], first["customer_name"]) == (
        "D000001",
        "C0001",
        NAME,
    )
    assert first["category"] == "contract"
    assert first["archive_no"].startswith("0001-02-")
    assert first["title"]


def test_of_what_is_destroyed_number_and_customer_are_remembered(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "retain", "appraise", "D000001")
    by("b", "retain", "approve", "B000001")
    by("a", "retain", "destroy", "B000001", "--witness", "daemon")
    capsys.readouterr()
    by("a", "retain", "batches", "--json")
    (batch,) = rows(capsys)
    items = batch["items"]
    assert isinstance(items, list)
    assert items[0]["archive_no"].startswith("0001-02-")
    assert (items[0]["customer"], items[0]["title"]) == ("C0001", None)
    assert by("a", "retain", "batches", "B000001") == 0
    assert "0001-02-2026-0001" in capsys.readouterr().out


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """On a terminal: what was asked; the answer is always the number of the batch."""
    questions: list[str] = []

    def prompt(text: str, **_: object) -> str:
        questions.append(text)
        return "B000001"

    monkeypatch.setattr(dispose, "interactive", lambda: True)
    monkeypatch.setattr(click, "prompt", prompt)
    return questions


def test_nobody_is_asked_to_confirm_what_is_refused(
    vault: Vault, by: Type, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "retain", "appraise", "D000001", "D000002")
    destroy = ("retain", "destroy", "B000001")
    assert by("a", *destroy, "--witness", "daemon") == ExitCode.REFUSED
    by("b", "retain", "approve", "B000001")
    assert by("a", *destroy) == ExitCode.REFUSED
    assert by("daemon", *destroy, "--witness", "daemon") == ExitCode.REFUSED
    said = capsys.readouterr().err
    assert [said.count(f"[{code}]") for code in ("NOT_APPROVED", "WITNESS_REQUIRED")] == [1, 2]
    assert not asked
    assert len(papers(vault)) == 3
    held(vault, "document", "D000001")
    assert by("a", *destroy, "--witness", "daemon") == 0
    assert len(asked) == 1
    shown = told(capsys.readouterr().out)
    assert shown.index("D000002") < shown.index("B000001: 1 paper")
    assert "D000001" not in shown[: shown.index("B000001: 1 paper")]
    assert len(papers(vault)) == 2


def test_an_appraisal_without_an_opinion_is_told_once(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "retain", "appraise", "D000001", "--opinion", "past")
    assert "--opinion" not in capsys.readouterr().err
    by("a", "retain", "appraise", "D000002")
    said = capsys.readouterr().err
    assert "--opinion" in said
    assert "archiver retain reject B000002" in said


def test_a_batch_that_is_not_there_is_told_as_a_batch(
    by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (("reject", "B1", "--reason", "x"), ("approve", "b000009")):
        assert by("a", "retain", *words) == ExitCode.USAGE
        said = capsys.readouterr().err
        assert "no batch B" in said
        assert "archiver retain batches" in said
