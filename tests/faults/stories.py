"""What happens in an archive while the disk fails: one line a story in `STORIES`.

A story is prepared on a sound disk; then its act runs under a fault; then the program is started
again, and whatever was promised must hold.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from archiver.catalogue import documents, events
from archiver.core.errors import ExitCode
from archiver.core.model import CustomerId, Document
from archiver.custody import act, fact, party
from archiver.custody.matching import rematch
from archiver.custody.tombstone import bury
from archiver.intake.again import hand_back, release_unread, retry
from archiver.intake.publish import publish
from archiver.repair.backup import back_up
from archiver.repair.check import check
from archiver.repair.reindex import index_all, reindex
from archiver.repair.repair import repair
from archiver.repair.restore import restore
from archiver.review import series
from archiver.review.correct import Correction, correct
from archiver.review.decide import assign, queue
from archiver.vault.vault import Vault
from tests.intake.locked import KEY, PAPER, LockedReader, a_locked_zip, entries
from tests.worlds import (
    CODE,
    CONTRACT,
    LICENCE,
    NOW,
    a_mail,
    a_zip,
    acting_as,
    drop,
    ingest,
    papers,
    reopened,
)

NAME = "青梧市华信样本运输有限公司"
INSIDE = CONTRACT.format(name=NAME)
NEW = CONTRACT.format(name="新客户样本店")
NOBODY = CONTRACT.format(name="谁也不是")
SCANNED = f"{INSIDE}\n扫描件"
ENCLOSED = f"{INSIDE}\n附件"
MAIL = a_mail(f"关于资料的联系函\n{NAME}：\n特此函告", {"a.txt": ENCLOSED.encode()})
LOCKED = "LOCKED"
ORDER = f"维修工单\n客户名称：{NAME}\n维修项目\n工时\n进厂\n日期：2024-05-10"
STRAY = ORDER.replace(NAME, "谁也不是").replace("05-10", "06-01")

INTRODUCTION = (
    "营业执照\n统一社会信用代码 91990001MA1HX1001K\n名称 新样本物流有限公司\n登记机关\n经营范围"
)
NEW_CONTRACT = CONTRACT.format(name="新样本物流有限公司")

Act = Callable[[Vault, Path], object]


@dataclass(frozen=True, slots=True)
class Story:
    """Something that may be cut off.

    Attributes:
        before: prepares the vault; given it and the folder in which it lies.
        act: what the fault strikes.
        received: how many drops there were.
        papers: what must be archived in the end, each under one customer.
        aside: what must lie in quarantine in the end.
        first: what a person does after a crash, before the papers left behind are taken again.
        again: what a person does after a crash, who knows only what is written.
        also: how the act may end when the disk refuses, besides well and refused.
    """

    before: Act
    act: Act
    received: int
    papers: tuple[bytes, ...]
    aside: tuple[bytes, ...] = ()
    again: Act = lambda vault, world: None
    first: Act = lambda vault, world: None
    also: tuple[ExitCode, ...] = ()


def _known(vault: Vault) -> str:
    return party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[CODE]).id


def _drops(vault: Vault, world: Path) -> None:
    _known(vault)
    drop(vault, "a.txt", LICENCE)
    drop(vault, "b.txt", LICENCE)
    drop(vault, "新客户/c.txt", NEW)
    drop(vault, "d.txt", LOCKED)


def _packages(vault: Vault, world: Path) -> None:
    _known(vault)
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
        _known(vault)
        rematch(vault)


def _ingest(vault: Vault, world: Path) -> None:
    ingest(vault)


def _waiting(vault: Vault, world: Path) -> None:
    drop(vault, "c.txt", NOBODY)
    ingest(vault)
    _known(vault)


def _assign(vault: Vault, world: Path) -> None:
    whose = party.directory(vault).resolve(NAME)
    for document in queue(vault):
        assign(vault, document, whose.id if whose else None, None)
    rematch(vault)
    publish(vault)


def _correct(vault: Vault, world: Path) -> None:
    with vault.catalogue.read() as tx:
        for document in documents.all_documents(tx):
            said = Correction({"issue_date": "2023-12-31"}, category="supplement")
            correct(vault, document, said)
    publish(vault)


def _two_copies(vault: Vault, world: Path) -> None:
    _known(vault)
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
        _known(vault)
    rematch(vault)
    publish(vault)


def _filed(vault: Vault, world: Path) -> None:
    _known(vault)
    drop(vault, "IMG_1.txt", INSIDE)
    drop(vault, "IMG_2.txt", SCANNED)
    ingest(vault)


def _papers(vault: Vault) -> list[Document]:
    with vault.catalogue.read() as tx:
        return list(documents.all_documents(tx))


def _join(vault: Vault, world: Path) -> None:
    series.join(vault, _papers(vault))
    publish(vault)


def _joined(vault: Vault, world: Path) -> None:
    _filed(vault, world)
    _join(vault, world)


def _part(vault: Vault, world: Path) -> None:
    series.part(vault, _papers(vault)[0])
    publish(vault)


def _event(vault: Vault, world: Path) -> None:
    first = _papers(vault)[0]
    fact.add_event(
        vault, "relationship_ended", customer=first.customer, document=None, day=NOW.date()
    )
    publish(vault)


def _orders(vault: Vault, world: Path) -> None:
    """A customer for whom a service counts already, so that a later one lengthens it."""
    whose = _known(vault)
    fact.add_event(
        vault, "service_completed", customer=CustomerId(whose), document=None, day=date(2020, 1, 1)
    )
    publish(vault)
    drop(vault, "a.txt", ORDER)
    drop(vault, "不知道/b.txt", STRAY)


def _tell(vault: Vault, world: Path) -> None:
    ingest(vault)
    _assign(vault, world)


def _told_once(vault: Vault, world: Path) -> None:
    """Each paper tells its event once, confirmed or not."""
    _tell(vault, world)
    with vault.catalogue.read() as tx:
        found = events.all_events(tx)
    read = sorted((one.day, one.document or "") for one in found if one.source == "read")
    assert [day for day, _ in read] == [date(2024, 5, 10), date(2024, 6, 1)], read
    assert len({document for _, document in read}) == 2, read


def _orders_filed(vault: Vault, world: Path) -> None:
    _orders(vault, world)
    _tell(vault, world)


def _confirm(vault: Vault, world: Path) -> None:
    with vault.catalogue.read() as tx:
        waits = events.waiting(tx)
    fact.confirm_events(vault, waits)
    publish(vault)


def _all_confirmed(vault: Vault, world: Path) -> None:
    _confirm(vault, world)
    _told_once(vault, world)
    with vault.catalogue.read() as tx:
        assert not events.count_waiting(tx)


def _reindex(vault: Vault, world: Path) -> None:
    reindex(vault)
    publish(vault)


def _damaged(vault: Vault, world: Path) -> None:
    _filed(vault, world)
    path = vault.layout.root / _papers(vault)[0].path
    path.chmod(0o640)
    path.write_bytes(b"rotten")
    drop(vault, "again.txt", INSIDE)


def _back_up(vault: Vault, world: Path) -> None:
    back_up(vault, world / "backups", full=False, progress=lambda: None)
    publish(vault)


def _saved(vault: Vault, world: Path) -> None:
    _filed(vault, world)
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


def _locks(vault: Vault, world: Path) -> None:
    """A reader that asks for a password: of this vault as it is open now."""
    vault.__dict__["reader"] = LockedReader()


def _shut(vault: Vault, world: Path) -> None:
    _locks(vault, world)
    _known(vault)
    drop(vault, "a.txt", PAPER)
    drop(vault, "b.txt", INSIDE)
    ingest(vault)
    assert len(entries(vault)) == 1


def _shut_package(vault: Vault, world: Path) -> None:
    _locks(vault, world)
    _known(vault)
    drop(vault, "a.zip", a_locked_zip(INSIDE, INSIDE))
    ingest(vault)
    assert len(entries(vault)) == 1


def _retry(vault: Vault, world: Path) -> None:
    _locks(vault, world)
    list(retry(vault, entries(vault), KEY))
    publish(vault)


def _release(vault: Vault, world: Path) -> None:
    whose = party.directory(vault).resolve(NAME)
    assert whose
    for entry in entries(vault):
        release_unread(vault, entry, whose, "other", reason="kept as it is")
    publish(vault)


def _hand_back(vault: Vault, world: Path) -> None:
    for entry in entries(vault):
        hand_back(vault, entry, "a cat")
    publish(vault)


def _rotten(vault: Vault, world: Path) -> None:
    _saved(vault, world)
    path = vault.layout.root / _papers(vault)[0].path
    path.chmod(0o640)
    path.write_bytes(b"rotten")


def _repair(vault: Vault, world: Path) -> None:
    (backup,) = (one for one in (world / "backups").iterdir() if not one.name.startswith("."))
    repair(vault, backup, dry_run=False, progress=lambda done, of: None)
    publish(vault)


def _bury(vault: Vault, world: Path) -> None:
    for document in _papers(vault):
        if document.source == "IMG_2.txt":
            bury(vault, document, "destruction")
    publish(vault)


def _proposed(vault: Vault, world: Path) -> None:
    """One file of a wrong drop, and a paper of two files; both wait for a second person."""
    _waiting(vault, world)
    drop(vault, "IMG_1.txt", INSIDE)
    drop(vault, "IMG_2.txt", SCANNED)
    drop(vault, "d.txt", LICENCE)
    ingest(vault)
    papers = {one.source: one for one in _papers(vault)}
    series.join(vault, [papers["IMG_1.txt"], papers["IMG_2.txt"]])
    for name in ("c.txt", "IMG_1.txt"):
        act.propose(vault, "withdraw", papers[name].id, "a cat")
    publish(vault)


def _misread(vault: Vault, world: Path) -> None:
    """An event that never happened; a second person must say so."""
    _filed(vault, world)
    whose = party.directory(vault).resolve(NAME)
    if whose:
        fact.add_event(vault, "dispute_opened", customer=whose.id, document=None, day=None)
    act.propose(vault, "void_event", "E000001", "another customer's")
    publish(vault)


def _withdraw(vault: Vault, world: Path) -> None:
    """A second person says yes to all that still waits."""
    with acting_as(vault, "archivist"):
        with vault.catalogue.read() as tx:
            waiting = act.waiting(vault, tx)
        for one in waiting:
            act.confirm(vault, one.id)
    publish(vault)


_TWO = (INSIDE.encode(), SCANNED.encode())
_TOLD = (ORDER.encode(), STRAY.encode())
_ONE_LESS = (INSIDE.encode(),)

_OPENED = (PAPER.encode(), INSIDE.encode())
_UNPACKED = (b"KEEP OUT", INSIDE.encode())
_KNOWN = (LICENCE.encode(), INSIDE.encode())

STORIES = {
    "intake": Story(_drops, _ingest, 4, (LICENCE.encode(), NEW.encode()), (LOCKED.encode(),)),
    "packages": Story(_packages, _ingest, 2, (SCANNED.encode(), MAIL, ENCLOSED.encode())),
    "introduce": Story(_introducing, _ingest, 2, (INTRODUCTION.encode(), NEW_CONTRACT.encode())),
    "known since": Story(_strangers, _ingest, 2, _KNOWN, first=_become_known),
    "assign": Story(_waiting, _assign, 1, (NOBODY.encode(),)),
    "void": Story(_misread, _withdraw, 2, _TWO, again=_withdraw),
    "correct": Story(_filed, _correct, 2, _TWO, again=_correct),
    "fold": Story(_two_copies, _assign, 2, _ONE_LESS, again=_assign),
    "customer": Story(_newcomer, _add_customer, 2, _KNOWN),
    "join": Story(_filed, _join, 2, _TWO),
    "part": Story(_joined, _part, 2, _TWO),
    "event": Story(_filed, _event, 2, _TWO),
    "told": Story(_orders, _tell, 2, _TOLD, again=_told_once),
    "confirm": Story(_orders_filed, _confirm, 2, _TOLD, again=_all_confirmed),
    "reindex": Story(_filed, _reindex, 2, _TWO),
    "heal": Story(_damaged, _ingest, 3, _TWO, (b"rotten",)),
    "backup": Story(_filed, _back_up, 2, _TWO, again=_back_up),
    # A backup that cannot be read looks like one that is damaged.
    "restore": Story(
        _saved,
        _restore,
        2,
        _TWO,
        again=_restore_again,
        also=(ExitCode.DECLARATIONS, ExitCode.DAMAGE),
    ),
    "retry": Story(_shut, _retry, 2, _OPENED, first=_locks, again=_retry),
    "retry a package": Story(_shut_package, _retry, 1, _UNPACKED, first=_locks, again=_retry),
    "release": Story(_shut, _release, 2, _OPENED, first=_locks, again=_release),
    "return": Story(_shut, _hand_back, 2, _ONE_LESS, first=_locks, again=_hand_back),
    "repair": Story(
        _rotten, _repair, 2, _TWO, (b"rotten",), again=_repair, also=(ExitCode.DAMAGE,)
    ),
    "withdraw": Story(_proposed, _withdraw, 4, (LICENCE.encode(),), again=_withdraw),
    "destroy": Story(_filed, _bury, 2, _ONE_LESS, again=_bury),
}
