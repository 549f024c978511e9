"""Which licences make their holder a customer: only those that leave no doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import (
    UNASSIGNED,
    Because,
    Category,
    Customer,
    CustomerId,
    Field,
    Findings,
    Standing,
    Verdict,
)
from archiver.declarations.categories import read_categories
from archiver.declarations.shipped import shipped
from archiver.recognition.codes import credit_check, registration_check
from archiver.recognition.directory import Directory
from archiver.recognition.introduction import Introduction, agree, introduction
from tests.recognition.papers import reading_of

CATEGORIES = read_categories(shipped("rules") / "categories.toml")
NAME = "青梧市华鑫样本运输有限公司"
TRADER = "青梧市华鑫样本小吃店"


def coded(kind: str, serial: str = "MA1HX1001") -> str:
    first = f"{kind}990001{serial}"
    return first + credit_check(first + "0")


def numbered(serial: str) -> str:
    first = f"990001{serial}"
    return first + registration_check(first + "0")


CODE, OTHER_CODE = coded("91"), coded("91", "MA1HX1002")


def known(name: str, *codes: str, standing: Standing = Standing.ACTIVE) -> Customer:
    return Customer(CustomerId("C0001"), name, name, "customer", standing, (name,), codes)


def field(name: str, value: str, confidence: float = 0.98) -> Field:
    return Field(name, value, value, confidence, 1, None, "test")


def waiting(
    *fields: Field, category: str = "licence", reason: str = "unknown_customer", folder: str = ""
) -> Verdict:
    reading = reading_of(["营业执照"], folder or None)
    findings = Findings(reading, Category(category, 0.9, ()), fields)
    return Verdict(findings, UNASSIGNED, category, None, (), (Because.of(reason),))


def introduced(verdict: Verdict, *everybody: Customer) -> Introduction | None:
    return introduction(verdict, Directory(everybody), CATEGORIES)


BOTH = (field("credit_code", CODE), field("company_name", NAME))


def test_a_licence_whose_code_and_name_agree_introduces_its_holder() -> None:
    assert introduced(waiting(*BOTH)) == Introduction(NAME, CODE)
    old = field("registration_no", numbered("01001001"))
    assert introduced(waiting(old, field("company_name", NAME))) == Introduction(NAME, old.value)


@pytest.mark.parametrize(
    "verdict",
    [
        waiting(BOTH[0]),
        waiting(BOTH[1]),
        waiting(*BOTH, category="contract"),
        waiting(*BOTH, reason="customer_conflict"),
        waiting(*BOTH, reason="weak_category"),
        waiting(field("credit_code", CODE, 0.9), BOTH[1]),
        waiting(BOTH[0], field("company_name", NAME, 0.9)),
        waiting(*BOTH, field("company_name", "别样样本有限公司", 0.5)),
        waiting(*BOTH, field("credit_code", OTHER_CODE, 0.9)),
        waiting(field("credit_code", coded("92")), BOTH[1]),
        waiting(field("credit_code", coded("93")), BOTH[1]),
        waiting(field("credit_code", CODE[:-1] + "#"), BOTH[1]),
        waiting(BOTH[0], field("company_name", "青梧市华鑫样本运输有限")),
        waiting(field("registration_no", numbered("61001001")), BOTH[1]),
    ],
)
def test_anything_less_is_for_a_person(verdict: Verdict) -> None:
    assert introduced(verdict) is None


def test_who_may_be_somebody_known_is_for_a_person() -> None:
    twin = NAME.replace("鑫", "信")
    assert introduced(waiting(*BOTH), known(twin)) is None
    assert introduced(waiting(*BOTH), known(twin, OTHER_CODE)) == Introduction(NAME, CODE)
    assert introduced(waiting(*BOTH), known(NAME)) is None
    assert introduced(waiting(*BOTH), known(twin, standing=Standing.PROPOSED))
    assert introduced(waiting(*BOTH), known(NAME, standing=Standing.PROPOSED))


def test_a_folder_of_another_name_is_for_a_person() -> None:
    shop = known("华鑫", standing=Standing.PROPOSED)
    assert introduced(waiting(*BOTH, folder="华鑫"), shop) is None
    proposed = known(NAME, standing=Standing.PROPOSED)
    assert introduced(waiting(*BOTH, folder=NAME), proposed) == Introduction(NAME, CODE)


@given(
    st.sampled_from(["91", "92", "93", "11"]),
    st.sampled_from([NAME, TRADER, "青梧样本农民专业合作社", "青梧样本机械厂"]),
)
def test_kind_and_name_agree_as_the_standard_says(kind: str, name: str) -> None:
    allowed = {
        "91": "合作社" not in name,
        "92": "公司" not in name and "合作社" not in name,
        "93": "合作社" in name,
        "11": False,
    }
    assert agree(coded(kind), name) is allowed[kind]
