"""What each kind of worker process is for, and what it is held to."""

from dataclasses import replace
from pathlib import Path

from archiver.reading.crew import Duty
from archiver.reading.engines import chosen
from archiver.reading.limits import ReadingLimits


def parsing(limits: ReadingLimits, folders: tuple[Path, ...]) -> Duty:
    """What parsers are for."""
    return Duty(
        module="archiver.reading.parse",
        options={
            "bytes": limits.parser_bytes,
            "max_pages": limits.max_pages,
            "max_lines": limits.max_lines,
            "max_parts": limits.max_parts,
            "max_member": limits.max_member,
            "max_unpacked": limits.max_unpacked,
            "max_pixels": limits.max_pixels,
            "ocr_pixels": limits.ocr_pixels,
        },
        resident=limits.parser_bytes,
        size=limits.parsers,
        seconds=limits.parse_seconds,
        start_seconds=limits.start_seconds,
        crashed="parser_crashed",
        folders=folders,
    )


def showing(limits: ReadingLimits, shelves: tuple[Path, ...]) -> Duty:
    """What parsers are for that a person waits for: fonts that a paper lacks are the machine's."""
    duty = parsing(limits, shelves)
    return replace(duty, options={**duty.options, "fonts": 1}, size=1)


def recognising(limits: ReadingLimits) -> Duty:
    """What OCR processes are for."""
    engine = chosen(limits.engine)
    return Duty(
        module="archiver.reading.ocr",
        options={
            "engine": engine.name,
            "bytes": limits.recogniser_bytes if engine.bounded else 0,
        },
        resident=limits.recogniser_bytes,
        size=limits.recognisers,
        seconds=limits.recognise_seconds,
        start_seconds=limits.start_seconds,
        crashed="ocr_crashed",
        environment=engine.environment,
    )
