"""`archiver customer erase`: a person asks that personal data be erased."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import click

from archiver.catalogue import customers as parties
from archiver.catalogue import ledger
from archiver.cli.complete import customers
from archiver.cli.door import with_form
from archiver.cli.output import Column, Form, Row, paragraph, plain, rows, running, talk
from archiver.cli.overlays import overlays
from archiver.cli.role import working
from archiver.cli.speech import command as spoken
from archiver.cli.words import counted, customer_named, word
from archiver.core.errors import N_
from archiver.core.model import CustomerId
from archiver.custody.erasure import Answered, Outcome, request
from archiver.declarations.codes import ERASURES, STATES, called
from archiver.declarations.sentences import sentence
from archiver.declarations.words import listing, ngettext, translate
from archiver.intake.publish import publish
from archiver.judge.evaluate import Answer
from archiver.vault.vault import Vault

_COLUMNS = (
    Column("archive_no", N_("Archive number"), whole=True),
    Column("title", N_("Title"), most=18),
    Column("state", N_("State"), word(STATES)),
    Column("answer", N_("Answer"), most=24),
)


@spoken(
    N_(
        "CUSTOMER asks that personal data be erased: every paper here is restricted from now on, "
        "stored and protected, nothing else.\n"
        "Nothing is destroyed by it. What is due may be appraised; what the law says must be kept "
        "is kept; about the rest the legal department decides. Papers that come later are not "
        "restricted."
    ),
)
@click.argument("customer", shell_complete=customers)
@click.option("--reason", help=N_("what they wrote; the ledger keeps its SHA-256 only"))
@with_form
def erase(customer: str, form: Form, *, reason: str | None) -> None:
    """Record a request for erasure."""
    with working("customer") as vault:
        whose = customer_named(vault, customer).id
        before = _asked(vault, whose)
        found = request(vault, whose, reason)
        publish(vault)
    told_rows = [_row(one) for one in found]
    if form is not Form.TABLE:
        rows(form, (), told_rows)
    else:
        rows(form, _COLUMNS, [{**row, "answer": _answer(row)} for row in told_rows])
        _reasons(told_rows)
    if before:
        talk(
            N_("It was asked for before, on {day}; what was restricted then stays so."), day=before
        )
    told = counted(Counter(one.outcome.value for one in found), ERASURES)
    text = ngettext("{count} paper: {told}", "{count} papers: {told}", len(found))
    talk(text if found else N_("No papers of that customer are here."), count=len(found), told=told)


def _asked(vault: Vault, customer: CustomerId) -> date | None:
    """The day of the last request for the same customer, under whatever id."""
    with vault.catalogue.read() as tx:
        whole = parties.composition(tx).get(customer, frozenset({customer}))
        found = (ledger.last(tx, "erasure_requested", customer=one) for one in whole)
        return max((one.day for one in found if one), default=None)


def _answer(row: Row) -> str:
    """What is answered; of what is due, whether something still stops its appraisal."""
    told = called(ERASURES, plain(row["outcome"]))
    if row["outcome"] != Outcome.DUE or row["block_reason"] is None:
        return told
    return translate(N_("{answer}, but not yet")).format(answer=told)


def _reasons(told: Sequence[Row]) -> None:
    """Every reason once, with the papers that it is said of."""
    papers: dict[str, list[str]] = {}
    for row in told:
        papers.setdefault(plain(row["text"]), []).append(plain(row["document"]))
    for text, named in papers.items():
        told_of = translate(N_("{label}: {value}"))
        paragraph(told_of.format(label=listing(named), value=text), hang=2)


def _row(one: Answered) -> Row:
    answer = one.answer
    return {
        "document": one.document.id,
        "archive_no": one.document.archive_no,
        "title": one.document.title,
        "state": answer.state.value,
        "retain_through": answer.retain_through.isoformat() if answer.retain_through else None,
        "governing_rules": list(answer.governing_rules),
        **overlays(answer),
        "block_reason": answer.block_reason,
        "outcome": one.outcome.value,
        "text": _why(answer),
    }


def _why(answer: Answer) -> str:
    """What becomes of it; before that what stops the appraisal of one that is due."""
    stopped = answer.may_go and not answer.eligible
    return running(sentence(one) for one in answer.because[-2 if stopped else -1 :])
