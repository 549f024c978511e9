"""Plain text: UTF-8, UTF-16 with a mark, GB18030."""

from collections.abc import Iterator
from pathlib import Path

from archiver.reading.image import Bounds
from archiver.reading.page import Told, Trouble
from archiver.reading.sniff import MAX_TEXT, encoding_of


def tell(path: Path, bounds: Bounds) -> Iterator[Told]:
    """The pages of a text file; a form feed ends a page.

    Raises:
        Trouble: `too_large`, `too_many_pages`, or `damaged`: no encoding fits the whole of it.
    """
    size = path.stat().st_size
    if size > MAX_TEXT:
        raise Trouble("too_large", why=f"{size} bytes")
    data = path.read_bytes()
    encoding = encoding_of(data)
    if encoding is None:
        raise Trouble("damaged", why="encoding")
    yield Told(0, facts={"encoding": encoding})
    pages = data.decode(encoding).rstrip("\f\x1a").split("\f")
    if len(pages) > bounds.pages:
        raise Trouble("too_many_pages", pages=len(pages), most=bounds.pages)
    for number, page in enumerate(pages, start=1):
        lines = tuple((line.strip(), None) for line in page.splitlines() if line.strip())
        yield Told(number, "plain" if lines else "none", lines)
