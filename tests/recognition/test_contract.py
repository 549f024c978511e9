"""Contracts: who makes them, and the days that labels and sentences name. All are invented."""

import pytest

from tests.recognition.papers import best, read

EAST, WEST = "青梧市东样本运输有限公司", "云泽西样本轮胎厂"
WHO = ("company_name", "counterparty")


def parties(*texts: str) -> list[str | None]:
    found = best("contract", *texts)
    return [found.get(name) for name in WHO]


@pytest.mark.parametrize(
    "texts",
    [
        (f"甲方：{EAST}", f"乙方：{WEST}"),
        (f"甲 方：\t{EAST}", f"乙 方：\t{WEST}"),
        (f"甲方（盖章）：{EAST}\t乙方（盖章）：{WEST}",),
        (f"需方：{EAST}\t供方：{WEST}",),
        (f"买方：{EAST}（以下简称“甲方”）", f"卖方：{WEST}（以下简称“乙方”）"),
        (f"委托方：{EAST}；", f"受托方：{WEST}；"),
        (f"出租方（甲方）：{EAST}", f"承租方（乙方）：{WEST}"),
        (f"发包人：{EAST}", f"承包人：{WEST}"),
        (f"购货单位：{EAST}，以下简称甲方；", f"供货单位：{WEST}，以下简称乙方。"),
        ("甲方（需方）", f"公司名称：{EAST}", "地址：青梧", "乙方（供方）", f"公司名称：{WEST}"),
        ("甲方：青梧市东样本", "运输有限公司", f"乙方：{WEST}"),
        ("│ 供   方   │ 需   方 │", f"甲方：{EAST} │", f"乙方：{WEST} │"),
        (f"本合同由{EAST}（以下简称甲方）与{WEST}（以下简称“乙方”）订立。",),
        (f"甲方{EAST}", f"乙方：{WEST}"),
        (f"甲方：{EAST}", f"方：{WEST}"),
    ],
)
def test_both_parties_are_read(texts: tuple[str, ...]) -> None:
    assert parties("采购合同", *texts, "第一条 甲方应当付款，乙方负责交货。") == [EAST, WEST]


@pytest.mark.parametrize(
    "texts",
    [
        ("甲方：______", "乙方：______"),
        ("需方：  公司（以下简称甲方）", "供方：  有限公司（以下简称乙方）"),
        ("供方：×××       合同编号：", "需方：×××       签订地点："),
        ("出租方：_____（个人或单位），以下简称甲方；", "承租方：_____，以下简称乙方。"),
        ("甲方（供方）", "• 公司名称：[填写甲方公司名称]", "乙方（需方）", "• 公司名称：[填写]"),
        ("甲方可以从第三方采购", "乙方系依法成立并有效存续的公司", "由乙方", "进行审查"),
        ("甲方：合同专用章", "乙方：签字", "日期："),
        ("the purchaser shall pay", "the supplier's credit", "Buyer: ______"),
    ],
)
def test_blank_forms_and_sentences_name_nobody(texts: tuple[str, ...]) -> None:
    assert parties("购销合同", *texts, "本合同一式两份。") == [None, None]


def test_a_person_is_a_party_behind_a_colon() -> None:
    assert parties("合同", "甲方：张样本", "乙方：李某") == ["张样本", "李某"]
    assert parties("合同", "甲方 应付", "乙方 应收") == [None, None]


NORTH, SOUTH = "Northquay Specimen Logistics Ltd.", "Specimen Auto Parts (Qingwu) Co., Ltd."


@pytest.mark.parametrize(
    "texts",
    [
        (f"This Agreement is made by and between {NORTH} (“North”) and {SOUTH} (the “Seller”).",),
        (
            "This Agreement is entered into between",
            NORTH,
            "1 Specimen Quay",
            "and",
            SOUTH,
            "Qingwu",
        ),
        (f"between: (1) {NORTH}, a company under the laws of Bank Island; and (2) {SOUTH}",),
        (f"by and among {NORTH}, a division of Other Specimen Inc., (“N”), and {SOUTH} (“S”)",),
        ("Parties", f"(1)\t{NORTH} of 1 Quay", f"(2)\t{SOUTH} of 2 Road"),
        (f"Buyer: {NORTH}", f"Seller: {SOUTH}"),
        (f"Party A (Buyer): {NORTH}", f"Party B (Seller): {SOUTH}"),
        (f"Lessor: {NORTH}\tLessee: {SOUTH}",),
        (f"{NORTH}, with a place of business at 1 Quay (“North”), and {SOUTH} (“Seller”) agree",),
        (f"This Agreement is between {NORTH} and the company set forth below", f"Company: {SOUTH}"),
    ],
)
def test_parties_of_english_contracts(texts: tuple[str, ...]) -> None:
    assert parties("SUPPLY AGREEMENT", *texts, "WHEREAS the Seller sells") == [NORTH, SOUTH]


def test_a_name_without_legal_form_and_one_in_han() -> None:
    texts = f"between Specimen Surgery, a Qingwu firm (“SURGERY”), and {EAST} (the Seller)"
    assert parties("AGREEMENT", f"This Agreement is made {texts}") == ["Specimen Surgery", EAST]
    assert parties("AGREEMENT", "Nothing is said between the lines.") == [None, None]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("签订日期：2024年1月5日", "合同期限：自2024年2月1日至2025年1月31日"),
         {"issue_date": "2024-01-05", "valid_from": "2024-02-01", "expiry_date": "2025-01-31"}),
        (("签订时间：二〇二四年一月五日", "本合同自双方盖章之日起生效，有效期三", "年。"),
         {"issue_date": "2024-01-05", "valid_from": "2024-01-05", "expiry_date": "2027-01-05"}),
        (("本协议有效期自2024年3月5日至", "2025年3月4日。", "甲方（盖章）", "日期：2024年3月1日"),
         {"issue_date": "2024-03-01", "valid_from": "2024-03-05", "expiry_date": "2025-03-04"}),
        (("第九条", "授权代表（签字）：", "2024年3月1日\t2024年3月2日"),
         {"issue_date": "2024-03-02"}),
        (("合同期限：无固定期限", "签订日期：2024.1.5"),
         {"issue_date": "2024-01-05", "expiry_date": "long-term"}),
        (("is entered into this 20th day of December", "2018 (the “Effective Date”), by us.",
          "This Agreement shall continue for a period of five (5) years from", "delivery."),
         {"issue_date": "2018-12-20", "valid_from": "2018-12-20", "expiry_date": "2023-12-20"}),
        (("Agreement dated June 1, 2020, effective as of July 1, 2020.",
          "This Agreement shall continue until December 31, 2020."),
         {"issue_date": "2020-06-01", "valid_from": "2020-07-01", "expiry_date": "2020-12-31"}),
        (("“Effective Date” shall mean December 5, 2014.",
          "This Agreement commences on the Effective Date and is valid for twelve months."),
         {"issue_date": "2014-12-05", "valid_from": "2014-12-05"}),
        (("November 24, 2009", "The contract becomes effective on the date of signature and shall",
          "have a term of one year."),
         {"issue_date": "2009-11-24", "valid_from": "2009-11-24", "expiry_date": "2010-11-24"}),
        (("Dated 29/3/18", "This agreement will continue in force until terminated by a party."),
         {"issue_date": "2018-03-29", "expiry_date": "long-term"}),
        (("amends that certain Agreement dated as of May 1, 2004.", "Dated as of May 2, 2005",),
         {"issue_date": "2005-05-02"}),
        (("Contract start: 04-01-06", "Contract end: 04-01-08", "signed 03/24/06"),
         {"valid_from": "2006-04-01", "expiry_date": "2008-04-01"}),
    ],
)  # fmt: skip
def test_the_days_of_a_contract(texts: tuple[str, ...], expected: dict[str, str]) -> None:
    found = best("contract", "AGREEMENT", *texts)
    assert expected.items() <= found.items(), found


@pytest.mark.parametrize(
    "text",
    [
        "The previous agreement expired on May 28, 2016; it ran for years.",
        "Renewal: the agreement shall continue for an additional two years.",
        "confidential for three (3) years following the termination of this Agreement",
        "签订时间：  年  月  日",
        "有效期限：  年  月  日至  年  月  日",
        "乙方应于合同签订后15日内交货，质保期一年。",
    ],
)
def test_other_days_and_blanks_are_not_the_contracts(text: str) -> None:
    found = best("contract", "AGREEMENT", text)
    assert not {"issue_date", "valid_from", "expiry_date"} & set(found)


def test_a_day_with_two_meanings_is_none_of_them_for_sure() -> None:
    found = [one for one in read("contract", "Date: 01/05/2024") if one.name == "issue_date"]
    assert {one.value for one in found} == {"2024-05-01", "2024-01-05"}
    assert all(one.confidence < 0.5 for one in found)
    shown = best("contract", "Date: 01/05/2024", "Delivery until 05/23/2024")
    assert shown["issue_date"] == "2024-01-05"


def test_a_contract_is_made_when_it_takes_effect_unless_it_says_otherwise() -> None:
    found = best("contract", "AGREEMENT", "The Effective Date is July 1, 2020 for both of us.")
    assert (found["issue_date"], found["valid_from"]) == ("2020-07-01", "2020-07-01")


def test_every_value_says_where_it_stands_and_what_found_it() -> None:
    for one in read("contract", "协议", f"甲方：{EAST}", "签订日期：2024年1月5日", "有效期两年。"):
        assert one.page == 1
        assert one.box
        assert one.rule
        assert one.raw
    (end,) = [
        one
        for one in read("contract", "签订日期：2024年1月5日", "有效期两年。")
        if one.name == "expiry_date"
    ]
    assert (end.value, end.rule) == ("2026-01-05", "term:2024-01-05+2y")
