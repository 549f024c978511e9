"""`archiver retain`."""

from collections.abc import Iterator, Sequence

import click

from archiver.catalogue import customers, events
from archiver.cli import dispose, period, register
from archiver.cli.clock import astray
from archiver.cli.complete import waiting
from archiver.cli.door import opened, with_form
from archiver.cli.happened import event_line, event_row
from archiver.cli.kept import kept_row
from archiver.cli.output import Column, Form, paragraph, rows, say, talk
from archiver.cli.overlays import rule_names, state_with_marks
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.cli.words import counted, document_named, word
from archiver.core.errors import N_
from archiver.custody.clock import look, read_clock
from archiver.custody.stamp import today
from archiver.custody.standing import Facts
from archiver.declarations.codes import BASES, NOBODY, STATES, called
from archiver.declarations.sentences import sentence
from archiver.declarations.words import language, ngettext, translate
from archiver.judge.evaluate import Answer
from archiver.judge.facts import Context
from archiver.retention.plan import counts, plan

_SHOWN = 3
"""Events of the customer that wait to be confirmed, named one by one."""
_COLUMNS = (
    Column("document", N_("Document"), whole=True),
    Column("customer_name", N_("Customer"), word(NOBODY)),
    Column("told", N_("State"), most=16),
    Column("retain_through", N_("Kept to"), whole=True),
    Column("due_date", N_("Due from"), whole=True),
    Column("governing_rules", N_("Rules"), rule_names, most=8),
)


@spoken(N_("How long every paper is kept, the earliest due first. Destroys nothing."))
@with_form
def plan_(form: Form) -> None:
    """The plan."""
    with opened() as vault:
        look(vault)
        found = plan(vault)
        with vault.catalogue.read() as tx:
            wrong = astray(read_clock(vault, tx))
    told = [kept_row(one.document, one.answer) for one in found]
    if form is Form.TABLE:
        told = [{**row, "told": state_with_marks(row)} for row in told]
    rows(form, _COLUMNS, told)
    if wrong:
        talk("{wrong}", wrong=wrong)
    if not found:
        talk(N_("No papers are archived yet."))
        return
    each, count = counted(counts(found), STATES), len(found)
    talk(ngettext("{count} paper: {told}", "{count} papers: {told}", count), count=count, told=each)


@spoken(N_("Why DOC is kept as long as it is: rules, event, arithmetic."))
@click.argument("doc", shell_complete=waiting)
@with_form
def explain(doc: str, form: Form) -> None:
    """The reason."""
    with opened() as vault:
        look(vault)
        document = document_named(vault, doc)
        with vault.catalogue.read() as tx:
            facts = Facts(vault, tx, today(vault, tx), [document.id])
            answer, lived = facts.answer(document), facts.record(document.id).contexts
            under = customers.under(tx, document.customer)
            waits = [one for one in events.of_customer(tx, under) if one.waits]
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
    for told in _governing(answer, lived):
        paragraph(told)


def _governing(answer: Answer, lived: Sequence[Context]) -> Iterator[str]:
    """The deciding rules by name, each as the version says it that decides."""
    reasons = (dict(one.facts) for one in answer.because)
    decides = {one["rule"]: one["version"] for one in reasons if "rule" in one}
    known = {
        rule.id: (rule, one.rules.content_hash)
        for one in lived
        for rule in one.rules.rules
        if one.rules.content_hash.startswith(decides.get(rule.id, ""))
    }
    titled = translate(N_("{title} ({basis})"))
    told = translate(N_("Rule {id}: {title}; rules version {version}."))
    for name in answer.governing_rules:
        if name not in known:  # people decided, and the reason says so
            continue
        rule, version = known[name]
        title = titled.format(title=rule.title.said(language()), basis=called(BASES, rule.basis))
        yield told.format(id=name, title=title, version=version[:12])


plan_.name = "plan"
command = Family(
    N_("How long papers are kept, why, and how due ones go"),
    (plan_, explain, *dispose.COMMANDS, *period.COMMANDS, register.register),
)
