"""What people write: Chinese marks, days counted from today, and nonsense."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.declarations.findable import FIELDS
from archiver.search.parse import in_names, parse
from archiver.search.query import All, AnyOf, Everything, Not, Query, Text, Within
from archiver.search.recent import recent
from archiver.search.tokens import QueryError
from tests.search.test_exactness import ALIASES

TODAY = date(2026, 5, 20)
A, B = Text("合同"), Text("发票")
NAMES = {name: name for name in FIELDS}

PIECES = [
    *("合同", "发票", "与", "或", "非", "不含", "且", "并且", "或者", "AND", "OR", "NOT", "to"),
    *(" ", " ", " ", "　", "，", "、", "；", "。", '"', "“", "”", "「", "」", "(", ")", "（", "）"),
    *("[", "]", "*", "?", ":", "：", "客户:", "日期:", "added:", "金额：", "状态:", "编号:"),
    *("上月", "last-30-days", "今天", ">=", "2024", "2024-02", "12.50", "永久", "HT-2024-0*", "A4"),
    *(
        ",",
        ";",
        "《",
        "》",
        "【",
        "】",
        "‘",
        "’",
        "ＡＮＤ",
        "ＯＲ",
        "ＮＯＴ",
        "至",
        "~",
        "..",
        "-",
        "类型:",
    ),
    *("20240305", "2020-2023", "3.5万", "前年", "【2020 至 上月】", "類別:", "待触发", "金额:"),
]
phrases = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@pytest.mark.parametrize(
    ("asked", "tree"),
    [
        ("合同 与 发票", All((A, Text("与"), B))),
        ("合同 或者 发票", All((A, Text("或者"), B))),
        ("合同 OR 发票", AnyOf((A, B))),
        ("合同 NOT 发票", All((A, Not(B)))),
        ("非 合同", All((Text("非"), A))),
        ("「合同」『发票』", All((A, B))),
        ("合同，发票", All((A, B))),
        ("合同、发票。", All((A, B))),
        ("客户：合同", Text("合同", "customer")),
    ],
)
def test_chinese_marks(asked: str, tree: Query) -> None:
    assert parse(asked, ALIASES, TODAY) == tree


@given(phrases)
def test_what_is_kept_means_the_same_for_ever(text: str) -> None:
    """Whatever day it is read on, and whatever the vault calls its fields."""
    try:
        tree = parse(text, ALIASES, TODAY)
    except QueryError:
        with pytest.raises(QueryError):
            in_names(text, ALIASES, TODAY)
    else:
        assert parse(in_names(text, ALIASES, TODAY), NAMES) == tree


def units(unit: str, day: date) -> tuple[int, ...]:
    """What two days of one unit have in common."""
    return {
        "week": day.isocalendar()[:2],
        "month": (day.year, day.month),
        "quarter": (day.year, (day.month + 2) // 3),
        "year": (day.year,),
    }[unit]


@given(
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    st.sampled_from(["week", "month", "quarter", "year"]),
)
def test_a_unit_of_time_is_all_days_that_share_its_number(today: date, unit: str) -> None:
    day = timedelta(days=1)
    this, last = recent(f"this-{unit}", today), recent(f"last-{unit}", today)
    assert this
    assert last
    for (first, end), within in ((this, today), (last, this[0] - day)):
        assert units(unit, first) == units(unit, within) == units(unit, end)
        assert units(unit, first - day) != units(unit, first)
        assert units(unit, end + day) != units(unit, end)
    assert last[1] + day == this[0] <= today <= this[1]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2026-05-20", "2026-05-20"),
        ("昨天", "2026-05-19", "2026-05-19"),
        ("本周", "2026-05-18", "2026-05-24"),
        ("上周", "2026-05-11", "2026-05-17"),
        ("本月", "2026-05-01", "2026-05-31"),
        ("Last-Month", "2026-04-01", "2026-04-30"),
        ("本季", "2026-04-01", "2026-06-30"),
        ("上季", "2026-01-01", "2026-03-31"),
        ("今年", "2026-01-01", "2026-12-31"),
        ("本年", "2026-01-01", "2026-12-31"),
        ("去年", "2025-01-01", "2025-12-31"),
        ("last-30-days", "2026-04-21", "2026-05-20"),
        ("近30天", "2026-04-21", "2026-05-20"),
        ("近1天", "2026-05-20", "2026-05-20"),
        ("[上月 TO 今天]", "2026-04-01", "2026-05-20"),
        ("[last-month to today]", "2026-04-01", "2026-05-20"),
        ("[去年 至 *]", "2025-01-01", None),
        (">=上月", "2026-04-01", None),
        (">上月", "2026-05-01", None),
        ("<=上月", None, "2026-04-30"),
        ("“本 月”", "2026-05-01", "2026-05-31"),
    ],
)
@pytest.mark.parametrize("field", ["日期", "added"])
def test_days_from_today(text: str, first: str | None, last: str | None, field: str) -> None:
    low, high = (date.fromisoformat(one).toordinal() if one else None for one in (first, last))
    query = parse(f"{field}:{text}", ALIASES, TODAY)
    assert query == Within(ALIASES[field], low, high)


@pytest.mark.parametrize("text", ["date:明天", "date:last-0-days", "金额:上月", "date:上月份"])
def test_other_words_are_no_days(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, ALIASES, TODAY)
    assert caught.value.at == text.index(":") + 2
    assert caught.value.hint


def test_a_word_for_days_is_a_word_elsewhere() -> None:
    assert parse("上月", ALIASES, TODAY) == Text("上月")


def test_nothing_is_everything() -> None:
    assert parse(" ，、", ALIASES, TODAY) == Everything()
