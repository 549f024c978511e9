"""Values that a person gives for a paper: read like printed ones, found on its pages again."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from archiver.core.errors import N_, UsageError
from archiver.core.model import Because, Category, Field, Findings
from archiver.core.normalise import compact
from archiver.declarations.codes import FIELDS
from archiver.declarations.fields import FieldRules
from archiver.recognition.codes import is_credit_code, is_registration_no
from archiver.recognition.dates import LONG_TERM, dates, open_end
from archiver.recognition.fields import find
from archiver.recognition.money import capitals, figures, plain
from archiver.recognition.rows import Row, rows

BY_PERSON = "person"
"""The rule of a value that a person gave."""
_DATES = {"issue_date", "start_date", "valid_from", "expiry_date"}
_AMOUNTS = {"amount", "capital"}
_CODES = {"credit_code": is_credit_code, "registration_no": is_registration_no}
_MOST = 200


def meant(name: str, text: str, rules: FieldRules) -> str:
    """The value that a person means by `text`, normalised; empty when the paper has none.

    Args:
        name: of the published list, or one that a rule declares.
        text: as typed.
        rules: of the values.

    Raises:
        UsageError: no such field, or no such value of it.
    """
    kinds = {rule.name: rule.kind for rule in reversed(rules.field)}
    if name not in FIELDS and name not in kinds:
        raise UsageError(
            N_("there is no value called {name}"),
            hint=N_("the values are: {known}"),
            name=name,
            known=", ".join(dict.fromkeys((*FIELDS, *kinds))),
        )
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        return ""
    if name in _DATES or kinds.get(name) in {"date", "until"}:
        value = _date(name, text)
    elif name in _AMOUNTS or kinds.get(name) == "amount":
        value = _amount(text)
    else:
        value = _other(name, text)
    if value is None or len(value) > _MOST:
        raise UsageError(
            N_("{text} cannot be the value of {name}"),
            hint=N_("a date: 2024-03-05, an amount: 1234.56, a code: as printed, with no blanks"),
            text=text,
            name=name,
        )
    return value


def _date(name: str, text: str) -> str | None:
    if name == "expiry_date" and (text == LONG_TERM or open_end(text)):
        return LONG_TERM
    found = dates(text, labelled=True)
    if len(found) != 1 or found[0].other or compact(found[0].raw) != compact(text):
        return None
    return found[0].value.isoformat()


def _amount(text: str) -> str | None:
    found = figures(text) or capitals(text)
    return plain(found[0].value) if len(found) == 1 else None


def _other(name: str, text: str) -> str | None:
    if name in _CODES:
        code = "".join(text.upper().split())
        return code if _CODES[name](code) else None
    if name in {"tax_no", "currency"}:
        return "".join(text.upper().split())
    return text


def corrected(
    findings: Findings, values: Mapping[str, str], category: str | None, rules: FieldRules
) -> Findings:
    """What is known of a paper once a person has said so.

    A category given by a person is one without doubt, and the rules for its values are asked
    again; what persons have said about values before stays.

    Args:
        findings: what was known so far.
        values: name → normalised value, empty for one that the paper does not have.
        category: what it is, when a person says so.
        rules: of the values.
    """
    lines = tuple(rows(findings.reading.pages))
    kept = findings.fields
    if category and category != findings.category.code:
        given = [field for field in kept if field.rule == BY_PERSON]
        names = {field.name for field in given}
        found = find(lines, category, rules)
        kept = (*given, *(field for field in found if field.name not in names))
    said = (_field(name, value, lines) for name, value in values.items() if value)
    others = (field for field in kept if field.name not in values)
    known = findings.category
    if category:
        told = Because.of("category_by_person")
        others_told = (one for one in known.evidence if one != told)
        known = Category(category, 1.0, (told, *others_told))
    return replace(findings, category=known, fields=(*said, *others))


def _field(name: str, value: str, lines: Iterable[Row]) -> Field:
    """The value a person gave, with the place where it stands on the paper, if it can be found."""
    for row in lines:
        for start, raw, printed in _places(name, value, row.text):
            return Field(name, printed, raw, 1.0, row.page, row.line_at(start).box, BY_PERSON)
    return Field(name, value, value, 1.0, None, None, BY_PERSON)


def _places(name: str, value: str, text: str) -> Iterator[tuple[int, str, str]]:
    """Where a value is printed in a row, in whatever form.

    Yields:
        The offset, what stands there, the value that is: 1200 may be printed as 1,200.00.
    """
    if value == LONG_TERM:
        endless = open_end(text)
        if endless:
            yield endless.start(), endless.group(), value
    elif name in _DATES:
        found = dates(text, labelled=True)
        yield from ((one.start, one.raw, value) for one in found if one.value.isoformat() == value)
    elif name in _AMOUNTS:
        same = (one for one in figures(text) if one.value == Decimal(value))
        yield from ((one.start, one.raw, plain(one.value)) for one in same)
    else:
        spaced = re.compile(r"\s*".join(map(re.escape, compact(value))), re.I)
        yield from ((match.start(), match.group(), value) for match in spaced.finditer(text))
