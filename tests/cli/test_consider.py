"""`review show`: what must be decided, and all that speaks for one answer or another."""

import json
from pathlib import Path

import pytest

from archiver.core.errors import ExitCode
from archiver.custody import party
from tests.cli.inside import typed
from tests.worlds import CONTRACT, a_vault, drop, ingest

NAME, OTHER = "青梧市华信样本运输有限公司", "云泽样本贸易有限公司"
TEXT = CONTRACT.format(name=NAME).replace("乙方：样本", f"乙方：{OTHER}")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A contract between two customers."""
    with a_vault(tmp_path / "vault") as vault:
        whose = [party.add(vault, n, kind="customer", aliases=[], codes=[]) for n in (NAME, OTHER)]
        drop(vault, "a.txt", TEXT)
        drop(vault, f"{NAME}/b.txt", TEXT + "\n第二份")
        ingest(vault)
        assert len(whose) == 2
    return tmp_path / "vault"


def test_candidates_stand_side_by_side_with_their_reasons(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(root, "review", "show", "D000001", "--json") == 0
    row = json.loads(capsys.readouterr().out)
    assert [one["customer_name"] for one in row["candidates"]] == [NAME, OTHER]
    for one in row["candidates"]:
        assert "name_on_paper" in {why["code"] for why in one["reasons"]}
    assert typed(root, "review", "show", "D000001") == 0
    out = capsys.readouterr().out
    assert f"    {OTHER}: " in out
    assert "Why this category" in out


def test_a_text_has_no_picture_and_a_decided_paper_no_question(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn = tmp_path / "page.png"
    assert typed(root, "review", "show", "D000001", "--picture", str(drawn)) == 0
    assert "no picture" in capsys.readouterr().out
    assert not drawn.exists()
    assert typed(root, "review", "show", "D000002") == ExitCode.USAGE
    assert "nothing about D000002 waits" in capsys.readouterr().err
