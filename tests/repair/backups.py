"""Backups made and put back in one call each, and an independent look at a bag."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from archiver.custody import party
from archiver.intake.publish import publish
from archiver.repair.backup import Backup, back_up
from archiver.repair.check import check
from archiver.repair.fault import Fault
from archiver.repair.reindex import index_all
from archiver.repair.restore import Restored, restore
from archiver.vault.vault import Vault
from tests.worlds import CODE, CONTRACT, LICENCE, NOW, drop, ingest, reopened

NAME = "青梧市华信样本运输有限公司"


def filled(vault: Vault) -> None:
    """One paper that is filed, one to be decided, one put aside."""
    party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[CODE])
    drop(vault, "a.txt", LICENCE)
    drop(vault, "新客户/100%.txt", CONTRACT.format(name="新客户样本店"))
    drop(vault, "d.txt", "LOCKED")
    ingest(vault)


def saved(vault: Vault, into: Path, *, full: bool = False) -> Backup:
    """A backup, as the command makes it."""
    made = back_up(vault, into, full=full, progress=lambda: None)
    publish(vault)
    return made


def put_back(backup: Path, into: Path, later: Path | None = None) -> Restored:
    """Restore, as the command does it, up to the check."""
    made = restore(backup, into, "clerk", later=later, progress=lambda: None, clock=lambda: NOW)
    with reopened(into) as vault:
        index_all(vault)
        publish(vault)
    return made


def faults_of(root: Path) -> list[Fault]:
    """What a deep check finds in the vault at `root`."""
    with reopened(root) as vault:
        return list(check(vault, deep=True, progress=lambda done, of: None))


def is_whole(bag: Path) -> bool:
    """Whether a bag is complete and valid (RFC 8493 section 3), by the test's own reading."""
    listed: dict[str, str] = {}
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        path = bag / manifest
        if not path.is_file():
            return False
        for line in path.read_text(encoding="utf-8").splitlines():
            digest, _, name = line.partition("  ")
            listed[name.replace("%25", "%")] = digest
    found = {
        path.relative_to(bag).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in bag.rglob("*")
        if path.is_file() and path.name != "tagmanifest-sha256.txt"
    }
    return found == listed


@dataclass(frozen=True)
class World:
    """A vault with one backup of it."""

    vault: Vault
    made: Backup
    folder: Path
    back: Path

    @property
    def later(self) -> Path:
        """The vault's own ledger, which goes on after the backup."""
        publish(self.vault)
        return self.vault.layout.ledger / "current.jsonl"


def flip(path: Path) -> None:
    path.chmod(0o640)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def paper(world: World) -> Path:
    return sorted((world.folder / "data" / "customers").rglob("*.txt"))[0]


def lose(path: Path) -> None:
    path.unlink()
