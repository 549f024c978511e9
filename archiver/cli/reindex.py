"""`archiver reindex`."""

from collections.abc import Callable

from archiver.cli.door import acting
from archiver.cli.output import progress, say, talk
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_
from archiver.custody.anew import make_anew
from archiver.declarations.words import ngettext
from archiver.intake.publish import follow


@spoken(
    N_(
        "Make the search index anew; nothing is lost. The old one answers until the new one is "
        "whole. One that was cut off goes on where it ended."
    ),
    exits="6",
)
def command() -> None:
    """Make the index anew; who files papers meanwhile need not wait."""
    with acting() as vault:
        steps = make_anew(vault)
        done, count = next(steps)
        if done:
            talk(N_("{done} of {count} papers are indexed already."), done=done, count=count)
        with progress(N_("Indexing"), total=count) as step:
            _advance(step, done)
            for now, _ in steps:
                _advance(step, now - done)
                done = now
                follow(vault, customers=False)
        follow(vault)
    say(ngettext("{count} paper indexed.", "{count} papers indexed.", count), count=count)


def _advance(step: Callable[[], None], papers: int) -> None:
    for _ in range(papers):
        step()
