"""Whether files still are what was recorded of them (fixity, ISO 16363, 4.2.9)."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from archiver.catalogue import documents
from archiver.catalogue.originals import Original
from archiver.catalogue.series import files_of
from archiver.core.errors import N_, Phrase
from archiver.core.model import DocumentId
from archiver.custody.move import finish_moves
from archiver.disk.digest import digest_of
from archiver.disk.guard import shape_of
from archiver.vault.vault import Vault


class Damage(NamedTuple):
    """What is wrong with a file.

    Attributes:
        kind: `missing`, `altered` or `unreadable`.
        detail: what was found, in plain figures; often a `Phrase`.
    """

    kind: str
    detail: str


def damage(vault: Vault, original: Original, *, deep: bool) -> Damage | None:
    """Compare one file with what was recorded of it; None when it is sound.

    Args:
        vault: the open vault.
        original: what was recorded.
        deep: read it and compare its SHA-256; else name and size only.
    """
    path = vault.layout.root / original.path
    try:
        shape = shape_of(path)
        if shape is None:
            return Damage("missing", f"sha256 {original.digest}")
        if shape.size != original.size:
            template = N_("{size} bytes, recorded {recorded}")
            detail = Phrase.of(template, size=shape.size, recorded=original.size)
            return Damage("altered", detail)
        found = digest_of(path)[0] if deep else original.digest
    except OSError as error:
        return Damage("unreadable", str(error.strerror))
    if found == original.digest:
        return None
    template = N_("sha256 {found}, recorded {recorded}")
    return Damage("altered", Phrase.of(template, found=found, recorded=original.digest))


def damaged(vault: Vault, papers: Collection[DocumentId]) -> tuple[tuple[str, DocumentId], ...]:
    """Kind of damage and document of every file of some documents that is not sound, all read.

    What is found is looked at twice: a file may be on its way to another place.
    """
    found = tuple(_damaged(vault, papers))
    if not found:
        return ()
    finish_moves(vault)
    return tuple(_damaged(vault, papers))


def _damaged(vault: Vault, papers: Collection[DocumentId]) -> Iterator[tuple[str, DocumentId]]:
    with vault.catalogue.read() as tx:
        further = files_of(tx, papers)
        files = (*documents.some(tx, papers), *(one for many in further.values() for one in many))
    for one in files:
        found = damage(
            vault, Original(one.id, one.receipt, one.path, one.digest, one.size), deep=True
        )
        if found:
            yield found.kind, one.id
