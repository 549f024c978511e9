"""Every printed form of a date is read back, with what OCR makes of it; nothing else is."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.recognition.dates import Found, dates, day_first, open_end

days = st.dates(date(1950, 1, 1), date(2049, 12, 31))
HAN = "〇一二三四五六七八九"
_NAMES = "January February March April May June July August September October November December"
ENGLISH = _NAMES.split()


def han(number: int, *, folded: bool = False) -> str:
    """五, 十, 十二, 三十一; folded 廿五 and 卅一."""
    tens, ones = divmod(number, 10)
    lead = ("", "十", "廿" if folded else "二十", "卅" if folded else "三十")[tens]
    return lead + (HAN[ones] if ones or not tens else "")


def in_han(day: date, zero: str = "〇", *, folded: bool = False) -> str:
    year = "".join(HAN[int(digit)] for digit in str(day.year)).replace("〇", zero)
    month = "元" if folded and day.month == 1 else han(day.month)
    return f"{year}年{month}月{han(day.day, folded=folded)}日"


def republic(day: date) -> str:
    return f"民国{day.year - 1911}年{day.month}月{day.day}日"


def ordinal(number: int) -> str:
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if 10 < number < 20 else ends.get(number % 10, 'th')}"


def english(day: date) -> str:
    return ENGLISH[day.month - 1]


FORMS: dict[str, Callable[[date], str]] = {
    "figures": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "padded": lambda d: f"{d.year}年{d.month:02}月{d.day:02}号",
    "han": in_han,
    "han, 零": lambda d: in_han(d, "零"),
    "han, ○": lambda d: in_han(d, "○"),
    "han, O": lambda d: in_han(d, "O"),
    "han, 0": lambda d: in_han(d, "0"),
    "han, 廿 卅 元": lambda d: in_han(d, folded=True),
    "republic": republic,
    "dots": lambda d: f"{d.year}.{d.month}.{d.day}",
    "slashes": lambda d: f"{d.year}/{d.month:02}/{d.day:02}",
    "dashes": lambda d: f"{d.year}-{d.month}-{d.day}",
    "iso": date.isoformat,
    "day first, dots": lambda d: f"{d.day:02}.{d.month:02}.{d.year}",
    "5 January 2024": lambda d: f"{d.day} {english(d)} {d.year}",
    "5 Jan. 2024": lambda d: f"{d.day} {english(d)[:3]}. {d.year}",
    "5-JAN-2024": lambda d: f"{d.day:02}-{english(d)[:3].upper()}-{d.year}",
    "January 5th, 2024": lambda d: f"{english(d)} {ordinal(d.day)}, {d.year}",
    "this 5th day of": lambda d: f"this {ordinal(d.day)} day of {english(d)}, {d.year}",
    "2024 January 5": lambda d: f"{d.year} {english(d)} {d.day}",
}  # fmt: skip
LABELLED: dict[str, Callable[[date], str]] = {
    "compact": lambda d: f"{d.year}{d.month:02}{d.day:02}",
    "signs lost": lambda d: f"{d.year} {d.month:02} {d.day:02}",
}


def only(text: str, *, labelled: bool = False) -> Found:
    (found,) = dates(text, labelled=labelled)
    return found


@pytest.mark.parametrize("form", FORMS)
@given(day=days, around=st.sampled_from(["{}", "自{}起", "日期：{}。", "on {}, and"]))
def test_every_form_is_read(form: str, day: date, around: str) -> None:
    text = around.format(FORMS[form](day))
    found = only(text)
    assert (found.value, found.other) == (day, None)
    assert found.raw == text[found.start : found.end]


@pytest.mark.parametrize("form", LABELLED)
@given(day=days)
def test_dates_without_signs_need_a_label(form: str, day: date) -> None:
    text = LABELLED[form](day)
    assert dates(text) == []
    assert only(text, labelled=True).value == day


wide = str.maketrans("0123456789./-", "０１２３４５６７８９．／－")


@pytest.mark.parametrize("form", [name for name in FORMS if name[0] not in "5Jt2r"])
@given(day=days, data=st.data())
def test_full_width_and_the_blanks_of_ocr_do_not_matter(
    form: str, day: date, data: st.DataObject
) -> None:
    text = FORMS[form](day)
    if data.draw(st.booleans()):
        text = text.translate(wide)
    if "年" in text:
        gaps = st.sampled_from(["", "", " ", "  ", "\n", "\t"])
        text = "".join(char + data.draw(gaps) for char in text)
    else:
        gaps = st.sampled_from(["", " "])
        text = "".join(char + data.draw(gaps) if not char.isdigit() else char for char in text)
    assert only(text).value == day


@given(days, days)
def test_two_dates_of_a_period_are_both_read(first: date, last: date) -> None:
    for text in (f"自{in_han(first)}至{in_han(last)}止", f"{first} 到 {last}"):
        assert [one.value for one in dates(text)] == [first, last]


@given(st.dates(date(2000, 1, 1), date(2049, 12, 30)), st.integers(0, 400))
def test_the_end_of_a_period_may_share_its_year(first: date, later: int) -> None:
    last = date.fromordinal(first.toordinal() + later)
    found = dates(f"{first.year}年{first.month}月{first.day}日至{last.month}月{last.day}日")
    assert [one.value for one in found] == [first, last] if last.year == first.year else found


@given(days, st.sampled_from("/-"))
def test_figures_that_may_be_day_or_month_keep_both_meanings(day: date, sign: str) -> None:
    found = only(f"{day.day:02}{sign}{day.month:02}{sign}{day.year}")
    readings = {found.value, found.other} - {None}
    assert day in readings
    if day.day > 12 or day.day == day.month:
        assert readings == {day}
    else:
        assert readings == {day, date(day.year, day.day, day.month)}
        assert found.value == day  # the one that names the day first


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01/05/2024 and 23/05/2024", True),
        ("01/05/2024 and 05/23/2024", False),
        ("01/05/2024 and 05/06/2024", None),
        ("23/05/2024 and 05/23/2024", None),
        ("19.04.2014", None),
    ],
)
def test_the_order_of_a_paper_is_shown_by_figures_over_twelve(
    text: str, expected: bool | None
) -> None:
    assert day_first(text) is expected


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_years_of_two_digits_need_a_label(day: date) -> None:
    short = f"{day.year % 100:02}"
    for text in (f"{day.day} {english(day)} {short}", f"{short}年{day.month}月{day.day}日"):
        assert dates(text) == []
        assert only(text, labelled=True).value == day
    assert only(f"{day.day} {english(day)} '{short}").value == day


@given(st.integers(1, 9999), st.integers(0, 99), st.integers(0, 99))
def test_there_is_no_impossible_day(year: int, month: int, day: int) -> None:
    """Whatever is read is the day that was written; days that are none are not read."""
    for text in (f"{year}年{month}月{day}日", f"{year:04}-{month:02}-{day:02}"):
        for found in dates(text, labelled=True):
            assert (found.value.month, found.value.day) == (month, day)
            assert found.value.year in {year, year + 1900, year + 2000}


@pytest.mark.parametrize(
    "text",
    [
        "2023年2月30日", "2024-13-01", "12024-01-01", "2024.1", "10月5日", "3024年1月5日",
        "____年__月__日", "年 月 日", "2024年1月", "192.168.1.24", "30/02/2024", "1.2.3.2024",
        "this ___ day of ______, 20__", "May 2024", "编号 20241305", "A2024-01-05B",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2O24年l月O5日", date(2024, 1, 5)),
        ("二〇一〇年六月+一日", date(2010, 6, 11)),
        ("民国元年正月十日", date(1912, 1, 10)),
        ("19 april 2014", date(2014, 4, 19)),
        ("1er juillet 2015", date(2015, 7, 1)),
        ("5. März 2024", date(2024, 3, 5)),
        ("5 de enero de 2024", date(2024, 1, 5)),
    ],
)
def test_look_alikes_and_other_languages(text: str, day: date) -> None:
    assert only(text).value == day


def test_what_runs_without_end() -> None:
    for text in ("至长 期", "至永久", "无固定期限", "不约定期限", "in perpetuity: permanent"):
        assert open_end(text), text
    assert not open_end("长江")
