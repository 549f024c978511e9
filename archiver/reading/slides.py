"""PPTX (ECMA-376, part 1, 19): slides with their notes, then the pictures."""

from collections.abc import Iterator
from pathlib import Path

from archiver.reading.image import Bounds
from archiver.reading.package import Package, core_facts, main_part
from archiver.reading.page import Told
from archiver.reading.paragraphs import BREAK, lines_of
from archiver.reading.pictures import pictures_of, with_pictures
from archiver.reading.plain import page_of

_BESIDE = ("diagramData", "notesSlide")
"""Parts of a slide that hold text: drawings of boxes and arrows, and what the speaker says."""


def tell(path: Path, bounds: Bounds) -> Iterator[Told]:
    """A page a slide, hidden ones too; then the pictures on them.

    Raises:
        Trouble: `damaged`, `encrypted`, `too_large`, `too_many_pages`.
    """
    with Package(path) as package:
        slides = _slides(package)
        yield Told(0, facts=core_facts(package))
        pages = (
            page_of(number, _lines(package, slide), bounds)
            for number, slide in enumerate(slides, start=1)
        )
        yield from with_pictures(pages, pictures_of(package, slides, bounds), bounds)


def _slides(package: Package) -> list[str]:
    """Parts of the slides in the order they are shown."""
    main = main_part(package, "ppt/presentation.xml")
    targets = {one.id: one.target for one in package.relations(main) if one.kind == "slide"}
    listed = package.xml(main).iterfind("{*}sldIdLst/{*}sldId")
    ids = (value for one in listed for key, value in one.items() if key.endswith("}id"))
    return [targets[one] for one in ids if one in targets]


def _lines(package: Package, slide: str) -> Iterator[str]:
    for part in (slide, *package.related(slide, *_BESIDE)):
        yield from (line for line in lines_of(package.xml(part)) if line != BREAK)
