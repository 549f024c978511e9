"""The power goes while a repair is at work; the next one goes on from there."""

import gc
import shutil
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from tests.faults.disk import behind
from tests.faults.mains import Cutting, PowerCut
from tests.nightly import NIGHTLY
from tests.repair import injuries
from tests.repair.backups import saved
from tests.repair.injuries import Injury, faults, mend, papers_of, rich
from tests.worlds import a_vault, papers, reopened

NUMBERS = count()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A vault and a backup of it, to be copied by each example."""
    folder = tmp_path_factory.mktemp("world")
    with a_vault(folder / "vault") as vault:
        rich(vault)
        saved(vault, folder / "backups")
        assert faults(vault) == []
    (backup,) = (one for one in (folder / "backups").iterdir() if one.is_dir())
    return folder / "vault", backup


HARM: tuple[tuple[Injury, int], ...] = (
    (injuries.flip, 0),
    (injuries.swap_case, 2),
    (injuries.rename_folder, 1),
    (injuries.rewrite_ledger, 5),
)


# Whoosh leaves its files to the garbage collector when it cannot go on.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize(("first", "mode"), [(0, "kept"), (1, "lost"), (2, "some")])
def test_a_repair_survives_a_cut_of_the_power(
    world: tuple[Path, Path], first: int, mode: str
) -> None:
    whole = _cut(world, 10**6, mode)
    assert whole.acts > 60
    # By day every third place, others in each of the three ways.
    for at in whole.places(1) if NIGHTLY else whole.places(4)[first::3]:
        _cut(world, at, mode)


def _cut(world: tuple[Path, Path], at: int, mode: str) -> Cutting:
    """The power goes after so many acts, if there are as many; the next repair does the rest."""
    root = world[0].parent / f"cut {next(NUMBERS)}"
    shutil.copytree(world[0], root, symlinks=True)
    before = papers_of(root)
    with reopened(root) as vault:
        for injure, which in HARM:
            injure(vault, which)
        damaged = vault.layout.exported.read_bytes()
        gate = Cutting(root, at, mode)
        with suppress(PowerCut), behind(gate, root):
            mend(vault, world[1])
    with reopened(root) as vault:
        assert all(one.healed for one in mend(vault, world[1]))
        assert papers_of(root) == before
        assert len(papers(vault)) == len(before), "nothing lies there twice"
        assert faults(vault) == []
        kept = [one.read_bytes() for one in vault.layout.ledger.glob("altered-*")]
        assert kept == [damaged]
        assert any(".reason." not in one.name for one in vault.layout.quarantine.glob("damaged*"))
    shutil.rmtree(root)
    gc.collect()
    return gate
