"""Holds stop disposal: what they cover, for how long, and what the ledger keeps of them."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from archiver.catalogue import documents, holds, keepings, ledger
from archiver.catalogue.holds import StoredHold
from archiver.core.errors import UsageError
from archiver.core.model import CustomerId, Document, DocumentId
from archiver.custody import party
from archiver.custody.act import propose
from archiver.custody.fact import add_event
from archiver.custody.hold import place, release
from archiver.custody.ripple import ripple
from archiver.custody.stamp import stamp
from archiver.custody.standing import answers
from archiver.declarations.sentences import sentence
from archiver.judge.evaluate import Answer, Block
from archiver.review import series
from archiver.review.correct import Correction, correct
from archiver.review.decide import assign
from archiver.search.tokens import QueryError
from archiver.vault.vault import Vault
from tests.company import keep_practice_alone
from tests.custody.drops import NAME, WHY, by, code_of, dropped, known, sound
from tests.worlds import CONTRACT, NOW, a_vault, acting_as

OURS = CONTRACT.format(name=NAME)
WHY_HELD = "诉讼保全"
LATER = NOW + timedelta(days=100)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        keep_practice_alone(made)
        yield made
        sound(made)


def answer(vault: Vault, paper: DocumentId) -> Answer:
    with vault.catalogue.read() as tx:
        return answers(vault, tx, documents.some(tx, [paper]), NOW.date())[paper]


def held(vault: Vault, *papers: Document) -> list[bool]:
    return [answer(vault, one.id).held for one in papers]


def on(vault: Vault, scope: str, target: str) -> StoredHold:
    return place(vault, scope, target, reason=WHY_HELD, authority="court")


def test_a_hold_on_one_paper_leaves_its_neighbour_free(vault: Vault) -> None:
    known(vault)
    one, other = (dropped(vault, f"{at}.txt", f"{OURS}\n{at}") for at in "ab")
    hold = on(vault, "document", one.id)
    assert held(vault, one, other) == [True, False]
    said = answer(vault, one.id)
    assert said.block_reason is Block.HELD
    assert "H0001 (ordered by: court)" in sentence(said.because[-1])
    assert hold.documents == {one.id}


def test_a_customer_hold_covers_what_comes_later_and_keeps_what_leaves(vault: Vault) -> None:
    whose = known(vault)
    first = dropped(vault, "a.txt", OURS)
    hold = on(vault, "customer", whose)
    later = dropped(vault, "b.txt", f"{OURS}\nb")
    waits = dropped(vault, "c.txt", "一张便条")
    assert held(vault, first, later, waits) == [True, True, False]
    decided = assign(vault, waits, CustomerId(whose), None)
    other = party.add(vault, "别的样本店", kind="customer", aliases=[], codes=[])
    moved = correct(vault, decided, Correction({}, customer=other.id))
    assert moved.customer == other.id
    assert held(vault, first, later, moved) == [True, True, True]
    neighbour = dropped(vault, "d.txt", CONTRACT.format(name="别的样本店"))
    assert held(vault, neighbour) == [False]
    release(vault, hold.id, "over")
    assert held(vault, first, later, moved) == [False, False, False]


def test_a_query_hold_catches_the_undecided_and_what_a_correction_makes_fit(vault: Vault) -> None:
    known(vault)
    before = dropped(vault, "a.txt", "便条 甲案")
    on(vault, "query", "甲案 OR 金额:>=5000 OR 客户:改名")
    after = dropped(vault, "b.txt", "便条 甲案 二")
    other = dropped(vault, "c.txt", OURS)
    assert before.open
    assert held(vault, before, after, other) == [True, True, False]
    correct(vault, other, Correction({"amount": "6000"}))
    correct(vault, other, Correction({"amount": "10"}))
    assert held(vault, other) == [True], "what was caught stays caught"


def test_days_in_the_query_of_a_hold_are_those_of_the_day_it_was_placed(vault: Vault) -> None:
    now = dropped(vault, "a.txt", "便条 甲案")
    hold = on(vault, "query", "入库：近30天 甲案")
    assert hold.target == "added：[2026-04-21 TO 2026-05-20] 甲案"
    with acting_as(vault, "clerk", LATER):
        later = dropped(vault, "b.txt", "便条 甲案 二")
        assert held(vault, now, later) == [True, False]


def test_a_value_given_to_an_undecided_paper_lets_a_query_catch_it(vault: Vault) -> None:
    waits = dropped(vault, "a.txt", "一张便条")
    on(vault, "query", "amount:>=5000")
    assert correct(vault, waits, Correction({"amount": "6000"})).open
    correct(vault, waits, Correction({"amount": "10"}))
    assert held(vault, waits) == [True]


def test_what_a_file_says_alone_counts_once_it_is_parted(vault: Vault) -> None:
    whose = CustomerId(known(vault))
    pages = [dropped(vault, f"IMG_{at}.txt", f"便条 {said}") for at, said in ((1, ""), (2, "甲案"))]
    whole = series.join(vault, pages)
    on(vault, "query", "NOT 甲案")
    decided = assign(vault, whole, whose, "other")
    assert held(vault, decided) == [False]
    first, second = series.part(vault, decided)
    assert held(vault, first, second) == [True, False]


def test_another_name_of_the_customer_lets_a_query_catch_its_papers(vault: Vault) -> None:
    whose = CustomerId(known(vault))
    paper = dropped(vault, "a.txt", OURS)
    on(vault, "query", "customer:改名样本")
    assert held(vault, paper) == [False]
    party.learn(vault, whose, aliases=["改名样本店"], codes=[])
    assert held(vault, paper) == [True]


def test_a_hold_on_a_proposed_customer_goes_over_to_who_it_turns_out_to_be(vault: Vault) -> None:
    whose = CustomerId(known(vault))
    paper = dropped(vault, "a.txt", OURS)
    suggested = party.propose(vault, "又一样本店")
    on(vault, "customer", suggested.id)
    assert held(vault, paper) == [False]
    party.learn(vault, whose, aliases=["又一样本店"], codes=[])
    assert held(vault, paper) == [True]
    with vault.catalogue.read() as tx:
        (hold,) = holds.active(tx)
    assert hold.target == whose
    assert paper.id in hold.documents


def test_a_case_hold_covers_what_belongs_to_the_case(vault: Vault) -> None:
    known(vault)
    one, other = (dropped(vault, f"{at}.txt", f"{OURS}\n{at}") for at in "ab")
    on(vault, "case", " W-17 ")
    with vault.catalogue.write() as tx:
        keepings.change(tx, one.id, case_no="W-17")
        ripple(vault, tx, stamp(vault, tx), [one.customer])
        keepings.change(tx, one.id, case_no=None)
    assert held(vault, one, other) == [True, False]


def test_one_file_means_its_whole_document(vault: Vault) -> None:
    known(vault)
    pages = [dropped(vault, f"IMG_{at}.txt", f"{OURS}\n第{at}页") for at in (1, 2, 3)]
    loose = on(vault, "document", pages[1].id)
    whole = series.join(vault, pages[:2])
    assert held(vault, whole) == [True], "a held file holds what it is joined to"
    release(vault, loose.id, "over")
    on(vault, "document", pages[1].id)
    assert held(vault, whole, pages[2]) == [True, False]
    assert held(vault, *series.part(vault, whole)) == [True, True], "and each of them, parted"


def test_bytes_that_are_folded_hand_their_hold_on(vault: Vault) -> None:
    whose = CustomerId(known(vault))
    waits = dropped(vault, "甲/a.txt", "一张便条")
    twin = dropped(vault, "华信/b.txt", "一张便条")
    assert twin.id != waits.id
    on(vault, "document", waits.id)
    assign(vault, waits, whose, None)
    assert held(vault, twin) == [True]


def test_the_order_of_refusals(vault: Vault) -> None:
    paper = dropped(vault)
    by("archivist", vault, propose(vault, "withdraw", paper.id, WHY).id)
    assert code_of(partial(place, vault, "document", paper.id, reason=" ")) == "REASON_REQUIRED"
    gone = partial(place, vault, "document", paper.id, reason="x")
    assert code_of(gone) == "ALREADY_DESTROYED"
    hold = place(vault, "case", "W1", reason="x", authority=" ")
    assert hold.authority == "internal"
    assert code_of(partial(release, vault, hold.id, None)) == "REASON_REQUIRED"
    release(vault, hold.id, "over")
    with pytest.raises(UsageError, match="H0001 was released on 2026-05-20"):
        release(vault, hold.id, "again")
    with pytest.raises(UsageError, match="no hold H0009"):
        release(vault, "H0009", "x")


@pytest.mark.parametrize(
    ("scope", "target", "said"),
    [
        ("document", "D000009", "no document D000009"),
        ("customer", "C0009", "no customer C0009"),
        ("case", " ", "must say what it is for"),
        ("query", "", "must say what it is for"),
        ("query", "合同 NOT (状态:到期)", "cannot ask for a state"),
    ],
)
def test_a_hold_on_nothing_is_none(vault: Vault, scope: str, target: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        on(vault, scope, target)
    with pytest.raises(QueryError):
        on(vault, "query", "(合同")
    with vault.catalogue.read() as tx:
        assert holds.every(tx) == ()


def test_withdrawal_of_a_held_paper_is_refused_until_the_release(vault: Vault) -> None:
    whose = known(vault)
    paper = dropped(vault, "a.txt", OURS)
    act = propose(vault, "withdraw", paper.id, WHY)
    hold = on(vault, "customer", whose)
    assert code_of(partial(by, "archivist", vault, act.id)) == "HELD"
    later = dropped(vault, "b.txt", f"{OURS}\nb")
    assert code_of(partial(propose, vault, "withdraw", later.id, WHY)) == "HELD"
    with acting_as(vault, "archivist"):
        release(vault, hold.id, "settled")
    by("archivist", vault, act.id)
    with vault.catalogue.read() as tx:
        assert not documents.some(tx, [paper.id])


def due(vault: Vault, *names: str) -> list[Document]:
    """Papers of a customer that nothing has been done for since long."""
    whose = CustomerId(known(vault))
    found = [dropped(vault, f"{name}.txt", f"{OURS}\n{name}") for name in names]
    day = date(2020, 1, 1)
    add_event(vault, "service_completed", customer=whose, document=None, day=day)
    return found


def test_a_hold_voids_what_was_on_its_way(vault: Vault) -> None:
    one, other = due(vault, "a", "b")
    with acting_as(vault, "clerk", LATER), vault.catalogue.write() as tx:
        for paper in (one, other):
            keepings.change(tx, paper.id, stage="APPROVED", stage_entry=1)
    with acting_as(vault, "clerk", LATER):
        on(vault, "document", one.id)
    with vault.catalogue.read() as tx:
        assert [keepings.of(tx, paper.id).stage for paper in (one, other)] == [None, "APPROVED"]


def test_grace_follows_the_release_and_no_date_moves(vault: Vault) -> None:
    (paper,) = due(vault, "a")
    hold = on(vault, "customer", paper.customer)
    with acting_as(vault, "clerk", LATER):
        release(vault, hold.id, "over")
    blocks = {}
    for days in (0, 29, 30):
        with acting_as(vault, "clerk", LATER + timedelta(days=days)), vault.catalogue.read() as tx:
            said = answers(vault, tx, [paper], vault.clock().date())[paper.id]
            blocks[days] = said.block_reason
            assert said.due_date == date(2023, 1, 2)
    assert blocks == {0: Block.GRACE_PERIOD, 29: Block.GRACE_PERIOD, 30: None}


def test_the_ledger_keeps_no_words(vault: Vault) -> None:
    known(vault)
    dropped(vault, "a.txt", OURS)
    hold = place(
        vault,
        "query",
        "客户:华信",
        reason=WHY_HELD,
        authority="某法院",
        reference="(2026)民初1号",
        contact="某法官",
        review_on=date(2026, 12, 1),
    )
    release(vault, hold.id, "已结案")
    with vault.catalogue.read() as tx:
        lines = "".join(ledger.lines(tx))
        placed, released = ledger.noted(tx, ("hold_placed", "hold_released"))
    assert hold.target == "customer:华信"
    assert (placed.facts["hold"], placed.facts["caught"]) == (hold.id, 1)
    assert len(str(released.facts["content"])) == 64
    words = (WHY_HELD, "法院", "民初", "法官", "结案", "华信")
    assert not any(word in lines for word in words)
