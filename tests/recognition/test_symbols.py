"""What QR codes on papers say, as the offices print them: texts made up in their forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import Field, Line, Page, TextSource
from archiver.recognition.codes import ALPHABET, credit_check, is_credit_code
from archiver.recognition.fields import find
from archiver.recognition.rows import rows
from archiver.recognition.symbols import symbol_rows
from tests.recognition.papers import FIELDS, page

BOX = (0.1, 0.7, 0.2, 0.8)
BASE = "91990100MA0000001"
CODE = BASE + credit_check(BASE)


def read(category: str, said: str, *printed: str) -> dict[str, Field]:
    """The surest value of each name on a paper with a QR code."""
    symbols = (Line(said, BOX, 1.0),)
    paper = Page(1, page(*printed).lines, TextSource.OCR, symbols=symbols)
    found: dict[str, Field] = {}
    for one in find(tuple(rows([paper])), category, FIELDS, tuple(symbol_rows([paper]))):
        if one.name not in found or one.confidence > found[one.name].confidence:
            found[one.name] = one
    return found


@pytest.mark.parametrize(
    "said",
    [
        f"http://gsxt.example/index.html?uniscid={CODE}",
        f"统一社会信用代码：{CODE}\n注册号：1\n名称：青梧市样本运输有限公司\n信用网址：http://x.example",
        f"统一社会信用代码:{CODE},企业名称:青梧市样本运输有限公司,登记时间:2016-11-02;",
        f"统一社会信用代码：{CODE} 名称：青梧市样本运输有限公司 公示系统网址：www.example",
    ],
)
def test_a_licence_whose_code_is_printed_over_has_it_from_its_qr_code(said: str) -> None:
    found = read("licence", said, "营业执照", "统一社会信用代副本)1227")
    assert (found["credit_code"].value, found["credit_code"].box) == (CODE, BOX)
    assert found["credit_code"].rule.startswith("qr:")
    if "名称" in said:
        assert found["company_name"].value == "青梧市样本运输有限公司"


def test_its_days_are_those_of_the_paper() -> None:
    found = read(
        "licence",
        f"统一社会信用代码:{CODE}\n名称:青梧市样本运输有限公司\n成立日期:2014年05月07日"
        "营业期限:自2014年05月07日至2034年05月06日；经营范围:运输",
        "营业执照",
    )
    days = {name: found[name].value for name in ("start_date", "valid_from", "expiry_date")}
    assert days == {
        "start_date": "2014-05-07",
        "valid_from": "2014-05-07",
        "expiry_date": "2034-05-06",
    }


@given(st.text(ALPHABET + "_=&?.%", max_size=80), st.sampled_from(ALPHABET))
def test_a_code_without_its_check_digit_is_none(noise: str, last: str) -> None:
    found = read("licence", f"http://x.example/?uuid={noise}&id={BASE}{last}", "营业执照")
    code = found.get("credit_code")
    assert code is None or is_credit_code(code.value)
    assert (last == CODE[-1]) <= (code is not None)


def test_an_invoice_has_its_number_and_day_but_no_total_before_tax() -> None:
    found = read("invoice", "01,10,099001800311,00207675,46.62,20190508,76939056883466677916,E1BD,")
    assert found["doc_no"].value == "00207675"
    assert found["issue_date"].value == "2019-05-08"
    assert "amount" not in found


def test_an_invoice_without_a_paper_form_has_its_total_too() -> None:
    found = read("invoice", "01,32,,24990000000012345678,1234.5,20240105,,AB12")
    assert found["doc_no"].value == "24990000000012345678"
    assert found["amount"].value == "1234.50"


@given(st.text(max_size=300))
def test_whatever_stands_in_a_qr_code_is_borne(said: str) -> None:
    for category in ("licence", "invoice", "contract", "other"):
        read(category, said)
