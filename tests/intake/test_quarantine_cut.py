"""Cuts the power at every durable boundary of settling a quarantined file."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from archiver.catalogue.aside import Entry
from archiver.core.model import Outcome
from archiver.custody import party
from archiver.intake.again import hand_back, release_unread, retry
from archiver.intake.publish import publish
from archiver.repair.check import check
from archiver.report.account import account
from archiver.vault.vault import Vault
from tests.faults.boundaries import Mains, PowerCut
from tests.intake.locked import KEY, NAME, PAPER, a_locked_zip, again, entries, with_aside
from tests.worlds import CONTRACT, ingest, papers, tree

INSIDE = CONTRACT.format(name=NAME)
ZIP = a_locked_zip(INSIDE, INSIDE)


def retried(vault: Vault, entry: Entry) -> None:
    (taken,) = retry(vault, [entry], KEY)
    assert taken.outcome is not Outcome.QUARANTINED


def released(vault: Vault, entry: Entry) -> None:
    whose = party.directory(vault).resolve(NAME)
    assert whose
    release_unread(vault, entry, whose, "other", reason="kept as it is")
    publish(vault)


def returned(vault: Vault, entry: Entry) -> None:
    hand_back(vault, entry, "a cat")
    publish(vault)


@dataclass(frozen=True)
class Way:
    """A way out of quarantine: the act, and what lies under customers/ and exports/ after it."""

    name: str
    content: bytes
    act: Callable[[Vault, Entry], None]
    kept: list[bytes]
    exported: list[bytes]


SHUT = PAPER.encode()
BEYOND = 4
"""Boundaries after the file has left: what follows is publishing, which is cut elsewhere."""
WAYS = [
    Way("a.txt", SHUT, retried, [SHUT], []),
    Way("a.zip", ZIP, retried, [b"KEEP OUT", INSIDE.encode()], []),
    Way("a.txt", SHUT, released, [SHUT], []),
    Way("a.txt", SHUT, returned, [], [SHUT]),
]


def sound(vault: Vault, way: Way) -> None:
    """Whatever happened: a restart, the same act again, and nothing is lost or there twice."""
    ingest(vault)
    waiting = entries(vault)
    if waiting:
        quarantine = tree(vault.layout.quarantine)
        assert way.content in quarantine.values(), "it waits, so it lies there"
        way.act(vault, waiting[0])
    assert sorted(papers(vault).values()) == sorted(way.kept)
    assert list(tree(vault.layout.exports).values()) == way.exported
    assert tree(vault.layout.quarantine) == {}
    assert tree(vault.layout.scratch) == {}
    (entry,) = entries(vault, settled=True)
    assert entry.settled
    counted = account(vault, None)
    assert (counted.received, counted.quarantined, counted.differs) == (1, 1, ())
    assert not check(vault, deep=True, progress=lambda done, of: None)


@pytest.mark.parametrize("lossy", [False, True], ids=["kept", "lost"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.act.__name__} {way.name}")
def test_settling_survives_a_cut_at_every_boundary(
    tmp_path: Path, way: Way, *, lossy: bool
) -> None:
    with with_aside(tmp_path / "seed", way.name, way.content):
        pass
    at = left = 0
    while left < BEYOND:
        root = shutil.copytree(tmp_path / "seed", tmp_path / str(at))
        with again(root) as vault:
            (entry,) = entries(vault)
            with pytest.MonkeyPatch.context() as patched:
                Mains(patched, at=at, lossy=lossy)
                with pytest.raises(PowerCut):
                    way.act(vault, entry)
        with again(root) as vault:
            left += not tree(vault.layout.quarantine)
            sound(vault, way)
        shutil.rmtree(root)
        at += 1
    assert at > 20, "the boundaries are not seen any more"
