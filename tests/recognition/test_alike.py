"""A rescan is known; another paper of the same form never is, however much of it is equal."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import Field, Line, Page, TextSource
from archiver.recognition.alike import MOST_LOOK, Sight, alike, marks, sight

FORM = (
    "车辆维修工单\n工单编号：WX-20240311-07\n客户：青梧市华信样本运输有限公司\n车牌号：青A·12345\n"
    "进厂日期：2024年3月11日\n里程：182,400 公里\n更换前制动片一副 480.00\n四轮定位 260.00\n"
    "合计：人民币柒佰肆拾元整（¥740.00）\n电话：0999-5550123\n客户确认以上项目并同意支付\n"
    "Specimen work order for the purpose of tests"
)
LOOK = "00f0e1c38700ff3c"
NUMBERS = [match.span() for match in re.finditer(r"\d+", FORM)]
LETTERS = [at for at, char in enumerate(FORM) if "\u4e00" <= char <= "\u9fff"]


def seen(text: str = FORM, look: str = LOOK, **values: str) -> Sight:
    lines = tuple(Line(line, None, 0.95) for line in text.split("\n"))
    fields = [Field(name, value, value, 0.9, 1, None, "") for name, value in values.items()]
    found = sight((Page(1, lines, TextSource.OCR, 0, look),), fields)
    assert found
    return found


def flipped(look: str, bits: set[int]) -> str:
    return f"{int(look, 16) ^ sum(1 << bit for bit in bits):016x}"


def changed(text: str, at: int, char: str) -> str:
    return text[:at] + char + text[at + 1 :]


@given(st.sampled_from(NUMBERS), st.data())
def test_one_other_digit_makes_it_another_paper(span: tuple[int, int], data: st.DataObject) -> None:
    at = data.draw(st.integers(span[0], span[1] - 1))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda one: one != FORM[at]))
    assert alike(seen(), seen(changed(FORM, at, digit))) is None
    assert alike(seen(changed(FORM, at, digit)), seen()) is None


@given(
    st.lists(st.sampled_from(LETTERS[::3]), max_size=5, unique=True),
    st.sets(st.integers(0, 63), max_size=MOST_LOOK),
)
def test_what_a_scanner_and_a_reader_spoil_does_not(places: list[int], bits: set[int]) -> None:
    text = FORM
    for at in places:
        text = changed(text, at, "囗")
    numerals = re.compile("[零一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]{2,}")
    again = seen(text, flipped(LOOK, bits))
    if numerals.findall(text) == numerals.findall(FORM):
        found = alike(seen(), again)
        assert found
        assert found.look == len(bits)
        assert found == alike(again, seen()), "the order of drops does not matter"
    assert set(marks(seen())) & set(marks(again)), "it is found again"


def test_a_number_that_stands_elsewhere_too_is_not_taken_for_another() -> None:
    assert alike(seen(), seen(FORM.replace("260.00", "280.00").replace("480", "280"))) is None
    twice = FORM.replace("480", "460")
    assert alike(seen(twice), seen(twice.replace("460", "260"))) is None


def test_amounts_in_han_numerals_and_other_names_make_it_another_paper() -> None:
    assert alike(seen(), seen(FORM.replace("柒佰肆拾", "柒佰伍拾"))) is None
    assert alike(seen(), seen(FORM.replace("青梧市华信", "云泽市大通"))) is None
    assert alike(seen(counterparty="甲"), seen(counterparty="乙")) is None
    assert alike(seen(counterparty="甲"), seen(company_name="甲"))


def test_a_number_that_one_scan_lost_is_no_contradiction() -> None:
    assert alike(seen(), seen(FORM.replace("182,400", "")))
    assert alike(seen(FORM.replace("480.00", "48O.00")), seen()), "letters read for digits"


def test_what_says_too_little_or_looks_otherwise_is_nothing_known() -> None:
    assert alike(seen("样本 12345"), seen("样本 12345")) is None
    assert alike(seen(), seen(look=flipped(LOOK, set(range(MOST_LOOK + 1))))) is None
    two = replace(seen(), looks=(1, 2))
    assert alike(seen(), two) is None, "another number of pages"
    assert alike(seen(), seen("完全不同的文字" * 20)) is None
    page = Page(1, (Line("born digital", None, 1.0),), TextSource.LAYER)
    assert sight((page,), ()) is None
