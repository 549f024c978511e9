"""The power goes while a repair is at work; the next one goes on from there."""

import os
import shutil
from itertools import count
from pathlib import Path

import pytest

from tests.faults.boundaries import Mains, PowerCut
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


class Journal(Mains):
    """A disk that undoes an unlink as disks do: the very same file has its name again."""

    attic: Path

    def unlink(self, path: Path) -> None:
        self._boundary()
        kept = self.attic / str(next(NUMBERS))
        if path.is_file():
            os.link(path, kept)
        self._real["unlink"](path)

        def undo() -> None:
            if kept.exists() and path.parent.is_dir():
                kept.rename(path)

        self._unsynced.append((path.parent, undo))
        self._boundary()


@pytest.mark.parametrize("lossy", [False, True], ids=["kept", "lost"])
def test_a_repair_survives_a_cut_of_the_power(world: tuple[Path, Path], *, lossy: bool) -> None:
    attic = world[0].parent / "attic"
    attic.mkdir(exist_ok=True)
    at, cut = int(lossy), True  # every third of them, others in each of the two ways
    while cut:
        root = world[0].parent / f"cut {next(NUMBERS)}"
        shutil.copytree(world[0], root, symlinks=True)
        before = papers_of(root)
        with reopened(root) as vault:
            for injure, which in HARM:
                injure(vault, which)
            damaged = vault.layout.exported.read_bytes()
            with pytest.MonkeyPatch.context() as patched:
                mains = Journal(patched, at=at, lossy=lossy)
                mains.attic = attic
                try:
                    mend(vault, world[1])
                except PowerCut:
                    pass
                else:
                    cut = False
        with reopened(root) as vault:
            assert all(one.healed for one in mend(vault, world[1]))
            assert papers_of(root) == before
            assert len(papers(vault)) == len(before), "nothing lies there twice"
            assert faults(vault) == []
            kept = [one.read_bytes() for one in vault.layout.ledger.glob("altered-*")]
            assert kept == [damaged]
            assert any(
                ".reason." not in one.name for one in vault.layout.quarantine.glob("damaged*")
            )
        shutil.rmtree(root)
        at += 3
    assert mains.boundaries > 60
