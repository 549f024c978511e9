"""Amounts in figures and capitals, against a writer and a reader made for this test."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import Line
from archiver.recognition.found import Value
from archiver.recognition.money import (
    capitals,
    currency,
    figures,
    only_currency,
    plain,
    witnessed,
)
from archiver.recognition.numerals import digits, han_number
from archiver.recognition.rows import Row

CAPITALS = "零壹贰叁肆伍陆柒捌玖"
amounts = st.decimals(Decimal(0), Decimal("99999999999.99"), places=2).filter(bool)


def written(amount: Decimal) -> str:
    """An amount as a bank form wants it: by the rule of four places, zeros said once."""
    whole, cents = divmod(int(amount * 100), 100)
    jiao, fen = divmod(cents, 10)
    text = "".join(_group(whole)) + "圆" if whole else ""
    if jiao:
        text += CAPITALS[jiao] + "角"
    elif fen and whole:
        text += "零"
    if fen:
        text += CAPITALS[fen] + "分"
    return text + ("" if fen else "整")


def _group(whole: int) -> list[str]:
    pieces: list[str] = []
    zero = False
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = whole // size % 10**4
        if not part:
            zero = bool(pieces)
            continue
        if pieces and (zero or part < 1000):
            pieces.append("零")
        zero = False
        pieces.append(_thousands(part) + unit)
    return pieces


def _thousands(part: int) -> str:
    text = ""
    for size, unit in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = part // size % 10
        if digit:
            text += CAPITALS[digit] + unit
        elif text and part % size and not text.endswith("零"):
            text += "零"
    return text


def second_reader(text: str) -> Decimal:
    """Another way to the same number: every digit with all the units that stand behind it."""
    total = Decimal(0)
    whole = text.split("圆")[0] if "圆" in text else ""
    units = {"拾": 10, "佰": 100, "仟": 1000}
    for at, char in enumerate(whole):
        if char in CAPITALS[1:]:
            small = units.get(whole[at + 1 : at + 2], 1)
            heap = next((10**8 if c == "亿" else 10**4 for c in whole[at:] if c in "亿万"), 1)
            total += CAPITALS.index(char) * small * heap
    for unit, size in (("角", "0.1"), ("分", "0.01")):
        if unit in text:
            total += CAPITALS.index(text[text.index(unit) - 1]) * Decimal(size)
    return total


@given(amounts)
def test_any_amount_goes_into_capitals_and_back(amount: Decimal) -> None:
    text = written(amount)
    assert second_reader(text) == amount
    for form in (f"人民币{text}", f"(大写) {text.replace('圆', '元').replace('整', '正')}"):
        (found,) = capitals(form)
        assert (found.value, found.currency) == (amount, "CNY"), form


@given(amounts, st.data())
def test_blanks_and_look_alikes_in_capitals_do_not_matter(
    amount: Decimal, data: st.DataObject
) -> None:
    text = written(amount).translate(str.maketrans("壹贰陆万零圆", "弌貳陸萬〇圓"))
    gaps = st.sampled_from(["", "", " "])
    text = "".join(char + data.draw(gaps) for char in text)
    (found,) = capitals(text)
    assert found.value == amount


@given(amounts)
def test_figures_are_read_with_any_separators(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    european = english.translate(str.maketrans(",.", ".,"))
    texts = [
        f"¥{english}", f"￥ {amount}", f"{amount}元", f"USD {english}", f"${english}",
        f"EUR {european}", f"€ {european}", f"{european} €",
    ]  # fmt: skip
    for text in texts:
        (found,) = figures(text)
        assert found.value == amount, text
        assert found.currency in {"CNY", "USD", "EUR"}
        assert found.explicit


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_heaps_multiply(count: int, rest: int) -> None:
    (found,) = figures(f"{count}.{rest:04}万元")
    assert found.value == count * 10**4 + rest
    assert plain(found.value) == str(count * 10**4 + rest)
    (found,) = figures(f"{count}亿元")
    assert found.value == count * 10**8


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("总价50万元", "500000", "CNY"),
        ("注册资本500万美元", "5000000", "USD"),
        ("人民币35.0000万元整", "350000", "CNY"),
        ("USD 3 million", "3000000", "USD"),
        ("HK$ 5,000", "5000", "HKD"),
        ("Rs 319", "319", "INR"),
        ("€1.234", "1234", "EUR"),
        ("1.234", "1.234", None),
        ("1,234", "1234", None),
        ("1'234.50", "1234.50", None),
        ("1 234,56", "1234.56", None),
        ("¥ -9.32", "-9.32", "CNY"),
        ("¥６５．００", "65.00", "CNY"),
    ],
)
def test_forms_of_figures(text: str, value: str, code: str | None) -> None:
    (found,) = figures(text)
    assert (plain(found.value), found.currency) == (value, code)


@pytest.mark.parametrize("text", ["12,3456", "1.2.3", "无", "1,23,45"])
def test_what_is_no_figure(text: str) -> None:
    assert not figures(text)


@pytest.mark.parametrize("text", ["佰万元整", "壹佰壹仟元", "壹贰元整", "元整", "零佰元整", "万元"])
def test_what_is_no_amount_in_capitals(text: str) -> None:
    assert capitals(text) == []


@pytest.mark.parametrize("text", ["一百一千", "一二", "二百百", "x", "零百", "万", ""])
def test_units_that_do_not_descend_are_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        han_number(text)


def test_numbers_of_all_kinds() -> None:
    read = {
        t: han_number(t) for t in ("元", "十", "十一", "二十", "廿二", "卅", "两", "一千二百万")
    }
    assert list(read.values()) == [1, 10, 11, 20, 22, 30, 2, 12_000_000]
    assert digits("二〇 二四") == 2024


def test_the_currency_a_text_names() -> None:
    assert currency("人民币壹佰万元") == ("CNY", "人民币", 0)
    assert currency("10万元") == ("CNY", "元", 3)
    assert currency("三月") is None
    assert only_currency("€ 5 and 7 EUR") == ("EUR", "€", 0)
    assert only_currency("€ 5 and $ 7") is None
    assert only_currency("共5元") == ("CNY", "元", 2)


def rows(*texts: str) -> tuple[Row, ...]:
    return tuple(Row(1, text, (Line(text, None, 1.0),), (0,)) for text in texts)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("大写 叁佰圆整 小写 ¥300.00",), (1.05, "|capitals_agree")),
        (("大写 叁佰圆整", "小写 ¥300.00"), (1.05, "|capitals_agree")),
        (("大写 叁佰壹拾圆整 小写 ¥300.00",), (0.5, "|capitals=310.00")),
        (("小写 ¥300.00",), (1.0, "")),
    ],
)
def test_capitals_bear_witness(texts: tuple[str, ...], expected: tuple[float, str]) -> None:
    assert witnessed(Value("300.00", "¥300.00"), rows(*texts), len(texts) - 1) == expected
