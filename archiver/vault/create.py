"""Makes a vault: folders, settings, its own copy of the declarations, an empty catalogue."""

import shutil
from pathlib import Path

from archiver.catalogue import customers, ledger, numbers, rule_sets
from archiver.catalogue.ledger import Stamp
from archiver.core.clock import Clock, civil_day
from archiver.core.errors import N_, UsageError
from archiver.declarations.shipped import shipped
from archiver.disk import door
from archiver.disk.claim import CLAIMS
from archiver.disk.lines import replace_text
from archiver.disk.probe import Probe, probe
from archiver.vault.layout import INBOX, Layout
from archiver.vault.settings import settings_text
from archiver.vault.vault import Vault, open_vault

_SHARED = 0o2770


def create(root: Path, lang: str, login: str, clock: Clock | None = None) -> tuple[Vault, Probe]:
    """Make a vault at `root` and say what its file system can promise.

    A folder that holds nothing, or nothing but an inbox, may become a vault.

    Raises:
        UsageError: the folder is a vault already, or holds other things.
        OSError: it cannot be written.
    """
    layout = Layout(root)
    _refuse_occupied(root)
    door.make_folder(root)
    found = probe(root)
    make_folders(layout)
    for name, target in (("rules", layout.rules), ("index", layout.index)):
        shutil.copytree(shipped(name), target, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    replace_text(layout.settings, settings_text(lang, "Asia/Shanghai"))
    vault = open_vault(root, login, clock)
    _first_rows(vault)
    return vault, found


def make_folders(layout: Layout) -> None:
    """Every folder a vault must have; staff may write into the inbox."""
    for folder in (*layout.folders(), layout.inbox / CLAIMS):
        door.make_folder(folder)
    for folder in (layout.inbox, layout.inbox / CLAIMS):
        folder.chmod(_SHARED)


def _refuse_occupied(root: Path) -> None:
    """Only an empty folder, or one with nothing but an inbox, may become a vault."""
    if Layout(root).state.exists():
        raise UsageError(
            N_("{folder} is a vault already"),
            hint=N_("use it with: archiver --vault {folder} status"),
            folder=root,
        )
    if root.exists() and not root.is_dir():
        raise UsageError(
            N_("{folder} is not a folder"), hint=N_("name a new or an empty folder"), folder=root
        )
    others = [path.name for path in root.iterdir() if path.name != INBOX] if root.exists() else []
    if others:
        raise UsageError(
            N_("{folder} is not empty: it holds {name}"),
            hint=N_("name a new or an empty folder"),
            folder=root,
            name=sorted(others)[0],
        )


def _first_rows(vault: Vault) -> None:
    """The empty index, the unassigned customer, the first entry of the ledger, the first rules."""
    now = vault.clock()
    vault.search.reset()  # from now on a missing index is known for one
    with vault.catalogue.write() as tx:
        stamp = Stamp(now, civil_day(now, vault.zone), numbers.person(tx, [vault.login]))
        customers.add_unassigned(tx, now)
        numbers.remember(tx, "last_trusted", stamp.day.isoformat())
        ledger.append(tx, stamp, "vault_created", {"format": vault.settings.format})
        rule_sets.activate(tx, stamp, vault.rules.content_hash, vault.rules.text())
