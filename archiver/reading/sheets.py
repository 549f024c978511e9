"""XLSX (ECMA-376, part 1, 18): a page a sheet, a line a row, values as they are shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archiver.reading.cells import Look, looks_of, shown_as
from archiver.reading.image import Bounds
from archiver.reading.package import Element, Package, core_facts, local, main_part
from archiver.reading.page import Told
from archiver.reading.paragraphs import BREAK, lines_of
from archiver.reading.pictures import pictures_of, with_pictures
from archiver.reading.plain import page_of

_UNNAMED = re.compile(r"(?i)(sheet|工作表)\s*\d*")
"""What sheets are called that nobody gave a name."""


@dataclass(frozen=True, slots=True)
class _Book:
    """What all sheets of a file share.

    Attributes:
        strings: texts that cells refer to by number.
        looks: how numbers are shown, by the number of the cell's style.
        from_1904: days are counted from 1904, not 1900.
    """

    strings: list[str]
    looks: list[Look]
    from_1904: bool


def tell(path: Path, bounds: Bounds) -> Iterator[Told]:
    """The sheets, hidden ones too; then the pictures on them.

    How large a sheet says it is does not matter: only what stands in it is read.

    Raises:
        Trouble: `damaged`, `encrypted`, `too_large`, `too_many_pages`.
    """
    with Package(path) as package:
        main = main_part(package, "xl/workbook.xml")
        root = package.xml(main)
        sheets = _sheets(package, main, root)
        drawings = [drawing for _, part in sheets for drawing in package.related(part, "drawing")]
        yield Told(0, facts=core_facts(package))
        book = _Book(_strings(package, main), _looks(package, main), _from_1904(root))
        pages = (
            page_of(number, _lines(package, book, name, part), bounds)
            for number, (name, part) in enumerate(sheets, start=1)
        )
        yield from with_pictures(pages, pictures_of(package, drawings, bounds), bounds)


def _sheets(package: Package, main: str, root: Element) -> list[tuple[str, str]]:
    """Name and part of each sheet, in the order of their tabs."""
    targets = {one.id: one.target for one in package.relations(main)}
    found = []
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        ids = [value for key, value in sheet.items() if key.endswith("}id")]
        part = targets.get(ids[0]) if ids else None
        if part and part in package:
            found.append((sheet.get("name", ""), part))
    return found


def _strings(package: Package, main: str) -> list[str]:
    """The texts that cells share, without readings printed above them."""
    return [
        _text(item)
        for part in package.related(main, "sharedStrings")[:1]
        for item in package.each(part, "{*}si")
    ]


def _text(item: Element) -> str:
    """Rich text as text (18.4)."""
    runs = (child for child in item if local(child) in {"t", "r"})
    return "".join(t.text or "" for run in runs for t in run.iter("{*}t"))


def _looks(package: Package, main: str) -> list[Look]:
    styles = package.related(main, "styles")
    return looks_of(package.xml(styles[0])) if styles else []


def _from_1904(root: Element) -> bool:
    settings = root.find("{*}workbookPr")
    return settings is not None and settings.get("date1904") in {"1", "true"}


def _lines(package: Package, book: _Book, name: str, part: str) -> Iterator[str]:
    """The name of a sheet if it has one, its rows, then the text of its drawings."""
    if not _UNNAMED.fullmatch(name):
        yield name
    row: list[str] = []
    for element in package.each(part, "{*}c", "{*}row"):
        if local(element) == "c":
            row.append(" ".join(_value(element, book).split()))
        else:
            yield "\t".join(filter(None, row))
            row = []
    for drawing in package.related(part, "drawing"):
        yield from (line for line in lines_of(package.xml(drawing)) if line != BREAK)


def _value(cell: Element, book: _Book) -> str:
    """What a cell shows; of a formula its result as last worked out."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(map(_text, cell.iterfind("{*}is")))
    value = (cell.findtext("{*}v") or "").strip()
    if kind == "s":
        at = _whole(value)
        return book.strings[at] if at is not None and at < len(book.strings) else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(value, value)
    if kind != "n":
        return value
    style = _whole(cell.get("s", "0"))
    look = book.looks[style] if style is not None and style < len(book.looks) else Look.NUMBER
    return shown_as(value, look, from_1904=book.from_1904)


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else None
