"""Parsers and OCR processes that lie: every limit they keep to is kept on our side as well."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from archiver.core.errors import DocumentError
from archiver.core.model import Scan
from archiver.reading.crew import Crew, Duty
from archiver.reading.duties import parsing, recognising
from archiver.reading.limits import ReadingLimits
from archiver.reading.reader import Reader
from tests.reading.lying import LIES
from tests.reading.papers import scan_of, written
from tests.reading.test_crew import ROOT

LIMITS = ReadingLimits(
    parsers=1,
    recognisers=1,
    max_pages=5,
    max_lines=200,
    max_text=20_000,
    max_parts=5,
    max_member=4 << 20,
    max_unpacked=4 << 20,
    parse_seconds=1.5,
)

FATES = {
    "endless_lines": "too_large",
    "endless_text": "too_large",
    "endless_bytes": "too_large",
    "endless_troubles": "timed_out",
    "the_same_fact_for_ever": "timed_out",
}
"""Lies that an honest parser might tell of a large file; whoever tells the others has crashed."""


@contextmanager
def a_reader(folder: Path, times: int = 1) -> Iterator[Reader]:
    with Reader(LIMITS, (folder,)) as reader:
        reader._parsers = Crew(lying(parsing(LIMITS, (folder,))))
        duty = replace(recognising(LIMITS), options={"bytes": 0, "times": times})
        reader._recognisers = Crew(lying(duty))
        yield reader


def lying(duty: Duty) -> Duty:
    return replace(duty, module="tests.reading.lying", environment={"PYTHONPATH": str(ROOT)})


def paper(folder: Path, name: str) -> Scan:
    return scan_of(written(folder, f"{name}.txt", b"text\n"))


@pytest.mark.parametrize("lie", sorted(LIES))
def test_a_parser_that_lies_costs_one_paper(lie: str, tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    parts.mkdir()
    scan = paper(tmp_path, lie)
    with a_reader(tmp_path) as reader:
        inside = lie.endswith(("parts", "bytes", "troubles", "nothing"))
        with pytest.raises(DocumentError) as refusal:
            _ = reader.unpack(scan, parts) if inside else reader.read(scan)
        assert refusal.value.because.code == FATES.get(lie, "parser_crashed")
        assert not list(parts.iterdir())
        assert reader.read(paper(tmp_path, "fine")).pages == ()


@pytest.mark.parametrize(("times", "code"), [(201, "too_large"), (10_001, "ocr_crashed")])
def test_ocr_that_finds_too_much_costs_one_paper(times: int, code: str, tmp_path: Path) -> None:
    with a_reader(tmp_path, times) as reader:
        with pytest.raises(DocumentError) as refusal:
            reader.read(paper(tmp_path, "picture"))
        assert refusal.value.because.code == code
        assert reader.read(paper(tmp_path, "fine")).pages == ()


def test_a_parser_that_crashes_leaves_the_ocr_warm(tmp_path: Path) -> None:
    with a_reader(tmp_path) as reader:
        before = reader.read(paper(tmp_path, "picture")).text
        for _ in range(2):
            with pytest.raises(DocumentError):
                reader.read(paper(tmp_path, "crash"))
            assert reader.read(paper(tmp_path, "picture")).text == before
    assert before.startswith("process ")
