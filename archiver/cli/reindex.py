"""`archiver reindex`."""

from archiver.cli.door import acting
from archiver.cli.output import say
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_
from archiver.declarations.words import ngettext
from archiver.intake.publish import publish
from archiver.repair.reindex import reindex


@spoken(N_("Throw the search index away and make it anew; nothing is lost."), exits="6")
def command() -> None:
    """Make the index anew."""
    with acting() as vault:
        count = reindex(vault)
        publish(vault)
    say(ngettext("{count} paper indexed.", "{count} papers indexed.", count), count=count)
