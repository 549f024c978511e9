"""What a check finds stays known until two people close it."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from archiver.catalogue import acts, documents, incidents, keepings, ledger
from archiver.core.errors import UsageError
from archiver.core.model import CustomerId, Document, DocumentId
from archiver.custody import witness
from archiver.custody.act import confirm, propose
from archiver.custody.fact import add_event
from archiver.custody.standing import answers
from archiver.judge.evaluate import Answer, Block
from archiver.repair.check import check
from archiver.review import series
from archiver.vault.vault import Vault
from tests.company import keep_practice_alone
from tests.custody.drops import NAME, WHY, by, code_of, dropped, known
from tests.worlds import CONTRACT, NOW, a_vault, acting_as

LATER = NOW + timedelta(days=60)
OURS = CONTRACT.format(name=NAME)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """Papers of a customer that nothing has been done for since long."""
    with a_vault(tmp_path / "vault") as made:
        keep_practice_alone(made)
        whose = CustomerId(known(made))
        day = NOW.date() - timedelta(days=3000)
        add_event(made, "service_completed", customer=whose, document=None, day=day)
        yield made


def looked(vault: Vault) -> list[str]:
    found = check(vault, deep=True, progress=lambda done, of: None)
    return sorted(f"{one.kind} {one.document or ''}".strip() for one in found)


def spoil(vault: Vault, paper: Document, content: str | None) -> None:
    path = vault.layout.root / paper.path
    path.unlink()
    if content is not None:
        path.write_text(content, encoding="utf-8")


def answer(vault: Vault, paper: DocumentId) -> Answer:
    with acting_as(vault, "clerk", LATER), vault.catalogue.read() as tx:
        return answers(vault, tx, documents.some(tx, [paper]), LATER.date())[paper]


def kinds(vault: Vault) -> list[tuple[str, str]]:
    with vault.catalogue.read() as tx:
        return [(one.document, one.kind) for one in incidents.of(tx)]


def close(vault: Vault, paper: str) -> acts.Act:
    act = propose(vault, "close_incident", paper, "brought back from the backup")
    return by("archivist", vault, act.id, LATER)


def test_from_the_damage_to_its_end(vault: Vault) -> None:
    paper, sound = dropped(vault, "a.txt", OURS), dropped(vault, "b.txt", f"{OURS}\nb")
    assert answer(vault, paper.id).eligible
    spoil(vault, paper, "x")
    assert looked(vault) == ["altered D000001"]
    assert looked(vault) == ["altered D000001"], "again"
    assert kinds(vault) == [(paper.id, "altered")], "once a kind"
    spoil(vault, paper, None)
    assert "missing D000001" in looked(vault)
    assert kinds(vault) == [(paper.id, "altered"), (paper.id, "missing")]
    said = answer(vault, paper.id)
    assert (said.incident, said.block_reason) == (True, Block.INTEGRITY_INCIDENT)
    assert answer(vault, sound.id).eligible
    (vault.layout.root / paper.path).write_text(OURS, encoding="utf-8")
    assert "missing D000001" not in looked(vault)
    assert answer(vault, paper.id).incident, "healing closes nothing"

    act = propose(vault, "close_incident", paper.id, "brought back from the backup")
    assert code_of(partial(confirm, vault, act.id)) == "SAME_PERSON"
    assert len(kinds(vault)) == 2
    by("archivist", vault, act.id, LATER)
    assert kinds(vault) == []
    assert answer(vault, paper.id).eligible
    with vault.catalogue.read() as tx:
        ended = incidents.every(tx)
        (entry,) = ledger.noted(tx, ("incident_closed",))
        checked = [row.checked_on for row in keepings.kept(tx, [paper.id])]
    assert [one.resolution for one in ended] == ["brought back from the backup"] * 2
    assert entry.facts["incidents"] == "I000001 I000002"
    assert checked == [LATER.date()], "it counts as a good check"
    with pytest.raises(UsageError, match="no incident is open"):
        propose(vault, "close_incident", paper.id, "again")


def test_what_is_found_meanwhile_is_not_what_was_agreed_to(vault: Vault) -> None:
    paper = dropped(vault, "a.txt", OURS)
    spoil(vault, paper, "x")
    looked(vault)
    act = propose(vault, "close_incident", paper.id, WHY)
    spoil(vault, paper, None)
    looked(vault)
    assert code_of(partial(by, "archivist", vault, act.id)) == "ACT_CHANGED"


def test_a_misplaced_file_belongs_to_its_record_and_a_stranger_to_none(vault: Vault) -> None:
    paper = dropped(vault, "a.txt", OURS)
    path = vault.layout.root / paper.path
    path.rename(path.with_name("elsewhere.txt"))
    (path.parent / "stranger.txt").write_text("x", encoding="utf-8")
    assert "misplaced D000001" in looked(vault)
    assert kinds(vault) == [(paper.id, "misplaced")]
    witness.inspected(
        vault, [], (("extra", paper.id), ("index", paper.id), ("extra", "")), deep=True
    )
    assert kinds(vault) == [(paper.id, "misplaced"), (paper.id, "extra")]


def test_a_damaged_page_blocks_its_whole_document(vault: Vault) -> None:
    pages = [dropped(vault, f"IMG_{at}.txt", f"{OURS}\n第{at}页") for at in (1, 2, 3)]
    loose = pages[2]
    witness.inspected(vault, [], (("altered", loose.id),), deep=True)
    whole = series.join(vault, [pages[0], pages[1], loose])
    assert answer(vault, whole.id).incident
    close(vault, whole.id)
    assert kinds(vault) == []
    witness.inspected(vault, [], (("altered", pages[1].id),), deep=True)
    assert answer(vault, whole.id).block_reason is Block.INTEGRITY_INCIDENT
    close(vault, pages[1].id)
    assert answer(vault, whole.id).eligible


def test_damage_voids_what_was_on_its_way(vault: Vault) -> None:
    papers = [dropped(vault, f"{name}.txt", f"{OURS}\n{name}") for name in "ab"]
    with acting_as(vault, "clerk", LATER):
        with vault.catalogue.write() as tx:
            for paper in papers:
                keepings.change(tx, paper.id, stage="APPROVED", stage_entry=1)
        witness.inspected(vault, [], (("missing", papers[0].id),), deep=True)
    with vault.catalogue.read() as tx:
        stages = [keepings.of(tx, paper.id).stage for paper in papers]
    assert stages == [None, "APPROVED"]


def test_what_has_left_has_no_incident(vault: Vault) -> None:
    paper = dropped(vault)
    witness.inspected(vault, [], (("altered", paper.id),), deep=True)
    act = propose(vault, "close_incident", paper.id, WHY)
    by("archivist", vault, propose(vault, "withdraw", paper.id, WHY).id)
    assert kinds(vault) == []
    assert code_of(partial(propose, vault, "close_incident", paper.id, WHY)) == "ALREADY_DESTROYED"
    assert code_of(partial(by, "archivist", vault, act.id)) == "ALREADY_DESTROYED"
