"""`archiver` alone: how things stand, what to do next, which commands there are."""

import shutil
import sys
from collections.abc import Iterator

import click

from archiver.catalogue import documents, events, incidents, receipts
from archiver.cli.door import opened
from archiver.cli.wrap import aligned, wrap
from archiver.core.errors import N_, UsageError
from archiver.core.model import UNASSIGNED
from archiver.custody import act
from archiver.custody.stamp import trust
from archiver.declarations.words import ngettext, translate
from archiver.report.account import waiting
from archiver.vault.vault import Vault


def start(context: click.Context) -> None:
    """The short screen; only the commands where there is no vault."""
    try:
        with opened() as vault:
            told = _stand(vault)
    except UsageError:  # no vault here: the help says how to make one
        click.echo(context.get_help())
        return
    click.echo("\n".join([*told, "", *_commands(context, len(told))]))


def _commands(context: click.Context, above: int) -> list[str]:
    """What each command is for; only their names where that would push the rest off the screen."""
    formatter = context.make_formatter()
    front = context.command
    if isinstance(front, click.Group):
        front.format_commands(context, formatter)
    lines = formatter.getvalue().strip().splitlines()
    columns, rows = shutil.get_terminal_size()
    if not sys.stdout.isatty() or above + len(lines) + 2 < rows:
        return lines
    names = " ".join(front.list_commands(context)) if isinstance(front, click.Group) else ""
    return [
        *wrap(translate(N_("Commands: {names}")).format(names=names), columns - 1),
        translate(N_("What each is for: archiver --help")),
    ]


def _stand(vault: Vault) -> list[str]:
    """One line, and one for everything that waits for somebody."""
    with vault.catalogue.read() as tx:
        counts = documents.counts_by_customer(tx)
    head = translate(N_("{folder}: {papers} papers of {customers} customers")).format(
        folder=vault.layout.root,
        papers=sum(counts.values()),
        customers=len(counts.keys() - {UNASSIGNED}),
    )
    waits = [
        (text.format(count=count), f"→ {next_}") for count, text, next_ in _todo(vault) if count
    ]
    lines = list(aligned(waits)) if waits else [translate(N_("Nothing waits for anybody."))]
    return [head, *lines]


def _todo(vault: Vault) -> Iterator[tuple[int, str, str]]:
    """What may wait: how much of it, the sentence, the command that sees to it."""
    with vault.catalogue.read() as tx:
        asked = len(documents.waiting(tx))
        told = events.count_waiting(tx)
        proposed = len(act.waiting(vault, tx))
        refused = len(receipts.aside(tx))
        damaged = len(incidents.of(tx))
        wrong = trust(vault, tx).anomaly
    text = translate(N_("the clock does not fit the last day known here"))
    yield int(wrong), text, "archiver clock show"
    dropped = waiting(vault)
    text = ngettext("{count} file lies in the inbox", "{count} files lie in the inbox", dropped)
    yield dropped, text, "archiver ingest"
    text = ngettext(
        "{count} paper waits for a decision", "{count} papers wait for a decision", asked
    )
    yield asked, text, "archiver review"
    text = ngettext(
        "{count} event read off a paper waits for a yes",
        "{count} events read off papers wait for a yes",
        told,
    )
    yield told, text, "archiver event confirm"
    text = ngettext(
        "{count} act waits for a second person", "{count} acts wait for a second person", proposed
    )
    yield proposed, text, "archiver act list"
    text = ngettext(
        "{count} file could not be taken in", "{count} files could not be taken in", refused
    )
    yield refused, text, "archiver quarantine list"
    text = ngettext("{count} incident is open", "{count} incidents are open", damaged)
    yield damaged, text, "archiver incident list"
