"""What a customer carries stands in its file."""

import pytest

from archiver.core.model import CustomerId
from archiver.custody.erasure import request
from archiver.custody.hold import release
from archiver.vault.vault import Vault
from tests.cli import test_dispose
from tests.cli.test_batched import held, told
from tests.cli.test_dispose import NAME, Type, rows

vault, by = test_dispose.vault, test_dispose.by


def shown(by: Type, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    assert by("a", "customer", "show", NAME, "--json") == 0
    (row,) = rows(capsys)
    return row


def test_nothing_is_carried_at_first(by: Type, capsys: pytest.CaptureFixture[str]) -> None:
    row = shown(by, capsys)
    assert (row["flags"], row["holds"], row["erasure"]) == ([], [], None)


def test_flags_holds_and_erasure_are_named(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "event", "add", "dispute_opened", NAME, "--date", "2024-01-05")
    by("a", "event", "add", "dispute_settled", NAME, "--date", "2024-02-05")
    first = held(vault, "customer", "C0001")
    second = held(vault, "document", "D000002")
    request(vault, CustomerId("C0001"), "a letter")
    row = shown(by, capsys)
    assert [(one["flag"], one["event"], one["ended"]) for one in row["flags"]] == [  # type: ignore[attr-defined]
        ("dispute", "E000002", "2024-02-05")
    ]
    counts = {one["hold"]: one["documents"] for one in row["holds"]}  # type: ignore[attr-defined]
    assert counts == {first.id: 3, second.id: 1}
    assert row["erasure"]["documents"] == 3  # type: ignore[index]
    by("a", "customer", "show", NAME)
    text = told(capsys.readouterr().out)
    for words in ("Flag: an objection or a dispute: event E000002", "Hold: H0001, 3 papers"):
        assert words in text
    assert "Erasure: asked for on" in text


def test_what_is_over_is_not_carried(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "event", "add", "dispute_opened", NAME)
    by("a", "event", "void", "E000002", "--reason", "x")
    by("b", "act", "confirm", "A000001")
    release(vault, held(vault, "customer", "C0001").id, "over")
    row = shown(by, capsys)
    assert (row["flags"], row["holds"]) == ([], [])
