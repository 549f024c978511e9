"""At the front door: who lacks a role is refused, told who has it, and the ledger notes it."""

import json
from pathlib import Path

import pytest

from archiver.catalogue import ledger
from archiver.cli import door
from archiver.core.errors import ExitCode
from archiver.vault.people import PersonSettings
from archiver.vault.vault import Vault
from tests.cli.inside import typed
from tests.worlds import a_vault, declared, drop, ingest, papers, reopened

PEOPLE = (
    PersonSettings(name="A", logins=("a1", "a2"), roles=("clerk", "archivist")),
    PersonSettings(name="B", logins=("b",), roles=("approver",)),
    PersonSettings(name="C", logins=("c",), roles=("auditor",)),
)
WHY = ("--reason", "a cat, not a paper")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "cat.txt", "meow")
        ingest(vault)
    return tmp_path / "vault"


def becomes(monkeypatch: pytest.MonkeyPatch, login: str) -> None:
    """From now on this login types, at a vault that declares its people."""

    def open_it(root: Path, _: str) -> Vault:
        with reopened(root) as vault:
            vault.login = login
            declared(vault, *PEOPLE)
        return vault

    monkeypatch.setattr(door, "open_vault", open_it)


def entries(root: Path) -> list[dict[str, object]]:
    with reopened(root) as vault, vault.catalogue.read() as tx:
        return [json.loads(line) for line in ledger.lines(tx)]


REFUSED = (
    ("review", ("review", "accept", "D000001")),
    ("correct", ("review", "correct", "D000001", "--category", "other")),
    ("withdraw", ("review", "withdraw", "D000001", *WHY)),
    ("customer", ("customer", "add", "甲店")),
    ("event", ("event", "add", "service_completed", "甲店")),
    ("void_event", ("event", "void", "E000001", *WHY)),
    ("document", ("document", "join", "D000001", "D000002")),
)


@pytest.mark.parametrize("login", ["c", "nobody"])
@pytest.mark.parametrize(("act", "words"), REFUSED)
def test_a_refusal_changes_nothing_but_the_log(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    act: str,
    words: tuple[str, ...],
    login: str,
) -> None:
    before = entries(root)
    with reopened(root) as vault:
        lay = papers(vault)
    becomes(monkeypatch, login)
    assert typed(root, *words) == ExitCode.REFUSED
    told = capsys.readouterr().err
    assert "[ROLE_REQUIRED]" in told
    assert "who has one: A" in told
    (*earlier, noted) = entries(root)
    assert earlier == before
    assert noted["action"] == "refused"
    assert noted["facts"] == {"act": act, "code": "ROLE_REQUIRED"}
    with reopened(root) as vault:
        assert papers(vault) == lay


def test_an_undeclared_login_drops_and_looks(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    becomes(monkeypatch, "nobody")
    with reopened(root) as vault:
        drop(vault, "dog.txt", "woof")
    for words, code in (
        (("ingest",), ExitCode.PERSON_NEEDED),
        (("search", "meow"), ExitCode.FINE),
        (("show", "D000001"), ExitCode.FINE),
        (("review", "list"), ExitCode.PERSON_NEEDED),
        (("retain", "plan"), ExitCode.FINE),
        (("status",), ExitCode.FINE),
        (("act", "list"), ExitCode.FINE),
        (("check", "--deep"), ExitCode.FINE),
    ):
        assert typed(root, *words) == code, words


def test_two_accounts_of_one_person_are_not_two(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    becomes(monkeypatch, "a1")
    assert typed(root, "review", "withdraw", "D000001", *WHY) == ExitCode.PERSON_NEEDED
    becomes(monkeypatch, "a2")
    assert typed(root, "act", "confirm", "A000001") == ExitCode.REFUSED
    assert "[SAME_PERSON]" in capsys.readouterr().err
    becomes(monkeypatch, "c")
    assert typed(root, "act", "confirm", "A000001") == ExitCode.REFUSED
    assert "who has one: A, B" in capsys.readouterr().err
    becomes(monkeypatch, "b")
    assert typed(root, "act", "confirm", "A000001") == ExitCode.FINE
