"""`rules diff` and `rules activate` at the front door, and what else tells of the rules."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from archiver.cli import activate as command
from archiver.core.errors import ExitCode
from archiver.declarations.codes import EFFECTS
from archiver.judge.preview import Effect
from tests.cli.inside import typed
from tests.custody.test_activate import SOUND, world

__all__ = ["world"]

NINE = """
[[rule]]
id      = "N"
title   = { zh = "九", en = "N" }
match   = { categories = ["work_order", "invoice"] }
trigger = { events = ["service_completed", "loan_returned"], scope = "customer", pick = "latest" }
period  = "9y"
start   = "next_day"
basis   = "internal"

[[rule.proof]]
given  = { category = "work_order", doc_date = 2023-05-10, loan_returned = 2024-02-29 }
expect = { retain_through = 2033-02-28 }
"""


@pytest.fixture
def root(world: Path, tmp_path: Path) -> Path:
    """A vault whose files propose what lengthens some periods and shortens others."""
    root = tmp_path / "vault"
    shutil.copytree(world, root)
    (root / "rules/retention/company.toml").write_text(SOUND + NINE, encoding="utf-8")
    return root


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    (found,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert isinstance(found, dict)
    return found


def followed(root: Path, capsys: pytest.CaptureFixture[str]) -> bool:
    """Whether the rule is told to be in force, in both forms."""
    assert typed(root, "rules", "explain", "N") == 0
    warned = "it is not in force" in capsys.readouterr().out
    assert typed(root, "rules", "explain", "N", "--json") == 0
    is_so = told(capsys)["in_force"]
    assert is_so is not warned
    return bool(is_so)


def test_looking_changes_nothing_and_activating_does_what_was_shown(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(root, "status") == 0
    assert "archiver rules diff" in capsys.readouterr().out
    assert typed(root, "rules", "diff", "--json") == 0
    shown = told(capsys)
    assert shown["lengthened"] == 4
    assert not followed(root, capsys)
    assert typed(root, "rules", "diff", "--csv") == 0
    listed = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    papers = shown["papers"]
    assert isinstance(papers, list)
    assert [one["document"] for one in listed] == [one["document"] for one in papers]
    assert typed(root, "rules", "diff") == 0
    text = capsys.readouterr().out
    assert "4 papers: kept longer, at once" in text
    assert papers[0]["archive_no"] in text
    assert typed(root, "status", "--json") == 0
    now = told(capsys)
    assert (now["rules"], now["rules_version"]) == ("proposed", shown["in_force"])
    assert typed(root, "rules", "activate") == ExitCode.USAGE
    assert "--yes" in capsys.readouterr().err
    assert typed(root, "rules", "activate", "--yes", "--json") == 0
    done = told(capsys)
    assert (done["before"], done["rules"]) == (shown["in_force"], shown["files"])
    assert all(done[effect.value] == shown[effect.value] for effect in Effect)
    assert typed(root, "status", "--json") == 0
    now = told(capsys)
    assert (now["rules"], now["rules_version"]) == ("in_force", shown["files"])
    assert now["index_behind"] == 0
    assert followed(root, capsys)
    for words in (("diff",), ("activate",)):
        assert typed(root, "rules", *words) == 0
        assert "The rule files say what is in force" in capsys.readouterr().out
    assert typed(root, "retain", "explain", str(papers[0]["document"])) == 0
    text = capsys.readouterr().out
    assert f"rules version {str(shown['files'])[:12]}" in text
    assert len(set(text.splitlines())) == len(text.splitlines())


@pytest.mark.parametrize("answer", [True, False])
def test_a_person_is_asked(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    answer: bool,
) -> None:
    monkeypatch.setattr(command, "_agreed", lambda: answer)
    assert typed(root, "rules", "activate") == 0
    out, err = capsys.readouterr()
    assert ("is in force." in out.splitlines()[-1]) is answer
    assert ("Nothing was changed." in err) is not answer
    assert typed(root, "status", "--json") == 0
    assert told(capsys)["rules"] == ("in_force" if answer else "proposed")


def test_an_event_of_the_company_can_be_recorded_once_a_rule_in_force_counts_from_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(root, "event", "add", "loan_returned", "C0001") == ExitCode.USAGE
    assert "loan_returned" in capsys.readouterr().err
    assert typed(root, "rules", "activate", "--yes") == 0
    assert typed(root, "event", "add", "Loan_Returned", "C0001", "--json") == 0
    assert '"type": "loan_returned"' in capsys.readouterr().out
    assert typed(root, "event", "add", "loan_return", "C0001") == ExitCode.USAGE
    assert "Did you mean loan_returned?" in capsys.readouterr().err


def test_every_effect_has_a_word() -> None:
    assert [*EFFECTS] == [effect.value for effect in Effect]
