"""`archiver account`."""

from datetime import date, datetime

import click

from archiver.cli.day import DAY
from archiver.cli.door import leave, opened, with_form
from archiver.cli.near import OneOf
from archiver.cli.output import Column, Form, Row, rows, say, talk
from archiver.cli.speech import command as spoken
from archiver.cli.words import outcome, reason_list
from archiver.core.errors import N_, ExitCode, UsageError
from archiver.core.model import Outcome
from archiver.declarations.codes import OUTCOMES
from archiver.declarations.sentences import sentence
from archiver.declarations.words import translate
from archiver.report.account import Account, Item, account, items
from archiver.review.decide import queue

_COLUMNS = (
    Column("receipt", N_("Receipt"), whole=True),
    Column("source", N_("File")),
    Column("day", N_("Day"), whole=True),
    Column("outcome", N_("Outcome"), outcome, whole=True),
    Column("document", N_("Document"), whole=True),
    Column("reasons", N_("Why"), reason_list),
)
_MOST_NAMED = 10
"""Receipts that are named where ledger and catalogue differ; `--json` has all."""


@spoken(
    N_(
        "Every dropped file accounted for: received = filed + review + duplicate + … + waiting.\n"
        "Outcomes are those at receipt. Waiting are files that still lie in the inbox; a paper that"
        " waits for a decision is archived and counts as review. Where ledger and receipts"
        " disagree, the receipts are named and the exit code is 5."
    ),
    exits="0 2 5",
)
@click.option("--day", type=DAY, help=N_("only this day"))
@click.option("--from", "since", type=DAY, help=N_("from this day on"))
@click.option("--to", "until", type=DAY, help=N_("up to this day"))
@click.option(
    "--list",
    "wanted",
    type=OneOf(["all", *OUTCOMES]),
    help=N_("the files behind a number: one outcome, or all"),
)
@with_form
def command(
    day: datetime | None,
    form: Form,
    *,
    since: datetime | None,
    until: datetime | None,
    wanted: str | None,
) -> None:
    """The account."""
    first, last = _days(day, since, until)
    with opened() as vault:
        if wanted:
            kind = None if wanted == "all" else Outcome(wanted)
            rows(form, _COLUMNS, map(_item_row, items(vault, first, last, kind)))
        found = account(vault, first, last)
        still = len(queue(vault))
    if not wanted:
        _show(found, still, form)
    _complain(found)


def _days(
    day: datetime | None, since: datetime | None, until: datetime | None
) -> tuple[date | None, date | None]:
    """The first and the last day meant; neither for all.

    Raises:
        UsageError: they do not fit together.
    """
    if day and (since or until):
        raise UsageError(N_("--day excludes --from and --to"), hint=N_("leave one out"))
    if day:
        return day.date(), day.date()
    if not since and not until:
        return None, None
    first = since.date() if since else date.min
    last = until.date() if until else date.max
    if first > last:
        raise UsageError(N_("--from is after --to"), hint=N_("the earlier day comes first"))
    return first, last


def _item_row(item: Item) -> Row:
    return {
        "receipt": item.receipt,
        "source": item.source,
        "day": item.day.isoformat() if item.day else None,
        "outcome": item.outcome.value,
        "document": item.document,
        "path": item.path,
        "reasons": [{"code": one.code, "text": sentence(one)} for one in item.reasons],
    }


def _show(found: Account, still: int, form: Form) -> None:
    """The numbers, for people or for scripts."""
    if form is Form.TABLE:
        _tell(found)
        if still:
            say(N_("Of all papers {count} still wait for a decision: archiver review"), count=still)
        return
    single = found.first if found.first == found.last else None
    row = {
        "day": single.isoformat() if single else None,
        "received": found.received,
        "filed": found.filed,
        "review": found.review,
        "duplicate": found.duplicate,
        "quarantined": found.quarantined,
        "waiting": found.waiting,
        "from": _bound(found.first),
        "to": _bound(found.last),
        "differs": list(found.differs),
    }
    rows(form, (), [row])


def _bound(day: date | None) -> str | None:
    return None if day in {None, date.min, date.max} else str(day)


_SHARES = (
    ("filed", N_("archived; nothing to do")),
    ("review", N_("archived, with something for a person to decide")),
    ("duplicate", N_("archived already, the same bytes")),
    ("quarantined", N_("put aside with a reason: archiver quarantine list")),
    ("waiting", N_("still lie in the inbox: archiver ingest")),
)


def _tell(found: Account) -> None:
    """The account in words, and the sum that proves it."""
    facts = {"received": found.received, "day": found.first, "first": _bound(found.first)}
    if found.first is None:
        say(N_("{received} files came in so far:"), **facts)
    elif found.first == found.last:
        say(N_("{received} files came in on {day}:"), **facts)
    else:
        span = {"first": _bound(found.first) or "…", "last": _bound(found.last) or "…"}
        say(N_("{received} files came in from {first} to {last}:"), **{**facts, **span})
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


def _complain(found: Account) -> None:
    """Name the receipts that only one of ledger and catalogue knows; then it is damage."""
    if found.differs:
        talk(N_("Ledger and receipts differ by {count}:"), count=len(found.differs))
        for receipt in found.differs[:_MOST_NAMED]:
            click.echo(f"  {receipt}", err=True)
        talk(N_("Run: archiver check --deep, and keep a backup."))
    leave([ExitCode.DAMAGE] if found.differs else [])
