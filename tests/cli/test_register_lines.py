"""The register on a terminal of 80 columns: numbers and days stay whole, whatever stands there."""

import pytest

from archiver.cli import register as command
from archiver.cli.drawn import table
from archiver.cli.wrap import width
from archiver.declarations.codes import CATEGORIES, LEFT_BECAUSE, called
from tests.report.test_page import speaking

NUMBER, CUSTOMER, DAY, BATCH = "12345-02-2026-12345", "C12345", "2018-03-05", "B000002"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_number_is_broken(
    lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with speaking(lang):
        found = [
            {
                "archive_no": NUMBER,
                "category_label": called(CATEGORIES, category),
                "customer": CUSTOMER,
                "day": DAY,
                "certificate": BATCH,
                "reason": reason,
            }
            for category in CATEGORIES
            for reason in LEFT_BECAUSE
        ]
        for columns in (command._GONE, command._STAYED):
            table(columns, [[column.text(row) for column in columns] for row in found])
            lines = capsys.readouterr().out.splitlines()
            assert max(map(width, lines)) <= 80
            shown = sum(NUMBER in line and DAY in line and BATCH in line for line in lines)
            assert shown == len(found)
            words = {piece for line in lines for piece in line.split()}
            for category in CATEGORIES:
                assert {*called(CATEGORIES, category).split()} <= words
