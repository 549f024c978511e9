"""`review correct` at the front door, in both languages."""

from pathlib import Path

import pytest

from archiver.core.errors import ExitCode
from archiver.custody import party
from archiver.review.decide import queue
from tests.cli.inside import typed
from tests.worlds import CONTRACT, a_vault, drop, ingest

NAME = "青梧市华信样本运输有限公司"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A filed contract, and one of somebody unknown."""
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        drop(vault, "a.txt", CONTRACT.format(name=NAME))
        drop(vault, "b.txt", CONTRACT.format(name="青梧市华倍样本运输有限公司"))
        ingest(vault)
        assert [one.id for one in queue(vault)] == ["D000002"]
    return tmp_path / "vault"


def test_a_correction_says_where_the_paper_is(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = (
        "review",
        "correct",
        "D000001",
        "--set",
        "Issued on=2023年12月31日",
        "--set",
        "amount=12",
    )
    assert typed(root, *said) == 0
    assert f"customers/{NAME}/合同/2023-12-31" in capsys.readouterr().out
    assert typed(root, "review", "correct", "D000002", "--set", "amount=12") == 4
    assert "a person must still decide" in capsys.readouterr().out
    assert typed(root, "review", "correct", "D000002", "--set", f"company_name={NAME}") == 0
    assert "filed: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "nothing is said"),
        (("--set", "amount"), "is no NAME=VALUE"),
        (("--set", "colour=red"), "no value called"),
        (("--set", "issue_date=2024-02-30"), "cannot be the value"),
    ],
)
def test_what_says_nothing_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert typed(root, "review", "correct", "D000001", *words) == ExitCode.USAGE
    assert told in capsys.readouterr().err


def test_a_paper_that_the_customer_has_already_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[])
        for folder in ("华信", "别处"):
            drop(vault, f"{folder}/a.txt", CONTRACT.format(name="某某"))
            ingest(vault)
    assert typed(tmp_path / "vault", "review", "assign", "D000002", "--customer", "华信") == 0
    assert "D000002 is the same file as D000001" in capsys.readouterr().out
