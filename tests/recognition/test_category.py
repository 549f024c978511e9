"""What a paper is: words decide, its name and its layout support them, and confidence is earned."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import Arrival, Because, Page, ReceiptId, Shape
from archiver.declarations.categories import OTHER, read_categories
from archiver.declarations.sentences import sentence
from archiver.declarations.shipped import shipped
from archiver.recognition.category import called, categorise, weigh
from tests.recognition.papers import page

RULES = read_categories(shipped("rules") / "categories.toml")
NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)
SUPPORT = {"word_in_name", "has_seal", "laid_out_as_table", "laid_out_as_form"}
WORDS = [word for rule in RULES.category for word in (*rule.title, *rule.words)]
NAMES = [word for rule in RULES.category for word in rule.names]


def arrival(source: str, folder: str | None = None) -> Arrival:
    return Arrival(ReceiptId("R1"), source, Path("x"), folder, None, NOON, Shape(1, 1, 1))


def sealed(*texts: str) -> tuple[Page, ...]:
    return (replace(page(*texts), seals=((0.6, 0.8, 0.8, 0.95),)),)


def weight(evidence: tuple[Because, ...], *, support: bool) -> float:
    return sum(
        float(dict(one.facts)["weight"]) for one in evidence if (one.code in SUPPORT) is support
    )


@pytest.mark.parametrize(
    ("source", "folder", "name"),
    [
        ("营业执照.jpg", None, "营业执照"),
        ("青梧公司/营业执照.jpg", "青梧公司", "营业执照"),
        ("青梧公司/证照/2024/扫描1.jpg", "青梧公司", "证照/2024/扫描1"),
        ("/home/x/合同/扫描1.jpg", None, "扫描1"),
        ("合同.zip/营业执照", None, "营业执照"),
        (".jpg", None, ".jpg"),
    ],
)
def test_what_a_paper_was_called(source: str, folder: str | None, name: str) -> None:
    assert called(arrival(source, folder)) == name


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
def test_a_name_makes_no_paper_of_a_picture(names: list[str]) -> None:
    for pages in ((page(),), sealed(), sealed("快乐的小猫", "2024")):
        found = categorise(pages, RULES, " ".join(names))
        assert (found.code, found.confidence) == (OTHER, 0.0)


@given(st.lists(st.sampled_from(WORDS), max_size=5), st.lists(st.sampled_from(NAMES), max_size=3))
def test_name_and_layout_count_no_more_than_what_is_said(
    words: list[str], names: list[str]
) -> None:
    pages = sealed(*words)
    found = weigh(pages, RULES, " ".join(names))
    said = weight(found.evidence, support=False)
    assert weight(found.evidence, support=True) <= max(0.0, said)
    assert all("points" in sentence(one) for one in found.evidence)


def test_a_name_decides_between_what_is_equally_likely() -> None:
    pages = (page("甲方", "乙方", "税率", "税额", "单价"),)
    plain, named = categorise(pages, RULES), categorise(pages, RULES, "采购合同 第三页")
    assert (plain.code, named.code) == ("contract", "contract")
    assert named.confidence > plain.confidence
    codes = [one.code for one in named.evidence]
    assert codes == ["word", "word", "word_in_name"]


def test_a_paper_of_one_kind_in_a_file_called_otherwise_stays_what_it_is() -> None:
    licence = sealed("营业执照", "名称\t青梧公司", "注册资本\t壹佰万元", "经营范围\t运输")
    found = categorise(licence, RULES, "合同 协议 发票")
    assert found.code == "licence"
    assert found.confidence == categorise(licence, RULES).confidence
    assert "has_seal" in {one.code for one in found.evidence}


@given(st.floats(-50, 200), st.floats(-50, 200))
def test_confidence_grows_with_the_lead_and_is_a_probability(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= RULES.confidence(low) <= RULES.confidence(high) <= 1


def test_words_of_several_kinds_leave_a_person_to_decide() -> None:
    found = categorise((page("借方", "贷方", "税率", "税额", "单价"),), RULES)
    assert found.code == "accounting"
    assert 0 < found.confidence < RULES.confidence(8)


@pytest.mark.parametrize(
    "texts",
    [
        ("Общество с ограниченной ответственностью", "Договор № 12", "г. Москва"),
        ("株式会社サンプル", "請求書", "ご請求金額 1,000円"),
        ("شركة العينة المحدودة", "عقد بيع"),
        ("주식회사 견본", "계약서"),
        ("⠿⠿⠿", "????", "1234"),
    ],
)
def test_papers_in_scripts_nobody_declared_are_other(texts: tuple[str, ...]) -> None:
    found = categorise((page(*texts),), RULES)
    assert (found.code, found.confidence) == (OTHER, 0.0)
