"""P9: whatever one person does to customers and papers, no record is kept shorter than before.

Merges, partings, moves, categories, cases and days in any order; after each the judge is asked
about every record, and in the end the archive is whole.
"""

import random
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.catalogue import customers, documents, events, holds, numbers
from archiver.core.errors import Refused, UsageError
from archiver.core.model import UNASSIGNED, CustomerId, DocumentId, Standing
from archiver.custody import act, fact, party, place
from archiver.custody.merge import merge
from archiver.custody.ripple import ripple
from archiver.custody.split import parting
from archiver.custody.stamp import stamp, today
from archiver.custody.standing import Facts
from archiver.intake.publish import publish
from archiver.judge.evaluate import Answer, State
from archiver.repair.check import check
from archiver.vault.vault import Vault
from tests.worlds import a_vault, acting_as, drop, ingest, papers

RULES = """
[[rule]]
id      = "CASE"
title   = { zh = "按工单", en = "per case" }
match   = { categories = ["certificate", "contract"] }
trigger = { event = "service_completed", scope = "case", pick = "latest" }
period  = "5y"
start   = "next_day"
basis   = "internal"

[[rule]]
id      = "DATED"
title   = { zh = "按日期", en = "by the date of the paper" }
match   = { categories = ["accounting"] }
trigger = { event = "doc_date" }
period  = "10y"
start   = "next_jan_1"
basis   = "internal"

[[rule]]
id      = "FIRST"
title   = { zh = "按最早", en = "by the first" }
match   = { categories = ["invoice"], kinds = ["customer"] }
trigger = { events = ["purchase_completed"], scope = "customer", pick = "earliest" }
period  = "7y"
start   = "next_day"
basis   = "internal"
"""
CATEGORIES = ("certificate", "contract", "accounting", "invoice", "work_order", "other")
KINDS = ("service_completed", "purchase_completed", "dispute_opened", "dispute_settled")
NAMES = (("甲样本店", "customer"), ("乙样本店", "customer"), ("丙样本店", "supplier"))
ORDER = "维修工单\n客户名称：{name}\n维修项目\n工时\n进厂\n日期：2025-0{month}-10"

_RANK = (State.UNSCHEDULED, None, State.AWAITING_TRIGGER, State.EXCEPTION, State.PERMANENT)


def strength(answer: Answer) -> tuple[int, date]:
    rank = _RANK.index(answer.state if answer.state in _RANK else None)
    return rank, answer.retain_through or date.min


class World:
    """One archive, and dice that say who and which."""

    def __init__(self, vault: Vault, seed: int) -> None:
        self.vault, self.dice = vault, random.Random(seed)  # noqa: S311 - a test's dice
        own = vault.layout.rules / "retention" / "own.toml"
        own.write_text(RULES, encoding="utf-8")
        for name, kind in NAMES:
            party.add(vault, name, kind=kind, aliases=[], codes=[])
        for number, (name, _) in enumerate(NAMES, start=1):
            drop(vault, f"{name}/same.txt", "同样的文字")
            drop(vault, f"{name}/own.txt", f"只有{name}有")
            drop(vault, f"{name}/order.txt", ORDER.format(name=name, month=number))
        ingest(vault)
        for one in self.papers():
            place.set_category(vault, one, self.dice.choice(CATEGORIES))
        self.dropped = len(papers(vault))

    def papers(self) -> list[DocumentId]:
        with self.vault.catalogue.read() as tx:
            return [one.id for one in documents.all_documents(tx)]

    def paper(self) -> DocumentId:
        return self.dice.choice(self.papers())

    def customer(self) -> CustomerId:
        with self.vault.catalogue.read() as tx:
            known = [one.id for one in customers.all_customers(tx) if one.id != UNASSIGNED]
        return self.dice.choice(known)

    def day(self) -> date:
        return date(
            self.dice.randint(2010, 2026), self.dice.randint(1, 5), self.dice.randint(1, 19)
        )

    def answers(self) -> dict[DocumentId, Answer]:
        with self.vault.catalogue.read() as tx:
            facts = Facts(self.vault, tx, today(self.vault, tx))
            return {planned.record.id: planned.answer for planned in facts.stream()}


def _merge(world: World) -> None:
    with suppress(Refused):
        merge(world.vault, world.customer(), world.customer())


def _split(world: World) -> None:
    whose = world.customer()
    with world.vault.catalogue.read() as tx:
        living = customers.living(tx, whose)
        theirs = [one.id for one in documents.of_customer(tx, living.id)] if living else []
    gone = world.dice.sample(theirs, min(len(theirs), 2))
    with suppress(UsageError):
        said = parting(gone, f"分店{world.dice.random()}")
        number = act.propose(world.vault, "split_customer", whose, "two shops", terms=said).id
        with acting_as(world.vault, "archivist"):
            act.confirm(world.vault, number)


def _move(world: World) -> None:
    with world.vault.catalogue.read() as tx:
        known = [one for one in customers.all_customers(tx) if one.standing is Standing.ACTIVE]
    place.move(world.vault, world.paper(), world.dice.choice(known).id)


def _category(world: World) -> None:
    place.set_category(world.vault, world.paper(), world.dice.choice(CATEGORIES))


def _date(world: World) -> None:
    place.set_date(world.vault, world.paper(), world.dice.choice([world.day(), world.day(), None]))


def _case(world: World) -> None:
    place.set_case(world.vault, world.paper(), world.dice.choice(["W1", "W2", None]))


def _event(world: World) -> None:
    """More of what is known, or something new: an archive that waited may get a day by it."""
    whose = world.customer()
    case_no = world.dice.choice(["W1", "W2", None])
    fact.add_event(
        world.vault,
        world.dice.choice(KINDS),
        customer=whose,
        document=None,
        day=world.day(),
        case_no=case_no,
    )


def _confirm(world: World) -> None:
    with world.vault.catalogue.read() as tx:
        fact_waits = events.waiting(tx)
    fact.confirm_events(world.vault, fact_waits[:1])


def _hold(world: World) -> None:
    with world.vault.catalogue.write() as tx:
        when = stamp(world.vault, tx)
        row: dict[str, object] = {
            "scope": "customer",
            "target": world.customer(),
            "reason": "a case",
            "authority": "court",
            "placed_by": numbers.person(tx, ["clerk"]),
            "placed_on": when.day,
        }
        holds.place(tx, row)
        ripple(world.vault, tx, when)


Act = Callable[[World], None]
ACTS: tuple[Act, ...] = (_merge, _split, _move, _category, _date, _case, _event, _confirm, _hold)
_TRIGGERS = (_event, _confirm)


def _compare(before: dict[DocumentId, Answer], after: dict[DocumentId, Answer], done: Act) -> None:
    assert before.keys() == after.keys(), "a record is lost"
    for document, was in before.items():
        now = after[document]
        arrived = done in _TRIGGERS and was.state in {State.AWAITING_TRIGGER, State.UNSCHEDULED}
        put_right = was.state is State.EXCEPTION
        told = f"{document} after {done.__name__}: {was.state} {was.retain_through} → {now}"
        assert arrived or put_right or strength(now) >= strength(was), told
        assert now.held >= was.held, told


@pytest.mark.usefixtures("unmeasured")
@settings(max_examples=6)
@given(st.integers(0, 9999), st.lists(st.sampled_from(ACTS), min_size=4, max_size=14))
def test_nothing_ends_sooner_for_what_one_person_does(seed: int, acts: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as folder, a_vault(Path(folder) / "vault") as vault:
        world = World(vault, seed)
        known = world.answers()
        for one in acts:
            one(world)
            now = world.answers()
            _compare(known, now, one)
            known = now
        assert len(papers(vault)) == world.dropped
        publish(vault)
        assert not check(vault, deep=True, progress=lambda done, of: None)
