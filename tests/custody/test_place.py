"""Whose, what, which case, which day: every value a record had goes on counting."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from archiver.catalogue import contexts, decisions, events, keepings
from archiver.core.errors import Refused
from archiver.core.model import UNASSIGNED, DocumentId
from archiver.custody import fact, party, place
from archiver.custody.tombstone import bury
from archiver.judge.evaluate import State
from archiver.vault.vault import Vault
from tests.custody.test_merge import NEW, OLD, clean, everything, happened, kept, named, take
from tests.worlds import a_vault, drop, ingest


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        for name in (OLD, NEW):
            party.add(made, name, kind="customer", aliases=[], codes=[])
        yield made


def accepted(vault: Vault, document: DocumentId) -> bool:
    paper = next(one for one in everything(vault) if one.id == document)
    with vault.catalogue.read() as tx:
        return decisions.evidence_of(tx, paper).accepted_by is not None


def test_the_first_customer_is_assigned_and_the_next_moved_to(vault: Vault) -> None:
    drop(vault, "1.txt", "什么也不是")
    ingest(vault)
    (paper,) = everything(vault)
    old, new = named(vault, OLD).id, named(vault, NEW).id
    with pytest.raises(Refused) as refused:
        place.move(vault, paper.id, old)
    assert refused.value.code == "NOT_ASSIGNED"
    place.set_case(vault, paper.id, "W1")
    paper = place.assign(vault, paper.id, old)
    assert paper.customer == old
    assert paper.open, "what it is, is open still"
    assert accepted(vault, paper.id)
    with vault.catalogue.read() as tx:
        assert not contexts.of(tx, paper.id)
    with pytest.raises(Refused) as refused:
        place.assign(vault, paper.id, new)
    assert refused.value.code == "ALREADY_ASSIGNED"
    paper = place.set_category(vault, paper.id, "certificate")
    assert not paper.open
    place.move(vault, paper.id, new)
    with vault.catalogue.read() as tx:
        lived = contexts.of(tx, paper.id)
    assert [(one.customer, one.case_no) for one in lived] == [(old, "W1"), (new, "W1")]
    clean(vault)


def test_a_category_may_be_known_before_the_customer(vault: Vault) -> None:
    drop(vault, "1.txt", "什么也不是")
    ingest(vault)
    (paper,) = everything(vault)
    paper = place.set_category(vault, paper.id, "certificate")
    assert (paper.customer, paper.category) == (UNASSIGNED, "certificate")
    assert paper.open
    assert not place.assign(vault, paper.id, named(vault, OLD).id).open
    clean(vault)


def test_moving_alone_accepts_nothing(vault: Vault) -> None:
    drop(vault, f"{OLD}/1.txt", f"营业执照\n名称 {OLD}\n登记机关")
    ingest(vault)
    (paper,) = everything(vault)
    assert not paper.open
    place.move(vault, paper.id, named(vault, NEW).id)
    place.set_date(vault, paper.id, date(2024, 1, 1))
    place.set_case(vault, paper.id, "W1")
    assert not accepted(vault, paper.id)
    place.accept(vault, paper.id)
    assert accepted(vault, paper.id)


def test_out_of_a_dispute_nothing_ends_sooner(vault: Vault) -> None:
    """H10."""
    (paper,) = take(vault, (OLD, "甲"))
    happened(vault, "dispute_opened", OLD, date(2026, 5, 1))
    happened(vault, "service_completed", NEW, date(2026, 5, 1))
    place.move(vault, paper.id, named(vault, NEW).id)
    (found,) = kept(vault).values()
    assert found.state is State.PERMANENT
    assert found.pending_shortening
    assert "could_shorten" in {one.code for one in found.because}


def test_what_happens_to_a_former_customer_reaches_the_paper_and_its_review(vault: Vault) -> None:
    (paper,) = take(vault, (OLD, "甲"))
    for name in (OLD, NEW):
        happened(vault, "service_completed", name, date(2020, 5, 1))
    place.move(vault, paper.id, named(vault, NEW).id)
    clean(vault)
    with vault.catalogue.write() as tx:
        keepings.change(tx, paper.id, stage="IN_REVIEW", stage_entry=1)
    happened(vault, "dispute_opened", OLD, date(2026, 5, 1))
    (found,) = kept(vault).values()
    assert found.state is State.PERMANENT
    with vault.catalogue.read() as tx:
        assert keepings.of(tx, paper.id).stage is None
    clean(vault)


def test_what_a_moved_paper_told_keeps_the_others_as_long_as_before(vault: Vault) -> None:
    order = f"维修工单\n客户名称：{OLD}\n维修项目\n工时\n进厂\n日期：2024-05-10"
    told, other = take(vault, (OLD, order), (OLD, "甲"))
    happened(vault, "service_completed", OLD, date(2020, 5, 1))
    assert kept(vault)[other.id].retain_through == date(2027, 5, 10)
    place.move(vault, told.id, named(vault, NEW).id)
    assert kept(vault)[other.id].retain_through == date(2027, 5, 10)
    with vault.catalogue.read() as tx:
        assert [one.customer for one in events.waiting(tx)] == [
            named(vault, OLD).id,
            named(vault, NEW).id,
        ]


def test_days_come_and_go(vault: Vault) -> None:
    (paper,) = take(vault, (OLD, "甲"))
    for day in (date(2024, 3, 5), date(2023, 3, 5), None):
        assert place.set_date(vault, paper.id, day).doc_date == day
        clean(vault)
    with vault.catalogue.read() as tx:
        lived = [one.doc_date for one in contexts.of(tx, paper.id)]
    assert lived == [date(2024, 3, 5), date(2023, 3, 5), None]


def test_no_case_is_a_case_like_any(vault: Vault) -> None:
    (paper,) = take(vault, (OLD, "甲"))
    for case_no in ("W1", "W2", None, "W1"):
        place.set_case(vault, paper.id, case_no)
    with vault.catalogue.read() as tx:
        lived = [one.case_no for one in contexts.of(tx, paper.id)]
        assert keepings.of(tx, paper.id).case_no == "W1"
    assert lived == ["W2", None, "W1"]
    told = fact.add_event(
        vault, "service_completed", customer=None, document=None, day=None, case_no="W1"
    )
    assert (told.customer, told.case_no) == (None, "W1")


def test_of_what_is_gone_nothing_is_said(vault: Vault) -> None:
    (paper,) = take(vault, (OLD, "甲"))
    bury(vault, paper, "destruction")
    whose = named(vault, NEW).id
    said: tuple[Callable[[], object], ...] = (
        lambda: place.assign(vault, paper.id, whose),
        lambda: place.move(vault, paper.id, whose),
        lambda: place.set_category(vault, paper.id, "other"),
        lambda: place.set_date(vault, paper.id, None),
        lambda: place.set_case(vault, paper.id, None),
        lambda: place.accept(vault, paper.id),
    )
    for say in said:
        with pytest.raises(Refused) as refused:
            say()
        assert refused.value.code == "ALREADY_DESTROYED"
