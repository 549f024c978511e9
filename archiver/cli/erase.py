"""`archiver customer erase`: a person asks that personal data be erased."""

from collections import Counter

import click

from archiver.cli.complete import customers
from archiver.cli.door import with_form
from archiver.cli.output import Column, Form, Row, rows, talk
from archiver.cli.overlays import overlays
from archiver.cli.role import working
from archiver.cli.speech import command as spoken
from archiver.cli.words import counted, customer_named, word
from archiver.core.errors import N_
from archiver.custody.erasure import Answered, request
from archiver.declarations.codes import ERASURES, STATES
from archiver.declarations.sentences import sentence
from archiver.declarations.words import ngettext
from archiver.intake.publish import publish

_COLUMNS = (
    Column("archive_no", N_("Archive number"), whole=True),
    Column("title", N_("Title"), most=18),
    Column("state", N_("State"), word(STATES)),
    Column("outcome", N_("Answer"), word(ERASURES)),
    Column("text", N_("Reason")),
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
        found = request(vault, customer_named(vault, customer).id, reason)
        publish(vault)
    rows(form, _COLUMNS, map(_row, found))
    told = counted(Counter(one.outcome.value for one in found), ERASURES)
    text = ngettext("{count} paper: {told}", "{count} papers: {told}", len(found))
    talk(text if found else N_("No papers of that customer are here."), count=len(found), told=told)


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
        "outcome": one.outcome.value,
        "text": sentence(answer.because[-1]),
    }
