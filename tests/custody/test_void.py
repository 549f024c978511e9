"""Two people say that an event never happened: the entry stays, what counted from it does not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from archiver.catalogue import documents, events, ledger
from archiver.core.errors import Refused, UsageError
from archiver.custody import party
from archiver.custody.act import confirm, propose, reject
from archiver.custody.fact import add_event
from archiver.custody.standing import answers
from archiver.intake.publish import publish
from archiver.judge.evaluate import State
from archiver.repair.check import check
from archiver.review.correct import Correction, correct
from archiver.vault.vault import Vault
from tests.worlds import NOW, a_vault, acting_as, drop, ingest

NAME = "青梧市华信样本运输有限公司"
COMPLAINT = (
    f"客户投诉单\n客户名称：{NAME}\n投诉人：样本甲\n投诉内容：异响\n"
    "处理结果：待处理\n日期：2024-08-02"
)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """A complaint that tells of a dispute."""
    with a_vault(tmp_path / "vault") as made:
        party.add(made, NAME, kind="customer", aliases=[], codes=[])
        drop(made, "a.txt", COMPLAINT)
        ingest(made)
        yield made
        publish(made)
        assert not check(made, deep=True, progress=lambda done, of: None)


def state(vault: Vault) -> State:
    with vault.catalogue.read() as tx:
        (paper,) = documents.all_documents(tx)
        return answers(vault, tx, [paper], NOW.date())[paper.id].state


def voided(vault: Vault, event: str) -> None:
    act = propose(vault, "void_event", event, "misread")
    with acting_as(vault, "archivist"):
        confirm(vault, act.id)


def test_a_misread_dispute_makes_nothing_permanent_any_more(vault: Vault) -> None:
    assert state(vault) is State.PERMANENT
    act = propose(vault, "void_event", "E000001", "it is a survey")
    assert state(vault) is State.PERMANENT, "one person changes nothing"
    with pytest.raises(Refused, match="another person"):
        confirm(vault, act.id)
    with acting_as(vault, "archivist"):
        confirm(vault, act.id)
    assert state(vault) is State.AWAITING_TRIGGER
    with vault.catalogue.read() as tx:
        (event,) = events.all_events(tx)
        (entry,) = ledger.noted(tx, ("event_voided",))
    assert (event.void, event.waits) == (True, False)
    assert entry.facts["event"] == event.id
    with pytest.raises(UsageError, match="void already"):
        propose(vault, "void_event", event.id, "again")


def test_its_paper_does_not_say_so_again(vault: Vault) -> None:
    voided(vault, "E000001")
    with vault.catalogue.read() as tx:
        (paper,) = documents.all_documents(tx)
    correct(vault, paper, Correction({"issue_date": "2024-08-03"}))
    with vault.catalogue.read() as tx:
        assert [one.void for one in events.all_events(tx)] == [True]
    assert state(vault) is State.AWAITING_TRIGGER


def test_what_a_person_typed_is_voided_too_and_a_no_changes_nothing(vault: Vault) -> None:
    with vault.catalogue.read() as tx:
        (paper,) = documents.all_documents(tx)
    typed = add_event(
        vault, "accident_reported", customer=paper.customer, document=None, day=NOW.date()
    )
    voided(vault, "E000001")
    assert state(vault) is State.PERMANENT
    act = propose(vault, "void_event", typed.id, "another customer's")
    reject(vault, act.id, "no, it was theirs")
    assert state(vault) is State.PERMANENT
    voided(vault, typed.id)
    assert state(vault) is State.AWAITING_TRIGGER


def test_an_event_that_was_changed_meanwhile_is_not_what_was_proposed(vault: Vault) -> None:
    act = propose(vault, "void_event", "E000001", "misread")
    with vault.catalogue.write() as tx:
        (event,) = events.all_events(tx)
        events.rewrite(tx, replace(event, day=date(2020, 1, 1)))
    with acting_as(vault, "archivist"), pytest.raises(Refused, match="no longer what"):
        confirm(vault, act.id)
    with vault.catalogue.write() as tx:
        events.rewrite(tx, event)


def test_nothing_of_that_name(vault: Vault) -> None:
    with pytest.raises(UsageError, match="no event E999999"):
        propose(vault, "void_event", "E999999", "?")
