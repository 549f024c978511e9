"""What two people agree to is told before and while the second one says yes."""

import pytest

from archiver.cli.terms import told
from archiver.core.errors import ExitCode
from archiver.core.model import DocumentId
from archiver.custody.act import propose
from archiver.custody.split import parting
from archiver.declarations.words import speaking
from archiver.vault.vault import Vault
from tests.cli import test_dispose
from tests.cli.test_batched import told as flat
from tests.cli.test_dispose import NAME, Type, rows

vault, by = test_dispose.vault, test_dispose.by


def test_a_shortening_names_the_day_before_and_after(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "event", "correct", "E000001", "2026-01-05")
    by("a", "event", "correct", "E000001", "2016-01-05")
    by("a", "retain", "approve-shortening", "D000001", "D000002", "--reason", "typed wrong")
    capsys.readouterr()
    by("a", "act", "list", "--json")
    (act,) = rows(capsys)
    assert act["document"] is None
    assert act["documents"] == ["D000001", "D000002"]
    kept = {"state": "RETAINED", "retain_through": "2029-01-05", "instead": "2019-01-05"}
    assert act["terms"] == {
        "records": [{"document": one, **kept} for one in ("D000001", "D000002")]
    }
    line = "D000002 kept to 2029-01-05, then to 2019-01-05"
    assert by("a", "act", "list") == ExitCode.PERSON_NEEDED
    assert line in flat(capsys.readouterr().out)
    assert by("b", "act", "confirm", "A000001") == 0
    assert line in flat(capsys.readouterr().out)


def test_a_shortening_of_one_paper_names_it(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "event", "correct", "E000001", "2026-01-05")
    by("a", "event", "correct", "E000001", "2016-01-05")
    by("a", "retain", "approve-shortening", "D000003", "--reason", "typed wrong")
    capsys.readouterr()
    by("a", "act", "list", "--json")
    (act,) = rows(capsys)
    assert act["document"] == "D000003"


def test_a_reappraisal_names_flag_and_years(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "event", "add", "dispute_opened", NAME, "--date", "2024-01-05")
    by("a", "event", "add", "dispute_settled", NAME, "--date", "2024-02-29")
    by("a", "retain", "reappraise", NAME, "--flag", "dispute", "--years", "3", "--reason", "x")
    capsys.readouterr()
    by("a", "act", "list", "--json")
    (act,) = rows(capsys)
    assert act["terms"] == {
        "flag": "dispute",
        "years": 3,
        "ended": "2024-02-29",
        "until": "2027-02-28",
    }
    by("b", "act", "confirm", "A000001")
    line = flat(capsys.readouterr().out)
    for word in (NAME, "an objection or a dispute", "3 years", "2024-02-29", "2027-02-28"):
        assert word in line, word


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_kind_of_act_has_a_line(
    vault: Vault, by: Type, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    terms = parting([DocumentId("D000002")], "云泽样本食品厂")
    acts = [
        propose(vault, "void_event", "E000001", "x"),
        propose(vault, "split_customer", "C0001", "x", terms=terms),
        propose(vault, "clock_reset", "2026-05-01", "x"),
    ]
    wanted = (
        ("E000001", "2015-01-05", NAME),
        (NAME, "云泽样本食品厂", "D000002"),
        ("2026-05-01",),
    )
    with speaking(lang), vault.catalogue.read() as tx:
        for act, words in zip(acts, wanted, strict=True):
            line = told(vault, tx, act, pending=True).line
            assert all(word in line for word in words), line
            assert "{" not in line
