"""Invoices of both kinds: photographed 发票 with lost labels, and letters from Europe. Invented."""

import pytest

from tests.recognition.papers import best, read

BUYER, SELLER = "青梧市东样本运输有限公司", "云泽样本轮胎制造有限公司"
VAT = (
    "1100990130\t青梧增值税专用发票\tNo 09900785\t1100990130",
    "开票日期:\t2024年04月18日",
    f"购\t名\t称:\t{BUYER}",
    "买\t纳税人识别号:\t9199000100000000XX",
    "货物或应税劳务、服务名称\t规格型号\t单位\t数量\t单价\t金额\t税率\t税额",
    "样本轮胎\tYB-1\t条\t2.00\t50.00\t100.00\t13%\t13.00",
    "合\t计\t¥100.00\t¥13.00",
    "价税合计(大写)\t壹佰壹拾叁圆整\t(小写)¥113.00",
    f"销\t名\t称:\t{SELLER}",
    "售\t纳税人识别号:\t91990001MA1HX10000",
    "收款人:样本\t开票人:样本\t销售方:(章)",
)
WANTED = {
    "doc_no": "09900785",
    "issue_date": "2024-04-18",
    "amount": "113.00",
    "currency": "CNY",
    "counterparty": BUYER,
    "company_name": SELLER,
}


def without(*lost: str) -> list[str]:
    """The invoice after OCR has lost some words."""
    texts = list(VAT)
    for word in lost:
        texts = [text.replace(word, "") for text in texts]
    return texts


@pytest.mark.parametrize(
    "lost",
    [
        (),
        ("No ",),
        ("开票日期:",),
        ("(小写)",),
        ("(小写)", "价税合计(大写)"),
        ("\t名\t",),
        ("合\t计",),
    ],
)
def test_a_photographed_invoice_is_read_although_labels_are_lost(lost: tuple[str, ...]) -> None:
    assert WANTED.items() <= best("invoice", *without(*lost)).items()


def test_an_electronic_invoice_has_both_sides_beside_one_another() -> None:
    found = best(
        "invoice",
        "电子发票（普通发票）\t\t发票号码：25990000000000000021",
        "\t\t开票日期：2025年03月20日",
        f"购买方信息\t名称：{BUYER}\t销售方信息\t名称：{SELLER}",
        "价税合计（大写）\t贰佰圆整\t（小写）¥200.00",
    )
    assert found["doc_no"] == "25990000000000000021"
    assert (found["counterparty"], found["company_name"]) == (BUYER, SELLER)
    assert (found["issue_date"], found["amount"]) == ("2025-03-20", "200.00")


def test_capitals_that_disagree_are_told() -> None:
    texts = ("价税合计(大写)\t叁佰圆整\t(小写)¥200.00",)
    (amount,) = [one for one in read("invoice", *texts) if one.name == "amount"]
    assert amount.value == "200.00"
    assert amount.confidence < 0.5
    assert amount.rule.endswith("|capitals=300.00")


def test_a_name_below_its_label_among_other_labels() -> None:
    texts = (
        "购\t名\t密", f"纳税人识别号:\t{BUYER}", "价税合计(大写)\t壹佰圆整\t¥100.00",
        "销\t名\t称:\t备", f"\t\t{SELLER}",
    )  # fmt: skip
    assert best("invoice", *texts)["company_name"] == SELLER


def test_a_blank_form_yields_nothing() -> None:
    texts = ("增值税普通发票", "开票日期:  年 月 日", "名称:", "价税合计(大写)\t(小写)", "名称:")
    assert not best("invoice", *texts)


LETTER = (
    "Specimen Parts B.V.\tINVOICE",
    "Weena 9, Qingwu\tInvoice No.: 2024-0117",
    "VAT NL990433941B01\tInvoice date: 19 April 2024",
    "Bill to:\tDue date: 19 May 2024",
    "Northquay Logistics Ltd.",
    "Item\tQuantity\tAmount",
    "Tyres\t2\t€ 1.000,00",
    "Subtotal\t\t€ 1.000,00",
    "VAT 21%\t\t€ 210,00",
    "Grand total\t\t€ 1.210,00",
)


def test_an_invoice_from_europe() -> None:
    found = best("invoice", *LETTER)
    assert found["company_name"] == "Specimen Parts B.V."
    assert found["counterparty"] == "Northquay Logistics Ltd."
    assert (found["doc_no"], found["issue_date"]) == ("2024-0117", "2024-04-19")
    assert (found["amount"], found["currency"]) == ("1210.00", "EUR")
    assert found["tax_no"] == "NL990433941B01"


@pytest.mark.parametrize(
    ("texts", "name", "value"),
    [
        (("Facture n° 990044387 du 2 juillet 2015", "Date limite le 5 juillet 2015"), "issue_date",
         "2015-07-02"),
        (("Facture n° 990044387 du 2 juillet 2015",), "doc_no", "990044387"),
        (("Factuurdatum: 19 april 2014", "Factuurnummer: 990548900"), "issue_date", "2014-04-19"),
        (("Rechnung Nr. 9900-12", "Rechnungsdatum 05.03.2024"), "issue_date", "2024-03-05"),
        (("Order Date: 15-10-2015", "Invoice Date: 20-10-2015"), "issue_date", "2015-10-20"),
        (("Total facture\t24.99\t5.00\t29.99", "€ TTC"), "amount", "29.99"),
        (("Total\t278.61", "Grand Total\t319.00", "Rs"), "currency", "INR"),
        (("INVOICE", "Sold By: Specimen Retail Pvt. Ltd., Qingwu"), "company_name",
         "Specimen Retail Pvt. Ltd."),
        (("INVOICE", "Bill To:\tX", "Other Specimen Ltd.", "1", "2", "3",
          "Specimen SAS au capital − TVA FR99"), "company_name", "Specimen SAS"),
        (("Anna Specimen\tINVOICE", "Total: $5.00"), "company_name", "Anna Specimen"),
        (("Invoice No\tInvoice Date\tTotal", "INV-0099\t3 May 2024\t$9.50"), "doc_no", "INV-0099"),
        (("Invoice No\tInvoice Date\tTotal", "INV-0099\t3 May 2024\t$9.50"), "issue_date",
         "2024-05-03"),
        (("发票联", "代码\t099001681007", "09343425", "金额 ¥37.00"), "doc_no", "09343425"),
    ],
)  # fmt: skip
def test_values_of_many_layouts(texts: tuple[str, ...], name: str, value: str) -> None:
    assert best("invoice", *texts).get(name) == value
