"""Links papers that have to do with one another. Nothing is refused, moved or decided by it."""

from collections.abc import Iterable, Iterator

from archiver.catalogue import documents, ledger, links
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.links import RESCAN, SUPERSEDES, Link
from archiver.catalogue.store import Connection
from archiver.core.model import UNASSIGNED, Document, DocumentId, Findings
from archiver.recognition.alike import Sight, alike, marks, sight
from archiver.recognition.successor import TOLD, edition, successions
from archiver.vault.vault import Vault


def link_new(
    vault: Vault, tx: Connection, document: Document, findings: Findings, *, when: Stamp
) -> None:
    """Link a paper that has just been recorded, in the transaction of its row."""
    seen = sight(findings.reading.pages, findings.fields)
    if seen:
        links.put_marks(tx, document.id, marks(seen))
        _settle(tx, RESCAN, {document.id}, _rescans(tx, document, seen), when=when)
    _succession(vault, tx, document, {document.id}, when=when)


def link_anew(
    vault: Vault,
    tx: Connection,
    document: Document,
    findings: Findings,
    *,
    before: Document,
    when: Stamp,
) -> None:
    """Link a paper about which something was decided: with its customer and category now.

    Args:
        vault: the open vault.
        tx: the transaction of the decision.
        document: as it is from now on.
        findings: what it says.
        before: the document as it was.
        when: the stamp of the decision.
    """
    seen = sight(findings.reading.pages, findings.fields)
    if seen:
        _settle(tx, RESCAN, {document.id}, _rescans(tx, document, seen), when=when)
    for one in (before, document):
        _succession(vault, tx, one, {document.id}, when=when)


def _rescans(tx: Connection, document: Document, seen: Sight) -> Iterator[Link]:
    """The papers here of which it is another scan; one of another customer is none."""
    candidates = documents.some(tx, links.sharing(tx, document.id, marks(seen)))
    for known in candidates:
        other = sight(documents.pages_of(tx, known.id), documents.fields_of(tx, known.id))
        found = alike(seen, other) if other and _one_owner(known, document) else None
        if found:
            later, earlier = sorted((known.id, document.id), reverse=True)
            evidence = (("bits", f"{found.look}"), ("equal", f"{found.text:.1%}".rstrip("%")))
            yield Link(later, earlier, RESCAN, evidence)


def _one_owner(one: Document, other: Document) -> bool:
    return one.customer == other.customer or UNASSIGNED in {one.customer, other.customer}


def _succession(
    vault: Vault, tx: Connection, document: Document, touched: set[DocumentId], *, when: Stamp
) -> None:
    """Say anew which of a customer's papers of this category replaces which."""
    declared = vault.categories.by_code.get(document.category)
    if declared is None or not declared.supersedes or document.customer == UNASSIGNED:
        return
    papers = links.of_kind(tx, document.customer, document.category)
    told = links.values_of(tx, papers, TOLD)
    found = successions([edition(one, values) for one, values in told.items()])
    new = (Link(one.newer, one.older, SUPERSEDES, (("day", one.day),)) for one in found)
    _settle(tx, SUPERSEDES, {*papers, *touched}, new, when=when)


def _settle(
    tx: Connection, kind: str, among: set[DocumentId], wanted: Iterable[Link], *, when: Stamp
) -> None:
    """Make the links of these documents those that are wanted; what changes is in the ledger."""
    there = set(links.links_of(tx, among, kind))
    new = set(wanted)
    for link in sorted(there - new, key=_ends):
        links.drop(tx, link)
        ledger.append(tx, when, "unlinking", _facts(link))
    for link in sorted(new - there, key=_ends):
        links.put(tx, link)
        ledger.append(tx, when, "linking", _facts(link) | dict(link.evidence))


def _ends(link: Link) -> tuple[str, str]:
    return link.document, link.other


def _facts(link: Link) -> dict[str, ledger.Fact]:
    return {"document": link.document, "other": link.other, "kind": link.kind}
