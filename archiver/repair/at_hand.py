"""Looks for the bytes of lost originals: strangers, copies, claims, what a backup holds."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archiver.catalogue import documents
from archiver.catalogue.originals import Original
from archiver.core.model import Digest
from archiver.disk.digest import digest_of
from archiver.disk.guard import files_below, shape_of
from archiver.repair.backup import refuse_other
from archiver.repair.bag import read_manifest
from archiver.vault.layout import MANIFEST
from archiver.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Source:
    """A file with the wanted bytes.

    Attributes:
        stranger: nothing names it and it lies among the papers: it may lose its name.
    """

    path: Path
    stranger: bool


class AtHand:
    """What could heal the originals `wanted`; the disk is looked through once.

    Args:
        vault: the open vault.
        wanted: what is lost.
        strangers: files that a check found and no row names, relative to the vault.
        saved: digest → file of a backup.
    """

    def __init__(
        self,
        vault: Vault,
        wanted: Collection[Original],
        strangers: Collection[str],
        saved: Mapping[Digest, Path],
    ) -> None:
        self._vault = vault
        self._saved = saved
        self._strangers: dict[int, list[Path]] = defaultdict(list)
        self._copies: dict[int, list[Path]] = defaultdict(list)
        layout, sizes = vault.layout, {one.size for one in wanted}
        for folder in (layout.customers, layout.quarantine, layout.inbox, layout.exports):
            for path in sorted(files_below(folder)) if sizes else ():
                shape = shape_of(path)
                if shape and shape.size in sizes:
                    strange = layout.relative(path) in strangers
                    (self._strangers if strange else self._copies)[shape.size].append(path)

    def find(self, original: Original) -> Source | None:
        """A file whose bytes were read just now and are the recorded ones."""
        return next((one for one in self._candidates(original) if _holds(one, original)), None)

    def _candidates(self, original: Original) -> Iterator[Source]:
        root = self._vault.layout.root
        if original.document:
            yield from (Source(path, stranger=True) for path in self._strangers[original.size])
        with self._vault.catalogue.read() as tx:
            twins = documents.with_digest(tx, original.digest)
        places = [root / twin.path for twin in twins] + self._copies[original.size]
        saved = self._saved.get(original.digest)
        for path in (*places, *([saved] if saved else [])):
            if path != root / original.path:
                yield Source(path, stranger=False)


def _holds(source: Source, original: Original) -> bool:
    try:
        return digest_of(source.path)[0] == original.digest
    except OSError:
        return False


def saved_in(backup: Path | None) -> dict[Digest, Path]:
    """Digest → file, as the backup's list says; each is proved when it is used.

    Raises:
        UsageError: `backup` is none.
        DamageFound: its list cannot be read.
    """
    if backup is None:
        return {}
    refuse_other(backup)
    return {digest: backup / path for path, digest in read_manifest(backup / MANIFEST).items()}
