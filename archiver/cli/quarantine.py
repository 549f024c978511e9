"""`archiver quarantine`."""

import click

from archiver.catalogue import aside
from archiver.catalogue.aside import Entry
from archiver.cli.complete import quarantined
from archiver.cli.door import leave, opened, with_form
from archiver.cli.output import Column, Form, Row, paragraph, rows, running, say, talk
from archiver.cli.settle import again, named, release, row_of
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.cli.words import minute
from archiver.core.errors import N_, ExitCode
from archiver.declarations.codes import SETTLED, called
from archiver.declarations.sentences import sentence
from archiver.declarations.words import translate
from archiver.intake.again import due_at
from archiver.vault.vault import Vault

_COLUMNS = (
    Column("receipt", N_("Receipt"), whole=True),
    Column("source", N_("File")),
    Column("told", N_("Why, and what to do")),
)
_BECAME = {
    "retried": N_("Taken in on a further try by {by}, {at}: {document} {path}"),
    "released": N_("Filed unread by {by}, {at}: {document} {path}"),
    "returned": N_("Handed back by {by}, {at}: {path}"),
}


def _told(vault: Vault, entry: Entry) -> list[str]:
    """What became of a file; while it lies there, why, how often it was tried, and when next."""
    done = entry.settled
    if done:
        facts = {"by": done.by, "at": minute(vault, done.at), "path": done.path}
        became = translate(_BECAME[done.act]).format(document=done.document or "–", **facts)
        if done.reason:
            said = translate(N_("{told} (reason given: {reason})"))
            became = said.format(told=became, reason=done.reason)
        return [became]
    told = [sentence(one) for one in entry.reasons]
    if entry.tries:
        tried = N_("Tried again in vain: {count}, the last time {at}.")
        told.append(translate(tried).format(count=entry.tries, at=minute(vault, entry.last)))
    due = due_at(entry)
    if due:
        next_ = translate(N_("Next try by itself: {at}."))
        told.append(next_.format(at=minute(vault, due.isoformat())))
    return told


@spoken(
    N_("List what could not be taken in and is not settled, why, and what to do."), exits="0 2 4"
)
@click.option("--all", "everything", is_flag=True, help=N_("also what has been settled, and how"))
@with_form
def list_(everything: bool, form: Form) -> None:
    """The quarantine."""
    with opened() as vault:
        with vault.catalogue.read() as tx:
            found = aside.entries(tx, settled=everything)
        listed = (_listed(vault, one, form) for one in found)
        rows(form, _COLUMNS, listed)
    waiting = sum(one.settled is None for one in found)
    if not found:
        talk(N_("Nothing is in quarantine."))
    elif waiting:
        talk(N_("Try it again: archiver quarantine retry RECEIPT"))
        talk(N_("Keep it unread: archiver quarantine release RECEIPT --customer NAME"))
        talk(N_("It is no paper: archiver quarantine release RECEIPT --back --reason TEXT"))
    leave([ExitCode.PERSON_NEEDED] if waiting else [])


def _listed(vault: Vault, entry: Entry, form: Form) -> Row:
    row = row_of(entry)
    return {**row, "told": running(_told(vault, entry))} if form is Form.TABLE else row


@spoken(
    N_("Show one quarantined file: why, where it lies, and what became of it."),
    exits="0 2",
)
@click.argument("receipt", shell_complete=quarantined)
@with_form
def show(receipt: str, form: Form) -> None:
    """One quarantined file."""
    with opened() as vault:
        found = named(vault, receipt)
        if form is not Form.TABLE:
            rows(form, (), [row_of(found)])
            return
        told = _told(vault, found)
    for one in told:
        paragraph(one)
    say(N_("File as dropped: {source}"), source=found.receipt.source)
    path = found.settled.path if found.settled else found.receipt.path
    say(N_("It lies at: {path}"), path=path)
    say(N_("SHA-256: {digest}"), digest=found.receipt.digest)
    if found.settled:
        say(N_("Outcome now: {outcome}"), outcome=called(SETTLED, found.settled.act))


list_.name, again.name, release.name = "list", "retry", "release"
command = Family(N_("Files that could not be taken in"), (list_, show, again, release))
