"""Puts a backup back as a new vault; what is not as it was backed up is named, never trusted.

`.archiver/` is placed last: until everything lies there, the folder is no vault.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from archiver.catalogue import documents, ledger
from archiver.catalogue.ledger import Fact, Head
from archiver.core.clock import Clock
from archiver.core.errors import N_, DamageFound, EngineError, UsageError
from archiver.core.model import Digest, DocumentId
from archiver.custody.restoration import begin_again
from archiver.custody.tombstone import bury, finish_leaving
from archiver.disk import copies, door
from archiver.disk.digest import digest_of
from archiver.disk.guard import shape_of
from archiver.disk.lines import replace_text
from archiver.repair.backup import FORMAT, refuse_nested, refuse_other
from archiver.repair.bag import ABOUT, PAYLOAD, read_manifest, tag_faults
from archiver.repair.fault import Fault
from archiver.repair.replay import Later, read_later
from archiver.vault.create import make_folders
from archiver.vault.layout import CUSTOMERS, DERIVED, MANIFEST, QUARANTINE, STATE, Layout
from archiver.vault.vault import Vault, open_vault

_TEXT_MODE = 0o640


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back.

    Attributes:
        made_at: when the backup was made, ISO 8601.
        head: of its ledger.
        removed: documents that left the vault after the backup was made, and left it again.
        faults: what is not as it was backed up; it was not put back.
    """

    made_at: str
    head: Head
    files: int
    removed: tuple[DocumentId, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _About:
    """What a backup says of itself."""

    made_at: str
    head: Head


def restore(
    backup: Path,
    into: Path,
    login: str,
    *,
    later: Path | None,
    progress: Callable[[], None],
    clock: Clock | None = None,
) -> Restored:
    """Make the vault `into` from a backup. The caller makes its index and checks it.

    Args:
        backup: the folder of one backup.
        into: a new or empty folder, absolute.
        login: the operating-system user who acts.
        later: an exported ledger from after the backup, so that what was destroyed stays so.
        progress: told after each file.
        clock: gives the present instant; the machine's clock when None.

    Raises:
        UsageError: `into` is not empty, or `backup` is none.
        EngineError: a newer program made the backup.
        DamageFound: the backup's own lists, settings, catalogue or ledger are not what they were,
            or `later` is not the continuation; nothing is left in `into`.
        OSError: the disk refused; nothing is left in `into`.
    """
    about = _verified(backup)
    refuse_nested(backup, into)
    _refuse_occupied(into)
    door.make_folder(into)
    done = False
    try:
        manifest = _payload(backup)
        faults = _place_all(backup / PAYLOAD, into, manifest, progress)
        with open_vault(into, login, clock) as vault:
            found, removed = _begin(vault, backup, about, later)
        done = True
    finally:
        if not done:
            copies.empty(into)
    return Restored(
        made_at=about.made_at,
        head=about.head,
        files=len(manifest) - sum(one.kind != "extra" for one in faults),
        removed=removed,
        faults=tuple(replace(one, document=found.get(one.path or "")) for one in faults),
    )


def _verified(backup: Path) -> _About:
    """What the backup says of itself, once its lists agree with one another."""
    refuse_other(backup)
    for name in tag_faults(backup):
        raise DamageFound(
            N_("{file} is not as it was backed up"),
            hint=N_("use another backup"),
            file=backup / name,
        )
    told = json.loads((backup / ABOUT).read_text(encoding="utf-8"))
    if told["format"] != FORMAT:
        raise EngineError(
            N_("the backup has format {found}, this program knows {known}"),
            hint=N_("use the newer archiver that made it"),
            found=told["format"],
            known=FORMAT,
        )
    number, _, leaf = told["head"].partition(":")
    return _About(told["made_at"], Head(int(number), leaf))


def _refuse_occupied(into: Path) -> None:
    if into.is_dir() and not any(into.iterdir()):
        return
    if into.exists():
        raise UsageError(
            N_("{folder} is not an empty folder"),
            hint=N_("name a new or an empty folder; a backup never goes over a vault"),
            folder=into,
        )


def _payload(backup: Path) -> dict[str, Digest]:
    """Path in the vault → digest; what the vault cannot live without is whole.

    Raises:
        DamageFound: settings or catalogue are not as they were backed up.
    """
    listed = read_manifest(backup / MANIFEST)
    found = {path.removeprefix(f"{PAYLOAD}/"): digest for path, digest in listed.items()}
    for path, digest in found.items():
        source = backup / PAYLOAD / path
        if path.startswith(f"{STATE}/") and (
            not shape_of(source) or digest_of(source)[0] != digest
        ):
            raise DamageFound(
                N_("{file} is not as it was backed up"),
                hint=N_("use another backup"),
                file=source,
            )
    return found


def _place_all(
    payload: Path, into: Path, manifest: Mapping[str, Digest], progress: Callable[[], None]
) -> list[Fault]:
    """Copy everything that is as it was, on stable storage; the folder of the catalogue last."""
    faults = list(_strangers(payload, manifest))
    fresh = []
    for path, digest in sorted(manifest.items(), key=lambda one: one[0].startswith(STATE)):
        fault = _place(payload, into, path, digest)
        if fault:
            faults.append(fault)
        else:
            fresh.append(into / path)
        progress()
    make_folders(Layout(into))
    copies.settle(into, fresh)
    return faults


def _place(payload: Path, into: Path, path: str, digest: Digest) -> Fault | None:
    """Copy one file; nothing of it stays when it is not as it was backed up."""
    target = into / path
    copies.make_folders(into, target.parent, door.FOLDER_MODE)
    try:
        found, _ = copies.copy(payload / path, target, _mode(path))
    except FileNotFoundError:
        return Fault("missing", None, path, f"sha256 {digest}")
    except DamageFound as error:
        target.unlink(missing_ok=True)
        return Fault("unreadable", None, path, error.sentence())
    if found == digest:
        return None
    target.unlink()
    return Fault("altered", None, path, f"sha256 {found}, recorded {digest}")


def _mode(path: str) -> int:
    """Papers are never written to; what the program or the archivist writes is."""
    parts = PurePosixPath(path)
    derived = parts.name in DERIVED or parts.name.endswith(".reason.txt")
    paper = parts.parts[0] in {CUSTOMERS, QUARANTINE} and not derived
    return door.FILE_MODE if paper else _TEXT_MODE


def _strangers(payload: Path, manifest: Mapping[str, Digest]) -> Iterator[Fault]:
    """Files in the backup that its manifest does not list; they are not put back."""
    for path in sorted(payload.rglob("*")):
        relative = path.relative_to(payload).as_posix()
        if relative not in manifest and (path.is_symlink() or not path.is_dir()):
            yield Fault("extra", None, relative, "not in the manifest")


def _begin(
    vault: Vault, backup: Path, about: _About, later: Path | None
) -> tuple[dict[str, DocumentId], tuple[DocumentId, ...]]:
    """Prove the ledger, write the first entry, take away what had been taken away.

    Returns:
        Path → document, for everything in the backup; and the documents that went again.
    """
    with vault.catalogue.read() as tx:
        fault = ledger.fault(tx, about.head)
        last = ledger.head(tx)
        kept = tuple(ledger.lines(tx))
        papers = {one.id: one for one in documents.all_documents(tx)}
    if fault or last != about.head:
        raise DamageFound(
            N_("the ledger in the backup is not as it was written: {fault}"),
            hint=N_("use another backup"),
            fault=fault or f"its head is {last.seq}:{last.leaf}",
        )
    after = read_later(later, kept, about.head) if later else None
    facts: dict[str, Fact] = {
        "backup": backup.name,
        "head": f"{last.seq}:{last.leaf}",
        "manifest": digest_of(backup / MANIFEST)[0],
        "later": f"{after.head.seq}:{after.head.leaf}" if after else None,
    }
    begin_again(vault, facts, after.used if after else None)
    finish_leaving(vault)  # of a removal that was under way the backup may have the lines
    removed = _replay(vault, after) if after else ()
    return {one.path: one.id for one in papers.values()}, removed


def _replay(vault: Vault, after: Later) -> tuple[DocumentId, ...]:
    """Take away what the later ledger says is gone, and keep that ledger as evidence."""
    name = f"before-restoration-{after.head.seq:06d}.jsonl"
    replace_text(vault.layout.ledger / name, after.text)
    with vault.catalogue.read() as tx:
        papers = documents.some(tx, after.gone)
    for document in papers:
        facts: dict[str, Fact] = {
            "entry": after.gone[document.id][0],
            "was": after.gone[document.id][1],
            "later": f"{after.head.seq}:{after.head.leaf}",
        }
        bury(vault, document, "tombstone_replayed", facts)
    return tuple(one.id for one in papers)
