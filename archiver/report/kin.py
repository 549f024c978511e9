"""What belongs to a document: its files, what it came in, what came in it, related papers."""

from dataclasses import dataclass

from archiver.catalogue import documents, links, receipts, series
from archiver.catalogue.receipts import Receipt
from archiver.core.model import Because, Document, own_receipt
from archiver.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Kin:
    """The kin of one document.

    Attributes:
        files: all files of it in order, when it has several.
        whole: the receipt of the mail, archive or batch scan it was taken out of.
        pages: which pages of a batch scan it was; empty when it came otherwise.
        parts: the receipts of what was taken out of it.
        linked: papers it has to do with: `rescan`, `replaced_by`, `replaces`.
    """

    files: tuple[Document, ...]
    whole: Receipt | None
    pages: str
    parts: tuple[Receipt, ...]
    linked: tuple[Because, ...]


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
        pages = documents.facts_of(tx, document.id).get("batch_pages", "") if whole else ""
        found = links.links_of(tx, [document.id])
    return Kin(
        files=(*first, *further),
        whole=None if itself else whole,
        pages=pages,
        parts=tuple(one for one in parts if one.id != document.receipt),
        linked=tuple(one.told(document.id) for one in found),
    )
