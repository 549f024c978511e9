"""Plain text: UTF-8, UTF-16 with a mark, GB18030."""

from collections.abc import Iterator
from pathlib import Path

from archiver.reading.image import Bounds
from archiver.reading.page import Told, Trouble
from archiver.reading.sniff import encoding_of

_MAX_BYTES = 20 << 20


def tell(path: Path, bounds: Bounds) -> Iterator[Told]:
    """The pages of a text file; a form feed ends a page."""
    if path.stat().st_size > _MAX_BYTES:
        raise Trouble("too_large", f"{path.stat().st_size} bytes of text")
    data = path.read_bytes()
    encoding = encoding_of(data, whole=True)
    if encoding is None:
        raise Trouble("damaged", "encoding")
    yield Told(0, facts={"encoding": encoding})
    pages = data.decode(encoding).rstrip("\f\x1a").split("\f")
    if len(pages) > bounds.pages:
        raise Trouble("too_many_pages", str(len(pages)))
    for number, page in enumerate(pages, start=1):
        lines = tuple((line.strip(), None) for line in page.splitlines() if line.strip())
        yield Told(number, "plain" if lines else "none", lines)
