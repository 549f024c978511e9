"""What workers say, checked before it is believed: they have parsed foreign bytes."""

import re
from dataclasses import dataclass

from archiver.core.model import FLAT, Because, Box, Line, Page, Slope, TextSource
from archiver.reading.frames import Header
from archiver.reading.page import TROUBLES

_LOOK = re.compile("([0-9a-f]{16})?")
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters and lone surrogates, which no store takes."""
_LONGEST_NAME = 1024
"""Characters of the name of a file inside another one; what is longer was made to harm."""

MOST_FACTS = 64
"""Properties of one file."""
_MOST_FOUND = 10_000
"""Lines on one page that OCR can have found; a newspaper has 1,500."""
_MOST_MARKS = 100
"""Seals, and QR codes, on one page."""
_LONGEST_FOUND = 2_000
"""Characters of one of them: the smallest print across the widest sheet, a QR code of text."""


class Nonsense(Exception):
    """A worker said something that it cannot have been made to say."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Properties of the file."""

    facts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page to be read: the page as far as it is known, and its pixels (RGB, 8 bits)."""

    page: Page
    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class End:
    """The file was told to its end, or until something stood against it."""

    trouble: Because | None


@dataclass(frozen=True, slots=True)
class Recognised:
    """What OCR saw on a page: see the same names of `Page`."""

    lines: tuple[Line, ...]
    rotation: int
    slope: Slope = FLAT
    look: str = ""
    seals: tuple[Box, ...] = ()
    symbols: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    """A file inside another one begins."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """The next bytes of the file that has begun."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Spoiled:
    """The file that has begun cannot be had."""

    trouble: Because


def told(header: Header, raw: bytes) -> Facts | Page | Picture | End:
    """One message of a parser.

    Raises:
        Nonsense: it is none.
    """
    if header.get("last"):
        return End(_trouble(header))
    number = _whole(header.get("page"))
    if number == 0:
        return Facts(_facts(header))
    try:
        source = TextSource(str(header.get("source")))
    except ValueError as error:
        raise Nonsense from error
    page = Page(number, tuple(_line([*_list(x), 1.0]) for x in _list(header.get("lines"))), source)
    if source is not TextSource.OCR:
        return page
    size = [_whole(side) for side in _list(header.get("size"))]
    if len(size) != 2 or not raw or size[0] * size[1] * 3 != len(raw):
        raise Nonsense
    return Picture(page, size[0], size[1], raw)


def unpacked(header: Header, raw: bytes) -> Begun | Piece | Spoiled | End:
    """One message of a parser that tells what is inside a file.

    Raises:
        Nonsense: it is none.
    """
    if header.get("last"):
        return End(_trouble(header))
    trouble = _trouble(header)
    if trouble:
        return Spoiled(trouble)
    if raw:
        return Piece(raw)
    return Begun(_whole(header.get("part")), _text(header.get("name"))[:_LONGEST_NAME])


def recognised(header: Header, raw: bytes) -> Recognised:
    """The answer of an OCR process.

    Raises:
        Nonsense: it is none.
    """
    rotation = _whole(header.get("rotation"))
    look = _text(header.get("look", ""))
    slope = _slope(header.get("slope", list(FLAT)))
    if raw or rotation not in {0, 90, 180, 270} or not _LOOK.fullmatch(look):
        raise Nonsense
    lines = _lines(header.get("lines"), _MOST_FOUND)
    symbols = _lines(header.get("symbols", []), _MOST_MARKS)
    seals = _list(header.get("seals", []))
    if len(seals) > _MOST_MARKS:
        raise Nonsense
    hulls = tuple(box for seal in seals if (box := _box(seal)))
    return Recognised(lines, rotation, slope, look, hulls, symbols)


def _lines(found: object, most: int) -> tuple[Line, ...]:
    """What was read, if it is no more than a page can hold."""
    listed = _list(found)
    if len(listed) > most:
        raise Nonsense
    lines = tuple(_line(line) for line in listed)
    if any(len(line.text) > _LONGEST_FOUND for line in lines):
        raise Nonsense
    return lines


def _trouble(header: Header) -> Because | None:
    code = header.get("trouble")
    if code is None:
        return None
    facts = _facts(header)
    if not isinstance(code, str) or TROUBLES.get(code) != facts.keys():
        raise Nonsense
    return Because.of(code, **facts)


def _facts(header: Header) -> dict[str, str]:
    facts = header.get("facts")
    if not isinstance(facts, dict) or len(facts) > MOST_FACTS:
        raise Nonsense
    return {_text(key)[:40]: _text(value)[:200] for key, value in facts.items()}


def _line(found: object) -> Line:
    """Text, box or null, confidence."""
    parts = _list(found)
    if len(parts) != 3:
        raise Nonsense
    return Line(_text(parts[0]), _box(parts[1]), _share(parts[2]))


def _box(found: object) -> Box | None:
    if found is None:
        return None
    edges = _list(found)
    if len(edges) != 4:
        raise Nonsense
    x0, y0, x1, y1 = (_share(edge) for edge in edges)
    return x0, y0, x1, y1


def _slope(found: object) -> Slope:
    ends = [end for end in _list(found) if isinstance(end, int | float) and -1 <= end <= 1]
    if len(ends) != 2:
        raise Nonsense
    return float(ends[0]), float(ends[1])


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise Nonsense
    return _NO_TEXT.sub("\ufffd", found)


def _share(found: object) -> float:
    if not isinstance(found, int | float) or not 0 <= found <= 1:
        raise Nonsense
    return float(found)


def _whole(found: object) -> int:
    if not isinstance(found, int) or found < 0:
        raise Nonsense
    return found


def _list(found: object) -> list[object]:
    if not isinstance(found, list):
        raise Nonsense
    return found
