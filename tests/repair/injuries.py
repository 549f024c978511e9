"""What people, programs and disks do to a vault behind its back."""

import shutil
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from archiver.catalogue import receipts
from archiver.custody import party
from archiver.intake.publish import publish
from archiver.repair.check import check
from archiver.repair.fault import Fault
from archiver.repair.repair import Mended, repair
from archiver.vault.layout import MANIFEST, RECORDS
from archiver.vault.vault import Vault
from tests.repair.backups import filled
from tests.worlds import CONTRACT, drop, ingest, papers, reopened

Injury = Callable[[Vault, int], None]


def faults(vault: Vault) -> list[Fault]:
    return list(check(vault, deep=True, progress=lambda done, of: None))


def mend(vault: Vault, backup: Path | None = None, *, dry_run: bool = False) -> list[Mended]:
    done = repair(vault, backup, dry_run=dry_run, progress=lambda done, of: None)
    publish(vault)
    return list(done)


def rich(vault: Vault) -> None:
    """Two customers, papers that wait, one put aside; one text with two customers."""
    filled(vault)
    party.add(vault, "样本百货", kind="customer", aliases=[], codes=[])
    for folder in ("华信", "样本百货"):
        drop(vault, f"{folder}/k.txt", CONTRACT.format(name="两家都有"))
        drop(vault, f"{folder}/e.txt", CONTRACT.format(name=folder))
    ingest(vault)


def papers_of(root: Path) -> dict[str, bytes]:
    """The recorded papers, by the paths they had at first."""
    with reopened(root) as vault, vault.catalogue.read() as tx:
        found = [row.path for row in tx.execute(text("SELECT path FROM documents"))]
    return {path: (root / path).read_bytes() for path in found if (root / path).is_file()}


def stored(vault: Vault, which: int) -> Path | None:
    """One of the papers that still lie somewhere among the customers."""
    found = [vault.layout.customers / path for path in sorted(papers(vault))]
    return found[which % len(found)] if found else None


def delete(vault: Vault, which: int) -> None:
    if path := stored(vault, which):
        path.unlink()


def flip(vault: Vault, which: int) -> None:
    if path := stored(vault, which):
        path.chmod(0o640)
        data = bytearray(path.read_bytes() or b"x")
        data[which % len(data)] ^= 1
        path.write_bytes(data)


def truncate(vault: Vault, which: int) -> None:
    if path := stored(vault, which):
        path.chmod(0o640)
        path.write_bytes(path.read_bytes()[: which % 7])


def rename(vault: Vault, which: int) -> None:
    if path := stored(vault, which):
        path.rename(path.parent.parent / f"改名 {which}{path.suffix}")


def swap_case(vault: Vault, which: int) -> None:
    if path := stored(vault, which):
        path.rename(path.with_name(path.name.swapcase() + ("" if which % 2 else "\u0301")))


def open_up(vault: Vault, which: int) -> None:
    if path := stored(vault, which):
        path.chmod(0o666)
        path.parent.chmod(0o700)


def become_a_link(vault: Vault, which: int) -> None:
    if path := stored(vault, which):
        elsewhere = vault.layout.exports / f"{which} {path.name}"
        path.rename(elsewhere)
        path.symlink_to(elsewhere)


def become_a_folder(vault: Vault, which: int) -> None:
    if path := stored(vault, which):
        path.unlink()
        path.mkdir()
        (path / "inside").write_text("somebody's")


def rename_folder(vault: Vault, which: int) -> None:
    found = sorted(one for one in vault.layout.customers.iterdir() if one.is_dir())
    one = found[which % len(found)]
    one.rename(one.with_name(f"{one.name} 副本{which}"))


def nest_folder(vault: Vault, which: int) -> None:
    first, *others = sorted(one for one in vault.layout.customers.iterdir() if one.is_dir())
    if others:
        one = others[which % len(others)]
        one.rename(first / one.name)


def lose_lists(vault: Vault, which: int) -> None:
    for path in vault.layout.customers.rglob(RECORDS if which % 2 else MANIFEST):
        path.unlink()


def garble_lists(vault: Vault, which: int) -> None:
    for path in vault.layout.customers.rglob(RECORDS if which % 2 else MANIFEST):
        path.write_bytes(b"\xff\n" + path.read_bytes()[which % 90 :])


def lose_index(vault: Vault, which: int) -> None:
    vault.search.close()
    shutil.rmtree(vault.layout.state / "index", ignore_errors=True)
    vault.__dict__.pop("search")


def forget(vault: Vault, which: int) -> None:
    vault.search.update([], list(vault.search.documents())[: 1 + which % 2])


def tear_index(vault: Vault, which: int) -> None:
    folder = vault.layout.state / "index"
    vault.search.close()
    vault.__dict__.pop("search")
    found = sorted(folder.glob("*.seg")) if folder.is_dir() else []
    for path in found[which % 2 :]:
        path.unlink()


def lose_ledger(vault: Vault, which: int) -> None:
    shutil.rmtree(vault.layout.ledger, ignore_errors=True)


def cut_ledger(vault: Vault, which: int) -> None:
    if vault.layout.exported.exists():
        data = vault.layout.exported.read_bytes()
        vault.layout.exported.write_bytes(data[: len(data) - 1 - which % 300])


def rewrite_ledger(vault: Vault, which: int) -> None:
    if vault.layout.exported.exists():
        data = bytearray(vault.layout.exported.read_bytes() or b"x")
        data[which % len(data)] ^= 0x80
        vault.layout.exported.write_bytes(data)


def rob_quarantine(vault: Vault, which: int) -> None:
    with vault.catalogue.read() as tx:
        (one, *_) = receipts.aside(tx)
    path = vault.layout.root / one.path
    if which % 2:
        path.unlink(missing_ok=True)
    elif path.exists():
        path.chmod(0o640)
        path.write_text("other")


INJURIES: tuple[Injury, ...] = (
    *(delete, flip, truncate, rename, swap_case, open_up, become_a_link, become_a_folder),
    *(rename_folder, nest_folder, lose_lists, garble_lists, lose_index, tear_index, forget),
    *(lose_ledger, cut_ledger, rewrite_ledger, rob_quarantine),
)
