"""The values on a paper: codes wherever they stand, everything else beside its label."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from archiver.core.model import Field, Line
from archiver.core.normalise import compact
from archiver.declarations.fields import FieldRule, FieldRules, Kind
from archiver.recognition.codes import (
    Code,
    credit_codes,
    glued_codes,
    is_credit_code,
    registration_numbers,
)
from archiver.recognition.contract import contract_days
from archiver.recognition.dates import day_first
from archiver.recognition.flow import Flow, flow
from archiver.recognition.found import Value, fields, in_one_order
from archiver.recognition.invoice import invoice
from archiver.recognition.licence import unlabelled
from archiver.recognition.money import currency, only_currency, witnessed
from archiver.recognition.parties import parties
from archiver.recognition.party import speaks_for_itself
from archiver.recognition.rows import GAP, Row, plain
from archiver.recognition.symbols import RULE, of_invoice
from archiver.recognition.terms import terms
from archiver.recognition.values import MONEY, alone, read

_PLATE = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=牌号)|(?<=号码)|(?<=车牌)|(?<=车号))"
    r"(?![按据依及和与由合或])[\u4e00-\u9fff][A-HJ-NP-Z][·. ]?[A-Z0-9]{5,6}(?![A-Z0-9])"
)
_CODE_LABEL = re.compile(r"信用代码[:\s]*")
_PIECES = re.compile(r"[0-9A-Z]{2,16}(?:[\s-]{1,2}[0-9A-Z]{2,16}){1,5}")
_APART = re.compile(r"[\s-]")
_NEVER_ON_PLATES = str.maketrans("OI", "01")
"""Letters that no plate has behind its second place (GA 36-2018), as OCR reads digits."""
_NAMES = ("name", "party")
_ANYTHING = ("name", "party", "text")
"""Kinds of values that a label could be taken for."""
_CONTRACTS = ("contract", "supplement")
_SHORT = 2
"""Characters of a label that is only one when nothing stands before it: 日期, 编号."""
_WORD_BEFORE, _WORD_AFTER = (
    re.compile(r"[A-Za-z]{2,} $"),
    re.compile(r"(?!EUR|USD|GBP|CNY)[A-Za-z]{2,}"),
)
_UNPROVED = 0.4
"""Confidence of a code whose check digit is wrong."""
_SURE, _SUREST = 0.95, 0.99
_OTHERWISE = 0.75
"""How much less sure a rule is that counts only where no other has found anything."""
_ITS_NAME = re.compile(r"(?:公司|单位|企业)?(?:名称|全称)")
"""What may stand in the row below 甲方, before the name."""
_ONE_WORD = re.compile(r"(?:^|\t)[A-Za-z]+ $")
_REACH = 3
"""Rows below a label that may still hold its value."""
_CLAUSE = re.compile(
    r"应[当在于提按向将付该保]|须|将[在于按向]|收到|负责|按[照时期]|有权|不得|未[按能经]|如[未有果不]"
    r"|[使采]用|提供|支付|承担|保证|的|需[要在按]|可以?[在将]|因|在|于|对|违约|逾期|或|[a-z]{2}"
)
"""What a clause goes on with behind 甲方, where a name would have its colon."""


def find(
    rows: tuple[Row, ...], category: str, rules: FieldRules, symbols: tuple[Row, ...] = ()
) -> tuple[Field, ...]:
    """Every value of a paper of that category, codes first.

    Args:
        rows: what is printed on it.
        category: what it is.
        rules: the declared labels.
        symbols: what its QR codes say.
    """
    found = [*_codes(rows), *_plates(rows), *_in_symbols(symbols, category, rules)]
    for rule in rules.field:
        known = rule.otherwise and any(field.name == rule.name for field in found)
        if not known and (not rule.categories or category in rule.categories):
            found.extend(_labelled(rows, rule, rules))
    if category == "licence":
        found.extend(unlabelled(rows, found, rules))
    text = flow(rows)
    found = list(in_one_order(found, day_first=day_first(text.text)))
    if category in _CONTRACTS:
        found.extend(_contract(text, tuple(found)))
    if category == "invoice":
        found.extend(invoice(rows, tuple(found)))
    if category != "licence" and not any(field.name == "expiry_date" for field in found):
        found.extend(terms(text, tuple(found)))
    found.extend(_currency(text, tuple(found)))
    return _best(in_one_order(found, day_first=day_first(text.text)))


def _in_symbols(rows: tuple[Row, ...], category: str, rules: FieldRules) -> Iterator[Field]:
    """Codes and labelled values in QR codes: read without error, or not at all."""
    codes = (field for field in _codes(rows) if field.value == field.raw)
    asked = [
        rule
        for rule in rules.field
        if not rule.otherwise and (not rule.categories or category in rule.categories)
    ]
    labelled = (field for rule in asked for field in _labelled(rows, rule, rules))
    for field in (*(one for one in codes if one.confidence > _SURE), *labelled):
        yield replace(field, rule=f"{RULE}{field.rule}")
    if category == "invoice":
        yield from of_invoice(rows)


def _contract(text: Flow, known: tuple[Field, ...]) -> Iterator[Field]:
    """Parties and days that sentences name, where labels name none."""
    for name, one in parties(text, {field.name for field in known}):
        row, line = text.at(one.start)
        sure = round(one.confidence * line.confidence, 3)
        yield Field(name, one.value, one.raw, sure, row.page, line.box, one.rule)
    yield from contract_days(text, known)


def _best(found: Iterable[Field]) -> tuple[Field, ...]:
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
    rule = "check_digit" if code.confidence > _UNPROVED else "form_only"
    return Field(name, code.value, code.raw, confidence, row.page, line.box, rule)


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
        for match, label in _labels(rule, row):
            for near, start, text in _places(rows, number, match, (rule, rules)):
                below = _below(rows, number, rules)
                value = read(rule.kind, label, text, below if near is row else "")
                if value is None:
                    continue
                at = near.line_at(start + max(0, near.text[start:].find(value.raw)))
                if _elsewhere(rule.kind, value, text, (row, match, near, at)):
                    continue
                sure, told = _SURE, f"label:{label}"
                if rule.kind == "amount":
                    factor, word = witnessed(value, rows, number)
                    sure, told = min(_SUREST, sure * factor), told + word
                if rule.kind in MONEY:
                    yield from _named(value, row, near, at)
                sure *= _OTHERWISE if rule.otherwise else 1
                yield from fields(rule.name, value, (near, at), (told, sure))
                return


def _labels(rule: FieldRule, row: Row) -> Iterator[tuple[re.Match[str], str]]:
    """Every label of the rule in a row, with its text."""
    for match in rule.pattern.finditer(row.text):
        label = compact(match.group()).rstrip(":.#")
        if not _no_label(rule, row, match, label):
            yield match, label


def _named(value: Value, row: Row, near: Row, at: Line) -> Iterator[Field]:
    """The currency that stands with an amount, or in its row."""
    named = (value.currency, value.raw) if value.currency else (currency(row.text) or ())[:2]
    if named:
        code, sign = named
        yield Field(
            "currency", code, sign, round(_SURE * at.confidence, 3), near.page, at.box, "sign"
        )


def _currency(text: Flow, known: tuple[Field, ...]) -> Iterator[Field]:
    """For an amount that names no currency, the only one the paper names."""
    names = {field.name for field in known}
    if "currency" in names:
        return
    if "amount" in names and (only := only_currency(text.text)):
        code, sign, at = only
        row, line = text.at(at)
        yield Field("currency", code, sign, 0.8, row.page, line.box, "only_one")


def _elsewhere(
    kind: Kind, value: Value, text: str, at: tuple[Row, re.Match[str], Row, Line]
) -> bool:
    """Whether what was read belongs to something else: a sentence, or another column."""
    row, match, near, line = at
    closed = match.group().rstrip(" \t").endswith(":")
    if near is not row:
        cell = closed and value.raw == text and _under(row.line_at(match.start()), line)
        return not cell and not alone(kind, value, text)
    return kind == "party" and not closed and not speaks_for_itself(value.value)


def _below(rows: tuple[Row, ...], number: int, rules: FieldRules) -> str:
    """The next row of the page, unless a label begins it."""
    if number + 1 == len(rows) or rows[number + 1].page != rows[number].page:
        return ""
    text = rows[number + 1].text
    return "" if rules.any_label.match(text) else text


def _no_label(rule: FieldRule, row: Row, match: re.Match[str], label: str) -> bool:
    """Whether a label is only part of a longer word, or of a sentence."""
    before = row.text[match.start() - 1] if match.start() else ""
    inside = before.isalnum() or (before == "(" and rule.kind == "party")
    if inside and (rule.kind in _NAMES or len(label) <= _SHORT):
        return True  # 项目名称, 成立日期
    if (
        rule.kind != "tax"
        and label.isascii()
        and label.isalpha()
        and _part_of_phrase(row.text, match)
    ):
        return True  # Due date, Total net
    spoken = rule.kind in _NAMES and match.group().rstrip(" \t")[-1].isalpha()
    return spoken and bool(_CLAUSE.match(row.text[match.end() :]))


def _part_of_phrase(text: str, match: re.Match[str]) -> bool:
    """Whether a Latin label of one word, without its colon, has other words around it."""
    word = match.group().rstrip()
    if " " in word:
        return False
    goes_on = not word.endswith(":") and not match.group().endswith(GAP)
    after = goes_on and _WORD_AFTER.match(text[match.end() :])
    return bool(after or _WORD_BEFORE.search(text[: match.start()]))


def _places(
    rows: tuple[Row, ...], number: int, match: re.Match[str], which: tuple[FieldRule, FieldRules]
) -> Iterator[tuple[Row, int, str]]:
    """Where the value of a label may stand: behind it, below it in its column, or in a next row."""
    row, end, (rule, rules) = rows[number], match.end(), which
    yield row, end, _until_label(row.text[end:], rules, rule)
    label = row.line_at(match.start())
    following = [one for one in rows[number + 1 : number + _REACH] if one.page == row.page]
    if len(row.lines) > 1:
        for below in following:
            for start, line in zip(below.starts, below.lines, strict=True):
                if _under(label, line) and not rules.any_label.match(line.text):
                    yield below, start, plain(line.text)
    for below in following:
        other = rules.any_label.match(below.text)
        if other and not (rule.kind == "party" and _ITS_NAME.match(below.text)):
            return
        start = other.end() if other else 0
        yield below, start, _until_label(below.text[start:], rules, rule)


def _under(label: Line, line: Line) -> bool:
    """Whether a line stands in the column of a label."""
    if label.box is None or line.box is None:
        return False
    shared = min(label.box[2], line.box[2]) - max(label.box[0], line.box[0])
    return shared > 0.5 * min(label.box[2] - label.box[0], line.box[2] - line.box[0])


def _until_label(text: str, rules: FieldRules, own: FieldRule) -> str:
    """The text up to the next label of something else; columns stay apart.

    Nothing where another label stands in the place of a value: the form is blank there.
    """
    first = rules.any_label.match(text) if own.kind in _ANYTHING else None
    if first and (first.end() == len(text) or first.group().endswith((":", GAP))):
        return ""
    for following in rules.any_label.finditer(text, 1):
        if own.kind == "amount" and own.pattern.match(text, following.start()):
            continue  # 价税合计(大写) and (小写) say the same
        before = text[: following.start()]
        return _ONE_WORD.sub("", before).strip()  # Due date: is one label
    return text.strip()
