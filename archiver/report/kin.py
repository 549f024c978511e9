"""What belongs to a document: its further files, the mail it came in, what came in it."""

from dataclasses import dataclass

from archiver.catalogue import documents, receipts, series
from archiver.catalogue.receipts import Receipt
from archiver.core.model import Document, own_receipt
from archiver.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Kin:
    """The kin of one document.

    Attributes:
        files: all files of it in order, when it has several.
        whole: the receipt of the mail or archive it was taken out of.
        parts: the receipts of what was taken out of it.
    """

    files: tuple[Document, ...]
    whole: Receipt | None
    parts: tuple[Receipt, ...]


def kin(vault: Vault, document: Document) -> Kin:
    """Look up what belongs to a document."""
    with vault.catalogue.read() as tx:
        head = document.joined_to or document.id
        further = series.files_of(tx, [head]).get(head, ())
        first = documents.some(tx, [head]) if further else ()
        given = receipts.get(tx, document.receipt)
        whole = receipts.get(tx, given.within) if given and given.within else None
        itself = whole is not None and own_receipt(whole.id) == document.receipt
        parts = receipts.parts_of(tx, whole.id) if whole and itself else ()
    return Kin(
        files=(*first, *further),
        whole=None if itself else whole,
        parts=tuple(one for one in parts if one.id != document.receipt),
    )
