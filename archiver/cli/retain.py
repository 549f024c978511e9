"""`archiver retain`."""

from collections.abc import Mapping

import click

from archiver.catalogue import events
from archiver.cli import dispose, period, register
from archiver.cli.complete import waiting
from archiver.cli.door import opened, with_form
from archiver.cli.happened import event_line, event_row
from archiver.cli.kept import kept_row
from archiver.cli.output import Column, Form, paragraph, rows, say, talk
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.cli.words import counted, document_named, word
from archiver.core.errors import N_
from archiver.custody.stamp import today
from archiver.custody.standing import answers
from archiver.declarations.codes import BASES, NOBODY, STATES, called
from archiver.declarations.sentences import sentence
from archiver.declarations.words import language, ngettext, translate
from archiver.retention.plan import counts, plan

_SHOWN = 3
"""Events of the customer that wait to be confirmed, named one by one."""
_COLUMNS = (
    Column("archive_no", N_("Archive number"), whole=True),
    Column("customer_name", N_("Customer"), word(NOBODY)),
    Column("state", N_("State"), word(STATES), whole=True),
    Column("retain_through", N_("Kept to"), whole=True),
    Column("due_date", N_("Due from"), whole=True),
    Column("governing_rules", N_("Rules")),
)


@spoken(N_("How long every paper is kept, the earliest due first. Destroys nothing."))
@with_form
def plan_(form: Form) -> None:
    """The plan."""
    with opened() as vault:
        found = plan(vault)
    rows(form, _COLUMNS, [kept_row(one.document, one.answer) for one in found])
    if not found:
        talk(N_("No papers are archived yet."))
        return
    told, count = counted(counts(found), STATES), len(found)
    talk(ngettext("{count} paper: {told}", "{count} papers: {told}", count), count=count, told=told)


@spoken(N_("Why DOC is kept as long as it is: rules, event, arithmetic."))
@click.argument("doc", shell_complete=waiting)
@with_form
def explain(doc: str, form: Form) -> None:
    """The reason."""
    with opened() as vault:
        document = document_named(vault, doc)
        with vault.catalogue.read() as tx:
            answer = answers(vault, tx, [document], today(vault, tx))[document.id]
            waits = [one for one in events.of_customer(tx, document.customer) if one.waits]
        titled = translate(N_("{title} ({basis})"))
        titles: Mapping[str, str] = {
            rule.id: titled.format(
                title=rule.title.said(language()), basis=called(BASES, rule.basis)
            )
            for rule in vault.rules.rules
        }
        version = vault.rules.content_hash[:12]
    if form is not Form.TABLE:
        rows(form, (), [kept_row(document, answer)])
        return
    say(
        N_("{number}  {customer}  {title}"),
        number=document.archive_no,
        customer=called(NOBODY, document.customer_name),
        title=document.title,
    )
    for one in answer.because:
        paragraph(sentence(one))
    for event in waits[:_SHOWN]:
        told = translate(N_("Only read, nobody has confirmed it: {event}"))
        paragraph(told.format(event=event_line(event_row(event, {}))), hang=2)
    if waits[_SHOWN:]:
        say(N_("… and {count} more"), count=len(waits) - _SHOWN)
    for rule in answer.governing_rules:
        told = translate(N_("Rule {id}: {title}; rules version {version}."))
        paragraph(told.format(id=rule, title=titles.get(rule, ""), version=version))


plan_.name = "plan"
command = Family(
    N_("How long papers are kept, why, and how due ones go"),
    (plan_, explain, *dispose.COMMANDS, *period.COMMANDS, register.register),
)
