"""`archiver event correct`."""

from datetime import datetime

import click

from archiver.catalogue import customers, events, keepings
from archiver.cli.complete import unconfirmed
from archiver.cli.day import DAY
from archiver.cli.door import with_form
from archiver.cli.doubts import Doubts
from archiver.cli.happened import event_row
from archiver.cli.output import Form, rows, say, talk
from archiver.cli.role import working
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_
from archiver.core.model import DocumentId
from archiver.custody.fact import correct_event, reached
from archiver.custody.stamp import today
from archiver.custody.standing import Facts
from archiver.intake.publish import publish
from archiver.vault.vault import Vault


@spoken(
    N_(
        "Say that EVENT happened on another day; what was only read counts as confirmed then.\n"
        "A later day counts at once. An earlier one would shorten: papers that knew the other day "
        "are kept as before until two people approve (archiver retain approve-shortening)."
    ),
)
@click.argument("event", shell_complete=unconfirmed)
@click.argument("day", metavar="DAY", type=DAY)
@with_form
def correct(event: str, day: datetime, form: Form) -> None:
    """Correct."""
    with working("correct_event") as vault:
        wanted = event.strip().upper()
        before = _waiting(vault, wanted)
        done = correct_event(vault, wanted, day.date())
        publish(vault)
        with vault.catalogue.read() as tx:
            whose = customers.get(tx, done.customer) if done.customer else None
            for told in Doubts(vault, tx).about(
                done.type, done.day, customer=done.customer, document=done.document
            ):
                talk("{told}", told=told)
        shortens = bool(_waiting(vault, done.id) - before)
    if form is not Form.TABLE:
        rows(form, (), [event_row(done, {whose.id: whose.name} if whose else {})])
        return
    say(N_("{event} happened on {day}"), event=done.id, day=done.day.isoformat())
    if shortens:
        talk(N_("What it would shorten waits for two people: archiver retain plan"))


def _waiting(vault: Vault, event: str) -> set[tuple[DocumentId, str]]:
    """The papers an event reaches whose shortening waits for two people, each with what to."""
    with vault.catalogue.read() as tx:
        whom = {x for one in events.some(tx, [event]) for x in reached(tx, one)}
        papers = keepings.of_customers(tx, whom) or ()
        return {
            (one.record.id, dict(why.facts)["instead"])
            for one in Facts(vault, tx, today(vault, tx), papers).stream()
            if one.answer.pending_shortening
            for why in one.answer.because
            if why.code == "could_shorten"
        }
