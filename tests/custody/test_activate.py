"""Rules come into force as a whole or not at all, and what was announced is what happens."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.catalogue import contexts, documents, keepings, queue, rule_sets
from archiver.core.errors import DeclarationError, ExitCode
from archiver.core.model import DocumentId
from archiver.custody import activate as activation
from archiver.custody import party
from archiver.custody.activate import activate, proposed
from archiver.custody.fact import add_event
from archiver.custody.rules import Files, files, in_force
from archiver.declarations.retention import RuleSet
from archiver.intake.publish import publish
from archiver.judge.evaluate import Answer, State
from archiver.judge.preview import Effect
from archiver.retention.diff import SHOWN, Noticed, diff
from tests.company import keep_practice_alone
from tests.custody.telling import INVOICE, NAME, ORDER, OTHER, told
from tests.custody.versions import (
    copied,
    dumped,
    entries,
    judged,
    papers,
    served,
    versions,
    written,
)
from tests.worlds import a_vault, drop, ingest


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Orders and invoices of two customers; one was served long ago, one of late."""
    root = tmp_path_factory.mktemp("activate") / "vault"
    with a_vault(root) as vault:
        keep_practice_alone(vault)
        for name, served_on in ((NAME, date(2020, 1, 7)), (OTHER, date(2026, 1, 7))):
            whose = party.add(vault, name, kind="customer", aliases=[], codes=[])
            drop(vault, f"{name}/a.txt", told(ORDER, "2019-05-06", name))
            drop(vault, f"{name}/b.txt", told(INVOICE, "2019-05-07", name))
            add_event(vault, "service_completed", customer=whose.id, document=None, day=served_on)
        drop(vault, "c.txt", "随便写的")
        ingest(vault)
        publish(vault)
        with vault.catalogue.read() as tx:
            assert len(list(documents.own_documents(tx))) == 5
    return root


def test_a_new_vault_has_activated_what_it_was_given(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault, vault.catalogue.read() as tx:
        (entry,) = entries(vault, "rules_activated")
        assert entry == {"before": None, "rules": vault.rules.content_hash}
        assert in_force(vault, tx) == vault.rules
        assert files(vault, tx) is Files.IN_FORCE


@settings(max_examples=25)
@given(st.lists(versions, min_size=1, max_size=4))
def test_what_is_announced_is_what_happens(world: Path, sets: list[RuleSet]) -> None:
    with copied(world) as vault:
        for rules in sets:
            before, said = judged(vault), diff(vault, rules, every=True)
            with vault.catalogue.write() as tx:
                queue.drop_customers(tx, queue.customers(tx)[0])
            told_before = len(entries(vault, "rules_activated"))
            done = activate(vault, rules)
            after = judged(vault)
            assert (done.before, done.rules, done.counts) == (said.before, said.rules, said.counts)
            _noticed_rightly(before, after, {one.document: one for one in said.noticed})
            assert said.counts == Counter(e for one in said.noticed for e in one.effects)
            with vault.catalogue.read() as tx:
                assert in_force(vault, tx) == rules
                asked = set(queue.customers(tx)[1])
            shown = {
                one.customer
                for name, one in papers(vault).items()
                if _shown(before[name]) != _shown(after[name])
            }
            assert asked == shown
            entry = entries(vault, "rules_activated")[told_before:]
            facts = {"before": said.before, "rules": said.rules}
            counted = {effect.value: said.counts[effect] for effect in Effect}
            assert entry == ([{**facts, **counted}] if said.before != said.rules else [])
            again = dumped(vault)
            assert activate(vault, rules).counts == {}
            assert dumped(vault) == again


def _shown(answer: Answer) -> tuple[bool, date | None]:
    return answer.permanent, answer.due_date


def _noticed_rightly(
    before: dict[DocumentId, Answer],
    after: dict[DocumentId, Answer],
    noticed: dict[DocumentId, Noticed],
) -> None:
    for name, was in before.items():
        now, one = after[name], noticed.get(name)
        if one is None:
            assert (was.state, was.retain_through) == (now.state, now.retain_through)
            assert now.pending_shortening <= was.pending_shortening
            continue
        assert one.before == (was.state, was.retain_through)
        assert one.after == (now.state, now.retain_through)
        assert (Effect.WAITING in one.effects) <= now.pending_shortening
        assert (now.pending_shortening > was.pending_shortening) <= (Effect.WAITING in one.effects)
        assert (Effect.PERMANENT in one.effects) == (now.permanent > was.permanent)
        moved = (was.state, was.retain_through) != (now.state, now.retain_through)
        assert moved <= (Effect.LENGTHENED in one.effects)


def test_a_period_that_grows_voids_an_approval_and_one_that_shrinks_does_not(world: Path) -> None:
    with copied(world) as vault:
        activate(vault, RuleSet((served("S", "3y"),)))
        due = [name for name, one in judged(vault).items() if one.state is State.DUE]
        assert len(due) == 2
        with vault.catalogue.write() as tx:
            for name, stage in zip(due, ("APPROVED", "IN_REVIEW"), strict=True):
                keepings.change(tx, name, stage=stage, stage_entry=1)
        activate(vault, RuleSet((served("S", "2y"),)))
        assert entries(vault, "disposal_stopped") == []
        assert {one.state for one in map(judged(vault).get, due) if one} == {
            State.APPROVED,
            State.IN_REVIEW,
        }
        activate(vault, RuleSet((served("S", "9y"),)))
        assert [one["document"] for one in entries(vault, "disposal_stopped")] == due
        with vault.catalogue.read() as tx:
            assert keepings.on_the_way(tx) == ()
        assert {judged(vault)[name].state for name in due} == {State.RETAINED}
        activate(vault, RuleSet((served("S", "1y"),)))
        assert all(judged(vault)[name].pending_shortening for name in due)


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (contexts, "follow_rules"),
        (rule_sets, "activate"),
        (activation, "void"),
        (queue, "push_customer"),
    ],
)
def test_a_crash_in_the_middle_changes_nothing(
    world: Path, monkeypatch: pytest.MonkeyPatch, where: object, name: str
) -> None:
    rules = RuleSet((served("S", "9y"),))
    with copied(world) as vault:
        before = dumped(vault)
        done = getattr(where, name)

        def crash(*args: object, **named: object) -> None:
            done(*args, **named)
            raise ZeroDivisionError

        with monkeypatch.context() as patch:
            patch.setattr(where, name, crash)
            with pytest.raises(ZeroDivisionError):
                activate(vault, rules)
        assert dumped(vault) == before
        assert activate(vault, rules).counts[Effect.LENGTHENED] > 0


SOUND = """
[[rule]]
id      = "A"
title   = { zh = "甲", en = "A" }
match   = { categories = ["*"] }
trigger = { event = "doc_date" }
period  = "3y"
start   = "next_day"
basis   = "internal"

[[rule.proof]]
given  = { category = "contract", doc_date = 2023-05-10 }
expect = { retain_through = 2026-05-10 }
"""


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("3y", "-3y"), "INVALID_RULE_FILE"),
        (("3y", "0d"), "INVALID_RULE_FILE"),
        (('id      = "A"', ""), "INVALID_RULE_FILE"),
        (("[[rule]]", "[[rule"), "INVALID_RULE_FILE"),
        ((SOUND, ""), "INVALID_RULE_FILE"),
        (('"*"', '"nonsense"'), "INVALID_RULE_FILE"),
        (('"*"', '"contract"'), "INVALID_RULE_FILE"),
        (("through = 2026", "through = 2027"), "INVALID_RULE_FILE"),
        (("[[rule.proof]]\ngiven", "# given"), "INVALID_RULE_FILE"),
        (("[[rule]]", "floors = { contract = '3y' }\n[[rule]]"), None),
        (('"*"', '"*", "contract"'), None),
        (
            ('\n[[rule]]\nid      = "A"', '\nfloors = { contract = "5y" }\n[[rule]]\nid = "A"'),
            None,
        ),
    ],
)
def test_files_with_a_mistake_are_no_version(
    world: Path, change: tuple[str, str], code: str | None
) -> None:
    with copied(world) as vault:
        before = dumped(vault)
        written(vault, SOUND.replace(*change))
        if code is None:
            assert proposed(vault).rules[0].id == "A"
            return
        with pytest.raises(DeclarationError) as caught:
            proposed(vault)
        assert caught.value.code == code
        assert caught.value.exit_code is ExitCode.DECLARATIONS
        assert caught.value.hint
        with vault.catalogue.read() as tx:
            assert files(vault, tx) in {Files.BROKEN, Files.PROPOSED}
        assert judged(vault)
        assert dumped(vault) == before


def test_a_period_below_its_floor_is_told_apart(world: Path) -> None:
    floor = 'floors = { contract = "5y" }\n'
    with copied(world) as vault:
        written(vault, floor + SOUND.replace('"*"', '"*", "contract"'))
        with pytest.raises(DeclarationError) as caught:
            proposed(vault)
        assert caught.value.code == "BELOW_STATUTORY_FLOOR"
        written(vault, floor + SOUND.replace('"*"', '"*", "contract", "nonsense"'))
        with pytest.raises(DeclarationError) as caught:
            proposed(vault)
        assert caught.value.code == "INVALID_RULE_FILE"


def test_an_event_that_papers_raise_must_stay_known(world: Path) -> None:
    """Else nothing could be taken in any more once the rules are in force."""
    with copied(world) as vault:
        path = vault.layout.rules / "categories.toml"
        text = path.read_text(encoding="utf-8")
        own = text.replace('raises = "service_completed"', 'raises = "loan_returned"')
        assert own != text
        path.write_text(own, encoding="utf-8")
        written(vault, SOUND)
        with pytest.raises(DeclarationError, match="loan_returned"):
            proposed(vault)
        written(vault, SOUND + _loan())
        activate(vault, proposed(vault))
        vault.declared()


def _loan() -> str:
    trigger = '{ event = "loan_returned", scope = "customer", pick = "latest" }'
    return (
        SOUND.replace('"A"', '"B"')
        .replace('{ event = "doc_date" }', trigger)
        .replace('"*"', '"work_order"')
        .replace(
            'category = "contract", doc_date',
            'category = "work_order", doc_date = 2019-01-01, loan_returned',
        )
    )


def test_a_vault_that_knew_hashes_alone_adopts_its_files_once(world: Path) -> None:
    """What its papers lived under is from then on what the files said then, whatever they say."""
    with copied(world) as vault:
        shorter = RuleSet((served("S", "1y"),))
        first, before = vault.rules, judged(vault)
        with vault.catalogue.write() as tx:
            tx.exec_driver_sql("DELETE FROM meta WHERE key = 'rules_in_force'")
            tx.exec_driver_sql("UPDATE rule_sets SET hash = 'old', said = NULL")
            tx.exec_driver_sql("UPDATE contexts SET rules = 'old'")
        assert judged(vault) == before
        activate(vault, shorter)
        written(vault, "[[rule")
        with vault.catalogue.read() as tx:
            assert rule_sets.said(tx, "old") == first.text()
            assert in_force(vault, tx) == shorter
        after = judged(vault)
        for name, one in before.items():
            assert (after[name].state, after[name].retain_through) == (
                one.state,
                one.retain_through,
            )
        assert any(one.pending_shortening for one in after.values())
        facts = entries(vault, "rules_activated")
        assert [one["rules"] for one in facts[-2:]] == [first.content_hash, shorter.content_hash]


def test_the_list_is_cut_and_the_counts_are_not(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.retention.diff.SHOWN", 1)
    assert SHOWN > 1
    with copied(world) as vault:
        said = diff(vault, RuleSet((served("S", "9y"),)))
        assert (len(said.noticed), said.left_off) == (1, 3)
        assert said.counts[Effect.LENGTHENED] == 4
