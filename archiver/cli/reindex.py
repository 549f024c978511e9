"""`archiver reindex`."""

from archiver.cli.door import opened
from archiver.cli.output import say
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_
from archiver.intake.publish import publish
from archiver.repair.reindex import reindex


@spoken(N_("Throw the search index away and make it anew; nothing is lost."), exits="0 2 6 9")
def command() -> None:
    """Make the index anew."""
    with opened() as vault:
        count = reindex(vault)
        publish(vault)
    say(N_("{count} documents indexed."), count=count)
