"""One customer becomes two: what happened so far is both's, what happens later each one's own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from archiver.catalogue import contexts, documents, holds, numbers
from archiver.core.errors import Refused, UsageError
from archiver.core.model import Document, DocumentId
from archiver.custody import act, party, place
from archiver.custody.merge import merge
from archiver.custody.split import parting
from archiver.judge.evaluate import State
from archiver.vault.vault import Vault
from tests.custody.test_merge import NEW, OLD, clean, everything, happened, kept, named, take
from tests.worlds import a_vault, acting_as, papers

OTHER = "分出来的样本店"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        for name in (OLD, NEW):
            party.add(made, name, kind="customer", aliases=[], codes=[])
        yield made


def proposed(vault: Vault, *gone: Document, name: str = OTHER) -> str:
    whose = named(vault, OLD).id
    said = parting([one.id for one in gone], name)
    return act.propose(vault, "split_customer", whose, "two shops", terms=said).id


def split(vault: Vault, *gone: Document) -> None:
    number = proposed(vault, *gone)
    with acting_as(vault, "archivist"):
        act.confirm(vault, number)


def test_the_named_papers_go_and_everything_so_far_is_both_s(vault: Vault) -> None:
    stays, goes = take(vault, (OLD, "甲"), (OLD, "乙"))
    happened(vault, "service_completed", OLD, date(2026, 5, 1))
    with vault.catalogue.write() as tx:
        numbers.person(tx, ["clerk"])
        row: dict[str, object] = {
            "scope": "customer",
            "target": named(vault, OLD).id,
            "reason": "a case",
            "authority": "court",
            "placed_by": "P0001",
            "placed_on": date(2026, 5, 1),
        }
        holds.place(tx, row)
    split(vault, goes)
    new = named(vault, OTHER)
    now = {one.id: one for one in everything(vault)}
    assert (now[stays.id].customer, now[goes.id].customer) == (stays.customer, new.id)
    assert now[goes.id].path.startswith(f"customers/{OTHER}/")
    assert len(papers(vault)) == 2
    found = kept(vault)
    assert {one.retain_through for one in found.values()} == {date(2029, 5, 1)}
    assert all(one.held for one in found.values())
    assert not found[goes.id].pending_shortening
    with vault.catalogue.read() as tx:
        lived = [one.customer for one in contexts.of(tx, goes.id)]
    assert lived == [stays.customer, new.id]
    clean(vault)


def test_what_happens_later_is_each_ones_own(vault: Vault) -> None:
    stays, goes = take(vault, (OLD, "甲"), (OLD, "乙"))
    split(vault, goes)
    happened(vault, "dispute_opened", OTHER, date(2026, 5, 2))
    found = kept(vault)
    assert found[goes.id].state is State.PERMANENT
    assert found[stays.id].state is not State.PERMANENT


def test_a_flag_goes_along(vault: Vault) -> None:
    _, goes = take(vault, (OLD, "甲"), (OLD, "乙"))
    happened(vault, "dispute_opened", OLD, date(2026, 5, 2))
    split(vault, goes)
    assert {one.state for one in kept(vault).values()} == {State.PERMANENT}
    assert not any(one.pending_shortening for one in kept(vault).values())


def test_one_who_was_merged_parts_with_what_happened_to_either(vault: Vault) -> None:
    one, other = take(vault, (OLD, "甲"), (NEW, "乙"))
    happened(vault, "service_completed", NEW, date(2026, 5, 1))
    merge(vault, named(vault, NEW).id, named(vault, OLD).id)
    happened(vault, "service_completed", OLD, date(2026, 5, 3))
    split(vault, one)
    assert {found.retain_through for found in kept(vault).values()} == {date(2029, 5, 3)}
    assert not any(found.pending_shortening for found in kept(vault).values())
    assert other.id in kept(vault)
    clean(vault)


def test_it_takes_two_who_agree_on_the_same(vault: Vault) -> None:
    _, goes = take(vault, (OLD, "甲"), (OLD, "乙"))
    number = proposed(vault, goes)
    with pytest.raises(Refused) as refused:
        act.confirm(vault, number)
    assert refused.value.code == "SAME_PERSON"
    place.move(vault, goes.id, named(vault, NEW).id)
    with acting_as(vault, "archivist"), pytest.raises(UsageError, match="no paper of"):
        act.confirm(vault, number)
    assert party.directory(vault).resolve(OTHER) is None
    with vault.catalogue.read() as tx:
        assert documents.some(tx, [goes.id])[0].customer == named(vault, NEW).id


def test_what_cannot_be_parted_is_said_at_once(vault: Vault) -> None:
    one, other = take(vault, (OLD, "甲"), (NEW, "乙"))
    with pytest.raises(UsageError, match="is customer"):
        proposed(vault, one, name=NEW)
    with pytest.raises(UsageError, match="no paper of"):
        proposed(vault, other)
    with pytest.raises(UsageError, match="no paper is named"):
        proposed(vault)
    with pytest.raises(Refused, match="no longer"):
        act.propose(
            vault,
            "split_customer",
            named(vault, OLD).id,
            "two shops",
            terms=parting([DocumentId("D9")], OTHER),
        )
