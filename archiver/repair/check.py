"""Completeness both ways: everything recorded lies where it should, and nothing else does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archiver.catalogue import documents, ledger, queue
from archiver.core.errors import N_, Phrase
from archiver.core.model import Document
from archiver.custody.entry import fingerprints_of
from archiver.custody.witness import inspected
from archiver.disk.digest import digest_of
from archiver.disk.guard import shape_of
from archiver.vault.layout import MANIFEST, RECORDS
from archiver.vault.vault import Vault

DERIVED = {MANIFEST, RECORDS}
"""Derived files that lie among the documents."""


_SIZE = N_("{size} bytes, recorded {recorded}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as recorded.

    Attributes:
        kind: altered, missing, extra, unreadable, misplaced, index, ledger or catalogue.
        document: its id, when it is about one.
        path: relative to the vault, when it is about a file.
        detail: what was found, in plain figures (digests, sizes); often a `Phrase`.
    """

    kind: str
    document: str | None
    path: str | None
    detail: str


def check(vault: Vault, *, deep: bool, progress: Callable[[int, int], None]) -> tuple[Fault, ...]:
    """Look at everything and write the result to the ledger.

    Args:
        vault: the open vault.
        deep: read every file and compare its SHA-256; else names and sizes only.
        progress: told how many of how many documents have been looked at.
    """
    with vault.catalogue.read() as tx:
        papers = tuple(documents.all_documents(tx))
    faults: list[Fault] = []
    sound: list[Document] = []
    for number, document in enumerate(papers, start=1):
        fault = _look(vault, document, deep=deep)
        if fault:
            faults.append(fault)
        elif deep:
            sound.append(document)
        progress(number, len(papers))
    faults = list(_place_strangers(faults, list(_strangers(vault, papers)), vault))
    faults.extend(_index_faults(vault, papers))
    faults.extend(_ledger_faults(vault))
    inspected(vault, tuple(sound), tuple((one.kind, one.document or "") for one in faults))
    return tuple(faults)


def _look(vault: Vault, document: Document, *, deep: bool) -> Fault | None:
    """Compare one file with its row."""
    path = vault.layout.root / document.path
    shape = shape_of(path)
    if shape is None:
        return Fault("missing", document.id, document.path, f"sha256 {document.digest}")
    if shape.size != document.size:
        detail = Phrase.of(_SIZE, size=shape.size, recorded=document.size)
        return Fault("altered", document.id, document.path, detail)
    if not deep:
        return None
    try:
        found, _ = digest_of(path)
    except OSError as error:
        return Fault("unreadable", document.id, document.path, str(error.strerror))
    if found == document.digest:
        return None
    detail = Phrase.of(
        N_("sha256 {found}, recorded {recorded}"), found=found, recorded=document.digest
    )
    return Fault("altered", document.id, document.path, detail)


def _strangers(vault: Vault, papers: tuple[Document, ...]) -> Iterator[Path]:
    """Files under `customers/` that no row names."""
    named = {document.path for document in papers}
    for path in sorted(vault.layout.customers.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        if path.name not in DERIVED and vault.layout.relative(path) not in named:
            yield path


def _place_strangers(faults: list[Fault], strangers: list[Path], vault: Vault) -> Iterator[Fault]:
    """Pair strangers with missing papers of the same bytes: those are misplaced, not lost."""
    lost = {fault.detail: fault for fault in faults if fault.kind == "missing"}
    for path in strangers:
        relative = vault.layout.relative(path)
        digest = (
            f"sha256 {digest_of(path)[0]}"
            if shape_of(path)
            else Phrase.of(N_("not a regular file"))
        )
        owner = lost.pop(digest, None)
        if owner:
            home = Phrase.of(N_("belongs at {path}"), path=owner.path)
            yield Fault("misplaced", owner.document, relative, home)
        else:
            yield Fault("extra", None, relative, digest)
    yield from (fault for fault in faults if fault.kind != "missing")
    yield from lost.values()


def _index_faults(vault: Vault, papers: tuple[Document, ...]) -> Iterator[Fault]:
    """Documents that the index does not know, knows wrongly, or should not know any more."""
    with vault.catalogue.read() as tx:
        if queue.length(tx):
            return  # still being published: nothing to compare yet
        expected = fingerprints_of(vault, tx, papers)
    indexed = dict(vault.search.documents())
    for document in sorted(expected.keys() | indexed.keys()):
        if expected.get(document) != indexed.get(document):
            yield Fault("index", document, None, _index_detail(document, expected, indexed))


def _index_detail(document: str, expected: dict[str, str], indexed: dict[str, str]) -> str:
    if document not in indexed:
        return Phrase.of(N_("not in the index"))
    if document not in expected:
        return Phrase.of(N_("not in the catalogue"))
    return Phrase.of(N_("out of date in the index"))


def _ledger_faults(vault: Vault) -> Iterator[Fault]:
    """A broken chain, and an exported ledger that is not a beginning of the one we keep."""
    path = vault.layout.ledger / "current.jsonl"
    exported = path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []
    with vault.catalogue.read() as tx:
        fault = ledger.fault(tx)
        if fault:
            yield Fault("ledger", None, None, fault)
        for number, (kept, line) in enumerate(zip(ledger.lines(tx), exported, strict=False), 1):
            if kept != line:
                detail = Phrase.of(N_("entry {number} differs from the catalogue's"), number=number)
                yield Fault("ledger", None, vault.layout.relative(path), detail)
                return
        if len(exported) > ledger.count(tx):
            template = N_("{exported} entries, the catalogue has {count}")
            detail = Phrase.of(template, exported=len(exported), count=ledger.count(tx))
            yield Fault("ledger", None, vault.layout.relative(path), detail)
