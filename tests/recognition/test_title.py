"""What a paper is called, and the date it gets."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archiver.core.model import (
    Arrival,
    Category,
    Digest,
    Field,
    Findings,
    Reading,
    ReceiptId,
    Scan,
    Shape,
)
from archiver.recognition.title import paper_date, title
from tests.recognition.papers import FIELDS, page, read

NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)

SCAN = Scan(
    Arrival(ReceiptId("R1"), "样本/扫描 7.pdf", Path("x"), None, None, NOON, Shape(1, 1, 1)),
    Digest("0" * 64),
    1,
    "application/pdf",
)


def findings(category: str, *texts: str) -> Findings:
    reading = Reading(SCAN, (page(*texts),))
    return Findings(reading, Category(category, 1.0, ()), read(category, *texts))


@pytest.mark.parametrize(
    ("category", "texts", "day"),
    [
        ("contract", ("签订日期：2024年1月5日",), date(2024, 1, 5)),
        ("contract", ("生效日期：2024年1月5日",), date(2024, 1, 5)),
        ("certificate", ("有效期：2024年1月5日至2025年1月5日",), None),
        ("invoice", ("Invoice date: 01/05/2024",), None),
        ("invoice", ("Invoice date: 01/05/2024", "Due 23/05/2024"), date(2024, 5, 1)),
        ("other", ("无",), None),
    ],
)
def test_the_date_of_a_paper_is_never_a_guess(
    category: str, texts: tuple[str, ...], day: date | None
) -> None:
    assert FIELDS.field
    assert paper_date(findings(category, *texts)) == day


def test_a_paper_is_called_by_the_first_thing_that_names_it() -> None:
    assert title(findings("contract", "合同编号：YB-2024-1", "甲方：青梧样本公司")) == "YB-2024-1"
    assert title(findings("contract", "合同", "甲方：青梧样本公司")) == "青梧样本公司"
    assert title(findings("other", "一张样本")) == "一张样本"
    assert title(findings("other")) == "扫描 7"
    mail = findings("other", "一张样本")
    mail = replace(mail, reading=replace(mail.reading, facts=(("subject", "询价"),)))
    assert title(mail) == "询价"


def test_a_field_without_a_date_is_not_asked() -> None:
    found = findings("other", "无")
    late = Field("start_date", "2024-01-05", "2024-01-05", 0.9, 1, None, "label")
    assert paper_date(replace(found, fields=(late,))) == date(2024, 1, 5)
