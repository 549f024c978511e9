"""`archiver review withdraw`: the way out for a wrong drop."""

import click

from archiver.cli.agreed import tell_proposed
from archiver.cli.complete import waiting
from archiver.cli.door import with_form
from archiver.cli.output import Form
from archiver.cli.role import working
from archiver.cli.speech import command as spoken
from archiver.cli.words import document_named
from archiver.core.errors import N_
from archiver.custody.act import propose
from archiver.intake.publish import publish


@spoken(
    N_(
        "Propose to take DOC back: a wrong drop, such as a photo of a cat or half a scan.\n"
        "A second person must confirm it with archiver act confirm; until then nothing changes. "
        "Only within 30 days of receipt, and never what a person has accepted or what belongs to a "
        "customer with a dispute, an accident, a doubt or an order of an authority."
    ),
    exits="4 6 8",
)
@click.argument("doc", shell_complete=waiting)
@click.option("--reason", help=N_("why it does not belong here, in a sentence"))
@with_form
def withdraw(doc: str, form: Form, *, reason: str | None) -> None:
    """Propose a withdrawal."""
    with working() as vault:
        document = document_named(vault, doc)
        act = propose(vault, "withdraw", document.joined_to or document.id, reason)
        publish(vault)
    tell_proposed(
        act, form, N_("{subject} goes when a second person says yes: archiver act confirm {act}")
    )
