"""The line of a hit: as wide as a terminal, the hit marked, no letter parted."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archiver.core.normalise import searchable
from archiver.search.base import MARK
from archiver.search.needles import needle
from archiver.search.query import Text, Wildcard
from archiver.search.snippet import WIDTH, snippet, width
from tests.search.oracle import holds, plain

LETTERS = (
    "u\u0301",
    "か\u3099",
    "合\u0301",
    "👍🏽",
    "y\u0307\u0323",
    "한",
    "\u1112\u1161\u11ab",
    "का",
)
"""Each is one letter to a reader and several characters."""
PIECES = (*LETTERS, *"合同营业执照，：", "A4", "iso9001", "HT-2024-01", " ", "\n", "\u3000", "\f")

texts = st.lists(st.sampled_from(PIECES), max_size=300).map("".join)


def shown(text: str, *needles: str) -> str:
    return snippet(text, searchable(text), [needle(Text(one)) for one in needles])


def bare(line: str) -> str:
    return line.replace(MARK[0], "").replace(MARK[1], "")


def is_sound(line: str) -> bool:
    """Marks come in pairs around something, and the line fits."""
    inside = re.sub(f"{MARK[0]}[^{MARK[0]}{MARK[1]}]+{MARK[1]}", "", line)
    return bare(inside) == inside and width(line) <= WIDTH and not re.search(r"[\n\r\f]", line)


@given(texts, st.data())
def test_a_hit_is_marked_and_no_letter_is_parted(text: str, data: st.DataObject) -> None:
    """The needle is cut out of the text itself, so that there is something to find."""
    known = searchable(text)
    start = data.draw(st.integers(0, len(known)))
    wanted = known[start : start + data.draw(st.integers(1, 12))]
    line = shown(text, wanted, "营业")
    assert is_sound(line)
    letters = "|".join(re.escape(one) for one in sorted(PIECES, key=len, reverse=True))
    words = r"[A-Za-tv-xz0-9-]+"  # a word longer than the line may be cut
    assert re.fullmatch(f"…?(?:{letters}|{words})*…?", bare(line))
    if holds(plain(text), plain(wanted)) or "营业" in known:
        assert MARK[0] in line
    for marked in re.findall(f"{MARK[0]}(.*?){MARK[1]}", line):
        assert re.fullmatch(f"(?:{letters}|{words})*", marked)


@given(st.text(max_size=400), st.data())
@example("\u0301" * 300 + "合" + "\u0301" * 300, None)
def test_any_text_gives_a_line_that_fits(text: str, data: st.DataObject | None) -> None:
    at = data.draw(st.integers(0, len(text))) if data else 300
    line = shown(text, text[at : at + 3])
    assert width(line) <= WIDTH
    assert line.count(MARK[0]) == line.count(MARK[1])
    assert not re.search("[\ud800-\udfff\x00-\x1f\x7f-\x9f]", line)


@pytest.mark.parametrize("before", ["\n" * 60_000 + "字" * 30_000, "字" * 30_000 + " \n" * 60_000])
def test_a_hit_is_found_in_a_long_text_however_uneven(before: str) -> None:
    line = shown(f"{before}采购合同{before}", "采购合同")
    assert f"{MARK[0]}采购合同{MARK[1]}" in line


@pytest.mark.parametrize(
    ("text", "wanted", "line"),
    [
        ("营 业 执 照\n统一社会信用代码： 91", ["执照"], "营业[执照] 统一社会信用代码：91"),
        ("采购合\n同\n编号 HT-1", ["合同"], "采购[合 同] 编号 HT-1"),
        ("编号：\nHT-1\n日期", ["编号"], "[编号]：HT-1 日期"),
        ("合同，合同 A4 合同", ["合同"], "[合同]，[合同] A4 [合同]"),
        ("甲方 乙方", ["甲方", "乙方"], "[甲方][乙方]"),
        ("iso9001 认证", ["iso9001"], "[iso9001] 认证"),
        ("无", ["合同"], "无"),
        ("", ["合同"], ""),
    ],
)
def test_what_a_person_reads(text: str, wanted: list[str], line: str) -> None:
    assert shown(text, *wanted).replace(MARK[0], "[").replace(MARK[1], "]") == line


def test_hits_beyond_the_line_leave_no_marks() -> None:
    line = shown("合同" + "字" * 300 + "合同" * 50, "合同")
    assert line.count(MARK[0]) == 1
    assert is_sound(line)


def test_a_hit_wider_than_the_line_is_marked_to_the_end() -> None:
    line = snippet("合" * 200, "合" * 200, [needle(Text("合" * 150))])
    assert is_sound(line)
    assert line.endswith(f"{MARK[1]}…")
    pattern = needle(Wildcard("合*同"))
    assert MARK[0] in snippet("合" + "业" * 60 + "同", "合" + "业" * 60 + "同", [pattern])
