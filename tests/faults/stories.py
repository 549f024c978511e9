"""What happens in an archive while the disk fails: one line a story in `STORIES`.

A story is prepared on a sound disk; then its act runs under a fault; then the program is started
again, and whatever was promised must hold.
"""

from pathlib import Path

from archiver.catalogue import documents
from archiver.core.errors import ExitCode
from archiver.custody import party
from archiver.custody.matching import rematch
from archiver.custody.tombstone import bury
from archiver.intake.publish import publish
from archiver.repair.backup import back_up
from archiver.repair.check import check
from archiver.repair.reindex import index_all
from archiver.repair.repair import repair
from archiver.repair.restore import restore
from archiver.review import series
from archiver.review.correct import Correction, correct
from archiver.review.decide import queue
from archiver.vault.vault import Vault
from tests.faults.aside import ASIDE
from tests.faults.disposal import DISPOSAL
from tests.faults.happened import HAPPENED
from tests.faults.parties import PARTIES
from tests.faults.story import (
    ENCLOSED,
    INSIDE,
    INTRODUCTION,
    LOCKED,
    MAIL,
    NAME,
    NEW,
    NEW_CONTRACT,
    NOBODY,
    ONE_LESS,
    SCANNED,
    TWO,
    Story,
    answer_all,
    every_paper,
    filed,
    known,
    one_waits,
    take_in,
)
from tests.worlds import (
    LICENCE,
    NOW,
    a_zip,
    drop,
    ingest,
    papers,
    reopened,
)


def _drops(vault: Vault, world: Path) -> None:
    known(vault)
    drop(vault, "a.txt", LICENCE)
    drop(vault, "b.txt", LICENCE)
    drop(vault, "新客户/c.txt", NEW)
    drop(vault, "d.txt", LOCKED)


def _packages(vault: Vault, world: Path) -> None:
    known(vault)
    drop(vault, "e.zip", a_zip({"f.txt": SCANNED.encode(), "g.txt": SCANNED.encode()}))
    drop(vault, "h.eml", MAIL)


def _strangers(vault: Vault, world: Path) -> None:
    drop(vault, "a.txt", LICENCE)
    drop(vault, "b.txt", INSIDE)


def _introducing(vault: Vault, world: Path) -> None:
    """A contract of somebody nobody knows, and the licence that makes them a customer."""
    drop(vault, "a.txt", NEW_CONTRACT)
    drop(vault, "b.txt", INTRODUCTION)


def _become_known(vault: Vault, world: Path) -> None:
    """The first thing after the crash: their papers belong elsewhere from now on."""
    if party.directory(vault).resolve(NAME) is None:
        known(vault)
        rematch(vault)


def _correct(vault: Vault, world: Path) -> None:
    with vault.catalogue.read() as tx:
        for document in documents.all_documents(tx):
            said = Correction({"issue_date": "2023-12-31"}, category="supplement")
            correct(vault, document, said)
    publish(vault)


def _two_copies(vault: Vault, world: Path) -> None:
    known(vault)
    drop(vault, "华信/c.txt", INSIDE)
    drop(vault, "不知道/c.txt", INSIDE)
    ingest(vault)
    assert len(papers(vault)) == 2


def _newcomer(vault: Vault, world: Path) -> None:
    drop(vault, "a.txt", LICENCE)
    drop(vault, "b.txt", INSIDE)
    ingest(vault)
    assert len(queue(vault)) == 2


def _add_customer(vault: Vault, world: Path) -> None:
    if party.directory(vault).resolve(NAME) is None:
        known(vault)
    rematch(vault)
    publish(vault)


def _join(vault: Vault, world: Path) -> None:
    series.join(vault, every_paper(vault))
    publish(vault)


def _joined(vault: Vault, world: Path) -> None:
    filed(vault, world)
    _join(vault, world)


def _part(vault: Vault, world: Path) -> None:
    series.part(vault, every_paper(vault)[0])
    publish(vault)


def _reindex(vault: Vault, world: Path) -> None:
    index_all(vault)
    publish(vault)


def _damaged(vault: Vault, world: Path) -> None:
    filed(vault, world)
    path = vault.layout.root / every_paper(vault)[0].path
    path.chmod(0o640)
    path.write_bytes(b"rotten")
    drop(vault, "again.txt", INSIDE)


def _back_up(vault: Vault, world: Path) -> None:
    back_up(vault, world / "backups", full=False, progress=lambda: None)
    publish(vault)


def _saved(vault: Vault, world: Path) -> None:
    filed(vault, world)
    _back_up(vault, world)


def _restore(vault: Vault, world: Path) -> None:
    (backup,) = (one for one in (world / "backups").iterdir() if not one.name.startswith("."))
    back = world / "back"
    restore(backup, back, "clerk", later=None, progress=lambda: None, clock=lambda: NOW)
    with reopened(back) as restored:
        index_all(restored)
        publish(restored)


def _restore_again(vault: Vault, world: Path) -> None:
    """A person who finds half a vault empties the folder, as the command would have."""
    back = world / "back"
    if back.exists():
        back.rename(world / "half")
    _restore(vault, world)
    with reopened(back) as restored:
        assert not check(restored, deep=True, progress=lambda done, of: None)


def _rotten(vault: Vault, world: Path) -> None:
    _saved(vault, world)
    path = vault.layout.root / every_paper(vault)[0].path
    path.chmod(0o640)
    path.write_bytes(b"rotten")


def _repair(vault: Vault, world: Path) -> None:
    (backup,) = (one for one in (world / "backups").iterdir() if not one.name.startswith("."))
    repair(vault, backup, dry_run=False, progress=lambda done, of: None)
    publish(vault)


def _bury(vault: Vault, world: Path) -> None:
    for document in every_paper(vault):
        if document.source == "IMG_2.txt":
            bury(vault, document, "destruction")
    publish(vault)


_KNOWN = (LICENCE.encode(), INSIDE.encode())

STORIES = {
    "intake": Story(_drops, take_in, 4, (LICENCE.encode(), NEW.encode()), (LOCKED.encode(),)),
    "packages": Story(_packages, take_in, 2, (SCANNED.encode(), MAIL, ENCLOSED.encode())),
    "introduce": Story(_introducing, take_in, 2, (INTRODUCTION.encode(), NEW_CONTRACT.encode())),
    "known since": Story(_strangers, take_in, 2, _KNOWN, first=_become_known),
    "assign": Story(one_waits, answer_all, 1, (NOBODY.encode(),)),
    "correct": Story(filed, _correct, 2, TWO, again=_correct),
    "fold": Story(_two_copies, answer_all, 2, ONE_LESS, again=answer_all),
    "customer": Story(_newcomer, _add_customer, 2, _KNOWN),
    "join": Story(filed, _join, 2, TWO),
    "part": Story(_joined, _part, 2, TWO),
    "reindex": Story(filed, _reindex, 2, TWO),
    "heal": Story(_damaged, take_in, 3, TWO, (b"rotten",)),
    "backup": Story(filed, _back_up, 2, TWO, again=_back_up),
    # A backup that cannot be read looks like one that is damaged.
    "restore": Story(
        _saved,
        _restore,
        2,
        TWO,
        again=_restore_again,
        also=(ExitCode.DECLARATIONS, ExitCode.DAMAGE),
    ),
    "repair": Story(_rotten, _repair, 2, TWO, (b"rotten",), again=_repair, also=(ExitCode.DAMAGE,)),
    "destroy": Story(filed, _bury, 2, ONE_LESS, again=_bury),
    **HAPPENED,
    **DISPOSAL,
    **ASIDE,
    **PARTIES,
}
