"""Inside a parser process: divides a batch scan into papers, without touching what is on them."""

import importlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from archiver.reading.divide import Cut, Leaf, Run, runs
from archiver.reading.image import Bounds
from archiver.reading.page import CHUNK, Part
from archiver.reading.sniff import PDF, TIFF

_DRIVERS = {PDF: "archiver.reading.batch_pdf", TIFF: "archiver.reading.batch_tiff"}
"""Media type → the module whose `leaves` tells what each page is, and whose `cut` copies pages."""


def parts(path: Path, media_type: str, cut: Cut, bounds: Bounds) -> list[Part]:
    """The papers of a batch, each named by its pages; none when it is to stay whole.

    It stays whole when there are not at least two, and when dividing would break what binds its
    pages together (a signature, a form) or could not be done without encoding pictures anew.
    """
    driver = _DRIVERS.get(media_type)
    if driver is None:
        return []
    module = importlib.import_module(driver)
    leaves: Callable[[Path, Cut, Bounds], list[Leaf]] = module.leaves
    found = runs(leaves(path, cut, bounds), cut)
    if len(found) < 2:
        return []
    return [Part(str(run), partial(_chunks, module.copied, path, run)) for run in found]


def _chunks(copied: Callable[[Path, Run], bytes], path: Path, run: Run) -> Iterator[bytes]:
    content = copied(path, run)
    for start in range(0, len(content), CHUNK):
        yield content[start : start + CHUNK]
