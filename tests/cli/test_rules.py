"""`rules check` and `rules suggest` at the front door."""

import json
import re
from pathlib import Path

import pytest

from archiver.cli.ruled import rule_lines
from archiver.core.errors import ExitCode
from archiver.custody import party
from archiver.declarations.words import speaking
from archiver.review.decide import assign, queue
from archiver.vault.vault import open_vault
from tests.cli.inside import typed
from tests.worlds import CONTRACT, NOW, a_vault, drop, ingest

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


def test_a_rule_is_told_in_words_and_for_scripts(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(root, "rules", "explain", " t1 ") == 0
    told = capsys.readouterr().out
    for words in (
        "Rule T1: Tax papers",
        "For: Invoice, Tax registration certificate, Tax payment certificate, Tax return; of: ",
        "Kept 10 years from the date of the paper, counted from 1 January of the year after it.",
        "It rests on: law. 税收征收管理法实施细则第29条",
        "It stands in rules/retention/tax.toml; rules version ",
        "kept through 2026-12-31, due from 2027-01-01; decided by T1.",
    ):
        assert words in told
    assert typed(root, "rules", "explain", "T1", "--json") == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["id"], row["period"], row["start"]) == ("T1", "10y", "next_jan_1")
    assert row["title"] == {"zh": "涉税资料", "en": "Tax papers"}
    assert [one["due_date"] for one in row["proofs"]] == ["2026-01-01", "2027-01-01", None]
    assert [one["state"] for one in row["proofs"]][2] == "EXCEPTION"
    assert all(one["holds"] for one in row["proofs"])


def test_every_shipped_rule_is_told_in_both_languages(root: Path) -> None:
    with open_vault(root, "clerk") as vault:
        for lang in ("zh", "en"):
            for rule in vault.rules.rules:
                with speaking(lang):
                    told = " ".join(rule_lines(vault, rule))
                assert "{" not in told
                assert rule.title.said(lang) in told
                assert rule.law in told
                for proof in rule.proof:
                    assert str(proof.expect.retain_through or "") in told
                own = told.replace(rule.law, "").replace(rule.title.said(lang), "")
                mixed = r"[a-z]{3,} [a-z]{3,}" if lang == "zh" else r"[\u4e00-\u9fff]"
                assert not re.search(mixed, own), own


def test_a_proof_that_fails_is_told_with_what_came_out(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, "retention/tax.toml", ("2025-12-31", "2025-12-30"))
    write(root, "retention/licences.toml", ("service_completed = 2023-01-01", "sold = 2023-01-01"))
    assert typed(root, "rules", "explain", "T1") == 0
    first = capsys.readouterr().out.splitlines()[-3]
    assert "kept through 2025-12-31, due from 2026-01-01; decided by T1. The proof fails." in first
    assert typed(root, "rules", "explain", "L1") == 0
    assert "an event nobody knows. The proof fails." in capsys.readouterr().out
    assert typed(root, "rules", "explain", "L1", "--json") == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["proofs"][0]["state"], row["proofs"][0]["holds"]) == (None, False)


def test_a_rule_nobody_knows_is_a_mistake_of_typing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(root, "rules", "explain", "Z9") == ExitCode.USAGE
    assert "there is no rule Z9" in capsys.readouterr().err
    typed(root, "rules", "explain", "D000001")
    assert "archiver retain explain D000001" in capsys.readouterr().err


def test_who_has_no_rule_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "rules" / "retention" / "others.toml").unlink()
    assert typed(root, "rules", "check", "--json") == ExitCode.DECLARATIONS
    faults = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["code"] for one in faults] == ["never_matched"] * 3
    for kind in ("supplier", "staff", "own company"):
        assert any(one["text"].endswith(f"are kept for {kind}.") for one in faults)


@pytest.mark.parametrize(
    ("policy", "change", "code", "said"),
    [
        ("none", ("2026-01-01", "2025-01-01"), 3, "2025-01-01 is not a day of 2026"),
        ("roll_forward", ("2026-01-01", "2025-01-01"), 3, "2025-01-01 is not a day of 2026"),
        ("roll_forward", ("[", "["), 0, "last days move to a working day"),
        ("none", ("[", "["), 0, "not used: a last day stays where it falls"),
    ],
)
def test_the_calendar_is_checked(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    policy: str,
    change: tuple[str, str],
    code: int,
    said: str,
) -> None:
    """Whether it is used or not: a mistake is better found before it is."""
    monkeypatch.setattr("archiver.vault.vault.system_clock", lambda zone: lambda: NOW)
    weekends = root / "rules" / "retention" / "weekends.toml"
    weekends.write_text(f'weekend_policy = "{policy}"\n', encoding="utf-8")
    write(root, "calendar/2026.toml", change)
    assert typed(root, "rules", "check") == code
    told = capsys.readouterr()
    assert said in told.out + told.err
    assert typed(root, "retain", "plan") == 0, "what is in force stays so"


def test_an_event_that_is_misspelt_in_a_rule_is_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, "retention/company.toml", ('"service_completed",', '"servise_completed",'))
    for words in (("check",), ("diff",), ("activate", "--yes")):
        assert typed(root, "rules", *words) == ExitCode.DECLARATIONS
        said = capsys.readouterr().err
        assert "company.toml: R1: " in said
        assert "there is no event servise_completed; did you mean service_completed?" in said
        assert len(said.splitlines()) == 2


def test_each_fault_of_the_rules_has_a_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, "retention/company.toml", ("2026-05-12", "2026-05-13"))
    write(root, "retention/company.toml", ("2023-02-28", "2023-02-27"))
    assert typed(root, "rules", "diff") == ExitCode.DECLARATIONS
    first, second, *hint = capsys.readouterr().err.splitlines()
    assert "2026-05-13" in first
    assert "2023-02-27" in second
    assert len(hint) == 1
