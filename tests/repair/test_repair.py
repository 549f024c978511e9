"""Whatever is done to a vault, `repair` heals it from what is at hand, and loses nothing."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from archiver.catalogue import decisions, ledger
from archiver.core.errors import Busy, DamageFound, UsageError
from archiver.custody import move
from archiver.disk import door
from archiver.disk.guard import only_one
from archiver.vault.vault import Vault
from tests.nightly import often
from tests.repair import injuries
from tests.repair.backups import saved
from tests.repair.injuries import INJURIES, Injury, faults, mend, papers_of, rich
from tests.worlds import a_vault, papers, reopened, tree


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


NUMBERS = count()


@pytest.mark.usefixtures("unmeasured")
@settings(max_examples=often(40))
@given(st.lists(st.tuples(st.sampled_from(INJURIES), st.integers(0, 999)), min_size=1, max_size=5))
def test_any_injuries_are_healed_from_a_backup(
    world: tuple[Path, Path], done: list[tuple[Injury, int]]
) -> None:
    original, backup = world
    root = original.parent / str(next(NUMBERS))
    shutil.copytree(original, root, symlinks=True)
    before = papers_of(root)
    with reopened(root) as vault:
        for injure, which in done:
            injure(vault, which)
        mended = mend(vault, backup)
        assert papers_of(root) == before, "every paper lies where it lay"
        left = [one.fault for one in mended if not one.healed]
        assert {one.kind for one in left} <= {"extra"}
        assert [one.kind for one in faults(vault)] == [one.kind for one in left]
        for stray in left:  # somebody's file, or a paper that is damaged and has another name
            path = root / (stray.file or "")
            assert path.is_symlink() or path.read_bytes() not in before.values()
        assert all(one.fault.kind == "extra" for one in mend(vault, backup)), "nothing is left"
        modes = {path.stat().st_mode & 0o7777 for path in map(root.joinpath, before)}
        assert modes == {0o440}
    shutil.rmtree(root)


@pytest.fixture
def vault(world: tuple[Path, Path]) -> Iterator[Vault]:
    """A copy of the vault, without any backup at hand."""
    root = world[0].parent / f"copy {next(NUMBERS)}"
    shutil.copytree(world[0], root, symlinks=True)
    with reopened(root) as opened:
        yield opened
    shutil.rmtree(root)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def its_own(vault: Vault) -> Path:
    """A paper whose bytes are nowhere else."""
    found = vault.layout.customers.glob("样本百货/*/*.txt")
    return next(one for one in found if "甲方：样本百货" in text_of(one))


def test_a_renamed_customer_goes_back_whole(vault: Vault) -> None:
    """Records keep their history, strangers come along, every paper is named once."""
    before = tree(vault.layout.customers)
    (home,) = vault.layout.customers.glob("样本百货")
    (home / "note.docx").write_bytes(b"somebody's")
    home.rename(home.with_name("样本百貨"))
    found = [one for one in faults(vault) if one.document]
    assert [one.kind for one in found] == ["misplaced"] * 2
    mended = mend(vault)
    assert [one.healed for one in mended] == [True, True, False]
    assert tree(vault.layout.customers) == {**before, "样本百货/note.docx": b"somebody's"}
    with vault.catalogue.read() as tx:
        noted = list(ledger.noted(tx, ["healing"]))
    assert [one.facts["document"] for one in noted] == [one.document for one in found]


def test_permissions_in_a_renamed_folder_are_set_right(vault: Vault) -> None:
    its_own(vault).chmod(0o666)
    injuries.rename_folder(vault, 1)
    assert all(one.healed for one in mend(vault))
    assert its_own(vault).stat().st_mode & 0o7777 == 0o440
    assert mend(vault) == []


def test_a_renamed_folder_whose_old_place_is_taken(vault: Vault) -> None:
    """Papers go back one by one; the old folder goes with its last file."""
    before = papers(vault)
    (home,) = vault.layout.customers.glob("样本百货")
    home.rename(home.with_name("新"))
    home.mkdir()
    assert all(one.healed for one in mend(vault))
    assert papers(vault) == before
    assert not home.with_name("新").exists()
    assert faults(vault) == []


@pytest.mark.parametrize("place", ["exports/c.txt", "quarantine/c.txt", "inbox/.claims/R1/c.txt"])
def test_a_copy_anywhere_at_hand_heals(vault: Vault, place: str) -> None:
    paper = its_own(vault)
    copy = vault.layout.root / place
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(paper, copy)
    before = paper.read_bytes()
    paper.chmod(0o640)
    paper.write_bytes(b"rotten")
    paper.chmod(0o440)
    (told,) = mend(vault, dry_run=True)
    assert (told.healed, paper.read_bytes()) == (False, b"rotten")
    assert place in told.how
    (told,) = mend(vault)
    assert (told.healed, told.fault.kind, paper.read_bytes()) == (True, "altered", before)
    assert copy.exists()
    aside = [one for one in vault.layout.quarantine.glob("damaged*") if ".reason." not in one.name]
    assert [one.read_bytes() for one in aside] == [b"rotten"]
    assert faults(vault) == []


def test_the_same_paper_of_another_customer_heals(vault: Vault) -> None:
    one, other = (
        next(
            path
            for path in vault.layout.customers.glob(f"{name}/*/*.txt")
            if "两家" in text_of(path)
        )
        for name in ("样本百货", "青梧市*")
    )
    one.unlink()
    (told,) = mend(vault)
    assert told.healed
    assert text_of(one) == text_of(other)


def test_what_cannot_be_healed_is_told(vault: Vault, tmp_path: Path) -> None:
    injuries.delete(vault, 0)
    (told,) = mend(vault)
    assert not told.healed
    assert "--from" in told.how
    assert [one.kind for one in faults(vault)] == ["missing"]
    with pytest.raises(UsageError, match="not a backup"):
        mend(vault, tmp_path)
    with only_one(vault.layout.repairing, "repair"), pytest.raises(Busy):
        mend(vault)


def test_a_damaged_backup_heals_nothing(
    vault: Vault, world: tuple[Path, Path], tmp_path: Path
) -> None:
    backup = tmp_path / "backup"
    shutil.copytree(world[1], backup)
    paper = its_own(vault)
    saved_one = backup / "data" / vault.layout.relative(paper)
    saved_one.chmod(0o640)
    saved_one.write_bytes(b"rotten too")
    paper.unlink()
    (told,) = mend(vault, backup)
    assert (told.healed, paper.exists()) == (False, False)


def test_a_second_name_of_a_paper_goes(vault: Vault) -> None:
    paper = its_own(vault)
    os.link(paper, paper.with_name("copy.txt"))
    shutil.copy(paper, paper.with_name("true copy.txt"))
    told = {one.fault.path or "": one.healed for one in mend(vault)}
    assert {path.rpartition("/")[2]: healed for path, healed in told.items()} == {
        "copy.txt": True,
        "true copy.txt": False,
    }
    assert paper.exists()


def test_a_broken_chain_is_never_touched(vault: Vault) -> None:
    with vault.catalogue.write() as tx:
        tx.execute(text("UPDATE ledger SET entry = replace(entry, 'ingestion', 'nothing')"))
    before = vault.layout.exported.read_bytes()
    told = mend(vault)
    assert {one.fault.kind for one in told} == {"ledger"}
    assert not any(one.healed for one in told)
    assert vault.layout.exported.read_bytes().startswith(before)


def test_a_catalogue_older_than_what_was_exported_is_not_trusted(vault: Vault) -> None:
    with vault.layout.exported.open("ab") as stream:
        stream.writelines([b"{}\n"] * 9)
    (told,) = mend(vault)
    assert (told.fault.kind, told.healed) == ("ledger", False)
    assert "restore" in told.how


def test_a_rewritten_export_is_kept_beside_the_new_one(vault: Vault) -> None:
    data = vault.layout.exported.read_bytes().replace(b"ingestion", b"ingestiom")
    vault.layout.exported.write_bytes(data)
    (told,) = mend(vault)
    assert told.healed
    (kept,) = vault.layout.ledger.glob("altered-*.jsonl")
    assert kept.read_bytes() == data
    assert faults(vault) == []


def test_a_begun_move_whose_file_is_lost_is_finished(
    vault: Vault, world: tuple[Path, Path]
) -> None:
    """Others that were begun are finished although one cannot be."""
    first, second = (path for path in sorted(papers(vault)) if path.startswith("样本百货"))
    with vault.catalogue.write() as tx:
        rows = {one.path: one.id for one in tx.execute(text("SELECT id, path FROM documents"))}
        for path in (first, second):
            old, new = f"customers/{path}", f"customers/{path} moved"
            decisions.intend_move(tx, rows[old], old, new)
            tx.execute(
                text("UPDATE documents SET path = :new WHERE path = :old"), {"new": new, "old": old}
            )
    (vault.layout.customers / first).unlink()
    with pytest.raises(DamageFound, match="missing"):
        move.finish_moves(vault)
    assert (vault.layout.customers / f"{second} moved").exists()
    mend(vault, world[1])
    assert (vault.layout.customers / f"{first} moved").exists()
    move.finish_moves(vault)
    mend(vault)
    assert faults(vault) == []


def test_a_disk_that_gives_no_links(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(95, "not supported")

    before = papers(vault)
    injuries.rename(vault, 1)
    monkeypatch.setattr(door, "link", refuse)
    (told,) = mend(vault)
    assert told.healed
    assert papers(vault) == before


def test_a_refusing_disk_is_told_and_a_full_one_ends_it(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(number: int) -> None:
        def link(source: Path, target: Path) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(door, "link", link)

    injuries.rename(vault, 1)
    refuse(13)
    (told,) = mend(vault)
    assert (told.healed, told.how) == (False, "Permission denied")
    refuse(28)
    with pytest.raises(OSError, match="No space"):
        mend(vault)
