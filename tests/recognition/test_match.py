"""Whose a paper is: what speaks for one, and what makes a person decide."""

from dataclasses import replace

import pytest

from archiver.core.model import (
    UNASSIGNED,
    Customer,
    CustomerId,
    Findings,
    Standing,
)
from archiver.declarations.categories import read_categories
from archiver.declarations.fields import read_fields
from archiver.declarations.shipped import shipped
from archiver.recognition.codes import credit_check
from archiver.recognition.directory import Directory
from archiver.recognition.match import match
from archiver.recognition.recognise import recognise
from tests.recognition.papers import reading_of

CATEGORIES = read_categories(shipped("rules") / "categories.toml")
FIELDS = read_fields(shipped("rules") / "fields.toml")
EAST, WEST = "青梧市东样本运输有限公司", "青梧市西样本运输有限公司"


def _code(serial: str) -> str:
    return f"91990001MA{serial}" + credit_check(f"91990001MA{serial}")


CODE = _code("1HX1001")


OWN = "青梧样本汽车维修服务有限公司"
LABOUR = ("劳动合同", f"甲方（用人单位）：\t{OWN}", "乙方（劳动者）：\t样本乙")


def _customer(number: int, name: str, kind: str, *codes: str) -> Customer:
    customer = CustomerId(f"C{number:04d}")
    return Customer(customer, name, name, kind, Standing.ACTIVE, (name,), codes)


DIRECTORY = Directory(
    [
        _customer(1, OWN, "own"),
        _customer(2, "样本乙", "staff"),
        _customer(3, "样本丙", "customer"),
        _customer(4, EAST, "customer", CODE),
        _customer(5, WEST, "customer"),
    ]
)


def _findings(*texts: str, folder: str | None = None) -> Findings:
    return recognise(reading_of(list(texts), folder), CATEGORIES, FIELDS)


def test_a_labour_contract_of_our_own_names_its_employee() -> None:
    assert match(_findings(*LABOUR), DIRECTORY, CATEGORIES).customer == "C0002"


@pytest.mark.parametrize(
    "texts",
    [
        ("劳动合同", "甲方（用人单位）：\t别家样本有限公司", *LABOUR[2:]),
        (*LABOUR[:2], "乙方：\t样本乙"),
        (*LABOUR[:2], "乙方（劳动者）：\t样本丙"),
        (*LABOUR[:2], "经办人：\t样本乙"),
    ],
)
def test_a_name_of_a_person_alone_files_nothing(texts: tuple[str, ...]) -> None:
    verdict = match(_findings(*texts), DIRECTORY, CATEGORIES)
    assert verdict.customer == "C0000"
    assert OWN not in str(verdict.open)


LICENCE = ("营业执照", "统一社会信用代码\t{code}", "名称\t{name}", "经营范围\t运输", "登记机关")


def _licence(code: str, name: str) -> list[str]:
    return [line.format(code=code, name=name) for line in LICENCE]


def test_a_paper_that_names_two_customers_is_asked_about() -> None:
    verdict = match(
        _findings("采购合同", f"甲方：\t{EAST}", f"乙方：\t{WEST}"), DIRECTORY, CATEGORIES
    )
    assert (verdict.customer, verdict.open[0].code) == (UNASSIGNED, "several_customers")


@pytest.mark.parametrize("folder", [None, EAST])
@pytest.mark.parametrize(
    ("code", "name", "customer", "reason"),
    [
        (CODE, EAST, "C0004", None),
        (CODE, "青梧市东祥本运输有限公司", "C0004", None),  # the code decides over a misread name
        (_code("9HX1001"), EAST, UNASSIGNED, "customer_conflict"),
    ],
)
def test_a_licence_belongs_to_its_one_holder(
    folder: str | None, code: str, name: str, customer: str, reason: str | None
) -> None:
    verdict = match(_findings(*_licence(code, name), folder=folder), DIRECTORY, CATEGORIES)
    assert verdict.customer == customer
    assert reason in {None, *(one.code for one in verdict.open)}


@pytest.mark.parametrize("name", [WEST, "云泽别样食品厂"])
def test_a_folder_cannot_claim_the_licence_of_another(name: str) -> None:
    verdict = match(_findings(*_licence("", name), folder=EAST), DIRECTORY, CATEGORIES)
    assert (verdict.customer, verdict.open[0].code) == (UNASSIGNED, "customer_conflict")


def test_our_own_company_is_never_the_customer() -> None:
    verdict = match(
        _findings("采购合同", f"甲方：\t{OWN}", "乙方：\t云泽别样食品厂"), DIRECTORY, CATEGORIES
    )
    assert verdict.customer == UNASSIGNED
    assert [dict(one.facts)["name"] for one in verdict.open if one.code == "unknown_customer"] == [
        "云泽别样食品厂"
    ]


@pytest.mark.parametrize("own", [CODE, ""])
def test_a_third_party_of_a_contract_is_not_its_customer(own: str) -> None:
    texts = ("采购合同", "甲方：\t云泽别样有限公司", "乙方：\t云泽他样有限公司")
    verdict = match(_findings(*texts, f"担保人：\t{EAST}", f"代码\t{own}"), DIRECTORY, CATEGORIES)
    if own:
        assert verdict.customer == "C0004"
    else:
        assert (verdict.customer, verdict.open[0].code) == (UNASSIGNED, "customer_conflict")
        assert verdict.proposed == "C0004"


def test_a_proposed_customer_neither_wins_nor_disturbs() -> None:
    proposed = replace(_customer(6, WEST, "customer"), standing=Standing.PROPOSED)
    directory = Directory([_customer(4, EAST, "customer", CODE), proposed])
    both = _findings("采购合同", f"甲方：\t{EAST}", f"乙方：\t{WEST}")
    assert match(both, directory, CATEGORIES).customer == "C0004"
    alone = match(_findings("采购合同", f"甲方：\t{WEST}"), directory, CATEGORIES)
    assert (alone.customer, alone.proposed) == (UNASSIGNED, "C0006")


def test_what_was_read_badly_is_no_evidence() -> None:
    findings = _findings("采购合同", f"甲方：\t{EAST}")
    (page,) = findings.reading.pages
    lines = tuple(replace(line, confidence=0.6) for line in page.lines)
    reading = replace(findings.reading, pages=(replace(page, lines=lines),))
    verdict = match(recognise(reading, CATEGORIES, FIELDS), DIRECTORY, CATEGORIES)
    assert verdict.customer == UNASSIGNED


def test_several_candidates_stand_side_by_side_with_their_reasons() -> None:
    verdict = match(
        _findings("采购合同", f"代码\t{CODE}", f"甲方：\t{WEST}"), DIRECTORY, CATEGORIES
    )
    assert [dict(one.facts)["name"] for one in verdict.why] == [EAST, WEST]


@pytest.mark.parametrize("name", [EAST, WEST])
def test_a_name_counts_although_its_label_was_read_on_to_it(name: str) -> None:
    verdict = match(
        _findings("营业执照", f"名\t称{name}", "类\t型有限责任公司"), DIRECTORY, CATEGORIES
    )
    assert [dict(one.facts)["name"] for one in verdict.why] == [name]


def test_a_party_that_only_begins_like_a_customer_is_another() -> None:
    directory = Directory([_customer(7, "青梧华信", "customer")])
    findings = _findings("采购合同", "甲方：\t青梧华信租赁(云泽)有限公司", "乙方：\t样本")
    assert match(findings, directory, CATEGORIES).customer == UNASSIGNED
