"""`archiver review`."""

import click

from archiver.cli.colour import interactive
from archiver.cli.complete import categories, customers, waiting
from archiver.cli.consider import command as show
from archiver.cli.correct import command as correct
from archiver.cli.desk import Desk
from archiver.cli.document import suggest
from archiver.cli.door import leave, opened, with_form
from archiver.cli.filed import tell_filed
from archiver.cli.output import Column, Form, Row, rows, say, talk
from archiver.cli.role import working
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.cli.terminal import Terminal
from archiver.cli.withdraw import withdraw
from archiver.cli.words import (
    category_label,
    category_named,
    customer_named,
    document_named,
    reason_list,
)
from archiver.core.errors import N_, ExitCode
from archiver.core.model import Document
from archiver.custody.party import directory
from archiver.declarations.sentences import sentence
from archiver.recognition.directory import Directory
from archiver.review.decide import accept, assign, queue
from archiver.vault.vault import Vault

_COLUMNS = (
    Column("document", N_("Document"), whole=True),
    Column("category_label", N_("Category"), most=10),
    Column("proposed_name", N_("Proposed customer"), most=12),
    Column("title", N_("Title"), most=14),
    Column("reasons", N_("What to decide"), reason_list),
)


def _row(vault: Vault, everybody: Directory, document: Document) -> Row:
    proposed = everybody.get(document.proposed) if document.proposed else None
    return {
        "document": document.id,
        "archive_no": document.archive_no,
        "category": document.category,
        "category_label": category_label(vault, document.category),
        "customer": document.customer,
        "customer_name": document.customer_name,
        "proposed": document.proposed,
        "proposed_name": proposed.name if proposed else None,
        "title": document.title,
        "source": document.source,
        "path": document.path,
        "reasons": [{"code": one.code, "text": sentence(one)} for one in document.open],
    }


@spoken(N_("List the papers that wait for a person."), exits="4")
@with_form
def list_(form: Form) -> None:
    """The queue."""
    _list(form)


def _list(form: Form) -> None:
    with opened() as vault:
        everybody = directory(vault)
        count = rows(form, _COLUMNS, (_row(vault, everybody, one) for one in queue(vault)))
        if count and form is Form.TABLE:
            suggest(vault)
    if not count:
        talk(N_("Nothing waits for a decision."))
    leave([ExitCode.PERSON_NEEDED] if count else [])


@spoken(N_("Say yes to what is proposed for DOC: its customer, its category."))
@click.argument("doc", shell_complete=waiting)
def accept_(doc: str) -> None:
    """Accept a proposal."""
    with working("review") as vault:
        document = document_named(vault, doc)
        tell_filed(vault, document, accept(vault, document))


@spoken(N_("Decide whose DOC is, or what it is, or both."))
@click.argument("doc", shell_complete=waiting)
@click.option(
    "--customer", "-n", shell_complete=customers, help=N_("whose it is (name, alias or id)")
)
@click.option("--category", "-c", shell_complete=categories, help=N_("what it is (code or label)"))
def assign_(doc: str, customer: str | None, category: str | None) -> None:
    """Decide."""
    with working("review") as vault:
        document = document_named(vault, doc)
        whose = customer_named(vault, customer).id if customer else None
        kind = category_named(vault, category) if category else None
        tell_filed(vault, document, assign(vault, document, whose, kind))


def _alone() -> None:
    """Review the papers one after the other, where a person can answer; else list them."""
    if not interactive():
        _list(Form.TABLE)
        return
    with working("review") as vault:
        if not queue(vault):
            talk(N_("Nothing waits for a decision."))
            return
        ended = Desk(vault, Terminal()).sit()
    say(
        N_("{answered} answered, {followed} filed with them, {waiting} still waiting."),
        answered=ended.answered,
        followed=ended.followed,
        waiting=ended.waiting,
    )
    leave([ExitCode.PERSON_NEEDED] if ended.waiting else [])


list_.name, accept_.name, assign_.name = "list", "accept", "assign"
command = Family(
    N_("Papers a person must decide; on a terminal, without a subcommand: one after the other"),
    (list_, show, accept_, assign_, correct, withdraw),
    alone=_alone,
)
