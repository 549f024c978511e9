"""`archiver account`."""

from datetime import datetime

import click

from archiver.cli.door import opened, with_form
from archiver.cli.output import Form, rows, say
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_
from archiver.declarations.words import translate
from archiver.report.account import Account, account
from archiver.review.decide import queue


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
        still = len(queue(vault))
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
    _tell(found)
    if still:
        say(N_("Of all papers {count} still wait for a decision: archiver review"), count=still)


_SHARES = (
    ("filed", N_("archived; nothing to do")),
    ("review", N_("archived, with something for a person to decide")),
    ("duplicate", N_("archived already, the same bytes")),
    ("quarantined", N_("put aside with a reason: archiver quarantine list")),
    ("waiting", N_("still lie in the inbox: archiver ingest")),
)


def _tell(found: Account) -> None:
    """The account in words, and the sum that proves it."""
    if found.day:
        say(N_("{received} files came in on {day}:"), received=found.received, day=found.day)
    else:
        say(N_("{received} files came in so far:"), received=found.received)
    counts = {name: getattr(found, name) for name, _ in _SHARES}
    wide = max(len(str(count)) for count in counts.values())
    for name, words in _SHARES:
        click.echo(f"  {counts[name]:>{wide}}  {translate(words)}")
    say(
        N_(
            "{received} received = {filed} filed + {review} in review + {duplicate} duplicate"
            " + {quarantined} quarantined + {waiting} waiting"
        ),
        received=found.received,
        **counts,
    )
