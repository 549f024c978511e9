"""Examples of categories: those shipped hold; one that does not is told."""

import pytest

from archiver.declarations.categories import Categories, read_categories
from archiver.declarations.example import Example
from archiver.declarations.fields import read_fields
from archiver.declarations.shipped import shipped
from archiver.recognition.examples import run_examples

CATEGORIES = read_categories(shipped("rules") / "categories.toml")
FIELDS = read_fields(shipped("rules") / "fields.toml")
CONTRACT = "采购合同\n甲方：样本甲有限公司\n乙方：样本乙有限公司\n签订日期：2024年3月5日\n违约责任"


def with_example(code: str, example: Example) -> Categories:
    kinds = tuple(
        one.model_copy(update={"proof": (example,)}) if one.code == code else one
        for one in CATEGORIES.category
    )
    return CATEGORIES.model_copy(update={"category": kinds})


def test_what_is_shipped_keeps_its_word() -> None:
    assert run_examples(CATEGORIES, FIELDS) == ()


@pytest.mark.parametrize(
    ("code", "example", "told"),
    [
        ("contract", Example(text=CONTRACT, fields={"issue_date": "2024-03-05"}), []),
        (
            "contract",
            Example(text=CONTRACT, fields={"issue_date": "2024-03-06", "amount": "1.00"}),
            [("2024-03-06", "2024-03-05"), ("1.00", "")],
        ),
        ("invoice", Example(text=CONTRACT), ["contract"]),
        ("contract", Example(text="随便写的几个字"), ["other"]),
    ],
)
def test_an_example_is_read_like_a_paper(code: str, example: Example, told: list[object]) -> None:
    faults = [
        fault
        for fault in run_examples(with_example(code, example), FIELDS)
        if dict(fault.facts)["category"] == code
    ]
    found: list[object] = []
    for fault in faults:
        facts = dict(fault.facts)
        assert facts["number"] == "1"
        expected = facts.get("expected")
        found.append(facts["found"] if expected is None else (expected, facts["found"]))
    assert found == told
