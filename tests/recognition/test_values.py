"""Values beside their labels: the shipped rules on rows as papers have them."""

import pytest

from archiver.core.model import Line, Page, TextSource
from archiver.declarations.categories import read_categories
from archiver.declarations.fields import read_fields
from archiver.declarations.shipped import shipped
from archiver.recognition.category import categorise
from archiver.recognition.fields import find
from archiver.recognition.rows import rows

CATEGORIES = read_categories(shipped("rules") / "categories.toml")
FIELDS = read_fields(shipped("rules") / "fields.toml")


def _pages(*texts: str) -> tuple[Page, ...]:
    """A page; a tab in a text parts two lines that stand beside one another."""
    lines = []
    for row, text in enumerate(texts):
        for column, part in enumerate(text.split("\t")):
            top, left = row * 0.04, column * 0.2
            lines.append(Line(part, (left, top, left + 0.19, top + 0.03), 1.0))
    return (Page(1, tuple(lines), TextSource.OCR),)


def _read(category: str, name: str, *texts: str) -> list[str]:
    found = find(tuple(rows(_pages(*texts))), category, FIELDS)
    return [field.value for field in found if field.name == name]


@pytest.mark.parametrize(
    ("category", "name", "texts", "value"),
    [
        ("invoice", "amount", ("合计\t¥3,000.00", "(大写)\t叁仟\t(小写)\t¥3,390.00"), "3390.00"),
        ("invoice", "amount", ("合计\t¥3,000.00",), "3000.00"),
        ("contract", "amount", ("总金额:叁万元整(小写:¥30,000.00)", "按GB 9744执行"), "30000.00"),
        ("settlement", "amount", ("结算金额:", "2,040.00"), "2040.00"),
        ("invoice", "amount", ("(小写)\t500元",), "500"),
        ("invoice", "doc_no", ("青梧增值税专用发票\t№ 09900823",), "09900823"),
        ("invoice", "doc_no", ("发票号码:25990000000000000021\tNo 1234",), "25990000000000000021"),
        ("certificate", "expiry_date", ("Valid until: 11 June 2027",), "2027-06-11"),
        ("certificate", "expiry_date", ("有效期至:2029年03月19日",), "2029-03-19"),
        ("certificate", "company_name", ("Applicant", "Specimen Works"), "Specimen Works"),
        ("certificate", "company_name", ("We certify that the organization:", "YUE"), "YUE"),
        ("insurance", "company_name", ("被保险人样本出租有限公司",), "样本出租有限公司"),
        ("vehicle_licence", "plate", ("号牌号码样C0OS3I",), "样C00S31"),
        ("invoice", "phone", ("地址、电话:青梧市样本大道1号 010-62550000",), "010-62550000"),
        ("inspection_sheet", "doc_no", ("检验单编号:\tJY-2025-0315",), "JY-2025-0315"),
        ("work_order", "phone", ("联系电话：13800990099",), "13800990099"),
        ("work_order", "phone", ("电话\t(010)6255-0000转分机",), "(010)6255-0000"),
        ("work_order", "phone", ("Tel: +86 10 6255 0000",), "+86 10 6255 0000"),
        ("work_order", "phone", ("Phone: 1-866-490-8590",), "1-866-490-8590"),
        ("work_order", "phone", ("电话 400-990-0990",), "400-990-0990"),
        ("tax_certificate", "tax_no", ("纳税人识别号：\t990108400010945",), "990108400010945"),
        ("invoice", "tax_no", ("TVA FR 99 421 938 861",), "FR99421938861"),
        ("invoice", "tax_no", ("VAT/TIN: 29670869006",), "29670869006"),
        ("certificate", "company_name", ("certify that the organization:", "QINGWU CO.,Ltd."),
         "QINGWU CO.,Ltd."),
        ("certificate", "expiry_date", ("发证日期：2024年1月5日", "有效期：三年"), "2027-01-05"),
        ("licence", "valid_from", ("营业期限 2010年6月11日至2030年6月11日",), "2010-06-11"),
        ("licence", "expiry_date", ("营业期限 2010年6月11日至永久",), "long-term"),
        ("licence", "currency", ("注册资本：伍佰万元整",), "CNY"),
        ("licence", "issue_date", ("营业执照", "名称", "2024年1月5日"), "2024-01-05"),
        ("contract", "amount", ("合同总价款:人民币50万元",), "500000"),
        ("contract", "amount", ("合同总金额(大写)：叁万元整",), "30000.00"),
        ("contract", "currency", ("The total price is USD 48,600.00.",), "USD"),
        ("contract", "doc_no", ("Contract No.\tSPC-2025-0117",), "SPC-2025-0117"),
    ],
)  # fmt: skip
def test_a_value_is_read_beside_its_label(
    category: str, name: str, texts: tuple[str, ...], value: str
) -> None:
    assert _read(category, name, *texts) == [value]


@pytest.mark.parametrize(
    ("category", "name", "text"),
    [
        ("certificate", "company_name", "This is to certify that the products above"),
        ("contract", "company_name", "第三条 甲方应提前两日通知乙方"),
        ("contract", "counterparty", "乙方使用原厂或者同质配件"),
        ("contract", "company_name", "the purchaser shall pay within thirty days"),
        ("contract", "company_name", "甲方(盖章):\t合同专用章"),
        ("contract", "company_name", "甲方:\t样本，仅供演示"),
        ("contract", "amount", "合计 3 份"),
        ("invoice", "phone", "电话 9/35"),
        ("invoice", "phone", "电话 91990001000000000000"),
        ("work_order", "plate", "关于样C00S31空调"),
        ("contract", "plate", "按GB97440执行"),
        ("invoice", "phone", "电话 3-72-9130990-/0"),
        ("invoice", "tax_no", "纳税人识别号: 8532-292"),
        (
            "invoice",
            "issue_date",
            "the date of the meeting on the previous day 2024-01-05, not 2024-02-06",
        ),
        ("licence", "valid_from", "营业期限 至2030年6月11日"),
        ("contract", "doc_no", "No. 56-58 Specimen Road"),
        ("invoice", "amount", "Total net 5"),
    ],
)
def test_what_is_no_value_is_not_read(category: str, name: str, text: str) -> None:
    assert not _read(category, name, text)


def test_a_sentence_is_no_heading() -> None:
    letter = ("Subject: 询价", "尊敬的客户：", "现将税务登记证随信附上，请查收。", "顺祝商祺！")
    assert categorise(_pages(*letter), CATEGORIES).code == "correspondence"
    assert categorise(_pages("税务登记证", "纳税人名称"), CATEGORIES).code == "tax_certificate"


def test_a_supplement_is_told_from_the_contract_it_adds_to() -> None:
    contract = (
        "采购合同",
        "合同编号：1234",
        "甲方（买方）：",
        "乙方（卖方）：",
        "本合同自盖章之日起生效",
    )
    supplement = ("采购补充合同", *contract[1:], "原合同其余条款不变")
    assert categorise(_pages(*contract), CATEGORIES).code == "contract"
    found = categorise(_pages(*supplement), CATEGORIES)
    assert found.code == "supplement"
    assert found.confidence >= CATEGORIES.sure
