"""What was destroyed after a backup stays so: a later ledger goes on from the one put back."""

import json
from collections.abc import Callable, Sequence

import pytest

from archiver.catalogue import documents, ledger
from archiver.core.errors import DamageFound
from archiver.core.proof import GENESIS, canonical, first_fault, leaf_hash
from archiver.custody import party
from archiver.custody.tombstone import bury
from archiver.intake.publish import publish
from tests.repair.backups import World, faults_of, put_back
from tests.worlds import CONTRACT, drop, ingest, reopened, tree


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
