"""`archiver event correct`."""

from datetime import datetime

import click

from archiver.catalogue import customers
from archiver.cli.complete import unconfirmed
from archiver.cli.day import DAY
from archiver.cli.door import with_form
from archiver.cli.happened import event_row
from archiver.cli.output import Form, rows, say, talk
from archiver.cli.role import working
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_
from archiver.custody.fact import correct_event
from archiver.intake.publish import publish


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
        before = event.strip().upper()
        done = correct_event(vault, before, day.date())
        publish(vault)
        with vault.catalogue.read() as tx:
            whose = customers.get(tx, done.customer) if done.customer else None
        if done.day > done.recorded_on:
            talk(N_("Note: {day} is still to come; papers that count from it wait."), day=done.day)
    if form is not Form.TABLE:
        rows(form, (), [event_row(done, {whose.id: whose.name} if whose else {})])
        return
    say(N_("{event} happened on {day}"), event=done.id, day=done.day.isoformat())
    if done.corrected and done.corrected[-1].was > done.day:
        talk(N_("What it would shorten waits for two people: archiver retain plan"))
