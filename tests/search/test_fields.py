"""Fields by every name they have, and what is said where there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.declarations.findable import FIELDS
from archiver.declarations.words import LANGUAGES, speaking, translate
from archiver.search.parse import in_names, parse
from archiver.search.query import Present
from archiver.search.scripts import rewritten
from archiver.search.tokens import QueryError
from tests.search.test_exactness import ALIASES, TODAY

TRADITIONAL = {
    **{"類別": "category", "客戶": "customer", "車牌": "plate", "編號": "no", "標題": "title"},
    **{"題名": "title", "電話": "phone", "金額": "amount", "狀態": "state", "標籤": "tag"},
    **{"代碼": "code", "分類": "category", "入庫": "added", "信用代碼": "code"},
}


def refused(text: str, lang: str = "en") -> tuple[str, str]:
    with speaking(lang), pytest.raises(QueryError) as caught:
        parse(text, ALIASES, TODAY)
    with speaking(lang):
        return caught.value.sentence(translate), caught.value.advice(translate)


@given(st.sampled_from(sorted(ALIASES)), st.data())
def test_a_field_is_known_by_its_names_in_any_width_case_and_script(
    name: str, data: st.DataObject
) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if char.isascii() else char for char in name)
    typed = data.draw(st.sampled_from([name, name.upper(), wide, *rewritten(name)]))
    means = Present(ALIASES[name])
    assert parse(f"{typed}:*", ALIASES, TODAY) == means
    assert in_names(f"{typed}：*", ALIASES, TODAY) == f"{ALIASES[name]}：*"


@pytest.mark.parametrize("typed", TRADITIONAL)
def test_traditional_names(typed: str) -> None:
    assert parse(f"{typed}:*", ALIASES, TODAY) == Present(TRADITIONAL[typed])


def test_a_name_in_traditional_characters_is_known_in_simplified_ones() -> None:
    assert parse("车号:*", {"車號": "plate"}, TODAY) == Present("plate")


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("类型:合同", "类别"),
        ("題目:合同", "题名"),
        ("customr:x", "customer"),
        ("plates:x", "plate"),
    ],
)
def test_an_unknown_field_offers_the_nearest(text: str, near: str) -> None:
    told, advice = refused(text)
    assert told.startswith(f"character 1: no field {text.partition(':')[0]};")
    assert f"did you mean {near}:?" in advice


@pytest.mark.parametrize("text", ["http://x", "甲:乙"])
def test_what_is_no_field_at_all_offers_none(text: str) -> None:
    assert "did you mean" not in refused(text)[1]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("date:昨", "the field date", "字段 日期"),
        ("金额:一百", "the field amount", "字段 金额"),
        ("added:", "the field added", "字段 入库"),
        ("客户:(类别:合同)", "the field customer", "字段 客户"),
    ],
)
def test_errors_call_fields_as_their_reader_does(
    text: str, english: str, chinese: str, lang: str
) -> None:
    assert {"en": english, "zh": chinese}[lang] in refused(text, lang)[0]


def test_every_field_has_a_chinese_name() -> None:
    assert {ALIASES[name] for name in ALIASES if not name.isascii()} == set(FIELDS)
