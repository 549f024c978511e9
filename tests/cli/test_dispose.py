"""The way of due papers out, typed by several people; and what one cannot do."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archiver.catalogue import contexts, keepings, rule_sets
from archiver.core.errors import ExitCode
from archiver.core.model import UNASSIGNED
from archiver.custody import party
from archiver.custody.stamp import stamp
from archiver.vault.vault import Vault
from tests.cli.inside import typed
from tests.company import keep_practice_alone, practice
from tests.judge.test_evaluate import shorter
from tests.worlds import CONTRACT, a_vault, believing, drop, ingest, papers

NAME = "青梧市华信样本运输有限公司"
PATIENCE = {
    "ingest_grace_days = 30": "ingest_grace_days = 0",
    "cooling_off_days = 7": "cooling_off_days = 0",
}
Type = Callable[..., int]


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """Three contracts of a customer who left long ago, in a vault that asks for no patience."""
    with a_vault(tmp_path / "vault") as made:
        keep_practice_alone(made)
        believing(made)
        text = made.layout.settings.read_text(encoding="utf-8")
        for old, new in PATIENCE.items():
            assert old in text
            text = text.replace(old, new)
        made.layout.settings.write_text(text, encoding="utf-8")
        party.add(made, NAME, kind="customer", aliases=[], codes=[])
        for number in range(1, 4):
            drop(made, f"张三的合同{number}.txt", f"{CONTRACT.format(name=NAME)}\n第{number}份")
        ingest(made)
        yield made


@pytest.fixture
def by(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Types a command under a login."""

    def acts(login: str, *words: str) -> int:
        monkeypatch.setattr("archiver.cli.door.login", lambda vault=None: login)
        return typed(vault.layout.root, *words)

    assert acts("a", "event", "add", "service_completed", NAME, "--date", "2015-01-05") == 0
    return acts


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_three_people_and_nothing_is_left(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    assert by("a", "retain", "appraise", "--due", "--opinion", "past") == ExitCode.PERSON_NEEDED
    assert by("a", "retain", "approve", "B000001") == ExitCode.REFUSED
    assert by("b", "retain", "destroy", "B000001", "--witness", "daemon") == ExitCode.REFUSED
    assert by("b", "retain", "approve", "b000001") == 0
    assert by("a", "retain", "destroy", "B000001") == ExitCode.REFUSED
    assert by("a", "retain", "destroy", "B000001", "--witness", "nobody-of-that-name") == 2
    assert (
        by("a", "hold", "place", "--doc", "D000002", "--reason", "x", "--authority", "court") == 0
    )
    told = capsys.readouterr().err
    for code in ("SAME_PERSON", "NOT_APPROVED", "WITNESS_REQUIRED"):
        assert f"[{code}]" in told
    assert by("a", "retain", "destroy", "B000001", "--witness", "daemon", "--json") == 0
    (batch,) = rows(capsys)
    assert (batch["state"], batch["records"], batch["witnesses"]) == ("destroyed", 2, ["daemon"])
    items = batch["items"]
    assert isinstance(items, list)
    assert [one["left_because"] for one in items] == [None, "HELD", None]
    (stays,) = papers(vault).values()
    assert "第2份".encode() in stays
    assert by("a", "show", "D000001") == 0
    assert by("a", "retain", "appraise", "D000001") == ExitCode.REFUSED
    assert "[ALREADY_DESTROYED]" in capsys.readouterr().err
    assert by("a", "check", "--deep") == 0
    assert by("a", "ledger", "verify") == 0


def test_what_is_damaged_meanwhile_is_not_destroyed(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "retain", "appraise", "--due")
    by("b", "retain", "approve", "B000001")
    first, second, _ = sorted(papers(vault))
    (vault.layout.customers / first).unlink()
    (vault.layout.customers / second).write_bytes(papers(vault)[second][::-1])
    capsys.readouterr()
    assert by("a", "retain", "destroy", "B000001", "--witness", "daemon", "--json") == 0
    (batch,) = rows(capsys)
    assert batch["records"] == 1
    items = batch["items"]
    assert isinstance(items, list)
    left = [one["left_because"] for one in items]
    assert sorted(map(str, left)) == ["INTEGRITY_INCIDENT", "INTEGRITY_INCIDENT", "None"]
    assert by("a", "incident", "list", "--json") == 0
    assert sorted(str(one["kind"]) for one in rows(capsys)) == ["altered", "missing"]
    assert [*papers(vault)] == [second]


def test_a_batch_of_damage_alone_is_refused(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "retain", "appraise", "D000001")
    by("b", "retain", "approve", "B000001")
    for path, content in papers(vault).items():
        (vault.layout.customers / path).write_bytes(content + b" ")
    capsys.readouterr()
    assert by("a", "retain", "destroy", "B000001", "--witness", "daemon") == ExitCode.REFUSED
    assert "[INTEGRITY_INCIDENT]" in capsys.readouterr().err
    assert len(papers(vault)) == 3


def test_no_file_of_the_vault_names_what_was_destroyed(vault: Vault, by: Type) -> None:
    by("a", "retain", "appraise", "--due")
    by("b", "retain", "approve", "B000001")
    assert by("a", "retain", "destroy", "B000001", "--witness", "daemon") == 0
    left = [path for path in vault.layout.root.rglob("*") if path.is_file()]
    for word in ("张三的合同", "第1份", "YB-1"):
        assert not [path for path in left if word.encode() in path.read_bytes()], word


def test_an_appraisal_has_other_outcomes(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    assert by("a", "retain", "extend", "D000001", "--for-ever") == ExitCode.REFUSED
    by("a", "retain", "appraise", "D000001", "D000002", "D000003")
    assert by("a", "retain", "extend", "D000001", "--for-ever", "--reason", "history") == 0
    assert by("a", "retain", "extend", "D000002", "--years", "2") == 0
    assert by("a", "retain", "reject", "B000001") == ExitCode.REFUSED
    assert by("a", "retain", "reject", "B000001", "--reason", "not now") == 0
    capsys.readouterr()
    assert by("a", "retain", "plan", "--json") == 0
    states = {one["document"]: one["state"] for one in rows(capsys)}
    assert states == {"D000001": "PERMANENT", "D000002": "RETAINED", "D000003": "DUE"}
    assert by("b", "retain", "approve", "B000001") == 2
    assert len(papers(vault)) == 3


def test_a_batch_that_all_papers_left_is_over(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "retain", "appraise", "D000001", "D000002")
    by("b", "retain", "approve", "B000001")
    hold = ("hold", "place", "--reason", "x", "--authority", "court", "--doc")
    for document, state in (("D000001", "approved"), ("D000002", "emptied")):
        assert by("a", *hold, document) == 0
        capsys.readouterr()
        by("a", "retain", "batches", "--json")
        assert [one["state"] for one in rows(capsys)] == [state]
    assert by("a", "retain", "destroy", "B000001", "--witness", "daemon") == ExitCode.USAGE
    assert len(papers(vault)) == 3


def test_the_version_that_decided_is_what_stays_known(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    first, then = practice(), shorter(practice(), 2)
    with vault.catalogue.write() as tx:
        rule_sets.activate(tx, stamp(vault, tx), then.content_hash, then.text())
        contexts.follow_rules(tx, then.content_hash)
    capsys.readouterr()
    assert by("a", "retain", "explain", "D000001") == 0
    assert f"rules version {first.content_hash[:12]}" in capsys.readouterr().out
    by("a", "retain", "appraise", "D000001")
    by("b", "retain", "approve", "B000001")
    assert by("a", "retain", "destroy", "B000001", "--witness", "daemon") == 0
    entry = next(
        one
        for one in map(json.loads, vault.layout.exported.read_text(encoding="utf-8").splitlines())
        if one["action"] == "destruction"
    )
    assert entry["facts"]["rules_version"] == first.content_hash


def test_who_must_begin_anew_is_told_how(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "retain", "appraise", "D000001")
    by("b", "retain", "approve", "B000001")
    by("a", "event", "add", "service_completed", NAME, "--date", "2016-01-05")
    capsys.readouterr()
    refused = ExitCode.REFUSED
    assert by("a", "retain", "destroy", "B000001", "--witness", "daemon") == refused
    assert by("a", "retain", "appraise", "D000001") == refused
    told = capsys.readouterr().err
    assert "[NOT_APPROVED]" in told
    assert "[ALREADY_IN_REVIEW]" in told
    assert told.count("archiver retain reject B000001 --reason") == 2
    assert by("b", "retain", "approve", "B000001") == refused
    assert "archiver retain destroy B000001" in capsys.readouterr().err


def test_nobody_deletes_and_the_ledger_remembers_who_tried(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    assert by("a", "document", "delete", "D000001") == ExitCode.REFUSED
    by("a", "event", "correct", "E000001", "2026-01-05")
    assert by("a", "document", "delete", "D000001") == ExitCode.REFUSED
    told = capsys.readouterr().err
    assert told.index("[USE_DISPOSITION_WORKFLOW]") < told.index("[RETENTION_ACTIVE]")
    by("a", "ingest")
    exported = vault.layout.exported.read_text(encoding="utf-8")
    assert exported.count('"action":"deletion_refused"') == 2
    assert len(papers(vault)) == 3


def test_shorter_takes_two_people_and_a_notice(
    vault: Vault, by: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "event", "correct", "E000001", "2026-01-05")
    by("a", "event", "correct", "E000001", "2016-01-05")
    words = ("retain", "approve-shortening", "D000001", "--reason", "typed wrong")
    assert by("a", *words) == ExitCode.PERSON_NEEDED
    assert by("a", "act", "confirm", "A000001") == ExitCode.REFUSED
    assert by("b", "act", "confirm", "A000001") == 0
    capsys.readouterr()
    by("a", "retain", "plan", "--json")
    found = {one["document"]: one for one in rows(capsys)}
    assert found["D000001"]["retain_through"] == "2019-01-05"
    assert found["D000001"]["block_reason"] == "GRACE_PERIOD"
    assert found["D000002"]["pending_shortening"] is True
    assert found["D000002"]["retain_through"] == "2029-01-05"


def test_a_table_of_events_is_taken_once_or_not_at_all(
    vault: Vault, by: Type, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "events.csv"
    table.write_bytes(f"事件,客户,日期,工单\n服务,{NAME},2026/1/5,W1\n".encode("gb18030"))
    assert by("a", "event", "import", str(table)) == 2, "服务 is no event"
    said = capsys.readouterr().err
    assert "line 2" in said
    table.write_bytes(f"事件,客户,日期,工单\n完成服务,{NAME},2026/1/5,W1\n".encode("gb18030"))
    assert by("a", "event", "import", str(table), "--json") == 0
    assert by("a", "event", "import", str(table), "--json") == 0
    assert rows(capsys) == [{"recorded": 1, "known": 0}, {"recorded": 0, "known": 1}]
    bad = "type,customer,date\nservice_completed,{0},2026-02-30\nservice_completed,{0},2026-02-03\n"
    table.write_text(bad.format(NAME), encoding="utf-8")
    assert by("a", "event", "import", str(table)) == 2
    table.write_text("type,date\n", encoding="utf-8")
    assert by("a", "event", "import", str(table)) == 2
    said = capsys.readouterr().err
    assert "2026-02-30 is no day" in said
    assert "no column customer" in said
    by("a", "event", "list", "--json")
    assert len(rows(capsys)) == 2, "one typed, one handed over"


def test_an_event_handed_over_reaches_a_customer_merged_since(
    vault: Vault, by: Type, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by("a", "customer", "add", "云泽样本食品厂")
    assert by("a", "customer", "merge", NAME, "云泽样本食品厂") == 0
    table = tmp_path / "events.csv"
    table.write_text(f"type,customer,date\nservice_completed,{NAME},2026-03-01\n", encoding="utf-8")
    by("a", "event", "import", str(table))
    by("a", "event", "import", str(table))
    capsys.readouterr()
    by("a", "retain", "plan", "--json")
    assert {one["retain_through"] for one in rows(capsys)} == {"2029-03-01"}
    by("a", "event", "list", "--json")
    assert len(rows(capsys)) == 2


def test_notice_reaches_papers_of_which_nothing_was_ever_said(vault: Vault, by: Type) -> None:
    drop(vault, "d.txt", "今天天气很好")
    ingest(vault)
    with vault.catalogue.write() as tx:
        keepings.notice(tx, [UNASSIGNED, "C0001"], vault.clock().date())
        said = {one.document: one.notice for one in keepings.every(tx)}
    assert set(said.values()) == {vault.clock().date()}
    assert len(said) == 4
