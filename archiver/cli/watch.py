"""`archiver watch`."""

import signal
from types import FrameType

import click

from archiver.cli.door import opened
from archiver.cli.output import say
from archiver.cli.speech import command as spoken
from archiver.cli.words import outcome
from archiver.core.errors import N_
from archiver.declarations.sentences import sentence
from archiver.intake.taken import Taken
from archiver.service.watch import Bell, watch


@spoken(
    N_("Take in whatever is dropped into the inbox, until SIGTERM or Ctrl-C."), exits="0 2 9 130"
)
@click.option("--poll", type=click.FloatRange(0.1, 3600), help=N_("seconds between two sweeps"))
def command(poll: float | None) -> None:
    """Serve."""
    bell = Bell()

    def stop(number: int, frame: FrameType | None) -> None:
        bell.stop()

    signal.signal(signal.SIGTERM, stop)
    with opened() as vault:
        say(N_("Watching {inbox}"), inbox=vault.layout.inbox)
        watch(vault, bell, _tell, sweep=poll or vault.settings.watch.sweep)


def _tell(taken: Taken) -> None:
    what = taken.path or " ".join(sentence(one) for one in taken.reasons)
    click.echo(f"{outcome(taken.outcome.value)}  {taken.source}  →  {what}")
