"""The destruction register against what is known of a disposal that was played."""

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from archiver.catalogue import batches, ledger
from archiver.core.model import DocumentId
from archiver.custody.stamp import stamp
from archiver.intake.publish import publish
from archiver.report.listing import Listing
from archiver.report.register import Disposals, Register
from archiver.report.register_lists import COLUMNS, STACKS, all_approved, destroyed, withheld
from archiver.report.register_page import page, render, workbook
from archiver.report.remembered import register
from tests.report.disposed import OPINION, again, content
from tests.report.firm import HUAXIN, OWN
from tests.report.test_page import Reader, speaking

LAW = ("档案名称", "卷号", "册号", "起止年度", "档案编号", "应保管期限", "已保管期限", "销毁时间")
"""会计档案管理办法 art. 18."""
ADDED = (
    *("序号", "客户编号", "文件类型", "触发事件及日期", "依据规则及版本", "保管至", "到期日"),
    *("字节数", "鉴定意见", "鉴定人", "鉴定日期", "审批人", "审批日期", "执行人", "监销人"),
    *("销毁方式", "备份失效日期", "内容是否仍在其他档案中", "证书编号", "台账序号", "备注"),
)


class Deep(Reader):
    """Reads the text of a cell below its blocks too."""

    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        if self.open[-1:] == ["div"] and {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


def named(listing: Listing, row: Sequence[object]) -> dict[str, object]:
    return dict(zip(listing.headings(), row, strict=True))


def test_every_column_says_what_happened(told: Register) -> None:
    listing = destroyed(told.disposals, told.labels)
    first, _, third, fourth, last = (named(listing, row) for row in listing.rows)
    version = told.disposals.destroyed[0].version
    assert version
    assert len(version) == 64
    assert first == {
        "No.": "1",
        "Name of the archive": "Contract" if told.lang == "en" else "合同",
        "Volume no.": "0002-02-2026",
        "Piece no.": "0001",
        "Years from, to": "2024",
        "Number of the archive": "0002-02-2026-0001",
        "Period to be kept": "3 years",
        "Period kept": "6 years 2 months",
        "Destroyed on": date(2026, 7, 10),
        "Customer no.": "C0002",
        "Type of paper": "contract",
        "Event and its date": "service 2020-05-10 E000001",
        "Rules and their version": f"R1, version {version[:12]}",
        "Kept to": date(2023, 5, 10),
        "Due from": date(2023, 5, 11),
        "SHA-256, first 16 digits": hashlib.sha256(content(1)).hexdigest()[:16],
        "Bytes": len(content(1)),
        "Appraisal opinion": OPINION,
        "Appraised by": "clerk",
        "Appraised on": date(2026, 7, 1),
        "Approved by": "chief",
        "Approved on": date(2026, 7, 2),
        "Carried out by": "keeper",
        "Witnesses": "clerk, auditor",
        "Method of destruction": "logical deletion, verified absent",
        "In backups until": "2026-10-08",
        "Content still held in another record": "no",
        "Certificate no.": "B000001",
        "Ledger entry": str(told.disposals.destroyed[0].entry),
        "Remarks": "",
    }
    assert third["SHA-256, first 16 digits"] == hashlib.sha256(content(6)).hexdigest()[:16]
    assert third["Remarks"] == ""
    assert fourth["SHA-256, first 16 digits"] == hashlib.sha256(content(7)).hexdigest()[:16]
    assert fourth["Remarks"] == "further file of D000006"
    assert last["Certificate no."] == "B000002"
    assert last["Appraisal opinion"] is None
    assert last["Witnesses"] == "auditor"
    assert last["Period kept"] == "6 years 7 months"
    assert last["Method of destruction"] == "logical deletion, absence not verified yet"
    assert listing.total
    assert named(listing, listing.total)["Bytes"] == sum(len(content(n)) for n in (1, 2, 5, 6, 7))


def test_what_was_withheld_is_listed_with_its_reason(told: Register) -> None:
    listing = withheld(told.disposals, told.labels)
    found = [named(listing, row) for row in listing.rows]
    assert [(one["Document"], one["Withheld because"]) for one in found] == [
        ("D000004", "the appraisal extended it"),
        ("D000003", "a hold covers it"),
    ]
    assert {one["Certificate no."] for one in found} == {"B000001"}
    assert {one["Withheld on"] for one in found} == {date(2026, 7, 2)}
    assert found[0]["Number of the archive"] == "0002-02-2026-0004"


def test_ledger_entries_are_those_it_names(played: Path, told: Register) -> None:
    lines = (played / "ledger" / "current.jsonl").read_text("utf-8").splitlines()
    entries = {one["seq"]: one for one in map(json.loads, lines)}
    exported = [one for one in told.disposals.destroyed if one.entry in entries]
    assert len(exported) == 4, "the fifth went after the last publication"
    for one in exported:
        entry = entries[one.entry]
        assert entry["action"] == "destruction"
        assert entry["facts"]["document"] == one.document
        assert entry["facts"]["certificate"] == one.certificate
    for stayed in told.disposals.withheld:
        assert entries[stayed.entry]["action"] == "disposal_stopped"
        assert entries[stayed.entry]["facts"]["document"] == stayed.document
    done, open_ = told.disposals.certificates
    assert done.entry
    assert entries[done.entry]["action"] == "destruction_verified"
    assert (done.papers, done.files, done.verified) == (3, 4, date(2026, 7, 10))
    assert (open_.papers, open_.files, open_.verified) == (1, 1, None)


def test_names_and_titles_are_gone(played: Path, told: Register, tmp_path: Path) -> None:
    with again(played, tmp_path / "vault") as vault:
        files = render(told)
        with vault.catalogue.read() as tx:
            entries = "\n".join(ledger.lines(tx))
    book = load_workbook(io.BytesIO(files["destruction-register.xlsx"]))
    cells = [str(c.value) for sheet in book for row in sheet for c in row if c.value]
    for told_in in (files["destruction-register.html"].decode(), "\n".join(cells), entries):
        assert "D000006" in told_in
        for name in (HUAXIN, "华信", "YB-", "合同1", ".txt"):
            assert name not in told_in
    assert OPINION not in entries
    assert OWN in files["destruction-register.html"].decode(), "the company itself signs"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_whole_and_stands_alone(played: Path, tmp_path: Path, lang: str) -> None:
    with again(played, tmp_path / "vault") as vault, speaking(lang):
        found = register(vault, None)
        listing = destroyed(found.disposals, found.labels)
        words = page(found).decode()
        headings = listing.headings()
    assert words.count("<!DOCTYPE html>") == 1
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in words
    seen = Deep(words)
    assert not seen.open
    assert not seen.tags & {"script", "link", "img", "iframe", "object", "form"}
    assert "NIST" not in words
    assert "A4 landscape" in words
    heard = "".join(seen.words)
    assert all(one in heard for one in headings)
    assert [len(row) for row in seen.rows[:6]] == [len(STACKS)] * 6
    for row, cells in zip(listing.rows, seen.rows[1:6], strict=True):
        shown = " ".join(cells)
        for heading, cell in zip(headings, row, strict=True):
            if isinstance(cell, str | date) and cell:
                assert str(cell) in shown, heading
    if lang == "zh":
        assert {*LAW, *ADDED} <= set(headings)
        for role in ("单位负责人", "档案管理机构负责人", "会计管理机构负责人", "经办人", "监销人"):
            assert role in heard
        assert "逻辑删除，已核实无残留" in heard


def test_every_column_has_its_place_on_paper() -> None:
    assert sorted(at for stack in STACKS for at in stack) == list(range(len(COLUMNS)))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_equals_the_lists(told: Register, lang: str) -> None:
    with speaking(lang):
        book = load_workbook(io.BytesIO(workbook(replace(told, lang=lang))))
        lists = (
            destroyed(told.disposals, told.labels),
            withheld(told.disposals, told.labels),
            all_approved(told.approved, told.labels, told.as_of),
        )
        for sheet, listing in zip(book.worksheets[1:], lists, strict=True):
            rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
            assert rows[0] == listing.headings()
            for cells, row in zip(rows[1:], listing.rows, strict=False):
                for cell, expected in zip(cells, row, strict=True):
                    day = isinstance(expected, date)
                    assert (cell.date() if day else cell) == (expected or None)
            assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
            assert sheet.page_setup.orientation == "landscape"


def test_a_year_has_what_went_in_it(played: Path, tmp_path: Path) -> None:
    with again(played, tmp_path / "vault") as vault:
        whole, first, second, none = (register(vault, y) for y in (None, 2026, 2027, 2025))
    assert whole.disposals.destroyed == (*first.disposals.destroyed, *second.disposals.destroyed)
    assert {one.day.year for one in first.disposals.destroyed} == {2026}
    assert [one.id for one in second.disposals.certificates] == ["B000002"]
    assert second.disposals.withheld == ()
    assert none.disposals == Disposals()
    assert "None." in page(none).decode()


def test_absence_is_claimed_only_when_it_was_verified(played: Path, tmp_path: Path) -> None:
    with again(played, tmp_path / "vault") as vault:
        before = page(register(vault, 2027)).decode()
        publish(vault)
        after = register(vault, 2027)
    assert "Nobody has verified yet that nothing is left of: B000002" in before
    assert "logical deletion, verified absent" not in before
    assert "Nobody has verified" not in page(after).decode()
    assert after.disposals.certificates[0].verified == date(2027, 1, 5)


def test_an_opinion_rewritten_afterwards_is_not_shown(played: Path, tmp_path: Path) -> None:
    with again(played, tmp_path / "vault") as vault:
        with vault.catalogue.write() as tx:
            tx.execute(text("UPDATE batches SET opinion = '改过的意见' WHERE id = 'B000001'"))
        found = register(vault, 2026).disposals.destroyed[0]
    assert found.opinion == hashlib.sha256(OPINION.encode()).hexdigest()


def test_what_a_restoration_stopped_and_repeated_was_not_withheld(
    played: Path, tmp_path: Path
) -> None:
    with again(played, tmp_path / "vault") as vault:
        before = register(vault, None).disposals
        with vault.catalogue.write() as tx:
            batches.leave(tx, "B000001", DocumentId("D000001"), "restored")
            facts = {"document": "D000001", "batch": "B000001", "because": "restored"}
            ledger.append(tx, stamp(vault, tx), "disposal_stopped", facts)
        assert register(vault, None).disposals == before
