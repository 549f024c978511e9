"""What comes back is proved; what is not as it was backed up is named and stays away."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from archiver.catalogue import documents, ledger
from archiver.core.errors import ArchiverError, DamageFound, EngineError, UsageError
from archiver.core.proof import leaf_hash
from archiver.custody import party
from archiver.disk import copies
from archiver.disk.digest import digest_of
from archiver.repair import bag
from tests.repair.backups import NAME, World, faults_of, flip, lose, paper, put_back
from tests.worlds import CONTRACT, drop, ingest, papers, reopened, tree


@pytest.mark.parametrize(("damage", "kind"), [(flip, "altered"), (lose, "missing")])
def test_one_damaged_paper_is_named_and_the_rest_comes_back(
    world: World, damage: Callable[[Path], None], kind: str
) -> None:
    path = paper(world)
    relative = path.relative_to(world.folder / "data").as_posix()
    damage(path)
    made = put_back(world.folder, world.back)
    with world.vault.catalogue.read() as tx:
        document = documents.find(tx, relative)
    assert document is not None
    found = [(one.kind, one.document, one.path) for one in made.faults]
    assert found == [(kind, document.id, relative)]
    assert made.files == world.made.files - 1
    assert [(one.kind, one.path) for one in faults_of(world.back)] == [("missing", relative)]


def test_a_file_nobody_listed_is_named_and_stays_away(world: World) -> None:
    (world.folder / "data" / "customers" / "stranger.pdf").write_bytes(b"x")
    (world.folder / "data" / "link").symlink_to("/etc/hostname")
    made = put_back(world.folder, world.back)
    assert [(one.kind, one.path) for one in made.faults] == [
        ("extra", "customers/stranger.pdf"),
        ("extra", "link"),
    ]
    assert made.files == world.made.files
    assert not (world.back / "customers" / "stranger.pdf").exists()
    assert faults_of(world.back) == []


def test_what_cannot_be_read_is_named(world: World) -> None:
    path = paper(world)
    path.unlink()
    path.symlink_to("/etc/hostname")
    made = put_back(world.folder, world.back)
    assert [one.kind for one in made.faults] == ["unreadable"]


def reseal(folder: Path) -> None:
    """Make the lists agree with what is there, as somebody would who hides a change."""
    listed = bag.read_manifest(folder / "manifest-sha256.txt")
    lines = [f"{digest_of(folder / path)[0]}  {bag._encoded(path)}\n" for path in listed]
    seal(folder / "manifest-sha256.txt", "".join(lines))
    names = ("backup.json", "bag-info.txt", "bagit.txt", "manifest-sha256.txt")
    tags = [f"{digest_of(folder / name)[0]}  {name}\n" for name in names]
    seal(folder / "tagmanifest-sha256.txt", "".join(tags))


def seal(path: Path, words: str) -> None:
    path.chmod(0o640)
    path.write_text(words, "utf-8")


def damage_catalogue(world: World) -> None:
    flip(world.folder / "data" / ".archiver" / "catalogue.db")


def damage_settings(world: World) -> None:
    lose(world.folder / "data" / ".archiver" / "vault.toml")


def damage_manifest(world: World) -> None:
    flip(world.folder / "manifest-sha256.txt")


def lose_tags(world: World) -> None:
    lose(world.folder / "tagmanifest-sha256.txt")


def another_head(world: World) -> None:
    about = json.loads((world.folder / "backup.json").read_text("utf-8"))
    about["head"] = f"{world.made.head.seq}:{'0' * 64}"
    seal(world.folder / "backup.json", json.dumps(about))
    reseal(world.folder)


def an_earlier_head(world: World) -> None:
    with world.vault.catalogue.read() as tx:
        first = next(ledger.lines(tx))
    about = json.loads((world.folder / "backup.json").read_text("utf-8"))
    about["head"] = f"1:{leaf_hash(first.encode()).hex()}"
    seal(world.folder / "backup.json", json.dumps(about))
    reseal(world.folder)


def newer_format(world: World) -> None:
    about = json.loads((world.folder / "backup.json").read_text("utf-8"))
    seal(world.folder / "backup.json", json.dumps({**about, "format": 2}))
    reseal(world.folder)


def no_backup(world: World) -> None:
    lose(world.folder / "backup.json")


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (damage_catalogue, DamageFound),
        (damage_settings, DamageFound),
        (damage_manifest, DamageFound),
        (lose_tags, DamageFound),
        (another_head, DamageFound),
        (an_earlier_head, DamageFound),
        (newer_format, EngineError),
        (no_backup, UsageError),
    ],
)
def test_a_backup_that_cannot_be_trusted_leaves_nothing(
    world: World, damage: Callable[[World], None], error: type[ArchiverError]
) -> None:
    damage(world)
    with pytest.raises(error):
        put_back(world.folder, world.back)
    assert tree(world.back) == {}


def test_the_folder_of_all_backups_is_not_one(world: World) -> None:
    with pytest.raises(UsageError) as told:
        put_back(world.folder.parent, world.back)
    assert str(world.folder) in told.value.advice()


def test_nothing_is_overwritten(world: World) -> None:
    world.back.mkdir()
    (world.back / "note.txt").write_text("mine", "utf-8")
    for into in (world.back, world.vault.layout.root, world.back / "note.txt"):
        with pytest.raises(UsageError):
            put_back(world.folder, into)
    with pytest.raises(UsageError):
        put_back(world.folder, world.folder / "inside")
    assert tree(world.back) == {"note.txt": b"mine"}


def test_a_full_disk_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real, left = copies.copy, [3]

    def full(source: Path, target: Path, mode: int) -> object:
        left[0] -= 1
        if not left[0]:
            raise OSError(28, "No space left on device")
        return real(source, target, mode)

    (world.back / "").mkdir()
    monkeypatch.setattr(copies, "copy", full)
    with pytest.raises(OSError, match="space"):
        put_back(world.folder, world.back)
    assert list(world.back.iterdir()) == []


def test_numbers_go_on_after_the_backup(world: World) -> None:
    put_back(world.folder, world.back)
    with reopened(world.back) as vault:
        party.add(vault, "再一家样本店", kind="customer", aliases=[], codes=[])
        drop(vault, "n.txt", CONTRACT.format(name="再一家样本店"))
        (taken,) = ingest(vault).values()
    assert taken.document is not None
    assert taken.document.id == "D000003"
    assert taken.document.archive_no.split("-")[0] == "0003"
    assert faults_of(world.back) == []


# What left the vault after the backup


def test_a_ledger_rewritten_in_the_backup_is_found(world: World) -> None:
    """Somebody changes an entry in the copied catalogue and seals the bag anew."""
    with reopened(world.folder / "data") as inside, inside.catalogue.write() as tx:
        tx.execute(text("UPDATE ledger SET entry = replace(entry, 'ingestion', 'nothing')"))
    reseal(world.folder)
    with pytest.raises(DamageFound, match="ledger"):
        put_back(world.folder, world.back)


def test_all_papers_of_the_sample_are_where_they_were(world: World) -> None:
    put_back(world.folder, world.back)
    with reopened(world.back) as vault:
        assert papers(vault) == papers(world.vault)
        assert NAME in {path.split("/")[0] for path in papers(vault)}
