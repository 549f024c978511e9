"""`archiver act`: what one person proposed and another one must confirm."""

import click

from archiver.catalogue import acts
from archiver.catalogue.acts import Act
from archiver.catalogue.store import Connection
from archiver.cli.agreed import act_row
from archiver.cli.complete import proposed
from archiver.cli.door import leave, opened, with_form
from archiver.cli.faults import warn
from archiver.cli.output import Column, Form, Row, paragraph, rows, say, talk
from archiver.cli.role import working
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.cli.terms import told
from archiver.cli.words import word
from archiver.core.errors import N_, ExitCode
from archiver.core.model import DocumentId
from archiver.custody.act import confirm, reject, waiting
from archiver.declarations.codes import ACT_STATES, ACTS
from archiver.declarations.words import translate
from archiver.intake.publish import publish
from archiver.vault.vault import Vault

_COLUMNS = (
    Column("act", N_("Act"), whole=True),
    Column("kind", N_("What"), word(ACTS)),
    Column("about", N_("About")),
    Column("state", N_("State"), word(ACT_STATES)),
    Column("proposed_by", N_("Proposed by")),
    Column("confirm_until", N_("Until"), whole=True),
    Column("reason", N_("Reason")),
)
_TERMS = N_("{act}: {terms}")


@spoken(
    N_("List what needs a second person, what waits first; then how everything else ended."),
    exits="4",
)
@with_form
def list_(form: Form) -> None:
    """The acts."""
    with opened() as vault:
        found, waits = _listed(vault)
    rows(form, _COLUMNS, [row for row, _ in found])
    if waits and form is Form.TABLE:
        click.echo()
        for row, line in found[:waits]:
            paragraph(translate(_TERMS).format(act=row["act"], terms=line), hang=2)
    if waits:
        talk(N_("Look at the paper: archiver open DOC"))
        talk(N_("A second person says yes: archiver act confirm ACT"))
        talk(N_("Anybody says no: archiver act reject ACT --reason TEXT"))
    elif not found:
        talk(N_("Nothing needs a second person."))
    leave([ExitCode.PERSON_NEEDED] if waits else [])


def _listed(vault: Vault) -> tuple[list[tuple[Row, str]], int]:
    """The acts in their order, each with its terms in a line, and how many of them wait."""
    with vault.catalogue.read() as tx:
        waits = waiting(vault, tx)
        others = [one for one in reversed(acts.every(tx)) if one not in waits]
        found = [_told(vault, tx, one, pending=True) for one in waits]
        return [*found, *(_told(vault, tx, one, pending=False) for one in others)], len(waits)


def _told(vault: Vault, tx: Connection, act: Act, *, pending: bool) -> tuple[Row, str]:
    terms, line = told(vault, tx, act, pending=pending)
    return act_row(act, pending=pending, terms=terms), line


def _agreed_to(vault: Vault, number: str) -> tuple[Row | None, str]:
    """The terms of an act as they are now, before it is settled; nothing of one that is not."""
    with vault.catalogue.read() as tx:
        act = acts.get(tx, number.strip().upper())
        return told(vault, tx, act, pending=act.settled is None) if act else (None, "")


@spoken(
    N_(
        "Do what another person proposed; everything is checked again. It cannot be undone.\n"
        "Two people are two logins of this computer."
    ),
    exits="6 8",
)
@click.argument("act", shell_complete=proposed)
@with_form
def confirm_(act: str, form: Form) -> None:
    """Confirm."""
    with working() as vault:
        terms, line = _agreed_to(vault, act)
        done = confirm(vault, act)
        publish(vault)
        if done.kind == "close_incident":
            warn(vault, DocumentId(done.subject))
    if form is not Form.TABLE:
        rows(form, (), [act_row(done, pending=False, terms=terms)])
        return
    paragraph(translate(_TERMS).format(act=done.id, terms=line), hang=2)
    say(_DONE[done.kind], subject=done.subject)


_DONE = {
    "withdraw": N_("{subject} is withdrawn; what stays: archiver show {subject}"),
    "close_incident": N_("The incidents of {subject} are closed"),
    "void_event": N_("{subject} never happened: nothing counts from it any more"),
    "approve_shortening": N_("{subject} forgot what was known before; notice runs from today"),
    "reappraise": N_("the flag is taken off {subject}; notice runs from today"),
    "confirm_clock": N_("the clock is believed; how it stands: archiver clock show"),
    "clock_reset": N_("the last known day is lowered; how it stands: archiver clock show"),
    "split_customer": N_("{subject} is parted: see both with archiver customer list"),
}


_ABOUT_DAYS = {"confirm_clock", "clock_reset"}


@spoken(N_("Say no to what was proposed: nothing changes."), exits="6 8")
@click.argument("act", shell_complete=proposed)
@click.option("--reason", help=N_("why not, in a sentence; kept with the act"))
@with_form
def reject_(act: str, form: Form, *, reason: str | None) -> None:
    """Reject."""
    with working() as vault:
        terms, _ = _agreed_to(vault, act)
        done = reject(vault, act, reason)
        publish(vault)
    if form is not Form.TABLE:
        rows(form, (), [act_row(done, pending=False, terms=terms)])
        return
    if done.kind in _ABOUT_DAYS:
        say(N_("{act} is rejected; the last known day stays"), act=done.id)
    else:
        say(N_("{act} is rejected; {subject} stays"), act=done.id, subject=done.subject)


list_.name, confirm_.name, reject_.name = "list", "confirm", "reject"
command = Family(N_("Acts that need a second person"), (list_, confirm_, reject_))
