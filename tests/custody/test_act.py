"""Two people take a wrong drop back; whatever forbids it is looked for at both moments."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import update

from archiver.catalogue import acts, documents, ledger, receipts, tombstones
from archiver.catalogue.acts import State
from archiver.catalogue.retention_tables import acts as table
from archiver.core.errors import UsageError
from archiver.core.model import Document, Outcome
from archiver.custody import party
from archiver.custody.act import confirm, propose, reject, waiting
from archiver.custody.fact import add_event
from archiver.report.account import account
from archiver.review.decide import accept, assign, queue
from archiver.vault.vault import Vault
from tests.custody.drops import NAME, WHY, accepted, by, code_of, dropped, known, sound
from tests.worlds import (
    CONTRACT,
    LICENCE,
    NOW,
    a_vault,
    acting_as,
    drop,
    ingest,
    papers,
    tree,
)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        yield made


def test_two_people_take_a_cat_back(vault: Vault) -> None:
    document = dropped(vault)
    before = account(vault, None)
    act = propose(vault, "withdraw", document.id, f" {WHY}\n")
    assert (act.id, act.reason, act.by.login) == ("A000001", WHY, "clerk")
    assert len(papers(vault)) == 1, "a proposal changes nothing"
    done = by("archivist", vault, "a000001 ")
    assert done.state is State.CONFIRMED
    assert done.settled
    assert done.settled.by.login == "archivist"
    sound(vault)
    assert papers(vault) == {}
    assert account(vault, None) == before
    assert dict(vault.search.documents()) == {}
    assert document.id.encode() not in b"".join(tree(vault.layout.customers).values())
    assert not (vault.layout.root / document.path).parent.exists(), "an emptied folder goes"
    with vault.catalogue.read() as tx:
        told = tombstones.find(tx, document.archive_no)
        receipt = receipts.get(tx, document.receipt)
        exported = "\n".join(ledger.lines(tx))
    assert told
    assert (told.act, told.told.action) == ("A000001", "withdrawal")
    assert told.told.facts["proposed_by"] != done.settled.by.id
    assert receipt
    assert (receipt.outcome, receipt.document, receipt.gone) == (Outcome.REVIEW, None, document.id)
    assert "张三" not in exported
    page = (vault.layout.inbox / "收件回执.html").read_text("utf-8")
    assert "已于 2026-05-20 由两人撤回" in page
    assert "customers/" not in page
    assert WHY not in page


def test_one_person_is_not_two(vault: Vault) -> None:
    document = dropped(vault)
    act = propose(vault, "withdraw", document.id, WHY)
    assert code_of(lambda: confirm(vault, act.id)) == "SAME_PERSON"
    with pytest.raises(UsageError):
        propose(vault, "withdraw", document.id, WHY)
    with acting_as(vault, "archivist"), pytest.raises(UsageError):
        propose(vault, "withdraw", document.id, "another reason")
    assert len(papers(vault)) == 1


def test_a_reason_is_needed(vault: Vault) -> None:
    document = dropped(vault)
    for nothing in (None, "", " \n"):
        refused = code_of(partial(propose, vault, "withdraw", document.id, nothing))
        assert refused == "REASON_REQUIRED"
    act = propose(vault, "withdraw", document.id, WHY)
    assert code_of(lambda: reject(vault, act.id, " ")) == "REASON_REQUIRED"


def test_a_rejected_act_is_over(vault: Vault) -> None:
    document = dropped(vault)
    act = propose(vault, "withdraw", document.id, WHY)
    with acting_as(vault, "archivist"):
        assert reject(vault, act.id, "it is ours").state is State.REJECTED
        with pytest.raises(UsageError):
            confirm(vault, act.id)
        with pytest.raises(UsageError):
            reject(vault, act.id, "no")
    assert len(papers(vault)) == 1
    assert propose(vault, "withdraw", document.id, WHY).id == "A000002"


def test_it_is_gone_for_everybody(vault: Vault) -> None:
    document = dropped(vault)
    by("archivist", vault, propose(vault, "withdraw", document.id, WHY).id)
    whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[]).id
    assert code_of(lambda: propose(vault, "withdraw", document.id, None)) == "ALREADY_DESTROYED"
    with vault.catalogue.read() as tx:
        assert documents.find(tx, document.id) is None
        assert party.directory(vault).get(whose)
    with pytest.raises(UsageError):
        confirm(vault, "A000001")


def test_the_same_bytes_come_in_as_a_new_paper(vault: Vault) -> None:
    first = dropped(vault)
    by("archivist", vault, propose(vault, "withdraw", first.id, WHY).id)
    again = dropped(vault)
    assert again.id != first.id
    assert again.archive_no != first.archive_no
    sound(vault)
    assert len(papers(vault)) == 1


def test_a_filed_paper_goes_too_and_the_same_bytes_elsewhere_stay(vault: Vault) -> None:
    known(vault)
    filed = dropped(vault, "a.txt", LICENCE)
    other = dropped(vault, "另一家/a.txt", LICENCE)
    assert filed.outcome is Outcome.FILED
    by("archivist", vault, propose(vault, "withdraw", filed.id, WHY).id)
    sound(vault)
    with vault.catalogue.read() as tx:
        assert [one.id for one in documents.all_documents(tx)] == [other.id]


def flagged(vault: Vault, document: Document) -> None:
    add_event(vault, "dispute_opened", customer=document.customer, document=None, day=None)


def accepted_as_a_copy(vault: Vault, document: Document) -> None:
    """The same bytes came to another folder, and a person says that they are this customer's."""
    drop(vault, "不知道/a.txt", LICENCE)
    ingest(vault)
    (copy,) = queue(vault)
    assert assign(vault, copy, document.customer, None).id == document.id


@pytest.mark.parametrize(
    ("spoil", "text", "code"),
    [
        (accepted, "一只猫", "ALREADY_ACCEPTED"),
        (accepted_as_a_copy, LICENCE, "ALREADY_ACCEPTED"),
        (flagged, LICENCE, "PERMANENT"),
    ],
)
def test_what_happens_after_the_proposal_counts(
    vault: Vault, spoil: Callable[[Vault, Document], None], text: str, code: str
) -> None:
    known(vault)
    document = dropped(vault, "a.txt", text)
    act = propose(vault, "withdraw", document.id, WHY)
    spoil(vault, document)
    lay = papers(vault)
    assert code_of(lambda: by("archivist", vault, act.id)) == code
    assert papers(vault) == lay
    with vault.catalogue.read() as tx:
        assert waiting(vault, tx) == (act,)
        assert acts.get(tx, act.id) == act


def test_a_customer_it_once_belonged_to_counts(vault: Vault) -> None:
    """Filed at one customer, joined with a paper of another, parted: the ledger knows both."""
    whose = known(vault)
    drop(vault, "新店/a.txt", CONTRACT.format(name="新店"))
    ingest(vault)
    (document,) = queue(vault)
    assert document.proposed
    add_event(vault, "marked_doubtful", customer=document.proposed, document=None, day=None)
    assert whose != document.proposed
    assert code_of(lambda: propose(vault, "withdraw", document.id, WHY)) == "PERMANENT"


def test_whose_event_names_it_does_not_own_it(vault: Vault) -> None:
    """A dispute of somebody else may name any paper as its evidence."""
    known(vault)
    document = dropped(vault)
    other = party.add(vault, "云泽样本食品厂", kind="customer", aliases=[], codes=[])
    add_event(vault, "dispute_opened", customer=other.id, document=document.id, day=None)
    assert propose(vault, "withdraw", document.id, WHY).subject == document.id


@pytest.mark.parametrize(("days", "late"), [(30, False), (31, True)])
def test_thirty_days_by_the_trusted_day(vault: Vault, days: int, late: bool) -> None:
    act = propose(vault, "withdraw", dropped(vault).id, WHY)
    then = NOW + timedelta(days=days)
    if late:
        assert code_of(lambda: by("archivist", vault, act.id, then)) == "TOO_LATE"
    else:
        by("archivist", vault, act.id, then)
    assert bool(papers(vault)) is late


def test_a_clock_set_back_takes_nothing_back(vault: Vault) -> None:
    document = dropped(vault)
    act = propose(vault, "withdraw", document.id, WHY)
    yesterday = NOW - timedelta(days=1)
    assert code_of(lambda: by("archivist", vault, act.id, yesterday)) == "CLOCK_ANOMALY"
    with acting_as(vault, "clerk", yesterday):
        other = dropped(vault, "b.txt", "又一只")
        assert code_of(lambda: propose(vault, "withdraw", other.id, WHY)) == "CLOCK_ANOMALY"
        reject(vault, act.id, "the clock")
    assert len(papers(vault)) == 2


def test_a_reason_changed_in_the_table_confirms_nothing(vault: Vault) -> None:
    act = propose(vault, "withdraw", dropped(vault).id, WHY)
    forged = act.content.replace(WHY, "半张扫描件")
    row = {"content": forged, "digest": acts.digest_of(forged)}
    with vault.catalogue.write() as tx:
        tx.execute(update(table).where(table.c.id == act.id).values(**row))
    assert code_of(lambda: by("archivist", vault, act.id)) == "ACT_CHANGED"


def test_an_answer_in_the_hands_of_another_process_is_told(vault: Vault) -> None:
    """Someone has the paper on the screen while two others take it back."""
    known(vault)
    document = dropped(vault, "新店/a.txt", CONTRACT.format(name="新店"))
    by("archivist", vault, propose(vault, "withdraw", document.id, WHY).id)
    assert code_of(lambda: accept(vault, document)) == "ALREADY_DESTROYED"


def test_expired_acts_wait_for_nobody(vault: Vault) -> None:
    act = propose(vault, "withdraw", dropped(vault).id, WHY)
    for days, waits in ((30, (act,)), (31, ())):
        at = NOW + timedelta(days=days)
        with acting_as(vault, "archivist", at), vault.catalogue.read() as tx:
            assert waiting(vault, tx) == waits
    later = NOW + timedelta(days=91)
    assert code_of(lambda: by("archivist", vault, act.id, later)) == "ACT_EXPIRED"


def test_the_ledger_tells_it_in_ids_and_digests(vault: Vault) -> None:
    document = dropped(vault)
    act = propose(vault, "withdraw", document.id, WHY)
    by("archivist", vault, act.id)
    with vault.catalogue.read() as tx:
        assert ledger.fault(tx) is None
        told = [json.loads(line) for line in ledger.lines(tx)]
    proposed, confirmed, gone = [one for one in told if one["facts"].get("act") == act.id]
    assert [one["action"] for one in (proposed, confirmed, gone)] == [
        "act_proposed",
        "act_confirmed",
        "withdrawal",
    ]
    assert proposed["actor"] != confirmed["actor"] == gone["actor"]
    assert {one["facts"]["content"] for one in (proposed, confirmed, gone)} == {act.digest}
    assert gone["facts"]["proposed_by"] == proposed["actor"]
