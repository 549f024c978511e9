"""Forms that nobody has filled in: every label is there, and no value."""

import pytest

from archiver.declarations.categories import read_categories
from archiver.declarations.shipped import shipped
from tests.recognition.papers import FIELDS, read

CODES = [one.code for one in read_categories(shipped("rules") / "categories.toml").category]
BLANKS = (
    "",
    "______",
    "：______",
    ":　　　",
    "/",
    "____年__月__日",
    "\t",
    "\t______",
    "（盖章）",
    "（签字）",
)


@pytest.mark.parametrize("category", CODES)
@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_form_has_no_values(category: str, blank: str) -> None:
    labels = [
        label
        for rule in FIELDS.field
        if not rule.categories or category in rule.categories
        for label in rule.labels
    ]
    for one in labels:
        assert read(category, f"{one}{blank}") == (), one
    assert read(category, *(f"{one}{blank}" for one in labels)) == ()


def test_a_blank_contract_and_a_blank_licence_have_no_values() -> None:
    contract = (
        "采购合同",
        "合同编号：________",
        "甲方（买方）：________________\t乙方（卖方）：________________",
        "地址：____________\t地址：____________",
        "第一条 合同总价为人民币______元（大写：__________）。",
        "第二条 本合同有效期自____年__月__日至____年__月__日。",
        "甲方（盖章）：\t乙方（盖章）：",
        "法定代表人（签字）：\t法定代表人（签字）：",
        "签订日期：    年  月  日\t签订日期：    年  月  日",
    )
    assert read("contract", *contract) == ()
    licence = (
        "营业执照",
        "（副本）",
        "统一社会信用代码",
        "名　　称\t注册资本",
        "类　　型\t成立日期\t年　月　日",
        "法定代表人\t营业期限\t自　年　月　日至　年　月　日",
        "经营范围\t住　　所",
        "登记机关",
        "年　月　日",
    )
    assert read("licence", *licence) == ()
