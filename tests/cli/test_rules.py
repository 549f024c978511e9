"""`rules check` and `rules suggest` at the front door."""

import json
from pathlib import Path

import pytest

from archiver.core.errors import ExitCode
from archiver.custody import party
from archiver.review.decide import assign, queue
from tests.cli.inside import typed
from tests.worlds import CONTRACT, a_vault, drop, ingest

NAME, FORMER = "青梧市华信样本运输有限公司", "老华信样本车队有限公司"
ADDED = """
[[category]]
code = "delivery_note"
no = "55"
label = { zh = "送货单", en = "Delivery note" }
title = { "送货单" = 14 }

[[category.proof]]
text = '''
送货单
送货日期：2024年3月5日
'''
fields = { issue_date = "2024-03-0%d" }
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A contract whose party a person knew by a former name."""
    with a_vault(tmp_path / "vault") as vault:
        whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        drop(vault, "a.txt", CONTRACT.format(name=FORMER))
        ingest(vault)
        (waiting,) = queue(vault)
        assign(vault, waiting, whose.id, None)
    return tmp_path / "vault"


def write(root: Path, file: str, change: tuple[str, str]) -> None:
    path = root / "rules" / file
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")


def test_what_is_declared_holds_and_what_does_not_is_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(root, "rules", "check") == 0
    out, err = capsys.readouterr()
    assert "Every proof holds." in err
    assert "categories with" in out
    path = root / "rules" / "categories.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + ADDED % 5, encoding="utf-8")
    assert typed(root, "rules", "check", "--json") == ExitCode.DECLARATIONS
    (fault,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert fault["code"] == "example_value_otherwise"
    write(root, "fields.toml", ('"开票日期"', '"开票日期", "送货日期"'))
    assert typed(root, "rules", "check") == 0
    path.write_text(text + ADDED % 6, encoding="utf-8")
    assert typed(root, "rules", "check") == ExitCode.DECLARATIONS
    assert "2024-03-06" in capsys.readouterr().out


def test_answers_become_proposals(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(root, "rules", "suggest", "--json") == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert row["how"] == f'archiver customer alias C0001 "{FORMER}"'
    assert typed(root, "rules", "suggest") == 0
    assert row["how"] in capsys.readouterr().out
    assert typed(root, "customer", "alias", "C0001", FORMER) == 0
    capsys.readouterr()
    assert typed(root, "rules", "suggest") == 0
    assert "nothing to propose" in capsys.readouterr().err


def test_a_rule_for_no_category_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, "fields.toml", ('categories = ["invoice"]', 'categories = ["invoise"]'))
    assert typed(root, "rules", "check", "--json") == ExitCode.DECLARATIONS
    faults = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert "unknown_category" in {one["code"] for one in faults}
    assert any("invoise" in one["text"] for one in faults)
    write(root, "fields.toml", ('categories = ["invoise"]', 'categories = ["invoice"]'))
    write(
        root, "retention/company.toml", ('categories = ["register"]', 'categories = ["registre"]')
    )
    assert typed(root, "rules", "check") == ExitCode.DECLARATIONS
    assert "there is no category registre" in capsys.readouterr().out
