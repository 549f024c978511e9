"""What is approved has a list to sign before anything is destroyed; afterwards a certificate."""

import io
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from archiver.report.register import Register
from archiver.report.register_lists import approved
from archiver.report.register_page import page, workbook
from archiver.report.remembered import register
from tests.cli.inside import typed
from tests.report.disposed import OPINION, again, content, destroyed
from tests.report.firm import rows
from tests.report.test_page import Reader, speaking

BEFORE = "Not carried out yet"


def _read(cell: object) -> object:
    """As a spreadsheet gives it back."""
    return datetime(cell.year, cell.month, cell.day) if isinstance(cell, date) else cell or None  # noqa: DTZ001


def section(told: Register, batch: str) -> str:
    """The sheet of a batch in the page."""
    (found,) = [one for one in page(told).decode().split("<section") if f'id="{batch}"' in one]
    return found


def test_a_list_is_signed_before_and_a_certificate_after(came_back: Path, tmp_path: Path) -> None:
    with again(came_back, tmp_path / "vault", "2026-07-20") as vault:
        before = register(vault, None)
        manifest = rows(vault, "SELECT manifest FROM batches WHERE id = 'B000004'")
        destroyed(vault, "B000004", "2026-07-22", ("auditor",))
        after = register(vault, None)
    (batch,) = before.approved
    assert (batch.id, batch.papers, batch.bytes) == (
        "B000004",
        2,
        len(content(2)) + len(content(6)) + len(content(7)),
    )
    assert (batch.first, batch.until) == (date(2026, 7, 21), date(2026, 10, 12))
    assert (batch.appraised_by, batch.approved_by, batch.opinion) == ("clerk", "chief", OPINION)
    assert [(batch.manifest,)] == manifest
    assert [one.document for one in batch.files] == ["D000002", "D000006", "D000007"]
    assert {(one.retain_through, one.period) for one in batch.files} == {(date(2023, 5, 10), "3y")}
    told = section(before, "B000004")
    assert BEFORE in told
    assert "from 2026-07-21 to 2026-10-12" in told
    for role in ("Head of the unit", "Handler, archives", "Witness, archives"):
        assert role in told
    numbers = [one.archive_no for one in batch.files]
    assert [row[5] for row in Reader(f"<section{told.split('</body>')[0]}").rows[1:4]] == numbers
    assert after.approved == ()
    assert BEFORE not in page(after).decode()
    assert "Certificate of destruction" in section(after, "B000004")
    gone = [one for one in after.disposals.destroyed if one.certificate == "B000004"]
    same = ("document", "archive_no", "sha256", "size", "trigger", "event", "trigger_date")
    more = ("period", "rules", "retain_through", "due_date", "doc_date", "received", "category")
    for one, other in zip(batch.files, gone, strict=True):
        assert all(getattr(one, key) == getattr(other, key) for key in (*same, *more))


def test_the_list_has_every_file_of_a_paper(came_back: Path, tmp_path: Path) -> None:
    with again(came_back, tmp_path / "vault", "2026-07-20") as vault:
        told = register(vault, None)
    (batch,) = told.approved
    listing = approved(batch, told.labels, told.as_of)
    assert listing.total
    assert listing.total[-1] == batch.bytes
    with io.BytesIO(workbook(told)) as stream:
        sheet = load_workbook(stream).worksheets[3]
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in found[1:]] == ["B000004"] * len(batch.files)
    assert found[0][1:] == listing.headings()
    assert [row[1:] for row in found[1:]] == [[*map(_read, row)] for row in listing.rows]


def test_an_approval_that_expired_says_so(came_back: Path, tmp_path: Path) -> None:
    with again(came_back, tmp_path / "vault", "2026-10-13") as vault:
        told = section(register(vault, None), "B000004")
    assert BEFORE not in told
    assert "the approval expired when 2026-10-12 was over" in told


@pytest.mark.parametrize(("year", "there"), [(None, True), (2026, True), (2025, False)])
def test_a_year_that_is_over_has_nothing_ahead(
    came_back: Path, tmp_path: Path, year: int | None, there: bool
) -> None:
    with again(came_back, tmp_path / "vault", "2026-07-20") as vault:
        assert bool(register(vault, year).approved) == there


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_art_18_is_on_the_list(came_back: Path, tmp_path: Path, lang: str) -> None:
    with again(came_back, tmp_path / "vault", "2026-07-20") as vault, speaking(lang):
        told = section(register(vault, None), "B000004")
        headings = Reader(f"<section{told.split('</body>')[0]}").rows[0]
    assert len({*headings}) == len(headings)
    if lang == "zh":
        for one in ("档案名称", "卷号", "册号", "起止年度", "档案编号", "应保管期限", "已保管期限"):
            assert one in headings
        assert "尚未执行" in told


def test_the_command_names_what_is_approved(
    came_back: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with again(came_back, tmp_path / "vault", "2026-07-20"):
        pass
    assert typed(tmp_path / "vault", "retain", "register") == 0
    shown = capsys.readouterr()
    assert "approved, not carried out: B000004" in shown.err
