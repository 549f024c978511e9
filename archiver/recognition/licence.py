"""What a business licence says without a label, or beside one that could not be read."""

import re
from collections.abc import Iterable, Iterator

from archiver.core.model import Field, Line
from archiver.declarations.fields import FieldRules
from archiver.recognition.dates import dates
from archiver.recognition.names import COMPANY, ENDING, KIND, mended
from archiver.recognition.rows import GAP, Row

_STOP = re.compile(r"法定代表|负责人|经营者|投资人|经营范围|成立日期|注册日期|登记机关")
"""Below these no licence names its holder."""
_REST_OF_LABEL = re.compile(r"^[名经型类]?称\s*:?")
_OFFICE = re.compile(r"监督|管理局|管理委员会|登记|公示|执照|代码|注册号|副本|类型|合伙企业$")
"""Words of the form itself and of its office, which are no names."""
_LEAST_NAME = 6
_MOST_BESIDE = 6
"""Characters that may stand beside the day at the foot: 登记机关, a piece of the seal."""
_INFERRED = 0.6
"""Confidence of a day that another one stands for."""


def unlabelled(rows: tuple[Row, ...], known: Iterable[Field], rules: FieldRules) -> Iterator[Field]:
    """The holder, the day of founding and the day of issue, where no label gave them."""
    found = {field.name: field for field in known}
    if "company_name" not in found:
        yield from _holder(rows, rules)
    if "start_date" not in found and "valid_from" in found:
        yield _begin(found["valid_from"])
    yield from _issued(rows)


def _holder(rows: tuple[Row, ...], rules: FieldRules) -> Iterator[Field]:
    """The first whole name of a company above who answers for it."""
    for row in rows:
        for text, line in zip(row.text.split(GAP), row.lines, strict=True):
            if _STOP.search(text):
                return
            name = mended(_REST_OF_LABEL.sub("", text).strip())
            form = _OFFICE.search(name) or KIND.match(name) or rules.any_label.match(name)
            if (
                len(name) >= _LEAST_NAME
                and COMPANY.match(name)
                and ENDING.search(name)
                and not form
            ):
                yield _field("company_name", name, text, row, line=line, rule="above_the_rest")
                return


def _begin(valid_from: Field) -> Field:
    """A company founded when its period begins, as nearly all are: said with little confidence."""
    return Field(
        "start_date",
        valid_from.value,
        valid_from.raw,
        min(_INFERRED, valid_from.confidence),
        valid_from.page,
        valid_from.box,
        "begin_of_period",
    )


def _issued(rows: tuple[Row, ...]) -> Iterator[Field]:
    """The day a licence was issued: alone in its row, below everything else."""
    for row in reversed(rows[len(rows) // 2 :]):
        found = dates(row.text)
        if len(found) == 1 and len(row.text) - len(found[0].raw) <= _MOST_BESIDE:
            day = found[0].value.isoformat()
            line = row.line_at(0)
            yield _field("issue_date", day, found[0].raw, row, line=line, rule="at_foot")
            return


def _field(name: str, value: str, raw: str, row: Row, *, line: Line, rule: str) -> Field:
    return Field(name, value, raw, round(0.95 * line.confidence, 3), row.page, line.box, rule)
