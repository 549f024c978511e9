"""OFD (GB/T 33190-2016), the fixed pages of Chinese e-invoices: text with its places, pictures."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from archiver.reading.image import Bounds, inset, shown
from archiver.reading.ofd_text import Area, area_of, frame_of, lines_of, words_of
from archiver.reading.package import Element, Package
from archiver.reading.page import Told, Trouble

_MIN_TEXT = 16
"""Characters below which the text of a page with a picture is a stamp, not the page."""
_MAX_CHARACTERS = 200_000
"""Of one page; a page of a dense contract has 2,000."""
_DOTS = 200 / 25.4
"""Pixels of a millimetre at 200 dpi."""
_FACTS = (("Title", "title"), ("Creator", "producer"), ("CreationDate", "created"))


@dataclass(slots=True)
class _Document:
    """One document of a file.

    Attributes:
        main: the part that lists its pages.
        root: its XML.
        area: of pages that do not say their own.
        pictures: parts of pictures by the number they are called by.
        templates: parts of the pages under other pages, likewise.
        notes: parts of what was put on top of pages, by the number of the page.
    """

    main: str
    root: Element
    area: Area | None
    pictures: dict[str, str] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture on a page: its part, and where it is laid."""

    part: str
    area: Area


def tell(path: Path, bounds: Bounds) -> Iterator[Told]:
    """The pages of all documents of a file: text, or where there is next to none, pixels.

    Raises:
        Trouble: `damaged`, `encrypted`, `too_large`, `too_many_pages`.
    """
    with Package(path) as package:
        root = package.xml("OFD.xml")
        found = ((fact, root.findtext(f".//{{*}}{tag}")) for tag, fact in _FACTS)
        yield Told(0, facts={fact: text.strip()[:200] for fact, text in found if text})
        pages = [page for body in root.iterfind("{*}DocBody") for page in _pages(package, body)]
        if not pages:
            raise Trouble("damaged", why="no pages")
        if len(pages) > bounds.pages:
            raise Trouble("too_many_pages", pages=len(pages), most=bounds.pages)
        for number, (document, page) in enumerate(pages, start=1):
            yield _page(package, document, page, (number, bounds))


def _pages(package: Package, body: Element) -> Iterator[tuple[_Document, Element]]:
    """The pages of one document, each with what all of them share."""
    main = (body.findtext("{*}DocRoot") or "").strip()
    root = package.xml(main)
    document = _Document(main, root, _area(root.find("{*}CommonData/{*}PageArea")))
    for page in root.iterfind("{*}CommonData/{*}TemplatePage"):
        document.templates[page.get("ID", "")] = _beside(main, page.get("BaseLoc", ""))
    for kind in ("PublicRes", "DocumentRes"):
        for listed in root.iterfind(f"{{*}}CommonData/{{*}}{kind}"):
            document.pictures |= _pictures(package, _beside(main, listed.text or ""))
    listed = root.find("{*}Annotations")
    if listed is not None:
        document.notes |= _notes(package, _beside(main, listed.text or ""))
    for page in root.iterfind("{*}Pages/{*}Page"):
        yield document, page


def _beside(part: str, location: str) -> str:
    """The part at a location, which is written relative to the part that names it."""
    return posixpath.join("/", posixpath.dirname(part), location.strip().replace("\\", "/"))


def _pictures(package: Package, part: str) -> dict[str, str]:
    """Parts of the pictures in a list of resources, by their number."""
    if part not in package:
        return {}
    root = package.xml(part)
    base = _beside(part, root.get("BaseLoc", "") + "/")
    media = root.iterfind("{*}MultiMedias/{*}MultiMedia")
    return {one.get("ID", ""): _beside(base, one.findtext("{*}MediaFile") or "") for one in media}


def _notes(package: Package, part: str) -> dict[str, str]:
    """Parts of the notes on pages, by the number of the page."""
    if part not in package:
        return {}
    pages = package.xml(part).iterfind("{*}Page")
    return {one.get("PageID", ""): _beside(part, one.findtext("{*}FileLoc") or "") for one in pages}


def _page(package: Package, document: _Document, page: Element, wanted: tuple[int, Bounds]) -> Told:
    """One page with what lies under and on top of it."""
    number, bounds = wanted
    content = package.xml(_beside(document.main, page.get("BaseLoc", "")))
    area = _area(content.find("{*}Area")) or document.area
    if area is None:
        raise Trouble("damaged", why=f"page {number} has no size")
    layers = [*_under(package, document, content), content]
    notes = document.notes.get(page.get("ID", ""), "")
    layers += [package.xml(notes)] if notes in package else []
    size = sum(len(code.text or "") for layer in layers for code in layer.iter("{*}TextCode"))
    if size > _MAX_CHARACTERS:
        raise Trouble("too_large", why=f"{size} characters")
    words = [word for layer in layers for word in words_of(layer)]
    lines = lines_of(words, area)
    if sum(len(line) for line, _ in lines) < _MIN_TEXT:
        picture = _laid(package, _on(document, layers), area, bounds)
        if picture:
            return shown(picture, number, lines)
    return Told(number, "layer" if lines else "none", lines)


def _under(package: Package, document: _Document, content: Element) -> Iterator[Element]:
    """The pages that lie under a page: the printed form."""
    for one in content.iterfind("{*}Template"):
        part = document.templates.get(one.get("TemplateID", ""), "")
        if part in package:
            yield package.xml(part)


def _area(found: Element | None) -> Area | None:
    box = found.findtext("{*}PhysicalBox") if found is not None else None
    return area_of(box) if box else None


def _on(document: _Document, layers: list[Element]) -> Iterator[_Picture]:
    for layer in layers:
        for one in layer.iter("{*}ImageObject"):
            part = document.pictures.get(one.get("ResourceID", ""))
            area = frame_of(one)
            if part and area:
                yield _Picture(part, area)


def _laid(
    package: Package, pictures: Iterator[_Picture], page: Area, bounds: Bounds
) -> Image.Image | None:
    """The pictures of a page as they lie on it, at 200 dpi; None when there are none."""
    scale = min(_DOTS, (bounds.ocr_pixels / (page.width * page.height)) ** 0.5)
    size = int(page.width * scale), int(page.height * scale)
    paper: Image.Image | None = None
    for one in pictures:
        picture = inset(package.read(one.part), bounds) if one.part in package else None
        if picture is None or min(size) < 1:
            continue
        paper = paper or Image.new("RGB", size, "white")
        within = (
            min(size[0], max(1, round(one.area.width * scale))),
            min(size[1], max(1, round(one.area.height * scale))),
        )
        at = round((one.area.x - page.x) * scale), round((one.area.y - page.y) * scale)
        if all(abs(place) < 100_000 for place in at):
            paper.paste(picture.resize(within, Image.Resampling.BOX), at)
    return paper
