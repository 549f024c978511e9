"""What follows the catalogue and does not: the index, records and manifests, the exported ledger.

Each can be made again. While requests wait to be published there is nothing to compare yet, and
when somebody wrote meanwhile the next check will tell.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from archiver.catalogue import customers, documents, ledger, queue
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, DamageFound, Phrase
from archiver.core.model import Document, DocumentId
from archiver.custody.entry import fingerprints_of
from archiver.custody.listing import manifest_text
from archiver.disk.guard import files_below
from archiver.repair.fault import Fault
from archiver.vault.layout import CUSTOMERS, DERIVED, MANIFEST, RECORDS
from archiver.vault.vault import Vault


def follow_faults(vault: Vault, *, deep: bool) -> list[Fault]:
    """Everything that does not agree with the catalogue, and a catalogue that is torn itself."""
    with vault.catalogue.read() as tx:
        behind = queue.length(tx)
        head = ledger.head(tx)
    found = [] if behind else [*_index_faults(vault), *_listing_faults(vault)]
    with vault.catalogue.read() as tx:
        if ledger.head(tx) != head:
            found = []  # somebody was quicker
        torn = vault.catalogue.fault(tx) if deep else None
    if torn:
        found.append(Fault("catalogue", None, None, torn))
    return [*found, *_ledger_faults(vault)]


def _index_faults(vault: Vault) -> Iterator[Fault]:
    """Documents that the index does not know, knows wrongly, or should not know any more."""
    with vault.catalogue.read() as tx:
        expected = fingerprints_of(vault, tx, documents.all_documents(tx))
    try:
        indexed = dict(vault.search.documents())
    except DamageFound as error:
        yield Fault("index", None, None, Phrase.of(error.message, **error.facts))
        return
    for document in sorted(expected.keys() | indexed.keys()):
        if expected.get(document) != indexed.get(document):
            yield Fault("index", document, None, _index_detail(document, expected, indexed))


def _index_detail(document: str, expected: Mapping[str, str], indexed: Mapping[str, str]) -> str:
    if document not in indexed:
        return Phrase.of(N_("not in the index"))
    if document not in expected:
        return Phrase.of(N_("not in the catalogue"))
    return Phrase.of(N_("out of date in the index"))


def _listing_faults(vault: Vault) -> Iterator[Fault]:
    """Manifests and records that are not what the catalogue says, or lie where no paper does.

    Where a whole folder is gone its papers are named, and that is enough.
    """
    with vault.catalogue.read() as tx:
        papers = tuple(documents.all_documents(tx))
        homes = {f"{CUSTOMERS}/{one.folder}" for one in customers.all_customers(tx)}
    in_folder: dict[str, list[Document]] = defaultdict(list)
    of_home: dict[str, list[Document]] = defaultdict(list)
    for one in papers:
        in_folder[PurePosixPath(one.path).parent.as_posix()].append(one)
        of_home["/".join(PurePosixPath(one.path).parts[:2])].append(one)
    for folder, listed in sorted(in_folder.items()):
        path = vault.layout.root / folder / MANIFEST
        if path.parent.is_dir():
            yield from _manifest_fault(vault, path, listed)
    for folder, listed in sorted(of_home.items()):
        path = vault.layout.root / folder / RECORDS
        if path.parent.is_dir():
            yield from _records_fault(vault, path, listed)
    for path in sorted(files_below(vault.layout.customers)):
        known = in_folder if path.name == MANIFEST else homes
        if path.name in DERIVED and vault.layout.relative(path.parent) not in known:
            yield Fault(
                "extra", None, vault.layout.relative(path), Phrase.of(N_("a list of nothing"))
            )


def _manifest_fault(vault: Vault, path: Path, listed: Iterable[Document]) -> Iterator[Fault]:
    expected = manifest_text((PurePosixPath(one.path).name, one.digest) for one in listed)
    found, fault = _read(vault, path)
    if fault:
        yield fault
    elif found != expected.encode():
        detail = Phrase.of(N_("it does not list what is recorded"))
        yield Fault("altered", None, vault.layout.relative(path), detail)


def _records_fault(vault: Vault, path: Path, listed: Iterable[Document]) -> Iterator[Fault]:
    found, fault = _read(vault, path)
    if fault:
        yield fault
        return
    told, torn = read_records(found)
    if torn or unrecorded(listed, told):
        detail = Phrase.of(N_("it does not list what is recorded"))
        yield Fault("altered", None, vault.layout.relative(path), detail)


def _read(vault: Vault, path: Path) -> tuple[bytes, Fault | None]:
    """What a derived file holds, or why not."""
    relative = vault.layout.relative(path)
    try:
        return (b"", _lost(relative)) if path.is_symlink() else (path.read_bytes(), None)
    except FileNotFoundError:
        return b"", _lost(relative)
    except OSError as error:
        return b"", Fault("unreadable", None, relative, str(error.strerror))


def _lost(relative: str) -> Fault:
    return Fault("missing", None, relative, Phrase.of(N_("a list that can be made anew")))


def read_records(content: bytes) -> tuple[dict[DocumentId, tuple[object, ...]], list[bytes]]:
    """What each document's last line says that a restorer needs, and the lines that say nothing.

    A torn last line is none of them: the next one cuts it off.
    """
    told: dict[DocumentId, tuple[object, ...]] = {}
    torn = []
    for line in content.split(b"\n")[:-1]:
        try:
            record = json.loads(line)
            told[record["document"]] = (record["sha256"], record["path"], record["archive_no"])
        except (ValueError, KeyError, TypeError):
            torn.append(line)
    return told, torn


def unrecorded(
    listed: Iterable[Document], told: Mapping[DocumentId, tuple[object, ...]]
) -> tuple[Document, ...]:
    """The documents that records do not know as they are."""
    return tuple(
        one for one in listed if told.get(one.id) != (one.digest, one.path, one.archive_no)
    )


def _ledger_faults(vault: Vault) -> Iterator[Fault]:
    """A broken chain, and an exported ledger that is not the one we keep, up to its end."""
    path = vault.layout.exported
    with vault.catalogue.read() as tx:
        told = ledger.told(tx)
    exported, unread = exported_lines(path)
    with vault.catalogue.read() as tx:
        broken = ledger.fault(tx)
        detail = unread or _differs(tx, exported, told)
    if broken:
        yield Fault("ledger", None, None, broken)
    if detail:
        yield Fault("ledger", None, vault.layout.relative(path), detail)


def exported_lines(path: Path) -> tuple[list[bytes], str | None]:
    """The whole lines of the exported ledger, or why it cannot be read; none when it is gone."""
    try:
        return path.read_bytes().split(b"\n")[:-1], None
    except FileNotFoundError:
        return [], None
    except OSError as error:
        return [], str(error.strerror)


def _differs(tx: Connection, exported: list[bytes], told: int) -> Phrase | None:
    for number, (kept, line) in enumerate(zip(ledger.lines(tx), exported, strict=False), start=1):
        if kept.encode() != line:
            return Phrase.of(N_("entry {number} differs from the catalogue's"), number=number)
    if len(exported) > ledger.count(tx):
        template = N_("{exported} entries, the catalogue has {count}")
        return Phrase.of(template, exported=len(exported), count=ledger.count(tx))
    if len(exported) < told:
        template = N_("{exported} entries, {count} were written")
        return Phrase.of(template, exported=len(exported), count=told)
    return None
