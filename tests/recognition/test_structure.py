"""Tables and forms by where their cells stand."""

from dataclasses import replace

import pytest

from archiver.core.model import Line, Page, TextSource
from archiver.recognition.structure import structures
from tests.recognition.papers import page


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("品名\t数量\t金额", "样本甲\t1\t10", "样本乙\t2\t20"), {"table"}),
        (("品名\t数量\t金额", "样本甲\t1\t10"), set()),
        (("名称:青梧公司", "类型:有限公司", "住所:样本路1号", "法定代表人:样本甲"), {"form"}),
        (("名称\t青梧公司", "类型\t有限公司", "住所\t样本路1号", "经营者\t样本甲"), {"form"}),
        (("名称:____", "类型:", "住所:____", "法定代表人:"), set()),
        (("名称:青梧公司", *["一段没有标签的话,写满整整一行。"] * 20), set()),
        (("", ""), set()),
    ],
)
def test_layout(texts: tuple[str, ...], found: set[str]) -> None:
    assert structures([page(*texts)]) == found


def test_three_words_in_a_row_by_chance_are_no_table() -> None:
    lines = [
        Line("x", (x + row * 0.03, row * 0.05, x + row * 0.03 + 0.1, row * 0.05 + 0.03), 1.0)
        for row in range(3)
        for x in (0.1, 0.3, 0.62)
    ]
    assert structures([Page(1, tuple(lines), TextSource.OCR)]) == set()


def test_a_row_of_an_office_file_is_one_of_a_table() -> None:
    rows = tuple(Line("甲\t乙\t丙", None, 1.0) for _ in range(3))
    assert "table" in structures([Page(1, rows, TextSource.PLAIN)])


def test_a_seal_is_structure_too() -> None:
    assert structures([replace(page("合同"), seals=((0, 0, 0.2, 0.2),))]) == {"seal"}
