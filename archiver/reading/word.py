"""DOCX (ECMA-376, part 1, 17): text in its order, then the pictures."""

from collections.abc import Iterator
from pathlib import Path

from archiver.reading.image import Bounds
from archiver.reading.package import Package, core_facts, main_part
from archiver.reading.page import Told
from archiver.reading.paragraphs import BREAK, lines_of, pages_of
from archiver.reading.pictures import pictures_of, with_pictures
from archiver.reading.plain import page_of

_NOTES = ("footnotes", "endnotes", "footer")


def tell(path: Path, bounds: Bounds) -> Iterator[Told]:
    """The pages of a document where Word last broke them, else one; then its pictures.

    Headers stand once before the text, notes and footers once after it.

    Raises:
        Trouble: `damaged`, `encrypted`, `too_large`, `too_many_pages`.
    """
    with Package(path) as package:
        main = main_part(package, "word/document.xml")
        before = _said(package, package.related(main, "header"))
        after = _said(package, package.related(main, *_NOTES))
        owners = [main, *package.related(main, "header", "footer")]
        yield Told(0, facts=core_facts(package))
        text = pages_of([*before, *lines_of(package.xml(main)), *after])
        pages = (page_of(number, lines, bounds) for number, lines in enumerate(text, start=1))
        yield from with_pictures(pages, pictures_of(package, owners, bounds), bounds)


def _said(package: Package, parts: list[str]) -> list[str]:
    """The lines of those parts, each once: most pages have the same header."""
    lines = (line for part in parts for line in lines_of(package.xml(part)))
    return list(dict.fromkeys(line for line in lines if line != BREAK))
