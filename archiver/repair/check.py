"""Completeness both ways: everything recorded lies where it should, and nothing else does."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from archiver.catalogue import decisions, documents, ledger, queue
from archiver.core.errors import N_, Phrase
from archiver.core.model import Document, DocumentId
from archiver.core.names import readable
from archiver.custody.entry import fingerprints_of
from archiver.custody.witness import inspected
from archiver.disk.digest import digest_of
from archiver.disk.guard import files_below, shape_of
from archiver.vault.layout import MANIFEST, RECORDS
from archiver.vault.vault import Vault

DERIVED = {MANIFEST, RECORDS}
"""Derived files that lie among the documents."""
_LATELY = 60 * 10**9
_PATIENCE = 1.0
"""Files younger than that (ns) get so many seconds more to be recorded."""


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
    begun = time.time_ns()  # the clock that stamps files, not the one of the archive
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
    strangers = [one for one in _strangers(vault, papers) if _is_older(one, begun)]
    faults = list(_place_strangers(faults, strangers, vault))
    faults = _still_so(vault, faults, deep=deep)
    if any(_may_be_on_its_way(vault, fault, begun) for fault in faults):
        time.sleep(_PATIENCE)
        faults = _still_so(vault, faults, deep=deep)
    faults.extend(_index_faults(vault))
    faults.extend(_ledger_faults(vault))
    inspected(vault, tuple(sound), tuple((one.kind, one.document or "") for one in faults))
    return tuple(replace(one, path=readable(one.path)) if one.path else one for one in faults)


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
    for path in sorted(files_below(vault.layout.customers)):
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


def _is_older(path: Path, instant: int) -> bool:
    """Whether a file was there before `instant` (ns): a newer one is just being taken in."""
    try:
        return path.lstat().st_ctime_ns <= instant
    except FileNotFoundError:
        return False


def _may_be_on_its_way(vault: Vault, fault: Fault, begun: int) -> bool:
    """Whether a file that no row names was placed so lately that its row may follow."""
    if fault.document is not None or fault.path is None:
        return False
    return not _is_older(vault.layout.root / fault.path, begun - _LATELY)


def _still_so(vault: Vault, faults: list[Fault], *, deep: bool) -> list[Fault]:
    """The faults that are no work of others: papers come and move while a check looks at them."""
    if not faults:
        return []
    with vault.catalogue.read() as tx:
        rows = {one.id: one for one in documents.all_documents(tx)}
        moving = {one.document: (one.old_path, one.new_path) for one in decisions.moves(tx)}
    named = {one.path for one in rows.values()}
    root = vault.layout.root

    def is_over(fault: Fault) -> bool:
        if fault.document is None:
            return fault.path in named or not os.path.lexists(root / (fault.path or ""))
        row = rows.get(DocumentId(fault.document))
        if row is None or _look(vault, row, deep=deep) is None:
            return True
        return any(shape_of(root / path) for path in moving.get(row.id, ()))

    return [fault for fault in faults if not is_over(fault)]


def _index_faults(vault: Vault) -> list[Fault]:
    """Documents that the index does not know, knows wrongly, or should not know any more."""
    with vault.catalogue.read() as tx:
        if queue.length(tx):
            return []  # still being published: nothing to compare yet
        head = ledger.head(tx)
        expected = fingerprints_of(vault, tx, documents.all_documents(tx))
    indexed = dict(vault.search.documents())
    found = [
        Fault("index", document, None, _index_detail(document, expected, indexed))
        for document in sorted(expected.keys() | indexed.keys())
        if expected.get(document) != indexed.get(document)
    ]
    with vault.catalogue.read() as tx:
        return found if ledger.head(tx) == head else []  # somebody was quicker: the next check


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
