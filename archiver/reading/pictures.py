"""Pictures inside office files: scans that somebody pasted in, as pages to be read."""

from collections.abc import Iterable, Iterator
from itertools import chain

from PIL import Image

from archiver.reading.image import Bounds, inset, shown
from archiver.reading.package import Package
from archiver.reading.page import Told, Trouble


def pictures_of(package: Package, owners: Iterable[str], bounds: Bounds) -> Iterator[Image.Image]:
    """The pictures that those parts show, each once, in the order they are declared.

    Raises:
        Trouble: `too_large`, `damaged`.
    """
    parts = chain.from_iterable(package.related(owner, "image") for owner in owners)
    for part in dict.fromkeys(parts):
        picture = inset(package.read(part), bounds)
        if picture:
            yield picture


def with_pictures(
    pages: Iterator[Told], pictures: Iterator[Image.Image], bounds: Bounds
) -> Iterator[Told]:
    """Pages of text, then those of pictures; one empty page when there is neither.

    Raises:
        Trouble: `too_many_pages`.
    """
    number = 0
    for page in pages:
        number = page.page
        yield page
    for picture in pictures:
        number += 1
        if number > bounds.pages:
            raise Trouble("too_many_pages", pages=f"> {bounds.pages}", most=bounds.pages)
        yield shown(picture, number)
    if not number:
        yield Told(1, "none")
