"""The values on a paper: codes wherever they stand, everything else beside its label."""

import re
from collections.abc import Iterator

from archiver.core.model import Field
from archiver.core.normalise import compact
from archiver.declarations.fields import FieldRule, FieldRules
from archiver.recognition.codes import (
    Code,
    credit_codes,
    glued_codes,
    is_credit_code,
    registration_numbers,
)
from archiver.recognition.licence import unlabelled
from archiver.recognition.rows import Row
from archiver.recognition.values import alone, read

_PLATE = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=牌号)|(?<=号码)|(?<=车牌)|(?<=车号))"
    r"[\u4e00-\u9fff][A-HJ-NP-Z][·. ]?[A-Z0-9]{5,6}(?![A-Z0-9])"
)
_CODE_LABEL = re.compile(r"信用代码[:\s]*")
_PIECES = re.compile(r"[0-9A-Z]{2,16}(?:[\s-]{1,2}[0-9A-Z]{2,16}){1,5}")
_APART = re.compile(r"[\s-]")
_NEVER_ON_PLATES = str.maketrans("OI", "01")
"""Letters that no plate has behind its second place (GA 36-2018), as OCR reads digits."""
_CURRENCY = (("¥", "CNY"), ("￥", "CNY"), ("元", "CNY"), ("RMB", "CNY"), ("$", "USD"), ("€", "EUR"))
_SHORT = 2
"""Characters of a label that is only one when nothing stands before it: 日期, 编号."""
_REACH = 3
"""Rows below a label that may still hold its value."""
_CLAUSE = re.compile(
    r"应[当在于提按向将付该保]|须|将[在于按向]|收到|负责|按[照时期]|有权|不得|未[按能经]|如[未有果不]"
    r"|[使采]用|提供|支付|承担|保证|的|需[要在按]|可以?[在将]|因|在|于|对|违约|逾期|或|[a-z]{2}"
)
"""What a clause goes on with behind 甲方, where a name would have its colon."""


def find(rows: tuple[Row, ...], category: str, rules: FieldRules) -> tuple[Field, ...]:
    """Every value of a paper of that category, codes first."""
    labelled: list[Field] = []
    for rule in rules.field:
        known = rule.otherwise and any(field.name == rule.name for field in labelled)
        if not known and (not rule.categories or category in rule.categories):
            labelled.extend(_labelled(rows, rule, rules))
    if category == "licence":
        labelled.extend(unlabelled(rows, labelled, rules))
    return _best((*_codes(rows), *_plates(rows), *labelled))


def _best(found: tuple[Field, ...]) -> tuple[Field, ...]:
    """Each value of each name once, with its greatest confidence, in order of appearance."""
    best: dict[tuple[str, str], Field] = {}
    for field in found:
        known = best.get((field.name, field.value))
        if known is None or field.confidence > known.confidence:
            best[field.name, field.value] = field
    return tuple(best.values())


def _codes(rows: tuple[Row, ...]) -> Iterator[Field]:
    for row in rows:
        text = row.text.upper().replace(" ", "\v")  # a blank inside a code is not bridged
        for code in (*credit_codes(text), *glued_codes(text), *_in_pieces(text)):
            yield _of_code("credit_code", code, row)
        for number in registration_numbers(text):
            if number.confidence > 0.9:
                yield _of_code("registration_no", number, row)


def _in_pieces(text: str) -> Iterator[Code]:
    """A credit code in several pieces behind its label: the whole has the right check digit."""
    label = _CODE_LABEL.search(text)
    pieces = _PIECES.match(text, label.end()) if label else None
    if pieces:
        whole = _APART.sub("", pieces.group())[:18]
        if is_credit_code(whole):
            yield Code(whole, pieces.group().strip(), pieces.start(), 0.95)


def _of_code(name: str, code: Code, row: Row) -> Field:
    line = row.line_at(code.start)
    confidence = round(code.confidence * line.confidence, 3)
    return Field(name, code.value, code.raw, confidence, row.page, line.box, "check_digit")


def _plates(rows: tuple[Row, ...]) -> Iterator[Field]:
    for row in rows:
        for match in _PLATE.finditer(row.text):
            value = re.sub(r"[·. ]", "", match.group())
            value = value[:2] + value[2:].translate(_NEVER_ON_PLATES)
            yield _field("plate", value, match.group(), row, at=match.start(), rule="plate_form")


def _field(name: str, value: str, raw: str, row: Row, *, at: int, rule: str) -> Field:
    line = row.line_at(at)
    return Field(name, value, raw, round(0.95 * line.confidence, 3), row.page, line.box, rule)


def _labelled(rows: tuple[Row, ...], rule: FieldRule, rules: FieldRules) -> Iterator[Field]:
    """The value beside a label of the rule; the first readable one wins."""
    for number, row in enumerate(rows):
        for match in rule.pattern.finditer(row.text):
            label = compact(match.group()).rstrip(":.#")
            if _no_label(rule, row, match, label):
                continue
            for near, start, text in _places(rows, number, match.end(), rules):
                below = _below(rows, number, rules)
                found = read(rule.kind, label, text, below)
                if found and (near is row or rule.kind != "amount" or alone(found, text)):
                    value, raw = found
                    at = start + max(0, near.text[start:].find(raw[:1]))
                    yield _field(rule.name, value, raw, near, at=at, rule=f"label:{label}")
                    if rule.kind == "amount":
                        yield from _currency(row, match.start())
                    return


def _below(rows: tuple[Row, ...], number: int, rules: FieldRules) -> str:
    """The next row of the page, unless a label begins it."""
    if number + 1 == len(rows) or rows[number + 1].page != rows[number].page:
        return ""
    text = rows[number + 1].text
    return "" if rules.any_label.match(text) else text


def _no_label(rule: FieldRule, row: Row, match: re.Match[str], label: str) -> bool:
    """Whether a label is only part of a longer word, or of a sentence."""
    inside = match.start() > 0 and row.text[match.start() - 1].isalnum()
    if inside and (rule.kind == "name" or len(label) <= _SHORT):
        return True  # 项目名称, 成立日期
    spoken = rule.kind == "name" and match.group().rstrip(" ")[-1].isalpha()
    return spoken and bool(_CLAUSE.match(row.text[match.end() :]))


def _places(
    rows: tuple[Row, ...], number: int, end: int, rules: FieldRules
) -> Iterator[tuple[Row, int, str]]:
    """Where the value of a label may stand: behind it, or alone in one of the next rows."""
    row = rows[number]
    yield row, end, _until_label(row.text[end:], rules)
    for below in rows[number + 1 : number + _REACH]:
        if below.page != row.page or rules.any_label.match(below.text):
            return
        yield below, 0, _until_label(below.text, rules)


def _until_label(text: str, rules: FieldRules) -> str:
    """The text up to the next label; columns stay apart."""
    following = rules.any_label.search(text, 1)
    return (text[: following.start()] if following else text).strip()


def _currency(row: Row, at: int) -> Iterator[Field]:
    for sign, code in _CURRENCY:
        if sign in row.text:
            yield _field("currency", code, sign, row, at=at, rule="sign")
            return
