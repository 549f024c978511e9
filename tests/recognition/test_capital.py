"""The capital of a company: whatever way it is written, it is read as the amount it is, or not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.recognition.capital import capital
from tests.recognition.papers import best, read
from tests.recognition.test_money import written

capitals = st.integers(1, 99_999_999).map(lambda n: n * 10_000)
"""Whole 万, as they are nearly all."""


@given(capitals)
def test_what_is_written_is_read(amount: int) -> None:
    words, heaps = written(Decimal(amount)), f"{amount // 10_000}"
    ways = (
        words,
        f"人民币{words}",
        f"{words}(人民币)",
        words.replace("圆整", "人民币"),
        f"{heaps}万元整",
        f"人民币{heaps}.0000万元",
        f"{heaps}万人民币",
        f"¥{amount:,}.00",
        f"{amount}元",
    )
    for text in ways:
        found = capital("注册资本", text)
        assert found is not None, text
        assert (found.value, found.currency) == (str(amount), "CNY"), text
    counted = capital("注册资本(万元)", heaps)
    assert counted is not None
    assert counted.value == str(amount)


@given(st.text(max_size=40))
def test_what_cannot_be_read_gives_nothing(text: str) -> None:
    found = capital("注册资本", text)
    assert found is None or (Decimal(found.value) > 0 and found.raw.strip() in text.strip())


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("美元壹佰万元整", "1000000", "USD"),
        ("100万美元", "1000000", "USD"),
        ("港币500.5万元", "5005000", "HKD"),
        ("EUR 25,000", "25000", "EUR"),
        ("(人民币)伍仟万元", "50000000", "CNY"),
        ("12345.67元", "12345.67", "CNY"),
    ],
)
def test_currencies_and_odd_amounts(text: str, value: str, currency: str) -> None:
    found = capital("注册资本", text)
    assert found is not None
    assert (found.value, found.currency) == (value, currency)
    fields = best("licence", "营业执照", f"注册资本\t{text}")
    assert (fields["capital"], fields["currency"]) == (value, currency)


@pytest.mark.parametrize(
    "text",
    ["", "2015年01月02日", "深圳市实行有限责任公司", "壹值万", "零元", "100%", "第3号", "___万元"],
)
def test_no_capital_is_made_up(text: str) -> None:
    assert capital("注册资本", text) is None
    assert "capital" not in {one.name for one in read("licence", "营业执照", f"注册资本\t{text}")}


def test_a_sentence_below_the_label_is_no_capital() -> None:
    found = best(
        "licence", "营业执照", "注册资本", "本市实行认缴100万元登记制度", "成立日期\t2015年1月2日"
    )
    assert "capital" not in found


def test_what_stands_on_the_paper_is_kept() -> None:
    (found,) = (one for one in read("licence", "注册资本\t伍佰万元整") if one.name == "capital")
    assert (found.value, found.raw) == ("5000000", "伍佰万元整")
