"""Whether a rule set keeps its word: its proofs, and papers that would wait for ever."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from archiver.core.errors import N_, DeclarationError
from archiver.core.model import Because, CustomerId, DocumentId
from archiver.declarations.retention import RuleSet
from archiver.declarations.rule import DOC_DATE, Proof, Rule
from archiver.declarations.rule import Given as Example
from archiver.declarations.sentences import sentence
from archiver.declarations.toml import ONE_EACH
from archiver.judge.evaluate import Answer, evaluate
from archiver.judge.facts import (
    ENDS,
    HAPPENS_ONLY_TO,
    RAISES,
    STARTS,
    Context,
    Dated,
    Event,
    Record,
)
from archiver.judge.given import Given

_WHO = frozenset({CustomerId("C0001")})
_PAPER = DocumentId("D000001")
_CASE = "1"
_LONG_AGO = date(1949, 10, 1)


def run_proofs(rules: RuleSet) -> tuple[Because, ...]:
    """What the proofs of a set find wrong; nothing when all hold.

    The whole set is asked, as it would be about a real paper, and the rule that carries the proof
    must be among those that decide.
    """
    return tuple(fault for rule in rules.rules for fault in _of_rule(rule, rules))


class Worked(NamedTuple):
    """A proof worked out.

    Attributes:
        answer: what the whole set says of the example; None where it names an event nobody knows.
        holds: nothing is wrong with it.
    """

    proof: Proof
    answer: Answer | None
    holds: bool


def worked_out(rule: Rule, rules: RuleSet) -> tuple[Worked, ...]:
    """The proofs of one rule, each with what the whole set answers."""
    return tuple(
        Worked(
            proof,
            None if _strange(proof, rules) else _answer(proof.given, rules),
            holds=not any(_wrong(rule, proof, rules)),
        )
        for proof in rule.proof
    )


def _of_rule(rule: Rule, rules: RuleSet) -> Iterator[Because]:
    facts = {"rule": rule.id, "file": rules.source(rule.id)}
    if not rule.proof:
        yield Because.of("proof_missing", **facts)
    for number, proof in enumerate(rule.proof, start=1):
        for code, found in _wrong(rule, proof, rules):
            yield Because.of(code, number=number, **facts, **found)


def _wrong(rule: Rule, proof: Proof, rules: RuleSet) -> Iterator[tuple[str, dict[str, object]]]:
    """Reason codes with their facts."""
    strange = _strange(proof, rules)
    if strange:
        yield "proof_unknown_event", {"event": ", ".join(strange)}
        return
    answer = _answer(proof.given, rules)
    if rule.id not in answer.governing_rules:
        yield "proof_of_others", {"decides": ", ".join(answer.governing_rules)}
    for asked, expected in proof.expect.model_dump(exclude_unset=True).items():
        found = getattr(answer, asked)
        if found != expected:
            yield "proof_failed", {"asked": asked, "found": found, "expected": expected}


def _strange(proof: Proof, rules: RuleSet) -> list[str]:
    """Events in a proof that nobody knows."""
    return sorted(set(proof.given.events) - events_of(rules))


def _answer(example: Example, rules: RuleSet) -> Answer:
    """The answer on the last of the days given, so that none of them lies ahead."""
    context = Context(rules, _WHO, example.kind, example.category, _CASE, example.doc_date)
    days = [*example.events.values(), example.doc_date or _LONG_AGO]
    events = [
        Event(name, name, _WHO, _PAPER, _CASE, (Dated(day, 0, day),), vouched=0)
        for name, day in example.events.items()
    ]
    record = Record(_PAPER, received=_LONG_AGO, contexts=(context,))
    return evaluate(record, Given(max(days), events))


def events_of(rules: RuleSet) -> frozenset[str]:
    """Every event that can be recorded: the published ones, and those the rules listen to."""
    own = (
        name
        for rule in rules.rules
        if rule.trigger
        for name in rule.trigger.started_by - {DOC_DATE}
    )
    return frozenset({*STARTS, *RAISES, *ENDS, *own})


def never_dated(rules: RuleSet, papers: Mapping[str, Collection[str]]) -> tuple[Because, ...]:
    """Kinds of party and categories whose papers would wait for ever.

    A waiting rule outranks every date, so each one that matches must be able to begin. What is the
    same of several categories is told once.

    Args:
        rules: the whole set.
        papers: kind of party → categories of the papers it can have.
    """
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    known: dict[str, Rule | None] = {"": None, **{rule.id: rule for rule in rules.rules}}
    for kind, categories in sorted(papers.items()):
        for category in sorted(categories):
            for code, stuck in _stuck(rules, kind, category):
                found[code, kind, stuck].append(category)
    return tuple(
        Because.of(code, kind=kind, category=", ".join(categories), **_which(rules, known[stuck]))
        for (code, kind, stuck), categories in found.items()
    )


def _stuck(rules: RuleSet, kind: str, category: str) -> Iterator[tuple[str, str]]:
    """Reason codes, with the id of the rule that can never begin."""
    matching = [
        rule for rule in rules.rules if rule.match.fits(kind, category) and not rule.match.flags
    ]
    if not matching:
        yield "never_matched", ""
    if any(rule.outcome == "permanent" for rule in matching):
        return
    for rule in matching:
        events = rule.trigger.started_by if rule.trigger else frozenset()
        if all(kind not in HAPPENS_ONLY_TO.get(event, {kind}) for event in events):
            yield "never_starts", rule.id


def _which(rules: RuleSet, rule: Rule | None) -> dict[str, str]:
    """What names a rule that waits for events."""
    if rule is None or rule.trigger is None:
        return {}
    triggers = ", ".join(sorted(rule.trigger.started_by))
    return {"rule": rule.id, "file": rules.source(rule.id), "triggers": triggers}


def refuse_endless(rules: RuleSet, papers: Mapping[str, Collection[str]]) -> None:
    """Refuse a set under which some papers would wait for ever; see `never_dated`.

    Raises:
        DeclarationError: names every kind of party and category.
    """
    faults = never_dated(rules, papers)
    if faults:
        raise DeclarationError(
            N_("{problems}"),
            hint=N_("add a rule or an event that ends the waiting, then run the command again"),
            problems=ONE_EACH.join(map(sentence, faults)),
        )
