"""Where the register is told: in files, in the monthly report, at the front door."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from archiver.core.model import DocumentId
from archiver.custody.fact import add_event
from archiver.declarations.sentences import sentence
from archiver.disk import door
from archiver.report.balance import Amount
from archiver.report.findings import findings
from archiver.report.page import page as report_page
from archiver.report.register import Register
from archiver.report.register_page import render, write
from archiver.report.values import Disposal, OnTheWay, Values, read_values, values_text
from archiver.report.wording import marks
from tests.cli.inside import typed
from tests.report.disposed import again, content
from tests.report.firm import gathered
from tests.report.test_page import Reader
from tests.worlds import papers, tree


def test_files_are_replaced_as_a_whole(told: Register, tmp_path: Path) -> None:
    folder = tmp_path / "新" / "清册"
    first = write(told, folder)
    assert tree(folder) == render(told)
    assert write(told, folder) == first
    assert tree(folder) == render(told), "no draft stays"


def test_a_refusing_disk_leaves_the_register_that_stood(
    told: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(told, tmp_path)
    before = tree(tmp_path)

    def refuse(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(door, "sync_file", refuse)
    with pytest.raises(OSError, match="No space"):
        write(replace(told, unit="另一单位"), tmp_path)
    assert tree(tmp_path) == before


def test_the_monthly_report_tells_of_it(monthly: Values) -> None:
    assert read_values(values_text(monthly)) == monthly
    done = monthly.disposal.done
    assert [one.certificate for one in done.destroyed] == ["B000001"] * 4
    assert [one.document for one in done.withheld] == ["D000004", "D000003"]
    seen = Reader(report_page(monthly).decode())
    assert any("0002-02-2026-0006" in row and "B000001" in row for row in seen.rows)
    assert any("a hold covers it" in row for row in seen.rows)
    sums = [row for row in seen.rows if row[0] == "Total"]
    assert sums
    assert all(any(row[1:]) for row in sums), "no line of sums without one"
    codes = {one.because.code: sentence(one.because) for one in monthly.findings}
    assert "B000002" in codes["absence_unverified"]
    (kept,) = [one for one in monthly.papers if one.id == "D000003"]
    assert kept.overlays == ("held",)
    assert marks(kept) == "on hold"


def test_what_was_destroyed_is_in_the_balance(played: Path, tmp_path: Path) -> None:
    with again(played, tmp_path / "vault") as vault:
        july, january = gathered(vault, "2026-07").balance, gathered(vault, "2027-01").balance
        held = Amount(2, sum(map(len, papers(vault).values())))
    gone = Amount(4, sum(len(content(number)) for number in (1, 2, 6, 7)))
    assert (july.destroyed, july.removed) == (gone, Amount())
    assert july.opening - july.destroyed == july.closing
    assert july.since_out == january.destroyed == Amount(1, len(content(5)))
    assert january.opening == july.closing
    assert july.held == january.held == january.closing == held
    assert july.difference == january.difference == Amount()


def test_batches_that_stand_still_are_found(monthly: Values) -> None:
    today = monthly.cover.as_of

    def found(*batches: OnTheWay, acts: tuple[str, ...] = ()) -> list[str]:
        listed = findings(
            monthly.cover,
            [],
            [],
            replace(monthly.inspection, faults=(), overdue=0),
            account=replace(monthly.account, waiting=0),
            balance=monthly.balance,
            disposal=Disposal(monthly.disposal.done, batches, acts),
        )
        assert all("{" not in sentence(one.because) for one in listed)
        return [one.because.code for one in listed]

    def batch(state: str, left: int | None = None) -> OnTheWay:
        until = date.fromordinal(today.toordinal() + left) if left is not None else None
        return OnTheWay("B000009", state, 1, today, until)

    assert found() == []
    assert found(batch("approved", 31)) == []
    assert found(batch("approved", 30)) == ["approvals_expire"]
    assert found(batch("approved", -5)) == ["approvals_expire"]
    assert found(batch("appraised")) == ["appraisals_wait"]
    assert found(batch("destroying")) == ["absence_unverified"]
    assert found(acts=("A000001",)) == ["shortenings_wait"]


def test_the_command_lists_and_writes(
    played: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    assert typed(played, "retain", "register", "--json", "--to", str(folder)) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["list"] for one in rows] == ["destroyed"] * 5 + ["withheld"] * 2
    assert len({tuple(one) for one in rows}) == 1, "the same keys in every line"
    assert rows[0]["trigger_date"] == "2020-05-10"
    assert rows[5]["reason"] == "extended"
    assert sorted(tree(folder)) == ["destruction-register.html", "destruction-register.xlsx"]
    assert typed(played, "retain", "register", "--year", "2027") == 0
    shown = capsys.readouterr()
    assert "0002-02-2026-0005" in shown.out
    assert "0002-02-2026-0001" not in shown.out
    assert max(map(len, shown.out.splitlines())) <= 80
    assert typed(played, "retain", "register", "--year", "no") == 2


def test_show_tells_the_whole_of_a_destroyed_paper(
    played: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "vault"
    with again(played, root) as vault:
        assert typed(root, "show", "0002-02-2026-0001") == 0
        told = capsys.readouterr().out
        for part in (
            *("2026-07-10", "2023-05-10", "2023-05-11", "3 years", "service 2020-05-10", "R1"),
            *("B000001", "clerk", "chief", "keeper", "auditor", "2026-10-08"),
        ):
            assert part in told
        assert "After it was gone" not in told
        with vault.catalogue.read() as tx:
            customer = tx.execute(text("SELECT customer FROM documents")).scalars().first()
        add_event(vault, "dispute_opened", customer=customer, document=None, day=date(2027, 1, 4))
    assert typed(root, "show", "D000001") == 0
    assert "After it was gone, a dispute" in capsys.readouterr().out
    assert typed(root, "show", "D000001", "--json") == 0
    row = json.loads(capsys.readouterr().out)
    assert row["left"]["late_event"] is True
    assert row["left"]["register"]["document"] == DocumentId("D000001")
    assert row["left"]["register"]["certificate"] == "B000001"
