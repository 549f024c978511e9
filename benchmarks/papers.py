"""Labelled papers, read outside a vault: what they say, without what becomes of them."""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from archiver.core.errors import DocumentError
from archiver.core.model import Arrival, Reading, ReceiptId, Shape
from archiver.intake.steps import identify
from archiver.reading.limits import ReadingLimits
from benchmarks.readings import Remembering

Label = dict[str, str]
"""One row of the file of labels: column → value."""


def labelled(labels: Path) -> list[Label]:
    """The rows of a file of labels."""
    with labels.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def categories_of(label: Label) -> set[str]:
    """The categories a paper may be filed under without being wrong."""
    return {label["category"], *label["also_acceptable"].replace(";", " ").split()}


def readings(
    labels: list[Label], files: Path, cache: Path | None
) -> Iterator[tuple[Label, Reading]]:
    """What every paper that can be read says, beside its label."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        folders = (files.resolve(), Path(folder))
        with Remembering(ReadingLimits(), folders, cache) as reader:
            for label in labels:
                path = (files / label["file"]).resolve()
                receipt, shape = ReceiptId(label["file"]), Shape(0, 0, 0)
                arrival = Arrival(receipt, label["file"], path, None, None, now, shape)
                with suppress(DocumentError):
                    yield label, reader.read(identify(arrival))
