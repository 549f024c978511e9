"""`archiver event`."""

from collections.abc import Sequence
from datetime import date, datetime

import click

from archiver.catalogue import customers as parties
from archiver.catalogue import events
from archiver.catalogue.events import StoredEvent
from archiver.cli.colour import interactive
from archiver.cli.complete import customers, kinds, unconfirmed, waiting
from archiver.cli.day import DAY
from archiver.cli.door import leave, opened, with_form
from archiver.cli.doubts import Doubts
from archiver.cli.handed import import_
from archiver.cli.happened import event_row
from archiver.cli.kinds import kind_named, section
from archiver.cli.output import Column, Form, Row, rows, say, talk
from archiver.cli.redate import correct
from archiver.cli.role import working
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.cli.terminal import Terminal
from archiver.cli.void import void
from archiver.cli.vouch import Vouching
from archiver.cli.words import customer_named, document_named, word
from archiver.core.errors import N_, ExitCode, UsageError
from archiver.custody.fact import add_event, confirm_events
from archiver.custody.stamp import trust
from archiver.declarations.codes import EVENTS, called
from archiver.declarations.words import ngettext, translate
from archiver.intake.publish import publish
from archiver.vault.vault import Vault

_STANDING = {
    "waits": N_("read, not confirmed"),
    "confirmed": N_("confirmed"),
    "void": N_("void"),
}
_COLUMNS = (
    Column("event", N_("Event"), whole=True),
    Column("type", N_("What"), word(EVENTS), most=14),
    Column("customer_name", N_("Customer"), most=18),
    Column("document", N_("Document"), whole=True),
    Column("date", N_("Date"), whole=True),
    Column("standing", N_("Standing"), word(_STANDING), most=12),
)


@spoken(
    N_(
        "Record what happened to CUSTOMER: a service completed, a dispute opened …\n"
        "Without --date it happened today. A dispute, accident, doubt or order of an authority "
        "makes the customer's whole archive permanent."
    ),
)
@click.argument("kind", shell_complete=kinds)
@click.argument("customer", shell_complete=customers)
@click.option("--date", "day", type=DAY, help=N_("when it happened"))
@click.option("--doc", shell_complete=waiting, help=N_("the paper it is about"))
@click.option("--case", "case_no", metavar="NUMBER", help=N_("the case it is about"))
@with_form
def add(
    kind: str,
    customer: str,
    form: Form,
    *,
    day: datetime | None,
    doc: str | None,
    case_no: str | None,
) -> None:
    """Record an event."""
    with working("event") as vault:
        kind = kind_named(vault, kind)
        whose = customer_named(vault, customer)
        document = document_named(vault, doc).id if doc else None
        found = add_event(
            vault,
            kind,
            customer=whose.id,
            document=document,
            day=day.date() if day else _today(vault),
            case_no=case_no,
        )
        publish(vault)
        with vault.catalogue.read() as tx:
            for told in Doubts(vault, tx).about(
                kind, found.day, customer=whose.id, document=found.document
            ):
                talk("{told}", told=told)
    if form is not Form.TABLE:
        row = {
            "event": found.id,
            "type": found.type,
            "customer": whose.id,
            "customer_name": whose.name,
            "document": found.document,
            "case": found.case_no,
            "date": found.day.isoformat(),
        }
        rows(form, (), [row])
        return
    say(
        N_("{event}: {kind} on {day}, {name}"),
        event=found.id,
        kind=called(EVENTS, kind),
        day=found.day.isoformat(),
        name=whose.name,
    )


def _today(vault: Vault) -> date:
    """The trusted day.

    Raises:
        UsageError: the clock disagrees with it, so that nobody knows which day it is.
    """
    with vault.catalogue.read() as tx:
        told = trust(vault, tx)
    if told.anomaly:
        raise UsageError(
            N_("the clock of this machine cannot be trusted today, so say when it happened"),
            hint=N_("add --date YYYY-MM-DD; see what is wrong: archiver clock show"),
        )
    return told.day


@spoken(N_("List what happened to customers; first what was only read off papers."))
@click.option("--customer", "-n", shell_complete=customers, help=N_("of this customer"))
@click.option("--read", "only_read", is_flag=True, help=N_("only what waits to be confirmed"))
@with_form
def list_(form: Form, *, customer: str | None, only_read: bool) -> None:
    """The events."""
    with opened() as vault:
        found = _found(vault, customer, only_read=only_read)
        rows(form, _COLUMNS, _rows(vault, sorted(found, key=lambda one: not one.waits)))
    if not found:
        talk(N_("Nothing waits to be confirmed.") if only_read else N_("Nothing is recorded yet."))
    elif form is Form.TABLE and any(one.waits for one in found):
        talk(N_("Confirm what was read: archiver event confirm"))


def _found(vault: Vault, customer: str | None, *, only_read: bool) -> Sequence[StoredEvent]:
    whose = customer_named(vault, customer).id if customer else None
    with vault.catalogue.read() as tx:
        if whose is None:
            found = events.all_events(tx)
        else:
            found = events.of_customer(tx, parties.under(tx, whose))
    return [one for one in found if one.waits or not only_read]


def _rows(vault: Vault, found: Sequence[StoredEvent]) -> list[Row]:
    with vault.catalogue.read() as tx:
        names = {one.id: one.name for one in parties.all_customers(tx)}
    return [event_row(one, names) for one in found]


@spoken(
    N_(
        "Stand for events that were read off papers: EVENT …, those of a customer, or all.\n"
        "On a terminal, without any of these: one after the other, with the place on the paper."
    ),
    exits="4",
)
@click.argument("named", metavar="[EVENT]…", nargs=-1, shell_complete=unconfirmed)
@click.option("--customer", "-n", shell_complete=customers, help=N_("all of this customer"))
@click.option("--all", "every", is_flag=True, help=N_("all that wait"))
@with_form
def confirm(named: tuple[str, ...], form: Form, *, customer: str | None, every: bool) -> None:
    """Confirm events."""
    if not (named or customer or every) and form is Form.TABLE and interactive():
        _one_by_one()
        return
    if sum(map(bool, (named, customer, every))) != 1:
        raise UsageError(
            N_("say which events: some of them, --customer or --all"),
            hint=N_("see what waits: archiver event list --read"),
        )
    with working("event") as vault:
        wanted = _named(vault, named) if named else _found(vault, customer, only_read=True)
        done = confirm_events(vault, wanted)
        publish(vault)
        told = _rows(vault, done)
    if form is not Form.TABLE:
        rows(form, (), told)
        return
    for row in told if named else ():
        kind, day = called(EVENTS, str(row["type"])), row["date"]
        say(N_("{event} confirmed: {kind} on {day}"), event=row["event"], kind=kind, day=day)
    if not done:
        talk(N_("Nothing waits to be confirmed."))
    elif not named:
        count = len(done)
        say(ngettext("{count} event confirmed", "{count} events confirmed", count), count=count)


def _named(vault: Vault, named: Sequence[str]) -> Sequence[StoredEvent]:
    """The events of these ids; every one of them must wait, or nothing is done.

    Raises:
        UsageError: there is none of that id, or it does not wait.
    """
    wanted = [one.strip().upper() for one in named]
    with vault.catalogue.read() as tx:
        found = {one.id: one for one in events.some(tx, wanted)}
    for one in wanted:
        if one not in found or not found[one].waits:
            raise UsageError(
                N_("{event} does not wait to be confirmed")
                if one in found
                else N_("no event {event}"),
                hint=N_("see what waits: archiver event list --read"),
                event=one,
            )
    return [found[one] for one in dict.fromkeys(wanted)]


def _one_by_one() -> None:
    with working("event") as vault:
        with vault.catalogue.read() as tx:
            count = events.count_waiting(tx)
        if not count:
            talk(N_("Nothing waits to be confirmed."))
            return
        ended = Vouching(vault, Terminal()).sit()
    told = translate(N_("{confirmed} confirmed, {waiting} still waiting."))
    click.echo(told.format(confirmed=ended.confirmed, waiting=ended.waiting))
    leave([ExitCode.PERSON_NEEDED] if ended.waiting else [])


list_.name = "list"
add.further = (N_("Kinds"), section)
command = Family(
    N_("Dated facts that retention counts from"), (add, list_, confirm, correct, void, import_)
)
