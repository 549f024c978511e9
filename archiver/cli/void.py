"""`archiver event void`."""

import click

from archiver.cli.agreed import tell_proposed
from archiver.cli.complete import unconfirmed
from archiver.cli.door import with_form
from archiver.cli.output import Form
from archiver.cli.role import working
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_
from archiver.custody.act import propose
from archiver.intake.publish import publish


@spoken(
    N_(
        "Propose that EVENT never happened: typed by mistake, or misread.\n"
        "A second person must confirm it with archiver act confirm; until then it counts. The entry"
        " stays; what counted from it does no more."
    ),
    exits="4 6 8",
)
@click.argument("event", shell_complete=unconfirmed)
@click.option("--reason", help=N_("why it never happened, in a sentence"))
@with_form
def void(event: str, form: Form, *, reason: str | None) -> None:
    """Propose that it is void."""
    with working() as vault:
        act = propose(vault, "void_event", event.strip().upper(), reason)
        publish(vault)
    tell_proposed(
        act, form, N_("{subject} is void when a second person says yes: archiver act confirm {act}")
    )
