"""Two customers become one: nothing is kept shorter, lost, or found under a dead name."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from archiver.catalogue import contexts, customers, documents, events, receipts
from archiver.core.errors import Refused, UsageError
from archiver.core.model import UNASSIGNED, Customer, CustomerId, Document, Standing
from archiver.custody import fact, party
from archiver.custody.merge import merge
from archiver.custody.stamp import today
from archiver.custody.standing import answers
from archiver.customers.file import file_of
from archiver.intake.publish import publish
from archiver.judge.evaluate import Answer, State
from archiver.repair.check import check
from archiver.review.decide import assign
from archiver.review.series import join, part
from archiver.vault.vault import Vault
from tests.worlds import CONTRACT, a_vault, drop, ingest, papers

OLD, NEW = "青梧市华信样本运输有限公司", "云泽样本食品厂"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        for name in (OLD, NEW):
            party.add(made, name, kind="customer", aliases=[], codes=[])
        yield made


def named(vault: Vault, name: str) -> Customer:
    found = party.directory(vault).resolve(name)
    assert found
    return found


def everything(vault: Vault) -> list[Document]:
    with vault.catalogue.read() as tx:
        return list(documents.all_documents(tx))


def kept(vault: Vault) -> dict[str, Answer]:
    with vault.catalogue.read() as tx:
        found = list(documents.all_documents(tx))
        return {str(k): v for k, v in answers(vault, tx, found, today(vault, tx)).items()}


def take(vault: Vault, *drops: tuple[str, str]) -> list[Document]:
    for number, (name, text) in enumerate(drops):
        drop(vault, f"{name}/{number}.txt", text)
    ingest(vault)
    for paper in everything(vault):
        if paper.open and paper.customer != UNASSIGNED:
            assign(vault, paper, None, "certificate")
    return everything(vault)


def clean(vault: Vault) -> None:
    publish(vault)
    assert not check(vault, deep=True, progress=lambda done, of: None)


def happened(vault: Vault, kind: str, name: str, day: date) -> None:
    fact.add_event(vault, kind, customer=named(vault, name).id, document=None, day=day)


def test_papers_names_and_codes_are_those_of_one(vault: Vault) -> None:
    old, new = named(vault, OLD), named(vault, NEW)
    party.learn(vault, old.id, aliases=["华信"], codes=["X1"])
    one, other = take(vault, (OLD, "甲"), (NEW, "乙"))
    merged = merge(vault, old.id, new.id)
    assert (merged.id, set(merged.names), merged.codes) == (new.id, {NEW, OLD, "华信"}, ("X1",))
    for text in (OLD, "华信", old.id, old.id.lower(), new.id):
        assert named(vault, text).id == new.id
    assert [found.id for found in party.directory(vault).like(old.id)] == [new.id]
    assert {paper.customer for paper in everything(vault)} == {new.id}
    assert all(path.startswith(f"{new.folder}/") for path in papers(vault))
    assert sum(shelf.papers for shelf in file_of(vault, merged).shelves) == 2
    assert vault.layout.root / one.path not in vault.layout.customers.rglob("*")
    with vault.catalogue.read() as tx:
        gone = customers.get(tx, old.id)
        assert gone
        assert gone.standing is Standing.MERGED
        assert documents.find(tx, one.archive_no) == documents.find(tx, one.id)
        assert documents.find(tx, other.archive_no)
    clean(vault)


def test_a_folder_called_as_before_means_the_one_who_goes_on(vault: Vault) -> None:
    old, new = named(vault, OLD), named(vault, NEW)
    merge(vault, old.id, new.id)
    (paper,) = take(vault, (OLD, "甲"))
    assert paper.customer == new.id
    clean(vault)


def test_what_happened_to_one_happened_to_both(vault: Vault) -> None:
    take(vault, (OLD, "甲"), (NEW, "乙"))
    happened(vault, "service_completed", OLD, date(2026, 5, 1))
    happened(vault, "service_completed", NEW, date(2026, 5, 10))
    merge(vault, named(vault, OLD).id, named(vault, NEW).id)
    assert {one.retain_through for one in kept(vault).values()} == {date(2029, 5, 10)}
    happened(vault, "dispute_opened", OLD, date(2026, 5, 11))
    assert {one.state for one in kept(vault).values()} == {State.PERMANENT}


def test_an_event_entered_later_reaches_who_only_knew_the_old_id(vault: Vault) -> None:
    """H14: one archive awaits its first service; the merger must neither end nor freeze that."""
    one, other = take(vault, (OLD, "甲"), (NEW, "乙"))
    happened(vault, "service_completed", NEW, date(2019, 3, 1))
    old = named(vault, OLD).id
    merge(vault, old, named(vault, NEW).id)
    found = kept(vault)
    assert found[one.id].state is State.AWAITING_TRIGGER
    assert found[one.id].pending_shortening
    assert found[other.id].retain_through == date(2022, 3, 1)
    fact.add_event(vault, "service_completed", customer=old, document=None, day=date(2026, 5, 1))
    assert {one.retain_through for one in kept(vault).values()} == {date(2029, 5, 1)}


def test_every_record_keeps_what_it_lived_under(vault: Vault) -> None:
    one, other = take(vault, (OLD, "甲"), (NEW, "乙"))
    old, new = named(vault, OLD).id, named(vault, NEW).id
    merge(vault, old, new)
    with vault.catalogue.read() as tx:
        lived = {paper.id: contexts.of(tx, paper.id) for paper in (one, other)}
    both = frozenset({old, new})
    told = {paper: [(one.customer, one.merged) for one in found] for paper, found in lived.items()}
    assert told[one.id] == [(old, frozenset({old})), (new, both)]
    assert told[other.id] == [(new, frozenset({new})), (new, both)]


def test_the_same_bytes_of_both_stay_two_records(vault: Vault) -> None:
    text = CONTRACT.format(name="谁")
    one, other = take(vault, (OLD, text), (NEW, text))
    happened(vault, "dispute_opened", OLD, date(2026, 5, 1))
    merge(vault, named(vault, OLD).id, named(vault, NEW).id)
    first, second = everything(vault)
    assert (first.id, second.id) == (one.id, other.id)
    assert first.customer == second.customer
    assert Path(first.path).stem == f"{Path(second.path).stem} 2"
    assert list(papers(vault).values()) == [text.encode()] * 2
    with vault.catalogue.read() as tx:
        for paper in (one, other):
            assert receipts.get(tx, paper.receipt)
    clean(vault)
    again = take(vault, (OLD, text))
    assert len(again) == 2, "a third copy is a duplicate"
    clean(vault)


def test_what_a_paper_told_is_not_told_twice(vault: Vault) -> None:
    order = f"维修工单\n客户名称：{OLD}\n维修项目\n工时\n进厂\n日期：2024-05-10"
    take(vault, (OLD, order))
    with vault.catalogue.read() as tx:
        (told,) = events.all_events(tx)
    fact.confirm_events(vault, [told])
    merge(vault, named(vault, OLD).id, named(vault, NEW).id)
    with vault.catalogue.read() as tx:
        assert [one.id for one in events.all_events(tx)] == [told.id]


def test_what_is_open_stays_open_and_is_asked_of_the_one_who_goes_on(vault: Vault) -> None:
    drop(vault, "某新客户/1.txt", "什么也不是")
    ingest(vault)
    (paper,) = everything(vault)
    assert paper.customer == UNASSIGNED
    assert paper.proposed
    new = named(vault, NEW).id
    merge(vault, paper.proposed, new)
    (now,) = everything(vault)
    assert (now.proposed, now.customer) == (new, UNASSIGNED)
    clean(vault)


def test_merges_in_a_row_lead_to_the_last(vault: Vault) -> None:
    third = party.add(vault, "第三样本店", kind="customer", aliases=[], codes=[])
    take(vault, (OLD, "甲"), (NEW, "乙"), (third.name, "丙"))
    old, new = named(vault, OLD).id, named(vault, NEW).id
    merge(vault, old, new)
    merge(vault, old, third.id)
    assert {paper.customer for paper in everything(vault)} == {third.id}
    for one in (old, new, third.id):
        with pytest.raises(Refused, match="one customer already") as refused:
            merge(vault, one, third.id)
        assert refused.value.code == "SAME_CUSTOMER"
    clean(vault)


def test_files_parted_after_a_merge_are_those_of_who_goes_on(vault: Vault) -> None:
    files = take(vault, (OLD, "甲"), (OLD, "乙"))
    whole = join(vault, files)
    new = named(vault, NEW).id
    merge(vault, named(vault, OLD).id, new)
    (whole,) = (one for one in everything(vault) if one.id == whole.id)
    assert {one.customer for one in part(vault, whole)} == {new}
    clean(vault)


def test_what_was_kept_once_is_not_folded_when_it_waits_again(vault: Vault) -> None:
    """Parted from a whole that was filed, a file waits; what it lived under must not be lost."""
    drop(vault, "1.txt", "第一页")
    drop(vault, "2.txt", "第二页")
    ingest(vault)
    whole = join(vault, everything(vault))
    assign(vault, whole, named(vault, OLD).id, "certificate")
    drop(vault, f"{NEW}/2.txt", "第二页")
    ingest(vault)
    (whole, *_) = everything(vault)
    _, second = part(vault, whole)
    now = assign(vault, second, named(vault, NEW).id, "certificate")
    assert now.id == second.id
    with vault.catalogue.read() as tx:
        lived = [one.customer for one in contexts.of(tx, now.id)]
    assert lived == [named(vault, OLD).id, named(vault, NEW).id]
    clean(vault)


def test_nobody_cannot_be_merged(vault: Vault) -> None:
    for one in (UNASSIGNED, CustomerId("C9999")):
        with pytest.raises(UsageError, match="no customer"):
            merge(vault, one, named(vault, NEW).id)
