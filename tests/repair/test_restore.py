"""What comes back is proved; what is not as it was backed up is named and stays away."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from archiver.catalogue import documents, ledger
from archiver.core.errors import ArchiverError, DamageFound, EngineError, UsageError
from archiver.core.proof import GENESIS, canonical, first_fault, leaf_hash
from archiver.custody import party
from archiver.custody.tombstone import bury
from archiver.disk import copies
from archiver.disk.digest import digest_of
from archiver.intake.publish import publish
from archiver.repair import bag
from archiver.repair.backup import Backup
from archiver.vault.vault import Vault
from tests.repair.backups import NAME, faults_of, filled, put_back, saved
from tests.worlds import CONTRACT, a_vault, drop, ingest, papers, reopened, tree


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


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        made = saved(vault, tmp_path / "backups")
        yield World(vault, made, tmp_path / "backups" / made.name, tmp_path / "back")


def flip(path: Path) -> None:
    path.chmod(0o640)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def paper(world: World) -> Path:
    return sorted((world.folder / "data" / "customers").rglob("*.txt"))[0]


def lose(path: Path) -> None:
    path.unlink()


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


def destroy(world: World, action: str = "destruction") -> str:
    """A paper leaves the living vault; gives its path."""
    with world.vault.catalogue.read() as tx:
        document = next(iter(documents.all_documents(tx)))
    bury(world.vault, document, action)
    publish(world.vault)
    return document.path


@pytest.mark.parametrize("action", ["destruction", "withdrawal"])
def test_what_was_destroyed_stays_so(world: World, action: str) -> None:
    path = destroy(world, action)
    assert CAPITAL in (world.folder / "data" / ".archiver" / "catalogue.db").read_bytes()
    made = put_back(world.folder, world.back, world.later)
    assert made.removed == ("D000001",)
    assert made.faults == ()
    assert not (world.back / path).exists()
    assert faults_of(world.back) == []
    with reopened(world.back) as vault:
        assert "D000001" not in dict(vault.search.documents())
        with vault.catalogue.read() as tx:
            assert documents.find(tx, "D000001") is None
            entries = [json.loads(line) for line in ledger.lines(tx)]
        assert b"D000001" not in b"".join(tree(vault.layout.customers).values())
        assert CAPITAL not in (vault.layout.state / "catalogue.db").read_bytes()
    replayed = [one for one in entries if one["action"] == "tombstone_replayed"]
    assert [one["facts"]["document"] for one in replayed] == ["D000001"]
    assert replayed[0]["facts"]["entry"] == world.made.head.seq + 2
    (begun,) = [one for one in entries if one["action"] == "restoration"]
    assert begun["facts"]["later"] == replayed[0]["facts"]["later"]


CAPITAL = "壹佰万元".encode()
"""Stands on the destroyed paper alone."""


def test_without_the_ledger_it_comes_back(world: World) -> None:
    path = destroy(world)
    assert put_back(world.folder, world.back).removed == ()
    assert (world.back / path).is_file()


def test_the_later_ledger_is_kept_as_evidence(world: World) -> None:
    destroy(world)
    lines = world.later.read_text("utf-8")
    put_back(world.folder, world.back, world.later)
    (kept,) = (world.back / "ledger").glob("before-restoration-*.jsonl")
    assert kept.read_text("utf-8") == lines
    exported = (world.back / "ledger" / "current.jsonl").read_text("utf-8").splitlines()
    assert first_fault(exported, (world.made.head.seq, world.made.head.leaf)) is None


def test_numbers_given_after_the_backup_are_not_given_again(world: World) -> None:
    party.add(world.vault, "再一家样本店", kind="customer", aliases=[], codes=[])
    drop(world.vault, "n.txt", CONTRACT.format(name="再一家样本店"))
    (lost,) = ingest(world.vault).values()
    put_back(world.folder, world.back, world.later)
    with reopened(world.back) as vault:
        party.add(vault, "第二家样本店", kind="customer", aliases=[], codes=[])
        drop(vault, "n.txt", CONTRACT.format(name="第二家样本店"))
        (taken,) = ingest(vault).values()
    assert taken.document is not None
    assert lost.document is not None
    assert (lost.document.id, taken.document.id) == ("D000003", "D000004")
    assert taken.document.archive_no.split("-")[0] > lost.document.archive_no.split("-")[0]


def test_a_part_of_a_ledger_will_do_when_nothing_is_missing(world: World) -> None:
    destroy(world)
    lines = world.later.read_text("utf-8").splitlines(keepends=True)
    month = world.back.parent / "2026-05.jsonl"
    for begin in (world.made.head.seq - 2, world.made.head.seq):
        month.write_text("".join(lines[begin:]), "utf-8")
        made = put_back(world.folder, world.back.with_name(f"back-{begin}"), month)
        assert made.removed == ("D000001",)


def tampered(lines: Sequence[str]) -> str:
    return "\n".join(lines).replace("backup_made", "backup_gone") + "\n"


def forged(lines: Sequence[str]) -> str:
    """Another ledger with a flawless chain of its own."""
    entry = {**json.loads(lines[0]), "time": "1999-01-01T00:00:00+00:00", "prev": GENESIS}
    made = [canonical(entry)]
    for line in lines[1:]:
        leaf = leaf_hash(made[-1].encode()).hex()
        made.append(canonical({**json.loads(line), "prev": leaf}))
    assert first_fault(made) is None
    return "\n".join(made) + "\n"


def older(lines: Sequence[str]) -> str:
    return "\n".join(lines[:3]) + "\n"


def with_a_gap(lines: Sequence[str]) -> str:
    return "\n".join(lines[-1:]) + "\n"


def without_one(lines: Sequence[str]) -> str:
    return "\n".join([*lines[:-2], lines[-1]]) + "\n"


def empty(lines: Sequence[str]) -> str:
    return ""


def no_ledger(lines: Sequence[str]) -> str:
    return "[1]\n"


def torn(lines: Sequence[str]) -> str:
    return "\n".join(lines)[:-9]


@pytest.mark.parametrize(
    "change", [tampered, forged, older, with_a_gap, without_one, empty, no_ledger, torn]
)
def test_a_ledger_that_does_not_continue_the_backup_is_refused(
    world: World, change: Callable[[Sequence[str]], str]
) -> None:
    destroy(world)
    wrong = world.back.parent / "wrong.jsonl"
    wrong.write_text(change(world.later.read_text("utf-8").splitlines()), "utf-8")
    with pytest.raises(DamageFound):
        put_back(world.folder, world.back, wrong)
    assert tree(world.back) == {}


def test_a_ledger_that_is_no_text_is_refused(world: World) -> None:
    wrong = world.back.parent / "wrong.jsonl"
    wrong.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(DamageFound):
        put_back(world.folder, world.back, wrong)


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
