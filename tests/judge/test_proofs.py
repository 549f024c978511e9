"""Rules keep their word: proofs that run, and papers that would wait for ever."""

from dataclasses import replace
from datetime import date

import pytest

from archiver.core.errors import DeclarationError
from archiver.core.model import Because
from archiver.declarations.calendar import read_calendar
from archiver.declarations.categories import read_categories
from archiver.declarations.codes import PARTIES
from archiver.declarations.retention import RuleSet, read_rule_sets
from archiver.declarations.rule import Rule
from archiver.declarations.sentences import sentence
from archiver.declarations.shipped import shipped
from archiver.judge.proofs import events_of, never_dated, refuse_endless, run_proofs, worked_out
from tests.company import practice

SHIPPED = read_rule_sets(shipped("rules") / "retention")
RULES = practice()
"""The company's own rules: R1 stands first."""
CATEGORIES = frozenset(read_categories(shipped("rules") / "categories.toml").by_code)


def changed(rule: Rule, **said: object) -> Rule:
    """`rule`, written anew with some keys changed."""
    return Rule.model_validate({**rule.model_dump(exclude_unset=True), **said})


def with_proof(given: dict[str, object], expect: dict[str, object]) -> RuleSet:
    first = changed(RULES.rules[0], proof=[{"given": given, "expect": expect}])
    return RuleSet((first, *RULES.rules[1:]), files=RULES.files)


def told(rules: RuleSet) -> list[str]:
    return [sentence(one) for one in run_proofs(rules)]


def test_every_shipped_rule_bears_out_its_proofs() -> None:
    assert run_proofs(SHIPPED) == ()
    assert all(rule.proof for rule in SHIPPED.rules)


def test_the_shipped_proofs_hold_where_last_days_move_to_working_days() -> None:
    """Whoever changes the policy need not mend the rules; nor when further years are published."""
    days = read_calendar(shipped("rules") / "calendar")
    for years in (days.years, None):
        rolling = replace(SHIPPED, calendar=days.model_copy(update={"years": years}))
        assert run_proofs(rolling) == ()


def test_a_false_proof_says_what_came_out() -> None:
    served = {"category": "contract", "service_completed": date(2023, 5, 10)}
    assert told(with_proof(served, {"retain_through": date(2026, 5, 9), "permanent": True})) == [
        "company.toml: rule R1, proof 1: retain_through is 2026-05-10, expected 2026-05-09.",
        "company.toml: rule R1, proof 1: permanent is false, expected true.",
    ]
    assert told(with_proof(served, {"retain_through": date(2026, 5, 10)})) == []
    assert told(with_proof({"category": "contract"}, {"state": "AWAITING_TRIGGER"})) == []


def test_a_proof_must_speak_of_its_own_rule() -> None:
    disputed = {"category": "contract", "dispute_opened": date(2023, 5, 10)}
    assert told(with_proof(disputed, {"permanent": True})) == [
        "company.toml: rule R1, proof 1: its own rule does not decide here, but: R2."
    ]
    disputed["accident_reported"] = date(2023, 5, 11)
    assert told(with_proof(disputed, {"permanent": True})) == [
        "company.toml: rule R1, proof 1: its own rule does not decide here, but: R2, R3."
    ]


def test_what_does_not_come_out_is_said_in_words() -> None:
    undated = told(with_proof({"category": "contract"}, {"retain_through": date(2026, 5, 9)}))
    assert any("retain_through is nothing, expected 2026-05-09." in one for one in undated)
    other = Because.of("proof_of_others", file="a.toml", rule="R1", number=1, decides="")
    assert sentence(other).endswith("but: no rule.")


def test_a_proof_with_an_unknown_event_is_found() -> None:
    misspelt = {"category": "contract", "service_complete": date(2023, 5, 10)}
    assert told(with_proof(misspelt, {"state": "AWAITING_TRIGGER"})) == [
        "company.toml: rule R1, proof 1: nobody knows an event called service_complete."
    ]
    misspelt |= {name: date(2023, 5, 10) for name in "ihgfedcba"}
    assert told(with_proof(misspelt, {"permanent": True})) == [
        "company.toml: rule R1, proof 1: nobody knows an event called"
        " a, b, c, d, e, f, g, h, i, service_complete."
    ]


def test_a_rule_without_a_proof_is_found() -> None:
    bare = RuleSet((changed(RULES.rules[0], proof=[]),))
    assert told(bare) == [
        f"{bare.content_hash[:12]}: rule R1 carries no proof. Add an example as [[rule.proof]]."
    ]


def test_proofs_reach_every_kind_of_trigger() -> None:
    base = {"title": {"zh": "甲", "en": "A"}, "match": {"categories": ["*"]}, "basis": "statutory"}
    year = {**base, "period": "1y", "start": "next_day"}
    on = date(2023, 5, 10)
    until = {"retain_through": date(2024, 5, 10)}
    for number, (trigger, given) in enumerate(
        [
            ({"event": "doc_date"}, {"doc_date": on}),
            ({"event": "mot_passed", "scope": "case", "pick": "latest"}, {"mot_passed": on}),
            (
                {"event": "contract_ended", "scope": "document", "pick": "latest"},
                {"contract_ended": on},
            ),
        ]
    ):
        proof = {"given": {"category": "contract", **given}, "expect": until}
        rule = Rule.model_validate(
            {**year, "id": f"N{number}", "trigger": trigger, "proof": [proof]}
        )
        assert run_proofs(RuleSet((rule,))) == ()


def test_the_published_events_are_known_without_any_rule() -> None:
    starts = "service_completed purchase_completed relationship_ended contract_ended"
    raises = "dispute_opened accident_reported marked_doubtful authority_instruction"
    ends = "licence_replaced dispute_settled doubt_cleared authority_released"
    assert events_of(RuleSet(())) == {*starts.split(), *raises.split(), *ends.split()}


def test_a_company_may_name_events_of_its_own() -> None:
    trigger = {
        "events": ["lease_ended", "service_completed"],
        "scope": "customer",
        "pick": "latest",
    }
    own = RuleSet((changed(RULES.rules[0], trigger=trigger),))
    assert events_of(own) - events_of(RULES) == {"lease_ended"}
    on_paper = RuleSet((changed(RULES.rules[0], trigger={"event": "doc_date"}),))
    assert "doc_date" not in events_of(on_paper)


@pytest.mark.parametrize("kind", PARTIES)
def test_no_paper_of_anybody_waits_for_ever_under_the_shipped_rules(kind: str) -> None:
    """Also one of a category that the company has added."""
    assert never_dated(SHIPPED, {kind: {*CATEGORIES, "delivery_note"}}) == ()


def test_papers_no_rule_is_for_are_found() -> None:
    (fault,) = never_dated(RULES, {"staff": {"contract"}})
    assert (
        sentence(fault) == "No rule says how long papers of category contract are kept for staff."
    )


def test_what_is_the_same_of_several_categories_is_told_once() -> None:
    """Whoever has no rule at all is told in one line, not in eighteen."""
    faults = never_dated(RULES, {"supplier": ("invoice",), "staff": ("other", "contract")})
    assert [sentence(one) for one in faults] == [
        "No rule says how long papers of category contract, other are kept for staff.",
        "No rule says how long papers of category invoice are kept for supplier.",
    ]


def test_a_rule_that_waits_for_what_cannot_happen_to_the_party_is_found() -> None:
    """Its customer events count too: a contract of staff ends with the relationship."""
    trigger = {"events": ["service_completed"], "scope": "document", "pick": "latest"}
    alone = changed(RULES.rules[0], match={"categories": ["*"]}, trigger=trigger)
    (fault,) = never_dated(RuleSet((alone,)), {"staff": {"contract", "other"}})
    assert fault.code == "never_starts"
    assert ("category", "contract, other") in fault.facts
    both = changed(
        alone, trigger={**trigger, "events": ["service_completed", "purchase_completed"]}
    )
    named = RuleSet((both,), files={both.id: "company.toml"})
    (fault,) = never_dated(named, {"staff": {"contract"}})
    assert dict(fault.facts) == {
        "kind": "staff",
        "category": "contract",
        "rule": "R1",
        "file": "company.toml",
        "triggers": "purchase_completed, service_completed",
    }
    for kind in ("customer", "supplier"):
        assert never_dated(RuleSet((both,)), {kind: {"contract"}}) == ()
    trigger["customer_events"] = ["relationship_ended"]
    assert never_dated(RuleSet((changed(alone, trigger=trigger),)), {"staff": {"contract"}}) == ()
    assert "relationship_ended" in events_of(RuleSet((changed(alone, trigger=trigger),)))


@pytest.mark.parametrize(
    ("event", "kinds"),
    [
        ("service_completed", {"customer"}),
        ("purchase_completed", {"customer", "supplier"}),
        ("relationship_ended", {"customer", "supplier", "staff"}),
        ("contract_ended", set(PARTIES)),
    ],
)
def test_an_event_happens_only_to_some_kinds_of_party(event: str, kinds: set[str]) -> None:
    trigger = {"event": event, "scope": "customer", "pick": "latest"}
    alone = changed(RULES.rules[0], match={"categories": ["*"]}, trigger=trigger)
    for kind in PARTIES:
        begins = not never_dated(RuleSet((alone,)), {kind: {"contract"}})
        assert begins == (kind in kinds)


def test_proofs_are_worked_out_with_their_dates() -> None:
    first, wrong = RULES.rules[0], with_proof({"category": "contract"}, {"permanent": True})
    assert [
        (str(one.answer and one.answer.due_date), one.holds) for one in worked_out(first, RULES)
    ] == [
        ("2026-05-13", True),
        ("2023-03-01", True),
    ]
    (failed,) = worked_out(wrong.rules[0], wrong)
    assert (failed.answer and failed.answer.state, failed.holds) == ("AWAITING_TRIGGER", False)
    strange = with_proof({"category": "contract", "gone": date(2023, 5, 10)}, {"permanent": True})
    assert [tuple(one)[1:] for one in worked_out(strange.rules[0], strange)] == [(None, False)]


def test_papers_that_would_wait_for_ever_are_refused() -> None:
    """A waiting rule outranks every date, so one that can never begin is one too many."""
    trigger = {"events": ["service_completed"], "scope": "customer", "pick": "latest"}
    match = {"categories": ["*"]}
    service = changed(RULES.rules[0], id="A", match=match, trigger=trigger, proof=[])
    paper = changed(service, id="B", trigger={"event": "doc_date"})
    refuse_endless(RuleSet((service, paper)), {"customer": CATEGORIES})
    refuse_endless(RuleSet((paper,)), {"staff": CATEGORIES})
    with pytest.raises(DeclarationError) as caught:
        refuse_endless(RuleSet((service, paper)), {"customer": CATEGORIES, "staff": {"contract"}})
    said = caught.value.sentence()
    assert "rule A: papers of category contract would wait for ever for staff" in said
    assert "rule B" not in said
    assert caught.value.hint.startswith("add a rule or an event that ends the waiting")
    with pytest.raises(DeclarationError) as caught:
        refuse_endless(RULES, {"staff": {"contract"}, "supplier": {"invoice"}})
    assert caught.value.sentence() == (
        "No rule says how long papers of category contract are kept for staff."
        "\n  No rule says how long papers of category invoice are kept for supplier."
    )
    both = {**trigger, "events": ["service_completed", "relationship_ended"]}
    refuse_endless(RuleSet((changed(service, trigger=both),)), {"staff": CATEGORIES})
    for_ever = Rule.model_validate(
        {
            "id": "C",
            "title": {"zh": "甲", "en": "A"},
            "match": match,
            "outcome": "permanent",
            "basis": "internal",
        }
    )
    refuse_endless(RuleSet((service, for_ever)), {"staff": CATEGORIES})
