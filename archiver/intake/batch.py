"""Batch scans: files of a folder that `vault.toml` declares, divided into the papers they hold.

Like an archive, a batch says nothing by itself: it is not kept, its papers are. What cannot be
divided stays whole, and is one paper as everywhere else.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from archiver.catalogue import receipts
from archiver.core.errors import DocumentError
from archiver.core.model import Arrival, Scan
from archiver.disk.digest import digest_of
from archiver.disk.scratch import clear, fresh
from archiver.reading.divide import Cut
from archiver.reading.members import Member
from archiver.reading.sniff import PDF, TIFF
from archiver.vault.settings import BatchSettings
from archiver.vault.vault import Vault

_PAGES = re.compile(r"\d{1,5}(-\d{1,5})?")
_UNDIVIDED = {"out_of_memory", "parser_crashed", "timed_out"}
"""Dividing asks more of a parser than reading: such a file may still be read whole."""
_SUFFIX = {PDF: ".pdf", TIFF: ".tif"}
"""Kinds of scans that are divided, and how their papers are named."""


def divided(vault: Vault, scan: Scan) -> tuple[Member, ...]:
    """The papers of a batch, laid out in the scratch folder; none when the file stays whole.

    Raises:
        DocumentError: it cannot be opened, or holds more papers than one file may.
    """
    cut = _cut(vault.settings.batch, scan.arrival)
    if cut is None or scan.media_type not in _SUFFIX:
        return ()
    folder = fresh(vault.layout.scratch / scan.arrival.receipt)
    try:
        found = vault.reader.divide(scan, folder, cut)
    except DocumentError as error:
        if error.because.code not in _UNDIVIDED:
            raise
        found = ()
    if all(map(_is_a_paper, found)) and _as_before(vault, scan.arrival, found):
        suffix = _SUFFIX[scan.media_type]
        return tuple(replace(one, name=f"{one.name}{suffix}", pages=one.name) for one in found)
    clear(folder)
    return ()


def for_anybody(batches: Iterable[BatchSettings], folder: str) -> bool:
    """Whether the first folder of a drop is one where papers of different customers are scanned.

    Its name proposes no customer; one who is known by it is still named by it.
    """
    return any(_plain(one.folder) == _plain(folder) for one in batches)


def _cut(batches: Iterable[BatchSettings], arrival: Arrival) -> Cut | None:
    """What divides this file, by the nearest declared folder it lies in; None for others."""
    if arrival.folder is None or arrival.within:
        return None
    source = _plain(arrival.source)
    inside = [one for one in batches if source.startswith(_plain(one.folder) + "/")]
    if not inside:
        return None
    nearest = max(inside, key=lambda one: len(_plain(one.folder)))
    separator = nearest.separator if "separator" in nearest.split else None
    return Cut("blank" in nearest.split, separator)


def _plain(path: str) -> str:
    """A path as different systems write it, made equal."""
    return unicodedata.normalize("NFC", path)


def _is_a_paper(member: Member) -> bool:
    """Whether a parser told a paper that can be had, and its pages."""
    return member.path is not None and _PAGES.fullmatch(member.name) is not None


def _as_before(vault: Vault, arrival: Arrival, found: tuple[Member, ...]) -> bool:
    """Whether the papers are those that a run before a crash gave receipts to, if there was one.

    Settings may have changed since. Other pages under a receipt that was given would be lost.
    """
    with vault.catalogue.read() as tx:
        given = receipts.parts_of(tx, arrival.receipt)
    for one in given:
        number = int(one.id.rpartition(".")[2])
        path = found[number - 1].path if 0 < number <= len(found) else None
        if path is None or digest_of(path)[0] != one.digest:
            return False
    return True
