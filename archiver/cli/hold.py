"""`archiver hold`: named stops on disposal."""

from collections.abc import Mapping
from datetime import datetime

import click

from archiver.catalogue import customers as parties
from archiver.catalogue import holds, numbers
from archiver.catalogue.holds import StoredHold
from archiver.catalogue.store import Connection
from archiver.cli.complete import customers, placed, waiting
from archiver.cli.day import DAY
from archiver.cli.door import opened, with_form
from archiver.cli.output import Column, Form, Row, rows, say, talk
from archiver.cli.role import working
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.cli.words import customer_named, document_named, word
from archiver.core.errors import N_, UsageError
from archiver.core.model import CustomerId
from archiver.custody.hold import place, reasoned, release
from archiver.custody.stamp import today
from archiver.declarations.codes import AUTHORITIES, SCOPES
from archiver.declarations.words import ngettext
from archiver.intake.publish import publish
from archiver.vault.vault import Vault

_STANDING = {
    "active": N_("in force"),
    "overdue": N_("review date passed"),
    "released": N_("released"),
}
_COLUMNS = (
    Column("hold", N_("Hold"), whole=True),
    Column("scope", N_("Scope"), word(SCOPES)),
    Column("target_name", N_("Target"), most=18),
    Column("documents", N_("Papers"), whole=True),
    Column("authority", N_("Ordered by"), word(AUTHORITIES), most=12),
    Column("reason", N_("Reason"), most=18),
    Column("review_on", N_("Review on"), whole=True),
    Column("standing", N_("Standing"), word(_STANDING)),
)


@spoken(
    N_(
        "Stop the disposal of one document, of a customer's papers, of a case, or of all that a "
        "query finds; what comes later is held too.\n"
        "What was caught stays caught until the release, whatever is corrected. No date moves."
    ),
    exits="8",
)
@click.option("--doc", metavar="DOC", shell_complete=waiting, help=N_("this document"))
@click.option(
    "--customer", "-n", shell_complete=customers, help=N_("whatever is filed under this customer")
)
@click.option("--case", metavar="NO", help=N_("whatever belongs to the case of this number"))
@click.option("--query", metavar="QUERY", help=N_("whatever archiver search QUERY would find"))
@click.option("--reason", help=N_("why, in a sentence"))
@click.option(
    "--authority",
    required=True,
    help=N_("who ordered it: court, police, transport, tax, legal, internal, or another"),
)
@click.option("--reference", help=N_("their number of the matter"))
@click.option("--contact", help=N_("whom to ask"))
@click.option(
    "--review",
    "review_on",
    type=DAY,
    help=N_("the day on which to ask whether it is still needed"),
)
@with_form
def place_(form: Form, *, review_on: datetime | None, **given: str | None) -> None:
    """Place a hold."""
    reasoned(given["reason"])
    texts = {key: given[key] for key in ("reason", "authority", "reference", "contact")}
    with working("hold") as vault:
        scope, target = _meant(vault, {key: given[key] for key in _SCOPES})
        day = review_on.date() if review_on else None
        hold = place(vault, scope, target, **texts, review_on=day)
        publish(vault)
        row = _told(vault, [hold])[0]
    if form is not Form.TABLE:
        rows(form, (), [row])
        return
    count = len(hold.documents)
    text = ngettext(
        "{hold} holds {count} paper; end it with: archiver hold release {hold} --reason TEXT",
        "{hold} holds {count} papers; end it with: archiver hold release {hold} --reason TEXT",
        count,
    )
    say(text, hold=hold.id, count=row["documents"])


_SCOPES = {"doc": "document", "customer": "customer", "case": "case", "query": "query"}
"""Option → scope."""


def _meant(vault: Vault, given: Mapping[str, str | None]) -> tuple[str, str]:
    """Scope and target.

    Raises:
        UsageError: none or several are given, or there is nothing of that name.
    """
    named = [(option, text) for option, text in given.items() if text is not None]
    if len(named) != 1:
        raise UsageError(
            N_("say what is to be held: --doc, --customer, --case or --query"),
            hint=N_("one of them; several holds may be placed"),
        )
    ((option, text),) = named
    if option == "doc":
        return "document", document_named(vault, text).id
    if option == "customer":
        return "customer", customer_named(vault, text).id
    return option, text


@spoken(
    N_(
        "End HOLD. Nothing that it held may be disposed of for 30 days; with several holds all of "
        "them must end."
    ),
    exits="8",
)
@click.argument("hold", shell_complete=placed)
@click.option("--reason", help=N_("why it is not needed any more, in a sentence"))
@with_form
def release_(hold: str, form: Form, *, reason: str | None) -> None:
    """Release a hold."""
    with working("hold") as vault:
        done = release(vault, hold.strip().upper(), reason)
        publish(vault)
        row = _told(vault, [done])[0]
    if form is not Form.TABLE:
        rows(form, (), [row])
        return
    say(N_("{hold} is released"), hold=done.id)


@spoken(N_("List the holds, how many papers each covers, and which should be looked at again."))
@click.option("--all", "every", is_flag=True, help=N_("also those that are released"))
@with_form
def list_(form: Form, *, every: bool) -> None:
    """The holds."""
    with opened() as vault:
        with vault.catalogue.read() as tx:
            found = holds.every(tx) if every else holds.active(tx)
        told = _told(vault, found)
    rows(form, _COLUMNS, told)
    late = sum(one["standing"] == "overdue" for one in told)
    if not told:
        talk(N_("Nothing is held."))
    elif late:
        text = ngettext(
            "The review date of {count} hold has passed: is it still needed?",
            "The review dates of {count} holds have passed: are they still needed?",
            late,
        )
        talk(text, count=late)


def _told(vault: Vault, found: tuple[StoredHold, ...] | list[StoredHold]) -> list[Row]:
    with vault.catalogue.read() as tx:
        counts, logins = holds.counts(tx), numbers.logins(tx)
        day = today(vault, tx)
        return [
            {
                "hold": one.id,
                "scope": one.scope,
                "target": one.target,
                "target_name": _name(tx, one),
                "documents": counts.get(one.id, 0),
                "reason": one.reason,
                "authority": one.authority,
                "reference": one.reference,
                "contact": one.contact,
                "review_on": one.review_on.isoformat() if one.review_on else None,
                "standing": one.standing(day),
                "placed_by": logins.get(one.placed_by),
                "placed_on": one.placed_on.isoformat(),
                "released_by": logins.get(one.released_by or ""),
                "released_on": one.released_on.isoformat() if one.released_on else None,
                "released_why": one.released_why,
            }
            for one in found
        ]


def _name(tx: Connection, hold: StoredHold) -> str:
    """What the target is called."""
    whose = parties.get(tx, CustomerId(hold.target)) if hold.scope == "customer" else None
    return whose.name if whose else hold.target


place_.name, release_.name, list_.name = "place", "release", "list"
command = Family(N_("Stops on disposal"), (place_, release_, list_))
