"""Licences as cameras see them: labels cut, misread, covered, or not there at all."""

import pytest

from archiver.core.model import Field, Line, Page, TextSource
from archiver.declarations.fields import read_fields
from archiver.declarations.shipped import shipped
from archiver.recognition.codes import registration_check
from archiver.recognition.fields import find
from archiver.recognition.rows import rows

FIELDS = read_fields(shipped("rules") / "fields.toml")
NAME = "青梧市样本运输有限公司"


def _found(*texts: str) -> dict[str, Field]:
    """The fields of a licence; a tab in a text parts two lines that stand beside one another."""
    lines = []
    for row, text in enumerate(texts):
        for column, part in enumerate(text.split("\t")):
            top, left = row * 0.04, column * 0.2
            lines.append(Line(part, (left, top, left + 0.19, top + 0.03), 1.0))
    page = Page(1, tuple(lines), TextSource.OCR)
    found = find(tuple(rows([page])), "licence", FIELDS)
    return {field.name: field for field in reversed(found)}


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("营业执照", f"名称\t{NAME}"), NAME),
        (("营业执照", f"名\t称{NAME}"), NAME),
        (("营业执照", f"名\t{NAME}", "类\t型有限责任公司"), NAME),
        (("营业执照", f"称{NAME}", "类型\t有限责任公司(自然人独资)"), NAME),
        (("营业执照", f"名经\t称{NAME}", "营场所青梧市样本大道1号"), NAME),
        (("营业执照", "名称\t青梧样本驾驶学校(普通合伙)"), "青梧样本驾驶学校(普通合伙)"),
        (("营业执照", "名称\t青梧样本旅行社有限责任公司"), "青梧样本旅行社有限责任公司"),
        (("营业执照", "名称\t青梧样本文化中心云泽分中心"), "青梧样本文化中心云泽分中心"),
        (("营业执照", "名称\t青梧市样本建筑安装工", "程有限公司", "类型\t有限责任公司"),
         "青梧市样本建筑安装工程有限公司"),
        (("营业执照", f"名称\t{NAME}", "云泽分公司", "负责人\t样本甲"), f"{NAME}云泽分公司"),
        (("营业执照", "名称\t青梧样本租赁(云泽)有很公司"), "青梧样本租赁(云泽)有限公司"),
        (("营业执照", "名称\t青梧样本租赁有限责仕公司"), "青梧样本租赁有限责任公司"),
    ],
)  # fmt: skip
def test_the_holder_is_found(texts: tuple[str, ...], name: str) -> None:
    assert _found(*texts)["company_name"].value == name


@pytest.mark.parametrize(
    "texts",
    [
        ("营业执照", "类型\t有限责任公司(自然人投资或控股)", "法定代表人\t样本甲"),
        ("营业执照", "类\t其他有限责任公司", "法定代表人\t样本甲"),
        ("营业执照", "名称", "类型\t有限责任公司", "法定代表人\t样本甲"),
        ("营业执照", "法定代表人\t样本甲", "登记机关", "青梧样本监制有限公司"),
        ("营业执照", "青梧市市场监督管理局登记中心", "法定代表人"),
    ],
)
def test_a_kind_of_company_and_an_office_are_no_holder(texts: tuple[str, ...]) -> None:
    assert "company_name" not in _found(*texts)


def test_what_was_mended_is_kept_as_it_stands() -> None:
    field = _found("营业执照", "名称\t青梧样本租赁有很公司")["company_name"]
    assert field.raw == "青梧样本租赁有很公司"
    assert field.box is not None


@pytest.mark.parametrize(
    "name", ["有限公司", "有限责任公司", "股份有限公司", "合作公司", "有限合伙"]
)
def test_sound_legal_forms_stay(name: str) -> None:
    assert _found("营业执照", f"名称\t青梧样本{name}")["company_name"].value == f"青梧样本{name}"


def test_a_covered_day_of_founding_is_inferred_with_little_confidence() -> None:
    found = _found("营业执照", "营业期限\t2015年02月15日至长期")
    day = found["start_date"]
    assert (day.value, day.rule) == ("2015-02-15", "begin_of_period")
    assert day.confidence < 0.8 < found["valid_from"].confidence
    read = _found("营业执照", "成立日期\t2014年01月02日", "营业期限\t2015年02月15日至长期")
    assert (read["start_date"].value, read["start_date"].rule) == ("2014-01-02", "label:成立日期")


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("营业期限自二〇一〇年六月+一日至二〇三〇年六月十一日", "2010-06-11", "2030-06-11"),
        ("营业期限\t2018年9月21日至水久", "2018-09-21", "long-term"),
        ("合伙期限\t2011年01月24日至不约定期限", "2011-01-24", "long-term"),
    ],
)
def test_look_alikes_in_a_period(text: str, begin: str, end: str) -> None:
    found = _found("营业执照", text)
    assert (found["valid_from"].value, found["expiry_date"].value) == (begin, end)


def test_a_blank_form_has_no_values() -> None:
    form = (
        "营业执照",
        "名称",
        "类型",
        "法定代表人",
        "成立日期\t年月日",
        "营业期限\t年月日至年月日",
    )
    assert not _found(*form)


CODE = "91990001MA1HX1001K"


@pytest.mark.parametrize(
    "text",
    [
        f"统一社会信用代码{CODE}",
        f"统一社会信用代码\t{CODE}(1-1)",
        f"统一社会信用代码{CODE}11",
        f"统一社会信用代码N9{CODE}",
        "统一社会信用代码：9199 0001 MA1H X100 1K",
        "统一社会信用代码\t91990001\tMA1HX1001K",
        "统一社会信用代码91990001MAIHXI00IK",
    ],
)
def test_a_code_is_found_whatever_was_read_on_to_it(text: str) -> None:
    field = _found("营业执照", text)["credit_code"]
    assert field.value == CODE
    assert field.confidence >= 0.8


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码9199 0001 MA1H X100 2K",  # its check digit is wrong
        f"流水号{'1' * 19}",
        f"统一社会信用代码{'A' * 26}",
    ],
)
def test_what_only_looks_like_a_code_is_none(text: str) -> None:
    assert "credit_code" not in _found("营业执照", text)


def test_letters_in_a_number_of_digits_are_mended_when_its_check_digit_says_so() -> None:
    number = "99000100000000" + registration_check("99000100000000")
    field = _found("营业执照", f"注册号{number.replace('1', 'I')}")["registration_no"]
    assert (field.value, field.raw) == (number, number.replace("1", "I"))
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert "registration_no" not in _found("营业执照", f"注册号{wrong.replace('1', 'I')}")


@pytest.mark.parametrize(("last", "rule"), [("G", "check_digit"), ("K", "form_only")])
def test_a_code_whose_check_digit_is_wrong_is_not_called_proved(last: str, rule: str) -> None:
    field = _found("营业执照", f"统一社会信用代码 92990001MA1HX1001{last}")["credit_code"]
    assert field.rule == rule
