"""`archiver event`."""

from datetime import datetime

import click

from archiver.cli.complete import customers, waiting
from archiver.cli.door import acting, with_form
from archiver.cli.near import OneOf
from archiver.cli.output import Form, rows, say, talk
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.cli.words import customer_named, document_named
from archiver.core.errors import N_
from archiver.custody.fact import add_event
from archiver.declarations.codes import EVENTS, called
from archiver.intake.publish import publish
from archiver.judge.facts import ENDS, RAISES, STARTS

_KINDS = (*STARTS, *RAISES, *ENDS)


@spoken(
    N_(
        "Record what happened to CUSTOMER: a service completed, a dispute opened …\n"
        "Without --date it happened today. A dispute, accident, doubt or order of an authority "
        "makes the customer's whole archive permanent."
    ),
)
@click.argument("kind", metavar="KIND", type=OneOf(_KINDS))
@click.argument("customer", shell_complete=customers)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help=N_("when it happened"))
@click.option("--doc", shell_complete=waiting, help=N_("the paper it is about"))
@with_form
def add(kind: str, customer: str, form: Form, *, day: datetime | None, doc: str | None) -> None:
    """Record an event."""
    with acting() as vault:
        whose = customer_named(vault, customer)
        document = document_named(vault, doc).id if doc else None
        found = add_event(
            vault, kind, customer=whose.id, document=document, day=day.date() if day else None
        )
        publish(vault)
        if found.day > found.recorded_on:
            talk(N_("Note: {day} is still to come; papers that count from it wait."), day=found.day)
    if form is not Form.TABLE:
        row = {
            "event": found.id,
            "type": found.type,
            "customer": whose.id,
            "customer_name": whose.name,
            "document": found.document,
            "date": found.day.isoformat(),
        }
        rows(form, (), [row])
        return
    say(
        N_("{event}: {kind} on {day}, {name}"),
        event=found.id,
        kind=called(EVENTS, kind),
        day=found.day.isoformat(),
        name=whose.name,
    )


command = Family(N_("Dated facts that retention counts from"), (add,))
