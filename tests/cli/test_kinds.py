"""Kinds of event by code or by label, and doubts about what was entered."""

import re
from pathlib import Path

import pytest

from archiver.cli.kinds import kinds, names
from archiver.cli.known import kinds as offers
from archiver.core.errors import ExitCode
from archiver.custody import party
from archiver.declarations.codes import EVENTS
from archiver.vault.vault import Vault
from tests.cli import test_dispose
from tests.cli.inside import typed
from tests.cli.shell import Shell
from tests.cli.test_dispose import NAME, Type, rows
from tests.worlds import a_vault, believing

vault, by = test_dispose.vault, test_dispose.by


@pytest.mark.parametrize("name", ["完成服务", "service", " Service_Completed "])
def test_a_label_names_an_event_as_well_as_its_code(
    by: Type, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert by("a", "event", "add", name, NAME, "--date", "2024-05-06", "--json") == 0
    (row,) = rows(capsys)
    assert row["type"] == "service_completed"


def test_labels_are_as_many_as_codes_and_offered(vault: Vault) -> None:
    known = names(vault)
    assert set(known.values()) == {*kinds(vault)}
    assert len(known) >= 3 * len(EVENTS)
    assert {"完成服务", "service_completed"} <= {one for one, _ in offers(vault)}


def test_help_lists_the_kinds_those_of_the_company_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_vault(tmp_path / "own") as made:
        believing(made)
        root = made.layout.root
        party.add(made, NAME, kind="customer", aliases=[], codes=[])
        rules = made.layout.rules / "retention" / "company.toml"
        text = rules.read_text(encoding="utf-8")
        more = text.replace('"service_completed",', '"service_completed", "vehicle_sold",')
        assert more != text
        rules.write_text(more, encoding="utf-8")
    typed(root, "event", "add", "--help")
    shown = capsys.readouterr().out
    assert all(code in shown for code in EVENTS)
    assert "vehicle_sold" not in shown
    assert typed(root, "rules", "activate", "--yes") == 0
    typed(root, "event", "add", "--help")
    assert "vehicle_sold" in capsys.readouterr().out
    assert typed(root, "event", "add", "Vehicle_Sold", NAME) == 0


def test_what_cannot_count_is_told_and_recorded(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    party.add(vault, "云泽样本配件厂", kind="supplier", aliases=[], codes=[])
    capsys.readouterr()
    assert by("a", "event", "add", "service_completed", "云泽样本配件厂") == 0
    assert "does not count for: supplier" in capsys.readouterr().err
    assert by("a", "event", "add", "dispute_opened", "云泽样本配件厂") == 0
    assert by("a", "event", "add", "service_completed", NAME, "--date", "2024-01-01") == 0
    assert "Note" not in capsys.readouterr().err
    assert by("a", "event", "add", "service_completed", NAME, "--date", "1820-01-01") == 0
    assert "is the year right?" in capsys.readouterr().err


def test_a_table_is_doubted_line_by_line(
    vault: Vault, by: Type, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "t.csv"
    lines = [f"完成服务,{NAME},{day}" for day in ("2024-01-01", "2990-01-01", "1820-01-01")]
    table.write_text("\n".join(("事件,客户,日期", *lines)), encoding="utf-8")
    capsys.readouterr()
    assert by("a", "event", "import", str(table)) == 0
    said = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in said] == ["line 3", "line 4"]
    assert "still to come" in said[0]


def test_what_is_wrong_with_a_table_is_said_in_chinese(vault: Vault, tmp_path: Path) -> None:
    table, shell = tmp_path / "t.csv", Shell(tmp_path)
    lines = ("完成服务,{0},昨天,", "来过,{0},,", "完成服务,无此人,,", "完成服务,{0},2024-01-01,D9")
    told = "\n".join(("事件,客户,日期,文件", *lines)).format(NAME)
    table.write_text(told, encoding="utf-8")
    said = shell("event", "import", str(table), lang="zh").stderr
    assert "不是日期" in said
    assert "没有事件" in said
    assert not re.search("[a-z]{2,} [a-z]{2,}", said.split("→")[0])
    table.write_text("客户,日期\n", encoding="utf-8")
    assert "没有列 事件" in shell("event", "import", str(table), lang="zh").stderr


def test_a_day_that_is_none_gets_an_example(by: Type, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ("event", "add", "service", NAME, "--date", "5.6.2024"),
        ("event", "correct", "E000001", "2024"),
        ("retain", "extend", "D000001", "--until", "soon"),
        ("clock", "reset", "0", "--reason", "x"),
    ):
        assert by("a", *words) == ExitCode.USAGE
        said = capsys.readouterr().err
        assert "write it as 2026-03-05" in said
        assert "%" not in said
