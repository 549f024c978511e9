"""Papers of rows, and what the shipped rules read on them."""

from datetime import UTC, datetime
from pathlib import Path

from archiver.core.model import (
    Arrival,
    Digest,
    Field,
    Line,
    Page,
    Reading,
    ReceiptId,
    Scan,
    Shape,
    TextSource,
)
from archiver.declarations.fields import read_fields
from archiver.declarations.shipped import shipped
from archiver.recognition.fields import find
from archiver.recognition.rows import rows

FIELDS = read_fields(shipped("rules") / "fields.toml")


def page(*texts: str, number: int = 1) -> Page:
    """A page; a tab in a text parts two lines that stand beside one another."""
    lines = []
    for row, text in enumerate(texts):
        for column, part in enumerate(text.split("\t")):
            top, left = row * 0.02, column * 0.2
            if part:
                lines.append(Line(part, (left, top, left + 0.19, top + 0.015), 1.0))
    return Page(number, tuple(lines), TextSource.OCR)


def reading_of(texts: list[str], folder: str | None = None) -> Reading:
    """What a file of one such page says, dropped into that folder of the inbox."""
    day = datetime(2024, 7, 1, tzinfo=UTC)
    arrival = Arrival(ReceiptId("R"), "a.pdf", Path("a.pdf"), folder, None, day, Shape(1, 1, 1))
    scan = Scan(arrival, Digest("0" * 64), 1, "application/pdf")
    return Reading(scan, (page(*texts),))


def read(category: str, *texts: str) -> tuple[Field, ...]:
    """Every value of a paper of one page."""
    return find(tuple(rows((page(*texts),))), category, FIELDS)


def best(category: str, *texts: str) -> dict[str, str]:
    """The surest value of each name."""
    found: dict[str, Field] = {}
    for field in read(category, *texts):
        if field.name not in found or field.confidence > found[field.name].confidence:
            found[field.name] = field
    return {name: field.value for name, field in found.items()}
