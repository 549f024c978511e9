"""`archiver account`."""

from datetime import datetime

import click

from archiver.cli.door import opened, with_form
from archiver.cli.output import Form, rows, say
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_
from archiver.report.account import account


@spoken(
    N_("Every dropped file accounted for: received = filed + review + duplicate + … + waiting."),
    exits="0 2",
)
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help=N_("only this day"))
@with_form
def command(day: datetime | None, form: Form) -> None:
    """The account."""
    with opened() as vault:
        found = account(vault, day.date() if day else None)
    if form is not Form.TABLE:
        row = {
            "day": found.day.isoformat() if found.day else None,
            "received": found.received,
            "filed": found.filed,
            "review": found.review,
            "duplicate": found.duplicate,
            "quarantined": found.quarantined,
            "waiting": found.waiting,
        }
        rows(form, (), [row])
        return
    say(
        N_(
            "{received} received = {filed} filed + {review} in review + {duplicate} duplicate"
            " + {quarantined} quarantined + {waiting} waiting"
        ),
        received=found.received,
        filed=found.filed,
        review=found.review,
        duplicate=found.duplicate,
        quarantined=found.quarantined,
        waiting=found.waiting,
    )
