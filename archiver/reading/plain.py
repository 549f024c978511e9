"""A page that is text and nothing else."""

from collections.abc import Iterable

from archiver.reading.image import Bounds
from archiver.reading.page import Told, ToldLine, Trouble
from archiver.reading.sniff import MAX_TEXT


def page_of(number: int, lines: Iterable[str], bounds: Bounds) -> Told:
    """Page `number` with those lines that have anything on them.

    Args:
        number: of the page, from 1.
        lines: drawn one by one, so that what has no end is stopped.
        bounds: most pages and lines of the file.

    Raises:
        Trouble: `too_many_pages`, `too_large`.
    """
    if number > bounds.pages:
        raise Trouble("too_many_pages", pages=f"> {bounds.pages}", most=bounds.pages)
    kept: list[ToldLine] = []
    size = 0
    for line in lines:
        text = line.strip()
        if not text:
            continue
        kept.append((text, None))
        size += len(text)
        if size > MAX_TEXT:
            raise Trouble("too_large", why=f"> {MAX_TEXT} characters")
        if len(kept) > bounds.lines:
            raise Trouble("too_large", why=f"> {bounds.lines} lines")
    return Told(number, "plain" if kept else "none", tuple(kept))
