"""Runs the proofs that rules carry."""

from collections.abc import Iterator
from datetime import date

from archiver.core.model import CustomerId, DocumentId
from archiver.declarations.retention import Proof, Rule, RuleSet
from archiver.judge.evaluate import evaluate
from archiver.judge.facts import Context, Event, Record

_CUSTOMER = CustomerId("C0001")
_AFTER = date(9000, 1, 1)
"""A day on which no given date lies ahead."""


def failures(rules: RuleSet) -> Iterator[str]:
    """One sentence for every proof that its own rule does not bear out."""
    for rule in rules.rules:
        for number, proof in enumerate(rule.proof, start=1):
            found = _wrong(rule, proof)
            if found:
                yield f"{rule.id}, proof {number}: {found}"


def _wrong(rule: Rule, proof: Proof) -> str | None:
    given = dict(proof.given)
    category = str(given.pop("category", "other"))
    doc_date = given.pop("doc_date", None)
    context = Context(
        rules=RuleSet((rule,)),
        customer=_CUSTOMER,
        kind="customer",
        category=category,
        case_no=None,
        doc_date=doc_date if isinstance(doc_date, date) else None,
    )
    document = DocumentId("D1")
    events = [
        Event(f"E{at}", kind, _CUSTOMER, document, None, day)
        for at, (kind, day) in enumerate(given.items(), start=1)
        if isinstance(day, date)
    ]
    answer = evaluate(Record(document, (context,)), events, _AFTER)
    for key, expected in proof.expect.items():
        found = getattr(answer, key, None)
        if found != expected:
            return f"{key} is {found}, expected {expected}"
    return None
