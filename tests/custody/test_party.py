"""Who is who: names and codes that mean one customer only, proposed customers who become one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.catalogue import ledger
from archiver.core.errors import UsageError
from archiver.core.model import Customer, Outcome, Standing
from archiver.custody import party
from archiver.custody.fact import add_event
from archiver.custody.matching import rematch
from archiver.customers.register import listed
from archiver.intake.ingest import ingest_inbox
from archiver.review.decide import queue
from archiver.vault.vault import Vault
from tests.worlds import CONTRACT, a_vault, drop, ingest, papers

NAME = "青梧市华信样本运输有限公司"
OTHER = "青梧市安达样本商贸有限公司"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        yield made


def known(vault: Vault, name: str, *aliases: str, kind: str = "customer") -> Customer:
    return party.add(vault, name, kind=kind, aliases=aliases, codes=())


@pytest.mark.parametrize("taken", [NAME, "华信", f" {NAME} ", "华·信", "c0001"])
def test_a_name_means_one_customer(vault: Vault, taken: str) -> None:
    first, second = known(vault, NAME, "华信"), known(vault, OTHER)
    with pytest.raises(UsageError, match=f"customer {first.id}, {NAME}") as told:
        party.learn(vault, second.id, aliases=["安达", taken], codes=())
    assert "longer" in told.value.advice()
    with pytest.raises(UsageError):
        known(vault, "样本三公司", taken)
    assert [one.name for one, _ in listed(vault)] == [NAME, OTHER]  # nobody is half added
    everybody = party.directory(vault)
    assert everybody.resolve("安达") is None
    for name in (NAME, "华信"):
        assert everybody.resolve(name) == everybody.get(first.id)


def test_ones_own_names_may_be_said_again(vault: Vault) -> None:
    whose = known(vault, NAME, "华信")
    party.learn(vault, whose.id, aliases=["华信", NAME], codes=())
    assert party.learn(vault, whose.id, aliases=["华信 "], codes=()).names == (NAME, "华信")


@pytest.mark.parametrize("name", ["", " ", "…·"])
def test_a_name_says_something(vault: Vault, name: str) -> None:
    whose = known(vault, NAME)
    with pytest.raises(UsageError, match="needs a name"):
        party.learn(vault, whose.id, aliases=[name], codes=())


def test_a_folder_was_a_known_customer_under_another_name(vault: Vault) -> None:
    drop(vault, "华信/合同.txt", CONTRACT.format(name="甲乙丙"))
    ingest(vault)
    whose = known(vault, NAME)
    assert len(queue(vault)) == 1
    again = party.learn(vault, whose.id, aliases=["华信"], codes=())
    assert again.names == (NAME, "华信")
    (filed,) = rematch(vault)
    assert filed.customer == whose.id
    assert [one for one, _ in listed(vault)] == [again]  # the proposed one is gone
    drop(vault, "华信/合同二.txt", CONTRACT.format(name="甲乙丙") + "二")
    ingest(vault)
    assert not queue(vault)
    assert len(papers(vault)) == 2


def test_a_proposed_customer_to_whom_something_happened_is_not_taken_over(vault: Vault) -> None:
    proposed = party.propose(vault, "华信")
    add_event(vault, "service_completed", customer=proposed.id, document=None, day=None)
    whose = known(vault, NAME)
    with pytest.raises(UsageError, match=proposed.id):
        party.learn(vault, whose.id, aliases=["华信"], codes=())
    assert party.directory(vault).resolve("华信") == proposed


def test_a_proposed_customer_becomes_what_a_person_says(vault: Vault) -> None:
    proposed = party.propose(vault, "华信")
    made = known(vault, "华信", kind="supplier")
    assert (made.id, made.kind, made.standing) == (proposed.id, "supplier", Standing.ACTIVE)
    assert party.propose(vault, "华信") == made


def test_an_intake_at_work_learns_that_a_folder_was_known_all_along(vault: Vault) -> None:
    whose = known(vault, NAME)
    for number in ("一", "二"):
        drop(vault, f"华信/合同{number}.txt", CONTRACT.format(name="甲乙丙") + number)
    taking = ingest_inbox(vault, None, lambda _: None)
    assert next(taking).outcome is Outcome.REVIEW
    party.learn(vault, whose.id, aliases=["华信"], codes=())
    assert next(taking).outcome is Outcome.REVIEW
    assert not list(taking)
    rematch(vault)
    assert not queue(vault)


def test_confirming_one_who_is_a_customer_says_nothing(vault: Vault) -> None:
    proposed = party.propose(vault, "华信")
    party.confirm(vault, proposed.id)
    party.confirm(vault, proposed.id)
    party.confirm(vault, known(vault, NAME).id)
    with vault.catalogue.read() as tx:
        accepted = [one.facts["customer"] for one in ledger.noted(tx, ("customer_accepted",))]
    assert accepted == [proposed.id]
