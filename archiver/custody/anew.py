"""Tells the index, and makes it anew beside the one that answers.

The index in the making lies at an address of its own; that it is there says that one is being made.
Whoever publishes tells both, so nothing that is filed or destroyed meanwhile is lost on the new
one, and a rebuild that was cut off goes on with the documents that are still lacking. The old index
answers until the new one takes its place in one step.
"""

import logging
from collections.abc import Collection, Generator, Mapping, Sequence

from archiver.catalogue import documents
from archiver.core.errors import Busy
from archiver.core.model import DocumentId
from archiver.custody.entry import entries_of
from archiver.disk.guard import only_one
from archiver.search.base import Entry, IndexDamaged, IndexMissing
from archiver.vault.vault import Vault

BATCH = 200
"""Documents a step: half a second on one core."""

log = logging.getLogger(__name__)


def tell(vault: Vault, entries: Sequence[Entry], gone: Collection[str]) -> None:
    """Bring the index up to date, and the one in the making; only for the one who publishes.

    One that is missing or torn is made anew: it is derived, and no paper must wait for a person to
    ask for it. What it was not told is in the catalogue, from which the new one is made.

    Raises:
        Busy: another process went on writing.
        OSError: the disk refused.
    """
    try:
        vault.search.update(entries, gone)
    except IndexDamaged as error:
        if not is_under_way(vault):
            log.warning("%s: it is made anew", error.sentence())
            vault.search_anew.reset()
    try:
        vault.search_anew.update(entries, gone)
    except IndexMissing:
        pass  # nobody makes one
    except IndexDamaged:
        vault.search_anew.reset()


def is_under_way(vault: Vault) -> bool:
    """Whether an index is being made anew, or was until somebody stopped it."""
    try:
        vault.search_anew.update((), ())
    except IndexMissing:
        return False
    except IndexDamaged:
        pass
    return True


def make_anew(vault: Vault) -> Generator[tuple[int, int]]:
    """Make the index anew from the catalogue, a batch a step; between steps others publish.

    Stopped between two steps or killed in one, the next call goes on where this one ended. Not for
    one who holds the lock of the publisher.

    Yields:
        How many documents the new index knows, of how many.

    Raises:
        Busy: another process makes it.
    """
    with only_one(vault.layout.reindexing, "reindex"):
        papers = _papers(vault)
        known = _known(vault)
        lacking = [one for one in papers if one not in known]
        done = len(papers) - len(lacking)
        yield done, len(papers)
        for batch in (lacking[at : at + BATCH] for at in range(0, len(lacking), BATCH)):
            with only_one(vault.layout.publishing, "reindex", wait=True):
                _add(vault, batch)
            done += len(batch)
            yield done, len(papers)
        with only_one(vault.layout.publishing, "reindex", wait=True):
            vault.search_anew.update((), known.keys() - set(_papers(vault)))
            vault.search.reset(vault.search_anew)


def finish(vault: Vault) -> None:
    """Make the index that somebody began to make anew, unless another process is at it."""
    if is_under_way(vault):
        try:
            for _ in make_anew(vault):
                pass
        except Busy:
            pass


def _papers(vault: Vault) -> list[DocumentId]:
    """Every document that has an entry of its own."""
    with vault.catalogue.read() as tx:
        return [one.id for one in documents.all_documents(tx) if not one.joined_to]


def _known(vault: Vault) -> Mapping[str, str]:
    """What the index in the making knows; it is begun when there is none."""
    try:
        return vault.search_anew.documents()
    except IndexDamaged:
        with only_one(vault.layout.publishing, "reindex", wait=True):
            vault.search_anew.reset()
        return {}


def _add(vault: Vault, batch: Sequence[DocumentId]) -> None:
    """Read and told under one lock: nothing that is destroyed meanwhile comes back."""
    with vault.catalogue.read() as tx:
        entries = entries_of(vault, tx, documents.some(tx, batch))
    vault.search_anew.update(entries, ())
