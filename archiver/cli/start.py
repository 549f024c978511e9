"""`archiver` alone: how things stand, what to do next, which commands there are."""

import click

from archiver.catalogue import documents, receipts
from archiver.cli.door import opened
from archiver.cli.output import say
from archiver.core.errors import N_, UsageError
from archiver.core.model import UNASSIGNED, Outcome
from archiver.report.account import waiting
from archiver.vault.vault import Vault


def start(context: click.Context) -> None:
    """The short screen; only the commands where there is no vault."""
    try:
        with opened() as vault:
            _stand(vault)
            click.echo()
    except UsageError:
        pass  # no vault here: the commands say how to make one
    click.echo(context.get_help())


def _stand(vault: Vault) -> None:
    """One line, and one for everything that waits for somebody."""
    with vault.catalogue.read() as tx:
        counts = documents.counts_by_customer(tx)
        asked = len(documents.waiting(tx))
        refused = receipts.tally(tx)[Outcome.QUARANTINED]
    dropped = waiting(vault)
    say(
        N_("{folder}: {papers} papers of {customers} customers"),
        folder=vault.layout.root,
        papers=sum(counts.values()),
        customers=len(counts.keys() - {UNASSIGNED}),
    )
    todo = (
        (dropped, N_("{count} files lie in the inbox          → archiver ingest")),
        (asked, N_("{count} papers wait for a decision      → archiver review")),
        (refused, N_("{count} files could not be taken in     → archiver quarantine list")),
    )
    for count, text in todo:
        if count:
            say(text, count=count)
    if not any(count for count, _ in todo):
        say(N_("Nothing waits for anybody."))
