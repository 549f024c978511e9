"""One retention rule in words: which papers, how long, why, and its proofs worked out."""

from collections.abc import Iterator
from datetime import date

from archiver.cli.output import Row
from archiver.cli.words import category_label
from archiver.core.errors import N_
from archiver.custody.rules import in_force
from archiver.declarations.codes import BASES, EVENTS, PARTIES, STATES, called
from archiver.declarations.retention import RuleSet
from archiver.declarations.rule import ANY, DOC_DATE, Counting, Given, Rule, Trigger
from archiver.declarations.spoken import spoken
from archiver.declarations.words import language, listing, translate
from archiver.judge.evaluate import Answer
from archiver.judge.proofs import Worked, worked_out
from archiver.vault.vault import Vault

_WHOSE = {
    "customer": N_("of the customer"),
    "case": N_("of the same case"),
    "document": N_("about the paper itself"),
}


def rule_lines(vault: Vault, rule: Rule) -> Iterator[str]:
    """What a person reads, a paragraph each."""
    title = translate(N_("Rule {id}: {title}"))
    yield title.format(id=rule.id, title=rule.title.said(language()))
    yield _papers(vault, rule)
    yield _keeping(rule.counting)
    if rule.counting and rule.counting.trigger.allow_future:
        yield translate(N_("A day still to come is a planned end."))
    if rule.counting and vault.rules.calendar:
        yield translate(N_("A last day that is not worked moves to the next one that is."))
    yield _basis(rule)
    file, version = _where(vault.rules, rule)
    stands = translate(N_("It stands in {file}; rules version {version}."))
    yield stands.format(file=file, version=version)
    if not _followed(vault, rule):
        yield translate(
            N_("As it stands here it is not in force; what it would change: archiver rules diff")
        )
    for number, one in enumerate(worked_out(rule, vault.rules), start=1):
        proof = translate(N_("Proof {number}: {given}: {answer}"))
        yield proof.format(number=number, given=_given(vault, one.proof.given), answer=_came(one))


def _papers(vault: Vault, rule: Rule) -> str:
    codes, kinds = sorted(rule.match.categories), sorted(rule.match.kinds)
    labels = (category_label(vault, code) for code in codes)
    every = translate(N_("every category"))
    flags = listing(spoken("flag", flag) for flag in sorted(rule.match.flags))
    facts = {
        "papers": every if ANY in codes else listing(labels),
        "parties": listing(called(PARTIES, kind) for kind in kinds or PARTIES),
        "flags": flags,
    }
    if flags:
        text = N_("For: {papers}; of: {parties}; while the customer carries: {flags}.")
    else:
        text = N_("For: {papers}; of: {parties}.")
    return translate(text).format(**facts)


def _keeping(counting: Counting | None) -> str:
    if counting is None:
        return translate(N_("Kept for ever."))
    trigger = counting.trigger
    facts = {
        "period": spoken("period", str(counting.period)),
        "pick": spoken("pick", trigger.pick),
        "start": spoken("start", counting.start),
        "events": _events(trigger.events),
        "whose": translate(_WHOSE[trigger.scope]),
        "whole": _events(trigger.customer_events),
    }
    return translate(_counted(trigger)).format(**facts)


def _counted(trigger: Trigger) -> str:
    if trigger.on_paper:
        return N_("Kept {period} from the date of the paper, {start}.")
    if trigger.customer_events:
        return N_(
            "Kept {period} from the {pick} of these, {start}: {events} {whose}; {whole} of the "
            "customer."
        )
    return N_("Kept {period} from the {pick} of these, {start}: {events} {whose}.")


def _events(events: frozenset[str]) -> str:
    return listing(called(EVENTS, event) for event in sorted(events))


def _basis(rule: Rule) -> str:
    basis = called(BASES, rule.basis)
    if not rule.law:
        return translate(N_("It rests on: {basis}.")).format(basis=basis)
    return translate(N_("It rests on: {basis}. {law}")).format(basis=basis, law=rule.law)


def _where(rules: RuleSet, rule: Rule) -> tuple[str, str]:
    return f"rules/retention/{rules.source(rule.id)}", rules.content_hash[:12]


def _given(vault: Vault, example: Given) -> str:
    happened = [(called(EVENTS, name), day) for name, day in sorted(example.events.items())]
    if example.doc_date:
        happened.insert(0, (translate(N_("date of the paper")), example.doc_date))
    days = (f"{name} {day.isoformat()}" for name, day in happened)
    paper = translate(N_("{category} ({kind})")).format(
        category=category_label(vault, example.category), kind=called(PARTIES, example.kind)
    )
    return listing((paper, *days))


def _came(one: Worked) -> str:
    """What the whole set answers, and whether the proof holds."""
    told = _answer(one.answer)
    return told if one.holds else translate(N_("{answer} The proof fails.")).format(answer=told)


def _answer(answer: Answer | None) -> str:
    if answer is None:
        return translate(N_("an event nobody knows."))
    facts = {
        "last": answer.retain_through,
        "due": answer.due_date,
        "state": called(STATES, answer.state),
        "rules": ", ".join(answer.governing_rules) or "–",
    }
    if answer.retain_through:
        text = N_("kept through {last}, due from {due}; decided by {rules}.")
    elif answer.permanent:
        text = N_("kept for ever; decided by {rules}.")
    else:
        text = N_("{state}; decided by {rules}.")
    return translate(text).format(**facts)


def rule_row(vault: Vault, rule: Rule) -> Row:
    """The same for scripts: codes and dates."""
    file, version = _where(vault.rules, rule)
    counting = rule.counting
    return {
        "id": rule.id,
        "title": rule.title.model_dump(),
        "categories": sorted(rule.match.categories),
        "kinds": sorted(rule.match.kinds),
        "flags": sorted(rule.match.flags),
        "outcome": rule.outcome,
        "trigger": counting.trigger.model_dump(mode="json") if counting else None,
        "period": str(counting.period) if counting else None,
        "start": counting.start.value if counting else None,
        "basis": rule.basis,
        "law": rule.law,
        "file": file,
        "version": version,
        "in_force": _followed(vault, rule),
        "proofs": [_proof_row(one) for one in worked_out(rule, vault.rules)],
    }


def _followed(vault: Vault, rule: Rule) -> bool:
    """Whether what is in force says this of the rule too; proofs do not matter."""
    with vault.catalogue.read() as tx:
        followed = in_force(vault, tx).rules
    return any(one.model_copy(update={"proof": rule.proof}) == rule for one in followed)


def _proof_row(one: Worked) -> Row:
    given, answer = one.proof.given, one.answer
    days = {DOC_DATE: given.doc_date} if given.doc_date else {}
    return {
        "category": given.category,
        "kind": given.kind,
        "given": {name: day.isoformat() for name, day in {**days, **given.events}.items()},
        "expect": one.proof.expect.model_dump(mode="json"),
        "state": answer.state.value if answer else None,
        "retain_through": _iso(answer.retain_through) if answer else None,
        "due_date": _iso(answer.due_date) if answer else None,
        "governing_rules": list(answer.governing_rules) if answer else [],
        "holds": one.holds,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
