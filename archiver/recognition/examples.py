"""Whether the categories keep their word: each example is read as the paper it shows."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from archiver.core.model import (
    Arrival,
    Because,
    Digest,
    Findings,
    Line,
    Page,
    Reading,
    ReceiptId,
    Scan,
    Shape,
    TextSource,
)
from archiver.declarations.categories import Categories, Category
from archiver.declarations.example import Example
from archiver.declarations.fields import FieldRules
from archiver.recognition.recognise import recognise

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def strangers(categories: Categories, fields: FieldRules) -> tuple[Because, ...]:
    """Rules for values of categories that nobody declares."""
    return tuple(
        Because.of("unknown_category", file="fields.toml", rule=rule.name, category=code)
        for rule in fields.field
        for code in rule.categories
        if code not in categories.by_code
    )


def run_examples(categories: Categories, fields: FieldRules) -> tuple[Because, ...]:
    """What the examples of all categories find wrong; nothing when all hold."""
    return tuple(
        fault
        for rule in categories.category
        for number, example in enumerate(rule.proof, start=1)
        for fault in _wrong(rule, number, example, (categories, fields))
    )


def _wrong(
    rule: Category, number: int, example: Example, rules: tuple[Categories, FieldRules]
) -> Iterator[Because]:
    categories, fields = rules
    findings = recognise(_reading(example), categories, fields)
    found = findings.category
    if found.code != rule.code or found.confidence < categories.sure:
        yield Because.of(
            "example_read_otherwise",
            category=rule.code,
            number=number,
            found=found.code,
            confidence=found.confidence,
        )
        return
    for name, expected in example.fields.items():
        read = _value(findings, name)
        if read != expected:
            yield Because.of(
                "example_value_otherwise",
                category=rule.code,
                number=number,
                name=name,
                expected=expected,
                found=read,
            )


def _value(findings: Findings, name: str) -> str:
    field = findings.first(name)
    return field.value if field else ""


def _reading(example: Example) -> Reading:
    """The example as a text of one page, read without doubt."""
    arrival = Arrival(
        receipt=ReceiptId("R"),
        source=example.file,
        path=Path(example.file or "example.txt"),
        folder=None,
        named=None,
        received=_EPOCH,
        shape=Shape(0, 0, 0),
    )
    texts = [text.strip() for text in example.text.splitlines()]
    lines = tuple(Line(text, None, 1.0) for text in texts if text)
    scan = Scan(arrival, Digest("0" * 64), 0, "text/plain")
    return Reading(scan, (Page(1, lines, TextSource.PLAIN),))
